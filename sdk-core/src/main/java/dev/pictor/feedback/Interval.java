package dev.pictor.feedback;

import java.util.Locale;

/**
 * Between what bounds a figure lies, by what is known. Immutable.
 *
 * @param low the lower bound
 * @param high the upper bound, not below the lower
 */
public record Interval(double low, double high) {

    /**
     * Checks the order.
     *
     * @throws IllegalArgumentException if a bound is no number or {@code low} is above {@code high}
     */
    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("low must not be above high, was " + low + " and " + high);
        }
    }

    /**
     * Returns whether a figure is within the bounds.
     *
     * @param figure a figure
     * @return true if it is neither below nor above them
     */
    public boolean contains(double figure) {
        return low <= figure && figure <= high;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.3f to %.3f", low, high);
    }
}
