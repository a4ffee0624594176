package dev.pictor.model;

import static java.util.Objects.requireNonNull;

/**
 * Says that a model did not do what an option asked for. Immutable.
 *
 * @param option the option's name in the request, such as {@code seed}
 * @param message what was done instead and why, in a sentence
 */
public record OptionWarning(String option, String message) {

    /** Checks that both are given. */
    public OptionWarning {
        requireNonNull(option, "option");
        requireNonNull(message, "message");
    }
}
