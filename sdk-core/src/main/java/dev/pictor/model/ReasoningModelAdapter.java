package dev.pictor.model;

/**
 * A model that reads and answers: messages with text, pictures and PDF in; text, or JSON by a schema, out. Threads,
 * blocking, errors, retries and closing are as {@link ImageModelAdapter} says.
 */
public interface ReasoningModelAdapter {

    /**
     * Returns what this model is, can do and costs. The same value on each call.
     *
     * @return the profile
     */
    ModelProfile profile();

    /**
     * Answers.
     *
     * @param request messages, and the schema of the answer if it is to be JSON
     * @param call deadline and cancellation
     * @return the answer; with a schema, text that is one JSON value
     * @throws ModelException if the model gave no usable answer
     * @throws InterruptedException if the thread was interrupted while it waited
     */
    ReasoningResult reason(ReasoningRequest request, CallContext call) throws InterruptedException;
}
