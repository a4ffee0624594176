package dev.pictor.time;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to happen, by the tick it is due at: a wheel of buckets that each hold every {@value #BUCKETS}th tick, so that
 * adding and taking back cost the same however much is pending. Not thread-safe.
 */
final class TimerWheel {

    static final int BUCKETS = 1_024;

    private final @Nullable Task[] buckets = new @Nullable Task[BUCKETS];
    private long lastTick;
    private int size;

    int size() {
        return size;
    }

    /** Adds a task, due at a tick, but at the next one at the earliest. */
    void add(Task task, long tick) {
        task.tick = Math.max(lastTick + 1, tick);
        int bucket = bucketOf(task.tick);
        Task first = buckets[bucket];
        task.next = first;
        if (first != null) {
            first.previous = task;
        }
        buckets[bucket] = task;
        task.pending = true;
        size++;
    }

    /** Takes a task out, if it is still in. */
    void remove(Task task) {
        if (!task.pending) {
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
        task.pending = false;
        task.next = null;
        task.previous = null;
        size--;
    }

    /** Takes out everything due by a tick. However long it is since the last one, each bucket is looked at once. */
    void takeDue(long tick, List<Task> due) {
        long passed = Math.min(tick - lastTick, BUCKETS);
        for (long past = 1; past <= passed; past++) {
            Task next = buckets[bucketOf(lastTick + past)];
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

    static final class Task {

        final Runnable action;

        private long tick;
        private boolean pending;
        private @Nullable Task next;
        private @Nullable Task previous;

        Task(Runnable action) {
            this.action = action;
        }
    }
}
