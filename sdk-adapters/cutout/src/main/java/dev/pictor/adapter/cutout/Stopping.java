package dev.pictor.adapter.cutout;

import dev.pictor.model.CallContext;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;

/** Where work that takes a while looks whether it should stop. */
record Stopping(String modelId, CallContext call) {

    /**
     * Goes on, unless the thread was interrupted, the call was cancelled or its time is over.
     *
     * @throws InterruptedException if the thread was interrupted; its flag is clear then
     * @throws ModelException if the call was cancelled or its time is over
     */
    void check() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException(modelId + " was interrupted");
        }
        if (!call.isCancelled()) {
            return;
        }
        boolean late = call.timeLeft().isZero();
        throw new ModelException(ModelFailure.builder(
                        modelId,
                        late ? Reason.TIMED_OUT : Reason.CANCELLED,
                        Billed.NOT_SENT,
                        modelId + (late ? " was not done in time" : " was stopped by the caller"))
                .build());
    }

    /** Returns what to throw where imaging ended because the thread was interrupted; clears the flag that it left set. */
    static InterruptedException interrupted(String modelId, Exception cause) {
        Thread.interrupted();
        InterruptedException interrupted = new InterruptedException(modelId + " was interrupted");
        interrupted.initCause(cause);
        return interrupted;
    }
}
