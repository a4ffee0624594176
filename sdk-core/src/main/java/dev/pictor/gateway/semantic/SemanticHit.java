package dev.pictor.gateway.semantic;

import static java.util.Objects.requireNonNull;

/**
 * A stored prompt that is near another. Immutable.
 *
 * @param id what was stored with it, such as a cache key
 * @param prompt the stored prompt, in its own words
 * @param similarity cosine of the two vectors, -1 to 1; 1 is the same direction
 */
public record SemanticHit(String id, String prompt, double similarity) {

    /** Checks that both names are given. */
    public SemanticHit {
        requireNonNull(id, "id");
        requireNonNull(prompt, "prompt");
    }

    /** Leaves the prompt out: it is the user's words. */
    @Override
    public String toString() {
        return "SemanticHit[id=" + id + ", similarity=" + similarity + "]";
    }
}
