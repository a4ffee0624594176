package dev.pictor.model;

import java.util.List;

/**
 * A model that draws: text, reference pictures and a mask in, pictures out. This is the SPI that a vendor adapter
 * implements; programs call models through the gateway, never through this interface.
 *
 * <p><b>Threads.</b> Called from many threads at once.
 *
 * <p><b>Blocking and deadline.</b> A call blocks until the answer is complete. It returns or throws soon after
 * {@link CallContext#timeLeft()} is used up or the thread is interrupted, and leaves no connection open.
 *
 * <p><b>Errors.</b> Every failure of the model or the way to it is a {@link ModelException} whose reason and billed
 * state the adapter has decided from status, code and cause. An answer without a picture is a failure.
 *
 * <p><b>Retries.</b> None: one call is one attempt and at most one billed request. The adapter does not cache, fall
 * back, log or read the environment; vendor retries are switched off.
 *
 * <p><b>Options.</b> What the model cannot honour is reported in {@link ImageResult#warnings()}, never dropped in
 * silence.
 *
 * <p><b>Closing.</b> Whoever made the adapter closes it, if it has something to close.
 *
 * <p>{@code dev.pictor.testkit.ImageModelAdapterContract} holds the tests that every implementation passes.
 */
public interface ImageModelAdapter {

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
     * @param request what would be drawn
     * @return the warnings that an answer would have because of the request alone
     */
    default List<OptionWarning> unsupported(ImageRequest request) {
        return List.of();
    }

    /**
     * Draws.
     *
     * @param request what to draw, already checked against {@link #profile()}
     * @param call deadline and cancellation
     * @return at least one picture
     * @throws ModelException if the model gave no usable answer
     * @throws InterruptedException if the thread was interrupted while it waited
     */
    ImageResult generate(ImageRequest request, CallContext call) throws InterruptedException;
}
