package dev.pictor.gateway;

import dev.pictor.error.PictorException;
import dev.pictor.gateway.resilience.GatewayRefusedException;
import dev.pictor.gateway.resilience.RetryDecision;
import dev.pictor.gateway.resilience.RetryPolicy;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelResult;
import dev.pictor.trace.Decision;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** Asks the same model again where that may help: after a wait, within the time that is left, and never paying twice. */
final class Retrying implements Step {

    private final RetryPolicy policy;
    private final int redraws;
    private final RandomGenerator random;

    /** @param redraws how often another picture is drawn after one that failed its check */
    Retrying(RetryPolicy policy, int redraws, RandomGenerator random) {
        this.policy = policy;
        this.redraws = redraws;
        this.random = random;
    }

    @Override
    public <R extends ModelResult> ModelAnswer<R> take(Road<R> road) throws InterruptedException {
        int timeouts = 0;
        int drawing = 1;
        int failures = 0; // but for pictures that were no good: those have a limit of their own
        for (int attempt = 1; ; attempt++) {
            try {
                return road.attempt(attempt, timeouts, drawing).proceed();
            } catch (ModelException e) {
                if (e.reason() == Reason.UNUSABLE_PICTURE) {
                    if (drawing > redraws || !policy.hasTime(road.context().timeLeft())) {
                        throw e;
                    }
                    drawing++;
                    note(road, e, Duration.ZERO, attempt);
                } else {
                    timeouts += e.reason() == Reason.TIMED_OUT ? 1 : 0;
                    waitAfter(road, policy.next(++failures, e, road.context().timeLeft(), random), e, attempt);
                }
            } catch (GatewayRefusedException e) {
                failures += e.reason() == GatewayRefusedException.Reason.COOLING_DOWN ? 0 : 1; // a pause is no failure
                waitAfter(road, whenRefused(e, failures, road.context().timeLeft()), e, attempt);
            }
        }
    }

    /** A pause that the vendor asked for may be waited for. Who waits for a breaker only keeps a thread busy. */
    private RetryDecision whenRefused(GatewayRefusedException refusal, int failures, Duration timeLeft) {
        if (refusal.reason() != GatewayRefusedException.Reason.COOLING_DOWN
                || refusal.retryAfter().isEmpty()
                || failures >= policy.maxAttempts()) {
            return new RetryDecision.GiveUp(RetryDecision.Why.NO_ATTEMPT_LEFT);
        }
        return policy.await(refusal.retryAfter().get(), timeLeft, random);
    }

    private static void waitAfter(Road<?> road, RetryDecision decision, PictorException failure, int attempt)
            throws InterruptedException {
        if (!(decision instanceof RetryDecision.Wait wait)) {
            throw failure;
        }
        note(road, failure, wait.delay(), attempt);
        road.journey().sleep(wait.delay());
        road.checkOpen();
    }

    private static void note(Road<?> road, PictorException failure, Duration delay, int attempt) {
        road.journey()
                .decide(() -> Decision.builder(
                                "retry",
                                "ask " + road.call().candidate.id() + " again?",
                                "after " + delay.toMillis() + " ms",
                                "attempt " + attempt + " failed: " + Recording.errorType(failure))
                        .build());
    }
}
