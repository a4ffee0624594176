package dev.pictor.pipeline;

import java.util.Optional;
import org.immutables.value.Value;

/** How often each user and each tenant may start a run. Immutable. */
@Value.Immutable
public abstract class RunLimits {

    private static final int MAX_BUCKETS = 10_000_000;

    RunLimits() {}

    /**
     * Returns a builder without limits.
     *
     * @return a new builder
     */
    public static RunLimitsBuilder builder() {
        return new RunLimitsBuilder();
    }

    /**
     * How often each user of a tenant may start a run. Runs without a user are not bound by it. Default: empty, no limit.
     *
     * @return the rate
     */
    public abstract Optional<RunRate> perUser();

    /**
     * How often all users of a tenant together may start a run. Runs without a tenant are not bound by it. Default: empty,
     * no limit.
     *
     * @return the rate
     */
    public abstract Optional<RunRate> perTenant();

    /**
     * How many users and tenants are remembered, each until its whole burst is free again. Beyond that the one seen longest
     * ago is forgotten, and begins anew. Default: 100,000, about 20 MB.
     *
     * @return 1 to 10,000,000
     */
    @Value.Default
    public int maxBuckets() {
        return 100_000;
    }

    @Value.Check
    void check() {
        if (maxBuckets() < 1 || maxBuckets() > MAX_BUCKETS) {
            throw new IllegalArgumentException("maxBuckets must be 1 to " + MAX_BUCKETS + ", was " + maxBuckets());
        }
    }
}
