package dev.pictor.testkit;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a {@link FakeProvider} takes to begin an answer. Stateless: the same moment and the same random numbers give
 * the same time. Implementations are thread-safe.
 */
@FunctionalInterface
public interface Latency {

    /**
     * Returns the latency of one request.
     *
     * @param sinceStart when it came, from the moment its plan was set
     * @param random where chance comes from
     * @return the time from the end of the request to the start of the answer, not negative
     */
    Duration next(Duration sinceStart, RandomGenerator random);

    /**
     * Takes no time.
     *
     * @return a latency of zero
     */
    static Latency none() {
        return fixed(Duration.ZERO);
    }

    /**
     * Takes the same time for each request.
     *
     * @param time not negative
     * @return the latency
     * @throws IllegalArgumentException if {@code time} is negative
     */
    static Latency fixed(Duration time) {
        checkNotNegative(time, "time");
        return (sinceStart, random) -> time;
    }

    /**
     * Draws from a distribution with these percentiles: from half the median to the slowest, in straight lines between
     * them.
     *
     * @param p50 half of the requests take at most this
     * @param p95 19 of 20 take at most this, at least {@code p50}
     * @param p99 99 of 100 take at most this, at least {@code p95}
     * @param slowest all take at most this, at least {@code p99}
     * @return the latency
     * @throws IllegalArgumentException if a time is negative or they are out of order
     */
    static Latency percentiles(Duration p50, Duration p95, Duration p99, Duration slowest) {
        checkNotNegative(p50, "p50");
        if (p50.compareTo(p95) > 0 || p95.compareTo(p99) > 0 || p99.compareTo(slowest) > 0) {
            throw new IllegalArgumentException(
                    "percentiles must rise, were " + p50 + ", " + p95 + ", " + p99 + " and " + slowest);
        }
        double[] shares = {0, 0.5, 0.95, 0.99, 1};
        long[] nanos = {p50.toNanos() / 2, p50.toNanos(), p95.toNanos(), p99.toNanos(), slowest.toNanos()};
        return (sinceStart, random) -> {
            double share = random.nextDouble();
            int upper = 1;
            while (share > shares[upper]) {
                upper++;
            }
            double part = (share - shares[upper - 1]) / (shares[upper] - shares[upper - 1]);
            return Duration.ofNanos(nanos[upper - 1] + (long) (part * (nanos[upper] - nanos[upper - 1])));
        };
    }

    /**
     * Grows, or falls, in a straight line, and stays at its end.
     *
     * @param from the latency at the start, not negative
     * @param to the latency at the end, not negative
     * @param over how long the way takes, more than zero
     * @return the latency
     * @throws IllegalArgumentException if an argument is outside its range
     */
    static Latency ramp(Duration from, Duration to, Duration over) {
        checkNotNegative(from, "from");
        checkNotNegative(to, "to");
        if (over.isNegative() || over.isZero()) {
            throw new IllegalArgumentException("over must be more than zero, was " + over);
        }
        return (sinceStart, random) -> {
            double part = Math.min(1, (double) sinceStart.toNanos() / over.toNanos());
            return from.plusNanos((long) (part * (to.toNanos() - from.toNanos())));
        };
    }

    /**
     * Returns this latency, but another for some requests.
     *
     * @param share how many of them, 0 to 1
     * @param spike how long those take
     * @return a new latency
     * @throws IllegalArgumentException if {@code share} is outside that range
     */
    default Latency withSpikes(double share, Latency spike) {
        requireNonNull(spike, "spike");
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share must be 0 to 1, was " + share);
        }
        return (sinceStart, random) -> (random.nextDouble() < share ? spike : this).next(sinceStart, random);
    }

    /**
     * Returns this latency up to a moment, and another from then on, whose time begins then.
     *
     * @param step the moment, from the start
     * @param then the latency from that moment
     * @return a new latency
     * @throws IllegalArgumentException if {@code step} is negative
     */
    default Latency thenFrom(Duration step, Latency then) {
        checkNotNegative(step, "step");
        requireNonNull(then, "then");
        return (sinceStart, random) ->
                sinceStart.compareTo(step) < 0 ? next(sinceStart, random) : then.next(sinceStart.minus(step), random);
    }

    private static void checkNotNegative(Duration time, String name) {
        if (requireNonNull(time, name).isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative, was " + time);
        }
    }
}
