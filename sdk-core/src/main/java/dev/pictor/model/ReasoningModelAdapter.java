package dev.pictor.model;

import java.util.List;

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
     * Returns what of a request this model will not honour, as far as that is known without asking it. Quick, sends
     * nothing. Default: nothing, which is right where no option is ever left out.
     *
     * @param request what would be asked
     * @return the warnings that an answer would have because of the request alone
     */
    default List<OptionWarning> unsupported(ReasoningRequest request) {
        return List.of();
    }

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
