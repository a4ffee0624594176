package dev.pictor.pipeline;

import static java.util.Objects.requireNonNull;

import dev.pictor.model.CallContext;
import dev.pictor.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work with a limit of its own inside something larger: one attempt of a call, or a call that several runs
 * wait for. It ends when its time is over, when it is cancelled, or when what it is part of ends; never the other way
 * round. Close it when the work is done. Thread-safe.
 */
public final class CallScope implements CallContext, AutoCloseable {

    private final Cancellation cancellation;
    private final Registration link;
    private final TimeSource time;
    private final AtomicLong endNanos;
    private final AtomicReference<TimeSource.@Nullable Pending> timer = new AtomicReference<>();
    private volatile boolean closed;

    private CallScope(Cancellation cancellation, Registration link, TimeSource time, Duration limit) {
        this.cancellation = cancellation;
        this.link = link;
        this.time = time;
        this.endNanos = new AtomicLong(time.nanoTime() + limit.toNanos());
        startTimer(limit);
    }

    /**
     * Opens a scope that is part of nothing larger.
     *
     * @param time measures the limit
     * @param limit how long the work may take, at most 1 day
     * @return a new scope
     */
    public static CallScope open(TimeSource time, Duration limit) {
        return new CallScope(new Cancellation(), () -> {}, requireNonNull(time, "time"), checkLimit(limit));
    }

    static CallScope inside(Cancellation whole, TimeSource time, Duration limit) {
        Cancellation.Part part = whole.part();
        return new CallScope(part.cancellation(), part.registration(), time, checkLimit(limit));
    }

    /**
     * Opens a scope inside this one.
     *
     * @param limit how long the work may take; it ends with this scope in any case
     * @return a new scope
     */
    public CallScope within(Duration limit) {
        return inside(cancellation, time, limit);
    }

    /**
     * Gives the work more time, if this is more than it has.
     *
     * @param limit how long the work may take from now on, at most 1 day
     */
    public void extend(Duration limit) {
        long end = time.nanoTime() + checkLimit(limit).toNanos();
        endNanos.accumulateAndGet(end, (one, other) -> one - other >= 0 ? one : other);
    }

    /**
     * Does work on this thread, which is interrupted when the scope ends meanwhile, and never afterwards.
     *
     * @param work what to do
     * @param <T> what comes of it
     * @return what came of it
     * @throws InterruptedException if the scope has ended before the work began
     * @throws Exception what the work throws
     */
    public <T> T call(Callable<T> work) throws Exception {
        return cancellation.interruptibly(work);
    }

    /** Ends the scope: interrupts its threads and runs its hooks. */
    public void cancel() {
        cancellation.cancel(Cancellation.Cause.CANCELLED);
    }

    /**
     * Returns whether the scope's own time is over, or was when it ended.
     *
     * @return true if it ended by its own limit, rather than with what it is part of
     */
    public boolean hasTimedOut() {
        return cancellation.ownCause() == Cancellation.Cause.DEADLINE && endNanos.get() - time.nanoTime() <= 0;
    }

    @Override
    public Duration timeLeft() {
        return Duration.ofNanos(Math.max(0, endNanos.get() - time.nanoTime()));
    }

    @Override
    public boolean isCancelled() {
        return cancellation.isCancelled();
    }

    @Override
    public Registration onCancel(Runnable hook) {
        return cancellation.onCancel(hook);
    }

    /** Takes back the limit. The scope ends no more work. */
    @Override
    public void close() {
        closed = true;
        TimeSource.Pending last = timer.get();
        if (last != null) {
            last.cancel();
        }
        link.close();
    }

    private void startTimer(Duration limit) {
        TimeSource.Pending next = time.after(limit, this::expire);
        timer.set(next);
        if (closed) {
            next.cancel();
        }
    }

    /** Ends the scope, or waits on if it was given more time meanwhile. */
    private void expire() {
        long left = endNanos.get() - time.nanoTime();
        if (left <= 0) {
            cancellation.cancel(Cancellation.Cause.DEADLINE);
        } else if (!closed) {
            startTimer(Duration.ofNanos(left));
        }
    }

    private static Duration checkLimit(Duration limit) {
        if (requireNonNull(limit, "limit").compareTo(RunOptions.MAX_DEADLINE) > 0) {
            throw new IllegalArgumentException("limit must be at most " + RunOptions.MAX_DEADLINE + ", was " + limit);
        }
        return limit.isNegative() ? Duration.ZERO : limit;
    }
}
