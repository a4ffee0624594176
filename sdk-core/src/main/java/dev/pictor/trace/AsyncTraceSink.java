package dev.pictor.trace;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands events to a slow sink on a thread of its own, so that stages do not wait for it. They wait in a queue with a bound;
 * what happens when it is full is the {@link Overflow}. The events of a run come to the sink in the order in which they came
 * here. Thread-safe.
 *
 * <p>An event that was accepted is not in the sink yet: what is in the queue when the process is killed is lost. Where each
 * event must survive, give the runner a {@link DirectoryRunStore} itself.
 *
 * <p>No event is lost in silence. Before the next event of a run that lost some, the sink is given one of type
 * {@link TraceEvent#DROPPED} that says how many, and {@link #droppedEvents()} counts all of them. The start and the end of a
 * run are never dropped: whoever brings one waits instead.
 */
public final class AsyncTraceSink implements TraceSink, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AsyncTraceSink.class);

    private final TraceSink sink;
    private final int capacity;
    private final Overflow overflow;
    private final Duration closeTimeout;

    /** Whoever has it hands one event to the sink: so no two overtake each other. */
    private final Semaphore turn = new Semaphore(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // guarded by lock
    private final ArrayDeque<TraceEvent> queue = new ArrayDeque<>();
    private final Map<RunId, Integer> dropped = new HashMap<>();
    private @Nullable Thread thread;
    private @Nullable Thread atWork;
    private long droppedEvents;
    private boolean closed;
    private boolean isWarned;

    AsyncTraceSink(AsyncTraceSinkBuilder builder) {
        this.sink = GuardedTraceSink.of(builder.sink);
        this.capacity = builder.capacity;
        this.overflow = builder.overflow;
        this.closeTimeout = builder.closeTimeout;
    }

    /** What happens to an event for which there is no room. */
    public enum Overflow {
        /** The caller hands events to the sink itself until there is room. None is lost. */
        CALLER_RUNS,
        /** The event is dropped, and counted. */
        DROP
    }

    /**
     * Returns a builder.
     *
     * @param sink takes the events, one at a time; the caller closes it, after this one
     * @return a new builder
     */
    public static AsyncTraceSinkBuilder builder(TraceSink sink) {
        return new AsyncTraceSinkBuilder(sink);
    }

    @Override
    public void accept(TraceEvent event) {
        while (!offer(event)) {
            deliverOne();
        }
    }

    /** Takes an event, or counts it as dropped. Returns false if the caller is to make room. */
    private boolean offer(TraceEvent event) {
        lock.lock();
        try {
            if (closed) {
                drop(event);
                return true;
            }
            boolean isRoom = queue.size() < capacity || Thread.currentThread().equals(atWork);
            if (!isRoom && (overflow == Overflow.CALLER_RUNS || isBoundary(event))) {
                return false;
            }
            if (!isRoom) {
                drop(event);
                return true;
            }
            queue.add(event);
            if (thread == null) {
                thread = start();
            }
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private static boolean isBoundary(TraceEvent event) {
        return event.type().equals(TraceEvent.RUN_START)
                || event.type().equals(TraceEvent.RUN_RESUME)
                || event.type().equals(TraceEvent.RUN_END);
    }

    /** Called with the lock. */
    private void drop(TraceEvent event) {
        droppedEvents++;
        if (!closed) {
            dropped.merge(event.runId(), 1, Integer::sum);
        } else if (!isWarned) {
            isWarned = true;
            LOG.warn("an event of run {} came after the sink was closed; it and later ones are dropped", event.runId());
        }
    }

    private Thread start() {
        Thread started = new Thread(this::deliver, "pictor-trace-1");
        started.setDaemon(true);
        started.start();
        return started;
    }

    private void deliver() {
        while (awaitEvent()) {
            deliverOne();
        }
    }

    /** Returns false when there is nothing left to do for good. */
    private boolean awaitEvent() {
        lock.lock();
        try {
            while (queue.isEmpty() && !closed) {
                changed.awaitUninterruptibly();
            }
            return !queue.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Hands the oldest event to the sink, if there is one. */
    private void deliverOne() {
        turn.acquireUninterruptibly();
        try {
            deliverNext();
        } finally {
            turn.release();
        }
    }

    private void deliverNext() {
        TraceEvent event;
        @Nullable Integer lost;
        lock.lock();
        try {
            event = queue.poll();
            if (event == null) {
                return;
            }
            lost = dropped.remove(event.runId());
            atWork = Thread.currentThread();
        } finally {
            lock.unlock();
        }
        try {
            if (lost != null) {
                sink.accept(TraceEvent.builder(event.runId(), TraceEvent.DROPPED, event.time())
                        .putAttributes(TraceAttributes.DROPPED_EVENTS, lost)
                        .build());
            }
            sink.accept(event);
        } finally {
            lock.lock();
            try {
                atWork = null;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Waits until every event that was accepted before is in the sink.
     *
     * @param most how long to wait at most
     * @return false if time was over before
     * @throws InterruptedException if this thread was interrupted
     */
    public boolean flush(Duration most) throws InterruptedException {
        long left = most.toNanos();
        lock.lockInterruptibly();
        try {
            while (!queue.isEmpty() || atWork != null) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns how many events were dropped so far.
     *
     * @return 0 or more
     */
    public long droppedEvents() {
        lock.lock();
        try {
            return droppedEvents;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes no more events, hands on those in the queue, for as long as the builder said, and ends the thread. What is
     * left then is dropped, and logged as a number. If this thread is interrupted, it does not wait, and stays interrupted.
     */
    @Override
    public void close() {
        @Nullable Thread toEnd;
        lock.lock();
        try {
            closed = true;
            toEnd = thread;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (toEnd == null) {
            return;
        }
        try {
            toEnd.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(closeTimeout.toNanos())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        int left = giveUp();
        if (left > 0) {
            LOG.warn("{} events were not in the trace sink {} after it was closed: they are lost", left, closeTimeout);
        }
    }

    private int giveUp() {
        lock.lock();
        try {
            int left = queue.size();
            droppedEvents += left;
            queue.clear();
            return left;
        } finally {
            lock.unlock();
        }
    }
}
