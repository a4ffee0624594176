package dev.pictor.testkit;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.time.TimeSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A time that stands still until it is moved: clock, counter, waits and what is to happen later all go by it. What falls
 * due happens on the thread that moves it, in order. Thread-safe.
 */
public final class VirtualTime implements TimeSource {

    private final ManualClock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // guarded by lock
    private final PriorityQueue<Task> pending = new PriorityQueue<>(
            Comparator.comparingLong((Task task) -> task.due).thenComparingLong(task -> task.number));
    private long nanos;
    private long tasks;
    private boolean closed;

    private VirtualTime(Instant now) {
        this.clock = ManualClock.at(now);
    }

    /**
     * Returns a time that begins at the start of 2026 in UTC.
     *
     * @return a new time
     */
    public static VirtualTime create() {
        return at(Instant.parse("2026-01-01T00:00:00Z"));
    }

    /**
     * Returns a time that begins at a moment.
     *
     * @param now what the clock shows
     * @return a new time
     */
    public static VirtualTime at(Instant now) {
        return new VirtualTime(requireNonNull(now, "now"));
    }

    /**
     * Moves time forward. What falls due meanwhile happens at its own moment, on this thread.
     *
     * @param by how far, not negative
     * @throws IllegalArgumentException if {@code by} is negative
     */
    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("time moves forward only, was " + by);
        }
        long end = later(by);
        Task due;
        while ((due = next(end)) != null) {
            due.action.run();
        }
    }

    /**
     * Waits, in real time, until so many actions and waits are pending.
     *
     * @param count at least so many
     * @param within how long to wait
     * @throws AssertionError if there are fewer after that time
     * @throws InterruptedException if this thread was interrupted meanwhile
     */
    public void awaitPending(int count, Duration within) throws InterruptedException {
        lock.lock();
        try {
            long left = within.toNanos();
            while (pending.size() < count) {
                if (left <= 0) {
                    throw new AssertionError(
                            "expected " + count + " pending actions within " + within + ", were " + pending.size());
                }
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns how many actions and waits are pending.
     *
     * @return 0 or more
     */
    public int pending() {
        lock.lock();
        try {
            return pending.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public long nanoTime() {
        lock.lock();
        try {
            return nanos;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void sleep(Duration time) throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        Pending wait = after(time, over::countDown);
        try {
            over.await();
        } finally {
            wait.cancel();
        }
    }

    @Override
    @CanIgnoreReturnValue
    public Pending after(Duration delay, Runnable action) {
        requireNonNull(action, "action");
        lock.lock();
        try {
            long due = later(delay);
            if (due > nanos && !closed) {
                Task task = new Task(due, tasks++, action);
                pending.add(task);
                changed.signalAll();
                return task;
            }
        } finally {
            lock.unlock();
        }
        action.run();
        return () -> {};
    }

    /** Lets everything pending happen at once, in order, and whatever is added from now on too. Time does not move. */
    @Override
    public void close() {
        Task task;
        do {
            lock.lock();
            try {
                closed = true;
                task = pending.poll();
            } finally {
                lock.unlock();
            }
            if (task != null) {
                task.action.run();
            }
        } while (task != null);
    }

    /** The moment so long from now, or the end of time. */
    private long later(Duration by) {
        long now = nanoTime();
        long nanosBy = TimeUnit.NANOSECONDS.convert(by);
        return nanosBy > Long.MAX_VALUE - now ? Long.MAX_VALUE : now + nanosBy;
    }

    /** Moves to the next action up to a moment and takes it, or to that moment if there is none. */
    private @Nullable Task next(long end) {
        lock.lock();
        try {
            Task first = pending.peek();
            boolean isDue = first != null && first.due <= end;
            moveTo(isDue ? first.due : end);
            return isDue ? pending.poll() : null;
        } finally {
            lock.unlock();
        }
    }

    private void moveTo(long moment) {
        if (moment > nanos) {
            clock.advance(Duration.of(moment - nanos, TimeUnit.NANOSECONDS.toChronoUnit()));
            nanos = moment;
        }
    }

    private final class Task implements Pending {

        private final long due;
        private final long number;
        private final Runnable action;

        Task(long due, long number, Runnable action) {
            this.due = due;
            this.number = number;
            this.action = action;
        }

        @Override
        public void cancel() {
            lock.lock();
            try {
                pending.remove(this);
            } finally {
                lock.unlock();
            }
        }
    }
}
