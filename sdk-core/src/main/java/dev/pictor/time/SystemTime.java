package dev.pictor.time;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The machine's time. What is to happen later waits in a hashed wheel of ticks, so that adding and taking back cost the
 * same however much is pending, and happens at most one tick late on a daemon thread that sleeps while nothing is
 * pending. Thread-safe.
 */
final class SystemTime implements TimeSource {

    static final Duration TICK = Duration.ofMillis(4);

    private static final long TICK_NANOS = TICK.toNanos();
    private static final int BUCKETS = 1_024;
    private static final long FOREVER_NANOS = TimeUnit.DAYS.toNanos(365L * 100);
    private static final Logger LOG = LoggerFactory.getLogger(SystemTime.class);
    private static final AtomicInteger THREADS = new AtomicInteger();
    private static final Clock CLOCK = Clock.systemUTC();

    private final Object lock = new Object();
    private final long begin = System.nanoTime();

    // guarded by lock
    private final @Nullable Task[] buckets = new @Nullable Task[BUCKETS];
    private int pending;
    private long lastTick;
    private boolean idle;
    private boolean started;
    private boolean closed;

    @Override
    public Clock clock() {
        return CLOCK;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void sleep(Duration time) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before a wait");
        }
        if (!time.isZero() && !time.isNegative()) {
            TimeUnit.NANOSECONDS.sleep(TimeUnit.NANOSECONDS.convert(time));
        }
    }

    @Override
    public Pending after(Duration delay, Runnable action) {
        Task task = new Task(requireNonNull(action, "action"));
        long nanos = Math.min(TimeUnit.NANOSECONDS.convert(delay), FOREVER_NANOS);
        synchronized (lock) {
            if (nanos > 0 && !closed) {
                add(task, nanos);
                return task;
            }
        }
        task.happen();
        return task;
    }

    /** Ends the thread after everything pending has happened. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
    }

    private void add(Task task, long nanos) {
        long now = System.nanoTime() - begin;
        task.tick = Math.max(lastTick + 1, (now + nanos + TICK_NANOS - 1) / TICK_NANOS);
        int bucket = bucketOf(task.tick);
        Task first = buckets[bucket];
        task.next = first;
        if (first != null) {
            first.previous = task;
        }
        buckets[bucket] = task;
        task.linked = true;
        pending++;
        if (!started) {
            started = true;
            Thread thread = new Thread(this::tick, "sdk-core-deadline-" + THREADS.incrementAndGet());
            thread.setDaemon(true);
            thread.start();
        } else if (idle) {
            lock.notifyAll();
        }
    }

    private void remove(Task task) {
        if (!task.linked) {
            return;
        }
        if (task.previous == null) {
            buckets[bucketOf(task.tick)] = task.next;
        } else {
            task.previous.next = task.next;
        }
        if (task.next != null) {
            task.next.previous = task.previous;
        }
        task.linked = false;
        task.next = null;
        task.previous = null;
        pending--;
    }

    private void tick() {
        List<Task> due = new ArrayList<>();
        boolean over = false;
        while (!over) {
            synchronized (lock) {
                over = awaitTick();
                takeDue(over ? Long.MAX_VALUE : (System.nanoTime() - begin) / TICK_NANOS, due);
            }
            due.forEach(Task::happen);
            due.clear();
        }
    }

    /** Waits for the next tick, or for work if there is none. Returns whether this is the end. Called with the lock. */
    private boolean awaitTick() {
        try {
            while (pending == 0 && !closed) {
                idle = true;
                lock.wait();
            }
            idle = false;
            long end = System.nanoTime() + TICK_NANOS;
            for (long left = TICK_NANOS; left > 0 && !closed; left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(lock, left);
            }
            return closed;
        } catch (InterruptedException e) {
            return closed; // nobody is meant to interrupt this thread: it goes on, or nothing would ever be late again
        }
    }

    /** Called with the lock. */
    private void takeDue(long tick, List<Task> due) {
        long buckets = Math.min(tick - lastTick, BUCKETS);
        for (long past = 1; past <= buckets; past++) {
            Task next = this.buckets[bucketOf(lastTick + past)];
            while (next != null) {
                Task task = next;
                next = task.next;
                if (task.tick <= tick) {
                    remove(task);
                    due.add(task);
                }
            }
        }
        lastTick = Math.max(lastTick, tick);
    }

    private static int bucketOf(long tick) {
        return (int) (tick & (BUCKETS - 1));
    }

    private final class Task implements Pending {

        private final Runnable action;

        // guarded by lock
        private long tick;
        private boolean linked;
        private @Nullable Task next;
        private @Nullable Task previous;

        Task(Runnable action) {
            this.action = action;
        }

        @Override
        public void cancel() {
            synchronized (lock) {
                remove(this);
            }
        }

        void happen() {
            try {
                action.run();
            } catch (RuntimeException e) {
                LOG.warn("an action whose time had come failed", e);
            }
        }
    }
}
