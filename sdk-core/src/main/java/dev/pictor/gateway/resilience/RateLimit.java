package dev.pictor.gateway.resilience;

import java.time.Duration;
import java.util.OptionalInt;
import org.immutables.value.Value;

/** How often a {@link RateLimiter} lets calls through. Immutable. */
@Value.Immutable
public abstract class RateLimit {

    private static final int MAX_CALLS = 1_000_000_000;
    private static final RateLimit NONE =
            builder(MAX_CALLS, Duration.ofSeconds(1)).build();

    RateLimit() {}

    /**
     * Returns a limit that nothing reaches: a billion calls in a second.
     *
     * @return the limit
     */
    public static RateLimit none() {
        return NONE;
    }

    /**
     * Returns a builder.
     *
     * @param calls how many calls, 1 to a billion
     * @param per in what time, 1 ms to 1 day
     * @return a new builder
     */
    public static RateLimitBuilder builder(int calls, Duration per) {
        return new RateLimitBuilder().calls(calls).per(per);
    }

    /**
     * How many calls pass in {@link #per()}, evenly.
     *
     * @return 1 to a billion
     */
    public abstract int calls();

    /**
     * The time for which {@link #calls()} holds.
     *
     * @return 1 ms to 1 day
     */
    public abstract Duration per();

    /**
     * How many calls may come at once after a quiet time. Default: empty, which means {@link #calls()}.
     *
     * @return 1 to a billion
     */
    public abstract OptionalInt burst();

    /**
     * How long a call may wait for its turn; its own time left bounds that too. Default: 5 s.
     *
     * @return 0 to 1 day
     */
    @Value.Default
    public Duration maxWait() {
        return Duration.ofSeconds(5);
    }

    @Value.Check
    void check() {
        Limits.between(calls(), 1, MAX_CALLS, "calls");
        Limits.between(per(), Duration.ofMillis(1), Limits.MAX_TIME, "per");
        Limits.between(burst().orElse(1), 1, MAX_CALLS, "burst");
        Limits.between(maxWait(), Duration.ZERO, Limits.MAX_TIME, "maxWait");
    }
}
