package dev.pictor.pipeline;

import static java.util.Objects.requireNonNull;

import dev.pictor.pipeline.RunLimitException.Scope;
import dev.pictor.time.TimeSource;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how often runs start, within this process: a bucket of tokens for each user and each tenant, of which a run takes
 * one each, or none at all. Buckets that are full again are forgotten. Thread-safe.
 */
public final class MemoryRunLimiter implements RunLimiter {

    private static final int LET_GO_AT_ONCE = 4;

    /** Whose bucket it is; a user is one of a tenant. */
    private record Key(Scope scope, Optional<String> tenant, String id) {}

    private final RunLimits limits;
    private final LongSupplier nanoTime;
    private final long begin;

    private final Object lock = new Object();

    /** When each bucket is full again, in nanoseconds from the beginning; the one used longest ago is first. */
    private final Map<Key, Double> fullAt = new LinkedHashMap<>(16, 0.75f, true); // guarded by lock

    private MemoryRunLimiter(RunLimits limits, LongSupplier nanoTime) {
        this.limits = requireNonNull(limits, "limits");
        this.nanoTime = nanoTime;
        this.begin = nanoTime.getAsLong();
    }

    /**
     * Returns a limiter with full buckets that goes by the machine's time.
     *
     * @param limits how often runs may start
     * @return a new limiter
     */
    public static MemoryRunLimiter create(RunLimits limits) {
        return new MemoryRunLimiter(limits, System::nanoTime);
    }

    /**
     * Returns a limiter with full buckets.
     *
     * @param limits how often runs may start
     * @param time measures
     * @return a new limiter
     */
    public static MemoryRunLimiter create(RunLimits limits, TimeSource time) {
        return new MemoryRunLimiter(limits, requireNonNull(time, "time")::nanoTime);
    }

    @Override
    public void admit(RunOptions options) {
        Key user = options.user()
                .filter(id -> limits.perUser().isPresent())
                .map(id -> new Key(Scope.USER, options.tenant(), id))
                .orElse(null);
        Key tenant = options.tenant()
                .filter(id -> limits.perTenant().isPresent())
                .map(id -> new Key(Scope.TENANT, Optional.empty(), id))
                .orElse(null);
        if (user == null && tenant == null) {
            return;
        }
        double now = (double) (nanoTime.getAsLong() - begin);
        synchronized (lock) {
            forgetFull(now);
            check(user, limits.perUser(), now);
            check(tenant, limits.perTenant(), now);
            take(user, limits.perUser(), now);
            take(tenant, limits.perTenant(), now);
        }
    }

    /**
     * Returns how many users and tenants are remembered.
     *
     * @return 0 to {@link RunLimits#maxBuckets()}
     */
    public int size() {
        synchronized (lock) {
            return fullAt.size();
        }
    }

    private void check(@Nullable Key key, Optional<RunRate> rate, double now) {
        if (key != null && rate.isPresent()) {
            RunRate limit = rate.get();
            double wait = after(key, limit, now) - now - nanosPerRun(limit) * limit.burst();
            if (wait > 0) {
                throw new RunLimitException(key.scope(), key.id(), limit, Duration.ofNanos((long) Math.ceil(wait)));
            }
        }
    }

    private void take(@Nullable Key key, Optional<RunRate> rate, double now) {
        if (key != null && rate.isPresent()) {
            fullAt.put(key, after(key, rate.get(), now));
            if (fullAt.size() > limits.maxBuckets()) {
                Iterator<Key> oldest = fullAt.keySet().iterator();
                oldest.next();
                oldest.remove();
            }
        }
    }

    /** When the bucket would be full again if one more token were taken. */
    private double after(Key key, RunRate rate, double now) {
        return Math.max(fullAt.getOrDefault(key, now), now) + nanosPerRun(rate);
    }

    private static double nanosPerRun(RunRate rate) {
        return (double) rate.per().toNanos() / rate.runs();
    }

    /** A full bucket says nothing. A few go with each run, more than it brings. */
    private void forgetFull(double now) {
        Iterator<Double> oldest = fullAt.values().iterator();
        for (int i = 0; i < LET_GO_AT_ONCE && oldest.hasNext() && oldest.next() <= now; i++) {
            oldest.remove();
        }
    }
}
