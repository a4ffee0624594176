package dev.pictor.benchmarks.load;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/** Has so many callers make one call after the other: finds out how many there can be in a second. */
final class FixedConcurrency {

    private static final int MOST_CALLS = 1_000_000;

    private final int callers;
    private final Duration length;

    FixedConcurrency(int callers, Duration length) {
        this.callers = callers;
        this.length = length;
    }

    @CanIgnoreReturnValue
    Latencies run(ExecutorService threads, Call call) throws InterruptedException {
        Latencies latencies = new Latencies(MOST_CALLS);
        AtomicInteger number = new AtomicInteger();
        CountDownLatch over = new CountDownLatch(callers);
        long end = System.nanoTime() + length.toNanos();
        for (int i = 0; i < callers; i++) {
            threads.execute(() -> {
                for (long now = System.nanoTime(); now - end < 0; now = System.nanoTime()) {
                    FixedRate.make(call, number.getAndIncrement(), now, latencies);
                }
                over.countDown();
            });
        }
        over.await();
        return latencies;
    }
}
