package dev.pictor.feedback;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * How many of so many. Immutable.
 *
 * @param successes how many of them, 0 to {@code trials}
 * @param trials of how many, 0 or more
 */
public record Proportion(long successes, long trials) {

    /**
     * Checks the counts.
     *
     * @throws IllegalArgumentException if one is negative or there are more successes than trials
     */
    public Proportion {
        if (successes < 0 || trials < successes) {
            throw new IllegalArgumentException("successes must be 0 to trials, were " + successes + " of " + trials);
        }
    }

    /**
     * Returns the share.
     *
     * @return 0 to 1, or empty if there were no trials
     */
    public OptionalDouble rate() {
        return trials == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) successes / trials);
    }

    /**
     * Returns between what bounds the true share lies, by Wilson's score interval without continuity correction (E. B.
     * Wilson, 1927).
     *
     * @param confidence how sure the bounds are, above 0 and below 1, such as 0.95
     * @return bounds within 0 and 1; all of it if there were no trials
     * @throws IllegalArgumentException if {@code confidence} is outside of that range
     */
    public Interval wilson(double confidence) {
        double z = Statistics.twoSidedZ(confidence);
        if (trials == 0) {
            return new Interval(0, 1);
        }
        double n = trials;
        double p = successes / n;
        double middle = (p + z * z / (2 * n)) / (1 + z * z / n);
        double half = z / (1 + z * z / n) * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n));
        return new Interval(
                successes == 0 ? 0 : Math.max(0, middle - half), successes == trials ? 1 : Math.min(1, middle + half));
    }

    Proportion plus(Proportion other) {
        return new Proportion(successes + other.successes, trials + other.trials);
    }

    Proportion plus(boolean success) {
        return new Proportion(successes + (success ? 1 : 0), trials + 1);
    }

    @Override
    public String toString() {
        return trials == 0
                ? "0 of 0"
                : String.format(Locale.ROOT, "%.1f%% (%d of %d)", 100.0 * successes / trials, successes, trials);
    }
}
