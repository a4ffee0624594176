package dev.pictor.gateway;

import dev.pictor.model.ModelResult;

/**
 * Sends nothing for a run that is over. A call in flight is stopped by the run itself, through its
 * {@link dev.pictor.model.CallContext}.
 */
final class DeadlineGuard implements ModelCall.Step {

    @Override
    public <R extends ModelResult> ModelAnswer<R> take(ModelCall<R> call, ModelCall.Road<R> onward)
            throws InterruptedException {
        if (call.run.isCancelled() || call.run.timeLeft().isZero()) {
            throw new InterruptedException("the run was over before " + call.profile.id() + " was called");
        }
        return onward.proceed();
    }
}
