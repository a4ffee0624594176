package dev.pictor.adapter.embedded;

import dev.pictor.model.CallContext;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;

/** Where work that takes a while looks whether it should stop. */
record Checkpoint(String modelId, CallContext call) {

    /**
     * Goes on.
     *
     * @throws InterruptedException if the thread was interrupted
     * @throws ModelException if the call was cancelled
     */
    void pass() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException(modelId + " was interrupted");
        }
        if (call.isCancelled()) {
            throw new ModelException(ModelFailure.builder(
                            modelId, Reason.CANCELLED, Billed.NOT_SENT, modelId + " stopped: the call was cancelled")
                    .build());
        }
    }
}
