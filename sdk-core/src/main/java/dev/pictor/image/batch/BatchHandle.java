package dev.pictor.image.batch;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.UndeclaredThrowableException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A batch that is under way. Thread-safe.
 *
 * @param <T> what the work makes of an item
 */
public final class BatchHandle<T> {

    private final BatchRun<T> run;

    BatchHandle(BatchRun<T> run) {
        this.run = run;
    }

    /**
     * Stops the batch: no more items are begun, and the threads at work are interrupted. Returns at once; items that are
     * already over keep their outcomes, and what fails from now on counts as cancelled. Does nothing once all items are over.
     */
    public void cancel() {
        run.cancel();
    }

    /**
     * Waits until no item is at work any more, however long. That is for ever where an executor accepted the tasks and drops
     * them, such as one that is shut down at once before it began, unless {@link #cancel} is called: see
     * {@link #await(Duration)}.
     *
     * @return an outcome for each item, in the order of the items
     * @throws InterruptedException if this thread was interrupted; the batch goes on
     * @throws Error if the work or the listener threw it, which stopped the batch
     * @throws UndeclaredThrowableException if they threw something that is neither an exception nor an error
     */
    public List<BatchOutcome<T>> await() throws InterruptedException {
        run.await();
        return run.outcomes();
    }

    /**
     * Waits until no item is at work any more, but no longer than told.
     *
     * @param atMost how long to wait from now on; zero or less asks once
     * @return an outcome for each item, in the order of the items; empty if the batch was not over in time, and goes on
     * @throws InterruptedException if this thread was interrupted; the batch goes on
     * @throws Error if the work or the listener threw it, which stopped the batch
     * @throws UndeclaredThrowableException if they threw something that is neither an exception nor an error
     */
    public Optional<List<BatchOutcome<T>>> await(Duration atMost) throws InterruptedException {
        requireNonNull(atMost, "atMost");
        return run.await(atMost) ? Optional.of(run.outcomes()) : Optional.empty();
    }

    /**
     * Tells whether no item is at work any more and none will be.
     *
     * @return whether {@link #await()} returns without waiting
     */
    public boolean isDone() {
        return run.isDone();
    }
}
