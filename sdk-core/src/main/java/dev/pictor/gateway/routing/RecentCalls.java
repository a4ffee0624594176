package dev.pictor.gateway.routing;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * The calls to one model within a window that moves on in slices. Totals are kept up to date as slices come and go, so
 * that a reading costs one walk over the histogram. Guarded by its own lock. Thread-safe.
 */
final class RecentCalls {

    private static final int SLICES = 10;

    private final Object lock = new Object();
    private final HealthSettings settings;
    private final long sliceNanos;

    // guarded by lock
    private final Slice[] slices = new Slice[SLICES];
    private final Slice total = new Slice();
    private long currentSlice;

    // written under lock, read by who looks for the oldest
    private volatile long lastNanos;

    RecentCalls(HealthSettings settings, long nanos) {
        this.settings = settings;
        this.sliceNanos = settings.window().toNanos() / SLICES;
        this.currentSlice = Math.floorDiv(nanos, sliceNanos);
        this.lastNanos = nanos;
        Arrays.setAll(slices, i -> new Slice());
    }

    void record(HealthSignal signal, Duration latency, long nanos) {
        synchronized (lock) {
            moveTo(nanos);
            lastNanos = nanos;
            int bucket = signal == HealthSignal.ANSWERED ? LatencyBuckets.bucket(latency.toNanos()) : -1;
            slices[Math.floorMod(currentSlice, SLICES)].count(signal, bucket);
            total.count(signal, bucket);
        }
    }

    void forget() {
        synchronized (lock) {
            clear();
        }
    }

    long lastNanos() {
        return lastNanos;
    }

    ModelHealth health(long nanos) {
        synchronized (lock) {
            moveTo(nanos);
            int calls = total.answered + total.failed;
            return ModelHealth.builder()
                    .state(state(calls))
                    .calls(calls)
                    .failures(total.failed)
                    .rateLimited(total.rateLimited)
                    .p50(percentile(0.5))
                    .p95(percentile(0.95))
                    .build();
        }
    }

    private HealthState state(int calls) {
        if (calls < settings.minCalls()) {
            return HealthState.UNKNOWN;
        }
        double errorRate = (double) total.failed / calls;
        if (errorRate >= settings.downRate()) {
            return HealthState.DOWN;
        }
        return errorRate >= settings.degradedRate() ? HealthState.DEGRADED : HealthState.HEALTHY;
    }

    private Optional<Duration> percentile(double share) {
        return total.answered == 0
                ? Optional.empty()
                : Optional.of(LatencyBuckets.percentile(total.latencies, total.answered, share));
    }

    private void moveTo(long nanos) {
        long slice = Math.floorDiv(nanos, sliceNanos);
        if (slice - currentSlice >= SLICES) {
            clear();
            currentSlice = slice;
        }
        // a thread that read the time a little earlier counts in the current slice
        while (currentSlice < slice) {
            currentSlice++;
            Slice oldest = slices[Math.floorMod(currentSlice, SLICES)];
            total.subtract(oldest);
            oldest.clear();
        }
    }

    private void clear() {
        for (Slice slice : slices) {
            slice.clear();
        }
        total.clear();
    }

    private static final class Slice {

        private final int[] latencies = new int[LatencyBuckets.COUNT];
        private int answered;
        private int failed;
        private int rateLimited;

        void count(HealthSignal signal, int bucket) {
            switch (signal) {
                case ANSWERED -> {
                    answered++;
                    latencies[bucket]++;
                }
                case FAILED -> failed++;
                case RATE_LIMITED -> rateLimited++;
            }
        }

        void subtract(Slice other) {
            answered -= other.answered;
            failed -= other.failed;
            rateLimited -= other.rateLimited;
            if (other.answered > 0) {
                for (int i = 0; i < latencies.length; i++) {
                    latencies[i] -= other.latencies[i];
                }
            }
        }

        void clear() {
            if (answered > 0) {
                Arrays.fill(latencies, 0);
            }
            answered = 0;
            failed = 0;
            rateLimited = 0;
        }
    }
}
