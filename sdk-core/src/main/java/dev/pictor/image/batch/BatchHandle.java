package dev.pictor.image.batch;

import java.util.List;

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
     * Waits until no item is at work any more.
     *
     * @return an outcome for each item, in the order of the items
     * @throws InterruptedException if this thread was interrupted; the batch goes on
     */
    public List<BatchOutcome<T>> await() throws InterruptedException {
        run.await();
        return run.outcomes();
    }

    /**
     * Tells whether no item is at work any more and none will be.
     *
     * @return whether {@link #await} returns without waiting
     */
    public boolean isDone() {
        return run.isDone();
    }
}
