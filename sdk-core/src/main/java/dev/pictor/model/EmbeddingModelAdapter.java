package dev.pictor.model;

/**
 * A model that turns texts into vectors whose closeness is closeness of meaning. Threads, blocking, errors, retries
 * and closing are as {@link ImageModelAdapter} says.
 */
public interface EmbeddingModelAdapter {

    /**
     * Returns what this model is, can do and costs. The same value on each call.
     *
     * @return the profile
     */
    ModelProfile profile();

    /**
     * Embeds texts.
     *
     * @param request the texts
     * @param call deadline and cancellation
     * @return one vector for each text, in order
     * @throws ModelException if the model gave no usable answer
     * @throws InterruptedException if the thread was interrupted while it waited
     */
    EmbeddingResult embed(EmbeddingRequest request, CallContext call) throws InterruptedException;
}
