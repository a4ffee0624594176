package dev.pictor.gateway;

import dev.pictor.pipeline.CallScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** What runs side by side for one call: each in a scope of its own, all stopped together. Thread-safe. */
final class Runners {

    private final Road<?> road;
    private final Executor executor;
    private final Object lock;

    // guarded by lock
    private final List<CallScope> scopes = new ArrayList<>();
    private boolean cancelled;
    private int running;

    /** @param lock is told when one has ended */
    Runners(Road<?> road, Executor executor, Object lock) {
        this.road = road;
        this.executor = executor;
        this.lock = lock;
    }

    /** Throws nothing. */
    @FunctionalInterface
    interface Work {
        void within(CallScope scope);
    }

    /** Starts work on a thread of its own, or tells that there is none for it. */
    boolean start(Work work) {
        CallScope scope = open();
        try {
            executor.execute(() -> run(scope, work));
            return true;
        } catch (RejectedExecutionException e) {
            end(scope);
            return false;
        }
    }

    /** Does work on this thread. */
    void run(Work work) {
        run(open(), work);
    }

    private void run(CallScope scope, Work work) {
        try {
            work.within(scope);
        } finally {
            end(scope);
        }
    }

    private CallScope open() {
        CallScope scope = road.open(road.context().timeLeft());
        boolean late;
        synchronized (lock) {
            scopes.add(scope);
            running++;
            late = cancelled;
        }
        if (late) {
            scope.cancel();
        }
        return scope;
    }

    private void end(CallScope scope) {
        scope.close();
        synchronized (lock) {
            scopes.remove(scope);
            running--;
            lock.notifyAll();
        }
    }

    boolean areRunning() {
        synchronized (lock) {
            return running > 0;
        }
    }

    /** Stops what runs, and what is begun from now on. */
    void cancel() {
        List<CallScope> open;
        synchronized (lock) {
            cancelled = true;
            open = List.copyOf(scopes);
        }
        open.forEach(CallScope::cancel);
    }

    /**
     * Stops what runs, and waits a little for its end. What takes no notice goes on without a caller: its thread ends it,
     * money held and all, and for this call its outcome is unknown.
     */
    void stop(Duration grace) {
        cancel();
        awaitEnd(grace.toNanos());
        road.journey().leaveStopped();
    }

    private void awaitEnd(long most) {
        boolean interrupted = false;
        long end = System.nanoTime() + most;
        synchronized (lock) {
            for (long left = most; running > 0 && left > 0; left = end - System.nanoTime()) {
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
}
