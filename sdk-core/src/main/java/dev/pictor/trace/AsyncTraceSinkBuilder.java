package dev.pictor.trace;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;

/** Sets up an {@link AsyncTraceSink}. Not thread-safe. */
public final class AsyncTraceSinkBuilder {

    /** How many events wait at most, if nothing else is said: 10,000. */
    public static final int DEFAULT_CAPACITY = 10_000;

    /** How long closing waits, if nothing else is said: 5 s. */
    public static final Duration DEFAULT_CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private static final int MOST = 1_000_000;
    private static final Duration LONGEST = Duration.ofMinutes(10);

    final TraceSink sink;
    int capacity = DEFAULT_CAPACITY;
    AsyncTraceSink.Overflow overflow = AsyncTraceSink.Overflow.CALLER_RUNS;
    Duration closeTimeout = DEFAULT_CLOSE_TIMEOUT;

    AsyncTraceSinkBuilder(TraceSink sink) {
        this.sink = requireNonNull(sink, "sink");
    }

    /**
     * Bounds the queue. Default: {@link #DEFAULT_CAPACITY}.
     *
     * @param events how many may wait, 1 to 1,000,000
     * @return this builder
     * @throws IllegalArgumentException if {@code events} is out of range
     */
    @CanIgnoreReturnValue
    public AsyncTraceSinkBuilder capacity(int events) {
        if (events < 1 || events > MOST) {
            throw new IllegalArgumentException("capacity must be 1 to " + MOST + ", was " + events);
        }
        this.capacity = events;
        return this;
    }

    /**
     * Sets what happens to an event for which there is no room. Default: {@link AsyncTraceSink.Overflow#CALLER_RUNS}.
     *
     * @param overflow what happens
     * @return this builder
     */
    @CanIgnoreReturnValue
    public AsyncTraceSinkBuilder overflow(AsyncTraceSink.Overflow overflow) {
        this.overflow = requireNonNull(overflow, "overflow");
        return this;
    }

    /**
     * Bounds how long closing waits for what is in the queue. Default: {@link #DEFAULT_CLOSE_TIMEOUT}.
     *
     * @param closeTimeout 1 ms to 10 min
     * @return this builder
     * @throws IllegalArgumentException if {@code closeTimeout} is out of range
     */
    @CanIgnoreReturnValue
    public AsyncTraceSinkBuilder closeTimeout(Duration closeTimeout) {
        if (closeTimeout.toMillis() < 1 || closeTimeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("closeTimeout must be 1 ms to 10 min, was " + closeTimeout);
        }
        this.closeTimeout = closeTimeout;
        return this;
    }

    /**
     * Builds the sink. Its thread, a daemon, starts with the first event.
     *
     * @return a sink; close it to hand on what waits
     */
    public AsyncTraceSink build() {
        return new AsyncTraceSink(this);
    }
}
