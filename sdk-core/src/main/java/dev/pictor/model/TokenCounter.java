package dev.pictor.model;

/**
 * A vendor's own count of what a request would be read as, free of charge where the vendor says so. Threads, blocking,
 * errors, retries and closing are as {@link ImageModelAdapter} says.
 */
public interface TokenCounter {

    /**
     * Counts.
     *
     * @param request what would be asked
     * @param call deadline and cancellation
     * @return tokens read, 0 or more
     * @throws ModelException if the vendor gave no usable answer
     * @throws InterruptedException if the thread was interrupted while it waited
     */
    long countTokens(ReasoningRequest request, CallContext call) throws InterruptedException;
}
