package dev.pictor.gateway;

import dev.pictor.gateway.resilience.BreakerPermit;
import dev.pictor.gateway.resilience.CallOutcome;
import dev.pictor.gateway.resilience.GatewayRefusedException;
import dev.pictor.gateway.resilience.Permit;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelResult;
import java.time.Duration;

/**
 * Lets an attempt through to its model, or refuses it: a free place, a turn by the rate, no pause that the vendor asked
 * for, and a breaker that is not open. The last two are looked at first too, so that nobody waits in vain. Each attempt takes its own, so that a wait between two attempts holds none. What
 * comes of the attempt tells the breaker and the model's health.
 */
final class Permits implements Step {

    private final Traffic traffic;

    Permits(Traffic traffic) {
        this.traffic = traffic;
    }

    @Override
    public <R extends ModelResult> ModelAnswer<R> take(Road<R> road) throws InterruptedException {
        Lane lane = road.call().lane;
        Journey journey = road.journey();
        checkPause(lane, road);
        if (!lane.breaker.retryAfter().isZero()) {
            admitted(lane.breaker.tryAcquire(), road).close(); // who will be refused need not wait for it
        }
        long begin = journey.nanoTime();
        try (Permit place = admitted(lane.bulkhead.acquire(road.context().timeLeft()), road);
                Permit turn = admitted(lane.rate.acquire(road.context().timeLeft()), road)) {
            journey.addWaiting(journey.nanoTime() - begin);
            checkPause(lane, road); // much may have happened in a queue
            try (BreakerPermit breaker = admitted(lane.breaker.tryAcquire(), road)) {
                return attempt(road, lane, breaker);
            }
        }
    }

    private void checkPause(Lane lane, Road<?> road) {
        Duration pause = traffic.cooldowns.left(lane.quota);
        if (!pause.isZero()) {
            throw new GatewayRefusedException(
                    GatewayRefusedException.Reason.COOLING_DOWN,
                    road.call().profile.id(),
                    pause);
        }
    }

    private <R extends ModelResult> ModelAnswer<R> attempt(Road<R> road, Lane lane, BreakerPermit breaker)
            throws InterruptedException {
        long begin = road.journey().nanoTime();
        try {
            ModelAnswer<R> answer = road.proceed();
            learn(lane, breaker, CallOutcome.SUCCESS, answer.latency());
            return answer;
        } catch (ModelException e) {
            CallOutcome outcome = CallOutcome.of(e);
            if (outcome == CallOutcome.RATE_LIMITED) {
                e.retryAfter().ifPresent(pause -> traffic.cooldowns.coolDown(lane.quota, pause));
            }
            learn(lane, breaker, outcome, Duration.ofNanos(road.journey().nanoTime() - begin));
            throw e;
        }
    }

    private void learn(Lane lane, BreakerPermit breaker, CallOutcome outcome, Duration latency) {
        breaker.record(outcome);
        traffic.observe(lane.candidate, outcome, latency);
    }

    private static <P extends Permit> P admitted(P permit, Road<?> road) {
        if (!permit.isAdmitted()) {
            throw permit.refusal(road.call().profile.id());
        }
        return permit;
    }
}
