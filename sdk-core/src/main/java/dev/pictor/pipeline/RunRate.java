package dev.pictor.pipeline;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Duration;

/**
 * How often runs may start: evenly, and after a quiet time some at once. Immutable.
 *
 * @param runs how many start in {@code per}, 1 to 1,000,000
 * @param per in what time, 1 ms to 1 day
 * @param burst how many may start at once after a quiet time, 1 to 1,000,000
 */
public record RunRate(int runs, Duration per, int burst) implements Serializable {

    /** The most runs and the largest burst: 1,000,000. */
    public static final int MAX_RUNS = 1_000_000;

    private static final Duration MAX_PER = Duration.ofDays(1);

    /**
     * Checks the rate.
     *
     * @throws IllegalArgumentException if a number is out of its range
     */
    public RunRate {
        check("runs", runs);
        check("burst", burst);
        if (requireNonNull(per, "per").compareTo(Duration.ofMillis(1)) < 0 || per.compareTo(MAX_PER) > 0) {
            throw new IllegalArgumentException("per must be 1 ms to 1 day, was " + per);
        }
    }

    /**
     * Returns a rate whose runs may all start at once after a quiet time.
     *
     * @param runs how many start in {@code per}, 1 to 1,000,000
     * @param per in what time, 1 ms to 1 day
     * @return the rate
     * @throws IllegalArgumentException if a number is out of its range
     */
    public static RunRate of(int runs, Duration per) {
        return new RunRate(runs, per, runs);
    }

    private static void check(String name, int number) {
        if (number < 1 || number > MAX_RUNS) {
            throw new IllegalArgumentException(name + " must be 1 to " + MAX_RUNS + ", was " + number);
        }
    }

    @Override
    public String toString() {
        return runs + " in " + per + (burst == runs ? "" : ", " + burst + " at once");
    }
}
