package dev.pictor.image.batch;

/**
 * Hears how far a batch has come. Called on the threads that do the work, from several at once; so be quick and
 * thread-safe. Two calls that are made at the same time may come in either order. An exception that it throws is logged once
 * per batch and dropped; an {@link Error} stops the batch, as one of the work does.
 */
@FunctionalInterface
public interface BatchListener {

    /**
     * An item is over. Called once for each that succeeded or failed, with a count that no other call has; not for those
     * that were cancelled.
     *
     * @param progress what is over, this item included
     */
    void progressed(BatchProgress progress);

    /**
     * Returns the listener that does nothing.
     *
     * @return a listener
     */
    static BatchListener none() {
        return progress -> {};
    }
}
