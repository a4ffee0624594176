package dev.pictor.gateway.cache;

import dev.pictor.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves a store alone for a while after failures in a row; then one call tries whether it is back. A call that tries and
 * tells nothing keeps nobody waiting: the next one tries after the same while. Thread-safe.
 */
final class StorePause {

    static final int MAX_FAILURES = 5;
    static final Duration PAUSE = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(StorePause.class);

    private final TimeSource time;
    private final AtomicInteger inARow = new AtomicInteger();
    private final AtomicLong nextTry = new AtomicLong();
    private final AtomicBoolean told = new AtomicBoolean();
    private final LongAdder failures = new LongAdder();
    private volatile boolean paused;

    StorePause(TimeSource time) {
        this.time = time;
    }

    /** Returns whether the store may be called. */
    boolean mayTry() {
        if (!paused) {
            return true;
        }
        long next = nextTry.get();
        long now = time.nanoTime();
        return now - next >= 0 && nextTry.compareAndSet(next, now + PAUSE.toNanos());
    }

    void succeeded() {
        inARow.set(0);
        paused = false;
    }

    /** Notes a failure, or null if there was no answer in time. */
    void failed(@Nullable Exception failure) {
        failures.increment();
        if (inARow.incrementAndGet() < MAX_FAILURES || paused) {
            return;
        }
        nextTry.set(time.nanoTime() + PAUSE.toNanos());
        paused = true;
        if (told.compareAndSet(false, true)) {
            LOG.warn(
                    "the cache's store failed {} times in a row and is left alone for {} at a time; calls go on without",
                    MAX_FAILURES,
                    PAUSE,
                    failure);
        }
    }

    boolean isPaused() {
        return paused;
    }

    long failures() {
        return failures.sum();
    }
}
