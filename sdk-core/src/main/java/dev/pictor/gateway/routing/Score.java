package dev.pictor.gateway.routing;

import static java.util.Objects.requireNonNull;

/**
 * How good a candidate is for a call. Immutable.
 *
 * @param value -1 to 1; 1 is best
 * @param reason what it rests on, in a sentence without a prompt
 */
public record Score(double value, String reason) {

    /**
     * Checks the value.
     *
     * @throws IllegalArgumentException if it is outside -1 to 1
     */
    public Score {
        requireNonNull(reason, "reason");
        if (!(value >= -1 && value <= 1)) {
            throw new IllegalArgumentException("score must be -1 to 1, was " + value);
        }
    }
}
