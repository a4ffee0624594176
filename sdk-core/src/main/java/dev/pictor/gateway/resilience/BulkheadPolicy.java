package dev.pictor.gateway.resilience;

import java.time.Duration;
import org.immutables.value.Value;

/** How many calls a {@link Bulkhead} lets through at a time, and how many may wait for that. Immutable. */
@Value.Immutable
public abstract class BulkheadPolicy {

    private static final BulkheadPolicy NONE = builder(Integer.MAX_VALUE).build();

    BulkheadPolicy() {}

    /**
     * Returns a policy without a bound.
     *
     * @return the policy
     */
    public static BulkheadPolicy none() {
        return NONE;
    }

    /**
     * Returns a builder.
     *
     * @param maxConcurrent how many calls may be under way at a time, 1 or more
     * @return a new builder
     */
    public static BulkheadPolicyBuilder builder(int maxConcurrent) {
        return new BulkheadPolicyBuilder().maxConcurrent(maxConcurrent);
    }

    /**
     * How many calls may be under way at a time.
     *
     * @return 1 or more
     */
    public abstract int maxConcurrent();

    /**
     * How many calls may wait for a place. One more is refused at once. Default: 100.
     *
     * @return 0 or more
     */
    @Value.Default
    public int maxWaiting() {
        return 100;
    }

    /**
     * How long a call may wait for a place; its own time left bounds that too. Default: 30 s.
     *
     * @return 0 to 1 day
     */
    @Value.Default
    public Duration maxWait() {
        return Duration.ofSeconds(30);
    }

    @Value.Check
    void check() {
        Limits.between(maxConcurrent(), 1, Integer.MAX_VALUE, "maxConcurrent");
        Limits.between(maxWaiting(), 0, Integer.MAX_VALUE, "maxWaiting");
        Limits.between(maxWait(), Duration.ZERO, Limits.MAX_TIME, "maxWait");
    }
}
