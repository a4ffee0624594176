package dev.pictor.benchmarks.load;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes calls at moments that are fixed beforehand, however long those before them take, and measures from these moments
 * on: a call that had to wait for its turn was slow.
 */
final class FixedRate {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final double perSecond;
    private final Duration length;

    FixedRate(double perSecond, Duration length) {
        this.perSecond = perSecond;
        this.length = length;
    }

    int calls() {
        return (int) (perSecond * length.toMillis() / 1e3);
    }

    /** Makes all calls and waits for their ends. */
    @CanIgnoreReturnValue
    Latencies run(ExecutorService callers, Call call) throws InterruptedException {
        Latencies latencies = new Latencies(calls());
        run(callers, call, latencies);
        return latencies;
    }

    /** Adds to what was measured before. */
    void run(ExecutorService callers, Call call, Latencies latencies) throws InterruptedException {
        int calls = calls();
        CountDownLatch over = new CountDownLatch(calls);
        double interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
        long start = System.nanoTime();
        for (int i = 0; i < calls; i++) {
            int number = i;
            long due = start + (long) (i * interval);
            awaitMoment(due);
            callers.execute(() -> {
                make(call, number, due, latencies);
                over.countDown();
            });
        }
        if (!over.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException(over.getCount() + " calls have not ended within " + PATIENCE);
        }
    }

    static void make(Call call, int number, long due, Latencies latencies) {
        try {
            call.make(number);
            latencies.succeeded(System.nanoTime() - due);
        } catch (Exception e) { // counted: what a call throws is what is measured here
            latencies.failed();
        }
    }

    private static void awaitMoment(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
