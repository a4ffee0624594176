package dev.pictor.pipeline;

import static java.util.Objects.requireNonNull;

/**
 * Says that a run gave its result with less than it set out with. Immutable.
 *
 * @param stage the stage's path
 * @param reason what was done instead and why, in a sentence
 */
public record Degradation(String stage, String reason) {

    /** Checks that both are given. */
    public Degradation {
        requireNonNull(stage, "stage");
        requireNonNull(reason, "reason");
    }
}
