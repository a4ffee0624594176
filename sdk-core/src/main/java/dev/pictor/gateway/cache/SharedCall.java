package dev.pictor.gateway.cache;

import dev.pictor.error.PictorException;
import dev.pictor.pipeline.CallScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One call and those who wait for it, each at a latch of its own, so that none of them can do anything to another.
 * Thread-safe.
 *
 * @param <V> what comes of the call
 */
final class SharedCall<V> {

    /** How a call ended. */
    record Outcome<V>(End end, @Nullable V value, @Nullable RuntimeException failure) {

        enum End {
            VALUE,
            FAILURE,
            /** Its time was over, or the one on whose thread it was made was stopped. */
            STOPPED,
            /** Its thread was interrupted by somebody else. */
            INTERRUPTED,
            /** An error went up its thread. */
            BROKEN
        }

        static <V> Outcome<V> of(V value) {
            return new Outcome<>(End.VALUE, value, null);
        }

        static <V> Outcome<V> failed(RuntimeException failure) {
            return new Outcome<>(End.FAILURE, null, failure);
        }

        static <V> Outcome<V> stopped() {
            return new Outcome<>(End.STOPPED, null, null);
        }

        static <V> Outcome<V> interrupted() {
            return new Outcome<>(End.INTERRUPTED, null, null);
        }

        static <V> Outcome<V> broken() {
            return new Outcome<>(End.BROKEN, null, null);
        }

        boolean isStopped() {
            return end == End.STOPPED;
        }

        /** Returns or throws what the call did; whoever did not begin it gets an exception of its own. */
        V value(boolean isLeader) throws InterruptedException {
            switch (end) {
                case VALUE -> {
                    return Objects.requireNonNull(value, "value");
                }
                case FAILURE -> {
                    RuntimeException thrown = Objects.requireNonNull(failure, "failure");
                    throw !isLeader && thrown instanceof PictorException ours ? ours.forAnotherRun() : thrown;
                }
                case BROKEN -> throw new IllegalStateException("an error ended the shared call on its own thread");
                default -> throw new InterruptedException("the thread of the shared call was interrupted");
            }
        }
    }

    private final Object lock = new Object();

    // guarded by lock
    private final List<CountDownLatch> waiting = new ArrayList<>(1);
    private int callers;
    private boolean left;
    private Duration longest = Duration.ZERO;
    private @Nullable CallScope scope;
    private @Nullable Outcome<V> outcome;

    /** Creates a call for which one waits: the one who makes it or has it made. */
    SharedCall(CountDownLatch wake) {
        waiting.add(wake);
        callers = 1;
    }

    /** Lets somebody wait, and gives the call so much time. Returns false if it is over or everyone has left it. */
    boolean join(CountDownLatch wake, Duration limit) {
        CallScope begun;
        synchronized (lock) {
            if (left || outcome != null) {
                return false;
            }
            waiting.add(wake);
            callers++;
            longest = longest.compareTo(limit) >= 0 ? longest : limit;
            begun = scope;
        }
        if (begun != null) {
            begun.extend(limit);
        }
        return true;
    }

    /** Tells the scope that a call on a thread of its own has. */
    void begin(CallScope scope) {
        Duration limit;
        synchronized (lock) {
            this.scope = scope;
            limit = longest;
        }
        scope.extend(limit);
    }

    /** Returns whether the last one has left a call that goes on. */
    boolean leave(CountDownLatch wake) {
        synchronized (lock) {
            boolean wasWaiting = waiting.remove(wake);
            left |= wasWaiting && waiting.isEmpty() && outcome == null;
            return wasWaiting && left;
        }
    }

    /** Stops the call. */
    void stop() {
        CallScope begun;
        synchronized (lock) {
            begun = scope;
        }
        if (begun != null) {
            begun.cancel();
        }
    }

    /** Waits for the end of the call, so long at most, whatever interrupts this thread meanwhile. */
    void awaitEnd(Duration most) {
        boolean interrupted = false;
        long end = System.nanoTime() + most.toNanos();
        synchronized (lock) {
            for (long left = most.toNanos(); outcome == null && left > 0; left = end - System.nanoTime()) {
                try {
                    TimeUnit.NANOSECONDS.timedWait(lock, left);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    void end(Outcome<V> outcome) {
        List<CountDownLatch> toWake;
        synchronized (lock) {
            this.outcome = outcome;
            lock.notifyAll(); // who stopped the call
            toWake = new ArrayList<>(waiting);
            waiting.clear();
        }
        toWake.forEach(CountDownLatch::countDown);
    }

    @Nullable
    Outcome<V> outcome() {
        synchronized (lock) {
            return outcome;
        }
    }

    int callers() {
        synchronized (lock) {
            return callers;
        }
    }
}
