package dev.pictor.gateway;

import dev.pictor.gateway.resilience.GatewayRefusedException;
import dev.pictor.gateway.resilience.RetryPolicy;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelResult;
import dev.pictor.pipeline.CallScope;
import java.time.Duration;

/**
 * Gives an attempt its share of the time that is left, longer after each attempt that ran out of it, and begins none with
 * less than is of use. An attempt whose time is over is stopped, connection and all, whatever other threads are busy with.
 */
final class TimeLimit implements Step {

    private final RetryPolicy policy;

    TimeLimit(RetryPolicy policy) {
        this.policy = policy;
    }

    @Override
    public <R extends ModelResult> ModelAnswer<R> take(Road<R> road) throws InterruptedException {
        Duration timeLeft = road.context().timeLeft();
        if (!policy.hasTime(timeLeft)) { // it was too little from the start, or a queue took it
            throw new GatewayRefusedException(
                    GatewayRefusedException.Reason.TOO_LITTLE_TIME,
                    road.call().profile.id(),
                    Duration.ZERO);
        }
        Duration limit = road.call()
                .candidate
                .attemptLimit()
                .map(own -> own.compareTo(timeLeft) < 0 ? own : timeLeft)
                .orElseGet(() -> policy.nextLimit(road.timeouts(), timeLeft).orElse(timeLeft));
        if (limit.equals(timeLeft)) {
            return road.proceed(); // what bounds the whole call bounds this attempt too
        }
        try (CallScope scope = road.open(limit)) {
            return attempt(road, scope, limit);
        }
    }

    private static <R extends ModelResult> ModelAnswer<R> attempt(Road<R> road, CallScope scope, Duration limit)
            throws InterruptedException {
        try {
            return scope.call(() -> road.within(scope).proceed());
        } catch (InterruptedException e) {
            throw failure(road, scope, limit, e);
        } catch (ModelException e) {
            if (isOver(road, scope) && e.reason() == Reason.CANCELLED) {
                throw timedOut(road, limit, e.billed(), e);
            }
            throw e;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a step threw an exception that it does not declare", e);
        }
    }

    private static ModelException failure(Road<?> road, CallScope scope, Duration limit, InterruptedException e)
            throws InterruptedException {
        if (!isOver(road, scope)) {
            throw e;
        }
        return timedOut(road, limit, road.isSent() ? Billed.UNKNOWN_OUTCOME : Billed.NOT_SENT, e);
    }

    /** Whether the attempt's own limit ended it, and not what it is part of. */
    private static boolean isOver(Road<?> road, CallScope scope) {
        return scope.hasTimedOut() && !road.context().isCancelled();
    }

    private static ModelException timedOut(Road<?> road, Duration limit, Billed billed, Exception cause) {
        String model = road.call().profile.id();
        return new ModelException(
                ModelFailure.builder(
                                model,
                                Reason.TIMED_OUT,
                                billed,
                                model + " gave no answer within the " + limit.toMillis() + " ms of attempt "
                                        + road.attempt())
                        .build(),
                cause);
    }
}
