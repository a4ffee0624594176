package dev.pictor.pipeline;

import static java.util.Objects.requireNonNull;

import dev.pictor.model.CallContext;
import dev.pictor.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
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
    private final Supplier<Duration> timeLeftOfWhole;
    private volatile boolean closed;

    private CallScope(
            Cancellation cancellation,
            Registration link,
            TimeSource time,
            Duration limit,
            Supplier<Duration> timeLeftOfWhole) {
        this.cancellation = cancellation;
        this.link = link;
        this.time = time;
        this.timeLeftOfWhole = timeLeftOfWhole;
        this.endNanos = new AtomicLong(time.nanoTime() + limit.toNanos());
        startTimer();
    }

    /**
     * Opens a scope that is part of nothing larger.
     *
     * @param time measures the limit
     * @param limit how long the work may take, at most 1 day; nothing if it is not positive
     * @return a new scope
     * @throws IllegalArgumentException if {@code limit} is more than that
     */
    public static CallScope open(TimeSource time, Duration limit) {
        return new CallScope(
                new Cancellation(),
                () -> {},
                requireNonNull(time, "time"),
                checkLimit(limit),
                () -> RunOptions.MAX_DEADLINE);
    }

    static CallScope inside(Cancellation whole, TimeSource time, Duration limit, Supplier<Duration> timeLeftOfWhole) {
        Duration checked = checkLimit(limit);
        Cancellation.Part part = whole.part();
        return new CallScope(part.cancellation(), part.registration(), time, checked, timeLeftOfWhole);
    }

    /**
     * Opens a scope inside this one.
     *
     * @param limit how long the work may take, at most 1 day; it ends with this scope in any case
     * @return a new scope
     * @throws IllegalArgumentException if {@code limit} is more than that
     */
    public CallScope within(Duration limit) {
        return inside(cancellation, time, limit, this::timeLeft);
    }

    /**
     * Gives the work more time, if this is more than it has.
     *
     * @param limit how long the work may take from now on, at most 1 day
     * @throws IllegalArgumentException if {@code limit} is more than that
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
     * Returns whether the scope's own time is over.
     *
     * @return true if it ended by its own limit, or is about to; false if it ended otherwise, such as with what it is
     *     part of
     */
    public boolean hasTimedOut() {
        Cancellation.Cause cause = cancellation.cause();
        return cause == null ? ownNanosLeft() <= 0 : cause == Cancellation.Cause.LIMIT;
    }

    /**
     * Returns how long the work may still take.
     *
     * @return time to the limit or to the end of what this is part of, whichever comes first; zero if it has passed
     */
    @Override
    public Duration timeLeft() {
        Duration own = Duration.ofNanos(Math.max(0, ownNanosLeft()));
        Duration whole = timeLeftOfWhole.get();
        return own.compareTo(whole) <= 0 ? own : whole;
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

    private long ownNanosLeft() {
        return endNanos.get() - time.nanoTime();
    }

    private void startTimer() {
        long end = endNanos.get();
        TimeSource.Pending last = timer.get();
        TimeSource.Pending next = time.after(Duration.ofNanos(end - time.nanoTime()), () -> expire(end));
        timer.compareAndSet(last, next); // if it is another by now, ours has happened already
        if (closed) {
            next.cancel();
        }
    }

    /** Ends the scope, or waits on if it was given more time meanwhile: a time that is closed lets all happen at once. */
    private void expire(long end) {
        if (closed) {
            return;
        }
        if (endNanos.get() == end) {
            cancellation.cancel(Cancellation.Cause.LIMIT);
        } else {
            startTimer();
        }
    }

    private static Duration checkLimit(Duration limit) {
        if (requireNonNull(limit, "limit").compareTo(RunOptions.MAX_DEADLINE) > 0) {
            throw new IllegalArgumentException("limit must be at most " + RunOptions.MAX_DEADLINE + ", was " + limit);
        }
        return limit.isNegative() ? Duration.ZERO : limit;
    }
}
