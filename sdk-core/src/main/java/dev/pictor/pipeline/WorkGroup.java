package dev.pictor.pipeline;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks side by side. The thread that waits for them works on them too, and helpers come from the executor as far
 * as it has threads to spare: so the group gets done even if the executor never runs anything, and a parent that holds a
 * pool thread never waits for children that need one. The first failure stops the rest. Thread-safe.
 */
final class WorkGroup {

    /** A piece of work that returns what can be done next. */
    @FunctionalInterface
    interface Task {
        List<Task> run() throws Exception;
    }

    /** How long helpers may take to stop after a failure or a cancel before they are left behind. */
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final Logger LOG = LoggerFactory.getLogger(WorkGroup.class);

    private final Executor executor;
    private final int concurrency;
    private final Cancellation cancellation;
    private final Object lock = new Object();
    private final Deque<Task> waiting = new ArrayDeque<>();
    private int active;
    private int helpers;
    private @Nullable Throwable failure;

    /**
     * @param concurrency at most so many threads, the waiting one included
     * @param cancellation of this group alone: a failure throws it
     */
    WorkGroup(Executor executor, int concurrency, Cancellation cancellation) {
        this.executor = executor;
        this.concurrency = concurrency;
        this.cancellation = cancellation;
    }

    /** Works until the tasks and all that follow from them are done. */
    void run(Collection<Task> tasks) throws Exception {
        synchronized (lock) {
            waiting.addAll(tasks);
        }
        callHelpers();
        try {
            Task task = awaitTask();
            while (task != null) {
                work(task);
                task = awaitTask();
            }
        } catch (InterruptedException e) {
            fail(e);
        }
        awaitHelpers();
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof Exception exception) {
            throw exception;
        }
        cancellation.throwIfCancelled();
    }

    /** Takes a task, or null when everything is done or nothing more shall be. */
    private @Nullable Task awaitTask() throws InterruptedException {
        synchronized (lock) {
            while (waiting.isEmpty() && active > 0 && !isStopped()) {
                lock.wait();
            }
            return next();
        }
    }

    private void help() {
        Task task = nextOrLeave();
        while (task != null) {
            work(task);
            task = nextOrLeave();
        }
    }

    /** Takes a task, or leaves in the same step: who adds a task next must not count on this helper. */
    private @Nullable Task nextOrLeave() {
        synchronized (lock) {
            Task task = next();
            if (task == null) {
                helpers--;
            }
            return task;
        }
    }

    /** Takes a task if there is one. Called with the lock held. */
    private @Nullable Task next() {
        if (isStopped()) {
            waiting.clear();
        }
        Task task = waiting.poll();
        if (task != null) {
            active++;
        }
        return task;
    }

    private boolean isStopped() {
        return failure != null || cancellation.isCancelled();
    }

    private void work(Task task) {
        List<Task> following = List.of();
        try {
            following = cancellation.interruptibly(task::run);
        } catch (Exception | Error e) { // thrown again by the waiting thread
            fail(e);
        } finally {
            synchronized (lock) {
                active--;
                waiting.addAll(following);
                lock.notifyAll();
            }
        }
        callHelpers();
    }

    /** Asks the executor for as many threads as there are tasks beside the one that this thread takes next. */
    private void callHelpers() {
        while (true) {
            synchronized (lock) {
                if (helpers + 1 >= concurrency || helpers >= waiting.size() + active - 1) {
                    return;
                }
                helpers++;
            }
            try {
                executor.execute(this::help);
            } catch (RejectedExecutionException e) { // no thread to spare: the waiting thread does it
                synchronized (lock) {
                    helpers--;
                }
                return;
            }
        }
    }

    private void fail(Throwable e) {
        synchronized (lock) {
            if (failure == null) {
                failure = e;
            } else if (!failure.equals(e) && !(e instanceof InterruptedException)) {
                failure.addSuppressed(e);
            }
            waiting.clear();
            lock.notifyAll();
        }
        cancellation.cancel(Cancellation.Cause.SIBLING_FAILED);
    }

    /** After a failure or a cancel, tasks may still be on their way out. */
    private void awaitHelpers() {
        long giveUp = System.nanoTime() + GRACE_NANOS;
        boolean interrupted = false;
        synchronized (lock) {
            while (active > 0) {
                long millis = TimeUnit.NANOSECONDS.toMillis(giveUp - System.nanoTime());
                if (millis <= 0) {
                    LOG.warn("{} stages ignore their interruption and are left behind", active);
                    break;
                }
                try {
                    lock.wait(millis);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
