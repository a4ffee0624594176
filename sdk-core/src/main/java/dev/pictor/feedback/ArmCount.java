package dev.pictor.feedback;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * What came of an arm of an experiment. Users are counted, not runs: they were dealt to arms, and the runs of one user are
 * not independent. Immutable.
 *
 * @param arm the arm's name
 * @param exposed how many users saw it
 * @param satisfied how many of them rated, and how many of those were satisfied
 */
public record ArmCount(String arm, long exposed, Proportion satisfied) {

    /**
     * Checks the counts.
     *
     * @throws IllegalArgumentException if more users rated than were exposed
     */
    public ArmCount {
        requireNonNull(arm, "arm");
        if (satisfied.trials() > exposed) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "exposed must be at least those who rated, was %d of arm %s with %d",
                    exposed,
                    arm,
                    satisfied.trials()));
        }
    }
}
