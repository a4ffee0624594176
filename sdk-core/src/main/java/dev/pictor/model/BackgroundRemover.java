package dev.pictor.model;

import java.util.List;

/**
 * Cuts what a picture shows out of its background. Threads, blocking, errors, retries and closing are as
 * {@link ImageModelAdapter} says. A remover that cannot tell the two apart refuses with
 * {@link ModelFailure.Reason#INVALID_REQUEST} rather than guess.
 *
 * <p>{@code dev.pictor.testkit.BackgroundRemoverContract} holds the tests that every implementation passes.
 */
public interface BackgroundRemover {

    /**
     * Returns what this service is, can do and costs. The same value on each call.
     *
     * @return the profile
     */
    ModelProfile profile();

    /**
     * Returns what of a request this service will not honour, as far as that is known without asking it. Quick, sends
     * nothing. Default: nothing, which is right where no option is ever left out.
     *
     * @param request what would be cut out
     * @return the warnings that an answer would have because of the request alone
     */
    default List<OptionWarning> unsupported(BackgroundRemovalRequest request) {
        return List.of();
    }

    /**
     * Cuts out.
     *
     * @param request the picture
     * @param call deadline and cancellation
     * @return the picture with an alpha channel, transparent where the background was
     * @throws ModelException if the service gave no usable answer
     * @throws InterruptedException if the thread was interrupted while it waited
     */
    BackgroundRemovalResult remove(BackgroundRemovalRequest request, CallContext call) throws InterruptedException;
}
