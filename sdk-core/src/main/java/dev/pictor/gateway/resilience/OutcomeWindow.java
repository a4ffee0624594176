package dev.pictor.gateway.resilience;

import java.util.Arrays;

/** How many recent calls there were and how many failed, in ten parts of a span of time. Not thread-safe. */
final class OutcomeWindow {

    static final int PARTS = 10;

    private final long partNanos;
    private final long begin;
    private final int[] calls = new int[PARTS];
    private final int[] failures = new int[PARTS];
    private long newest;
    private int callSum;
    private int failureSum;

    OutcomeWindow(long spanNanos, long now) {
        this.partNanos = spanNanos / PARTS;
        this.begin = now;
    }

    /** Adds a call. A moment a little before the newest, as threads bring it, counts as the newest. */
    void add(long now, boolean failed) {
        long part = (now - begin) / partNanos;
        for (long next = Math.max(newest + 1, part - PARTS + 1); next <= part; next++) {
            int slot = (int) (next % PARTS);
            callSum -= calls[slot];
            failureSum -= failures[slot];
            calls[slot] = 0;
            failures[slot] = 0;
        }
        newest = Math.max(newest, part);
        int slot = (int) (newest % PARTS);
        calls[slot]++;
        callSum++;
        if (failed) {
            failures[slot]++;
            failureSum++;
        }
    }

    int calls() {
        return callSum;
    }

    int failures() {
        return failureSum;
    }

    void clear() {
        Arrays.fill(calls, 0);
        Arrays.fill(failures, 0);
        callSum = 0;
        failureSum = 0;
    }
}
