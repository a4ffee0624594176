package dev.pictor.generation;

/**
 * Hears how far a batch of requests has come. Called on the threads that do the work, from several at once; so be quick and
 * thread-safe. Two calls that are made at the same time may come in either order. An exception that it throws is logged once
 * per batch and dropped.
 */
@FunctionalInterface
public interface GenerationBatchListener {

    /**
     * A request is over. Called once for each that succeeded or failed, with a count that no other call has; not for those
     * that were not started.
     *
     * @param line what came of it
     * @param progress what is over, this request included
     */
    void finished(GenerationLine line, GenerationProgress progress);

    /**
     * Returns the listener that does nothing.
     *
     * @return a listener
     */
    static GenerationBatchListener none() {
        return (line, progress) -> {};
    }
}
