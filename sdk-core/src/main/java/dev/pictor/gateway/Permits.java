package dev.pictor.gateway;

import dev.pictor.gateway.resilience.BreakerPermit;
import dev.pictor.gateway.resilience.CallOutcome;
import dev.pictor.gateway.resilience.GatewayRefusedException;
import dev.pictor.gateway.resilience.Permit;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelResult;
import java.time.Duration;

/**
 * Lets an attempt through to its model, or refuses it: a free place, a turn by the rate, no pause that the vendor asked
 * for, and a breaker that is not open. The last two are looked at first too, so that nobody waits in vain. Each attempt takes its own, so that a wait between two attempts holds none. What
 * comes of the attempt tells the breaker and the model's health.
 */
final class Permits implements Step {

    /** In this time a model should have answered of which nobody knows how long it takes. */
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(1);

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
            Duration took = Duration.ofNanos(road.journey().nanoTime() - begin);
            CallOutcome outcome = outcome(road, e, took);
            if (outcome == CallOutcome.RATE_LIMITED) {
                e.retryAfter().ifPresent(pause -> traffic.cooldowns.coolDown(lane.quota, pause));
            }
            learn(lane, breaker, outcome, took);
            throw e;
        } catch (InterruptedException e) {
            Duration took = Duration.ofNanos(road.journey().nanoTime() - begin);
            learn(lane, breaker, outOfTime(road, took), took);
            throw e;
        }
    }

    private CallOutcome outcome(Road<?> road, ModelException failure, Duration took) {
        boolean mayBeOurs = failure.reason() == Reason.TIMED_OUT || failure.reason() == Reason.CANCELLED;
        return mayBeOurs && hasUsedUp(road, took) ? outOfTime(road, took) : CallOutcome.of(failure);
    }

    /**
     * What it says of a model that the time of the whole call was over before it answered: it stalls, if it had as long as
     * it needs for nearly all answers. In less time no model is to blame, and who stops a call says nothing of it.
     */
    private CallOutcome outOfTime(Road<?> road, Duration took) {
        Lane lane = road.call().lane;
        Duration enough = traffic.health(lane.candidate)
                .p95()
                .or(() -> lane.candidate.profile().typicalLatency())
                .orElse(LONG_ENOUGH);
        return road.isSent() && hasUsedUp(road, took) && took.compareTo(enough) >= 0
                ? CallOutcome.PROVIDER_FAULT
                : CallOutcome.IGNORED;
    }

    /** Whether an attempt had all the time of the call, give or take a hundredth: timers do not end things together. */
    private static boolean hasUsedUp(Road<?> road, Duration took) {
        return road.context().timeLeft().compareTo(took.dividedBy(100)) <= 0;
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
