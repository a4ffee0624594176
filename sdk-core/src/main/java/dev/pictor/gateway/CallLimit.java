package dev.pictor.gateway;

import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelResult;
import dev.pictor.pipeline.CallScope;
import dev.pictor.pipeline.RunContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Bounds a call with all its attempts and waits, for callers who would rather go on without an answer. */
final class CallLimit {

    private CallLimit() {}

    static <R extends ModelResult> ModelAnswer<R> within(RunContext run, Duration limit, Road<R> road, String modelId)
            throws InterruptedException {
        try (CallScope scope = run.within(limit)) {
            try {
                return scope.call(() -> road.within(scope).proceed());
            } catch (InterruptedException e) {
                if (isOver(run, scope)) {
                    throw timedOut(modelId, limit, Billed.UNKNOWN_OUTCOME, e);
                }
                throw e;
            } catch (ModelException e) {
                if (isOver(run, scope) && e.reason() == Reason.CANCELLED) {
                    throw timedOut(modelId, limit, e.billed(), e);
                }
                throw e;
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException("a step threw an exception that it does not declare", e);
            }
        }
    }

    private static boolean isOver(RunContext run, CallScope scope) {
        return scope.hasTimedOut() && !run.isCancelled();
    }

    private static ModelException timedOut(String modelId, Duration limit, Billed billed, @Nullable Exception cause) {
        return new ModelException(
                ModelFailure.builder(
                                modelId,
                                Reason.TIMED_OUT,
                                billed,
                                "there was no answer within " + limit.toMillis() + " ms, which the call allows")
                        .build(),
                cause);
    }
}
