package dev.pictor.prompts;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One turn of a rendered prompt. Immutable.
 *
 * @param role who speaks
 * @param parts what is said and shown, in order, at least one
 */
public record PromptMessage(Role role, List<PromptPart> parts) {

    /** Who speaks. */
    public enum Role {
        /** The program that sets the rules. */
        SYSTEM,
        /** The one who asks. */
        USER,
        /** The model itself, in an earlier turn. */
        MODEL
    }

    /**
     * Checks and copies.
     *
     * @throws IllegalArgumentException if there is no part
     */
    public PromptMessage {
        requireNonNull(role, "role");
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a message needs at least one part");
        }
    }
}
