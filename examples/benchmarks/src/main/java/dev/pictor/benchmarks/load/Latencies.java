package dev.pictor.benchmarks.load;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * How long calls took that succeeded, each of them, from the moment at which it was meant to begin. Failures are counted
 * and have no latency. Thread-safe; read it when all calls are over.
 */
final class Latencies {

    private final long[] nanos;
    private final AtomicInteger next = new AtomicInteger();
    private final LongAdder failures = new LongAdder();

    /** Makes room for so many; latencies beyond them are counted and dropped. */
    Latencies(int capacity) {
        nanos = new long[capacity];
    }

    void succeeded(long latencyNanos) {
        int place = next.getAndIncrement();
        if (place < nanos.length) {
            nanos[place] = latencyNanos;
        }
    }

    void failed() {
        failures.increment();
    }

    int successes() {
        return next.get();
    }

    long failures() {
        return failures.sum();
    }

    /** The share of calls that succeeded, 0 to 1. */
    double successRate() {
        return (double) successes() / Math.max(1, successes() + failures());
    }

    /** A percentile in microseconds, NaN if there is no latency. */
    double micros(double share) {
        long[] sorted = Arrays.copyOf(nanos, Math.min(next.get(), nanos.length));
        Arrays.sort(sorted);
        return sorted.length == 0
                ? Double.NaN
                : sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))] / 1e3;
    }
}
