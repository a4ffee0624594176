package dev.pictor.gateway.resilience;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;

/** The checks that the policies share. */
final class Limits {

    /** Longer than any of them can be meant, and far from what a counter of nanoseconds cannot hold. */
    static final Duration MAX_TIME = Duration.ofDays(1);

    private Limits() {}

    @CanIgnoreReturnValue
    static Duration between(Duration value, Duration least, Duration most, String name) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    name + " must be " + least.toMillis() + " ms to " + most.toMillis() + " ms, was " + value);
        }
        return value;
    }

    @CanIgnoreReturnValue
    static int between(int value, int least, int most, String name) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be " + least + " to " + most + ", was " + value);
        }
        return value;
    }

    /** Holds for no number that is none. */
    @CanIgnoreReturnValue
    static double between(double value, double least, double most, String name) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(name + " must be " + least + " to " + most + ", was " + value);
        }
        return value;
    }
}
