package dev.pictor.time;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The machine's time. What is to happen later waits in a wheel of ticks and happens at most one tick late, and never
 * early, on a daemon thread that sleeps while nothing is pending. Thread-safe.
 */
final class SystemTime implements TimeSource {

    static final Duration TICK = Duration.ofMillis(4);

    private static final long TICK_NANOS = TICK.toNanos();
    private static final long FOREVER_NANOS = TimeUnit.DAYS.toNanos(365L * 100);
    private static final Logger LOG = LoggerFactory.getLogger(SystemTime.class);
    private static final AtomicInteger THREADS = new AtomicInteger();
    private static final Clock CLOCK = Clock.systemUTC();

    private final long begin = System.nanoTime();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // guarded by lock
    private final TimerWheel wheel = new TimerWheel();
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
    @CanIgnoreReturnValue
    public Pending after(Duration delay, Runnable action) {
        TimerWheel.Task task = new TimerWheel.Task(requireNonNull(action, "action"));
        long nanos = Math.min(TimeUnit.NANOSECONDS.convert(delay), FOREVER_NANOS);
        lock.lock();
        try {
            if (nanos > 0 && !closed) {
                wheel.add(task, (System.nanoTime() - begin + nanos + TICK_NANOS - 1) / TICK_NANOS);
                if (!started) {
                    started = true;
                    startThread(new ArrayDeque<>());
                } else if (idle) {
                    changed.signal();
                }
                return () -> cancel(task);
            }
        } finally {
            lock.unlock();
        }
        happen(task);
        return () -> {};
    }

    /** Ends the thread after everything pending has happened. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** How much is pending. */
    int pending() {
        lock.lock();
        try {
            return wheel.size();
        } finally {
            lock.unlock();
        }
    }

    private void cancel(TimerWheel.Task task) {
        lock.lock();
        try {
            wheel.remove(task);
        } finally {
            lock.unlock();
        }
    }

    private void startThread(Deque<TimerWheel.Task> due) {
        Thread thread = new Thread(() -> tick(due), "sdk-core-deadline-" + THREADS.incrementAndGet());
        thread.setDaemon(true);
        thread.start();
    }

    /** Ticks to the end. An error ends this thread loudly, but no deadline is lost: another one carries on. */
    private void tick(Deque<TimerWheel.Task> due) {
        boolean over = false;
        try {
            while (!over) {
                for (TimerWheel.Task task = due.poll(); task != null; task = due.poll()) {
                    happen(task);
                }
                over = !awaitDue(due);
            }
        } finally {
            if (!over) {
                startThread(due);
            }
        }
    }

    /** Waits for the next tick, or for work if there is none, and takes what is due. Returns false at the end. */
    private boolean awaitDue(Deque<TimerWheel.Task> due) {
        List<TimerWheel.Task> taken = new ArrayList<>();
        lock.lock();
        try {
            while (wheel.size() == 0 && !closed) {
                idle = true;
                changed.awaitUninterruptibly();
            }
            idle = false;
            long nextTick = (System.nanoTime() - begin) / TICK_NANOS + 1;
            long left;
            while ((left = begin + nextTick * TICK_NANOS - System.nanoTime()) > 0 && !closed) {
                long unused = changed.awaitNanos(left);
            }
            wheel.takeDue(closed ? Long.MAX_VALUE : (System.nanoTime() - begin) / TICK_NANOS, taken);
            due.addAll(taken);
            return !closed || !taken.isEmpty();
        } catch (InterruptedException e) {
            return true; // nobody is meant to interrupt this thread: it goes on, or no time would ever be over again
        } finally {
            lock.unlock();
        }
    }

    private static void happen(TimerWheel.Task task) {
        try {
            task.action.run();
        } catch (RuntimeException e) {
            LOG.warn("an action whose time had come failed", e);
        }
    }
}
