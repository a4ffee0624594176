package dev.pictor.image.batch;

import static java.util.Objects.requireNonNull;

import dev.pictor.image.ImageBytes;
import java.lang.reflect.UndeclaredThrowableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a batch: hands items to the threads that call {@link #work} and gathers what becomes of them. Thread-safe.
 * The lock is held for bookkeeping only, never while an item is worked on or the listener is told.
 */
final class BatchRun<T> {

    private static final Logger LOG = LoggerFactory.getLogger(BatchListener.class);

    private final List<Supplier<ImageBytes>> items;
    private final Function<ImageBytes, T> work;
    private final PixelBudget budget;
    private final BatchListener listener;
    private final AtomicBoolean warned = new AtomicBoolean();

    private final Object lock = new Object();
    private final Map<Integer, BatchOutcome<T>> outcomes = new HashMap<>();

    /** The threads in an item, which a cancel interrupts. */
    private final Set<Thread> inItem = new HashSet<>();

    /** Those of them that a cancel did interrupt: their flag must not reach what they do next. */
    private final Set<Thread> interrupted = new HashSet<>();

    private int next;
    private int active;
    private int succeeded;
    private int failed;
    private boolean cancelled;
    private @Nullable Throwable stoppedBy;

    /**
     * The caller's own thread while it works too, which a cancel does not interrupt: its flag is the caller's, and no one
     * could tell an interrupt by the caller from ours.
     */
    private @Nullable Thread spared;

    BatchRun(
            List<? extends Supplier<ImageBytes>> items,
            Function<ImageBytes, T> work,
            PixelBudget budget,
            BatchListener listener) {
        this.items = List.copyOf(items);
        this.work = requireNonNull(work, "work");
        this.budget = budget;
        this.listener = listener;
    }

    /** Tells that this thread waits for the batch and may work for it; call it before the work begins. */
    void spare(Thread waiting) {
        synchronized (lock) {
            spared = waiting;
        }
    }

    /** Works on one item after the other until there are no more, or the batch is cancelled. */
    void work() {
        for (int index = begin(); index >= 0; index = begin()) {
            try {
                BatchProgress progress = record(index, outcomeOf(items.get(index)));
                if (progress != null) {
                    tell(progress);
                }
            } catch (Throwable e) { // thrown again by those who wait, who would else wait for ever
                stopFor(e);
            } finally {
                end();
            }
        }
    }

    void cancel() {
        synchronized (lock) {
            cancelled = true;
            for (Thread thread : inItem) {
                if (!thread.equals(spared) && !thread.isInterrupted()) {
                    interrupted.add(thread);
                    thread.interrupt();
                }
            }
            lock.notifyAll();
        }
    }

    boolean isDone() {
        synchronized (lock) {
            return active == 0 && (cancelled || next == items.size());
        }
    }

    void await() throws InterruptedException {
        synchronized (lock) {
            while (!isDone()) {
                lock.wait();
            }
        }
    }

    /** Waits as long as told; returns whether all is over. */
    boolean await(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.NANOSECONDS.convert(atMost);
        synchronized (lock) {
            for (long left = end - System.nanoTime(); !isDone(); left = end - System.nanoTime()) {
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(lock, left);
            }
            return true;
        }
    }

    /** Waits; an interrupt cancels the batch and is set again at the end. */
    void awaitThoughInterrupted() {
        boolean wasInterrupted = false;
        while (true) {
            try {
                await();
                break;
            } catch (InterruptedException e) {
                wasInterrupted = true;
                cancel();
            }
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns what became of each item, once all is over. */
    List<BatchOutcome<T>> outcomes() {
        synchronized (lock) {
            if (stoppedBy instanceof Error error) {
                throw error;
            }
            if (stoppedBy != null) {
                throw new UndeclaredThrowableException(stoppedBy);
            }
            List<BatchOutcome<T>> inOrder = new ArrayList<>();
            for (int index = 0; index < items.size(); index++) {
                inOrder.add(outcomes.getOrDefault(index, new BatchOutcome.Cancelled<>()));
            }
            return List.copyOf(inOrder);
        }
    }

    /** Returns the index of the item that this thread takes up, or -1 if it shall stop. */
    private int begin() {
        Thread thread = Thread.currentThread();
        if (thread.isInterrupted()) { // by someone else: the caller, or an executor that is shut down
            cancel();
        }
        synchronized (lock) {
            if (cancelled || next == items.size()) {
                return -1;
            }
            inItem.add(thread);
            active++;
            return next++;
        }
    }

    private BatchOutcome<T> outcomeOf(Supplier<ImageBytes> item) {
        try {
            ImageBytes image = requireNonNull(item.get(), "an item is null");
            try (PixelBudget.Permit permit = budget.acquire(image.size().pixels())) {
                return new BatchOutcome.Succeeded<>(requireNonNull(work.apply(image), "the work returned null"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new BatchOutcome.Cancelled<>();
        } catch (Exception e) { // also checked ones, which other languages on the JVM throw undeclared
            return Thread.currentThread().isInterrupted()
                    ? new BatchOutcome.Cancelled<>()
                    : new BatchOutcome.Failed<>(e);
        }
    }

    /** Notes an outcome; returns the progress to tell, or null for an item that was cancelled. */
    private @Nullable BatchProgress record(int index, BatchOutcome<T> outcome) {
        synchronized (lock) {
            leaveItem();
            if (outcome instanceof BatchOutcome.Cancelled || (outcome instanceof BatchOutcome.Failed && cancelled)) {
                return null;
            }
            outcomes.put(index, outcome);
            if (outcome instanceof BatchOutcome.Failed) {
                failed++;
            } else {
                succeeded++;
            }
            return new BatchProgress(succeeded, failed, items.size());
        }
    }

    private void stopFor(Throwable e) {
        synchronized (lock) {
            leaveItem();
            cancel();
            if (stoppedBy == null) {
                stoppedBy = e;
            } else if (!stoppedBy.equals(e)) {
                stoppedBy.addSuppressed(e);
            }
        }
    }

    private void end() {
        synchronized (lock) {
            active--;
            lock.notifyAll();
        }
    }

    /** From here on no cancel reaches this thread. */
    private void leaveItem() {
        inItem.remove(Thread.currentThread());
        if (interrupted.remove(Thread.currentThread())) {
            Thread.interrupted(); // clears the flag
        }
    }

    private void tell(BatchProgress progress) {
        try {
            listener.progressed(progress);
        } catch (Exception e) { // also checked ones, as above
            if (warned.compareAndSet(false, true)) {
                LOG.warn(
                        "batch listener {} failed at {}; this and later failures of it are dropped",
                        listener.getClass().getName(),
                        progress,
                        e);
            }
        }
    }
}
