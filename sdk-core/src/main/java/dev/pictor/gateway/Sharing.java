package dev.pictor.gateway;

import dev.pictor.gateway.budget.BudgetExceededException;
import dev.pictor.gateway.cache.AnswerCache;
import dev.pictor.gateway.cache.CacheHit;
import dev.pictor.gateway.cache.CacheKey;
import dev.pictor.gateway.cache.SharedAnswer;
import dev.pictor.gateway.cache.SingleFlight;
import dev.pictor.model.ModelResult;
import dev.pictor.trace.Decision;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Makes one call of equal requests under way: the first is paid for, the others wait for it. */
final class Sharing implements Step {

    private final SingleFlight<CacheKey, ModelAnswer<?>> flights;
    private final SingleFlight.Mode mode;
    private final AnswerCache cache;

    Sharing(SingleFlight<CacheKey, ModelAnswer<?>> flights, SingleFlight.Mode mode, AnswerCache cache) {
        this.flights = flights;
        this.mode = mode;
        this.cache = cache;
    }

    @Override
    public <R extends ModelResult> ModelAnswer<R> take(Road<R> road) throws InterruptedException {
        Optional<CacheKey> key = road.key();
        if (key.isEmpty() || !road.journey().options.cacheMode().reads()) {
            return road.proceed(); // who insists on a new answer gets one of its own
        }
        SharedAnswer<ModelAnswer<?>> shared = share(road, key.get());
        @SuppressWarnings("unchecked") // the kind of call is part of the key
        ModelAnswer<R> answer = (ModelAnswer<R>) shared.value();
        if (shared.isLeader()) {
            return answer;
        }
        road.journey()
                .decide(() -> Decision.builder(
                                "single_flight",
                                "make a call of its own?",
                                "no",
                                "an equal call was under way, and " + shared.callers() + " callers shared it")
                        .build());
        return kept(road, key.get(), answer).shared();
    }

    /** Keeps what the one who made the call did not want to keep, if this caller does. */
    private <R extends ModelResult> ModelAnswer<R> kept(Road<R> road, CacheKey key, ModelAnswer<R> answer) {
        boolean isNew =
                answer.source() == AnswerSource.MODEL && answer.keptUnder().isEmpty();
        return isNew && Storing.keeps(road, answer) && cache.peek(key).isEmpty()
                ? Storing.keep(cache, road, key, answer)
                : answer;
    }

    private <R extends ModelResult> SharedAnswer<ModelAnswer<?>> share(Road<R> road, CacheKey key)
            throws InterruptedException {
        Journey journey = road.journey();
        while (true) {
            AtomicBoolean isOwn = new AtomicBoolean();
            boolean isMade = false; // by this caller, to its end: then it has noted itself what it waited for
            long begin = journey.nanoTime();
            long outside = journey.outsideNanos();
            try {
                SharedAnswer<ModelAnswer<?>> shared = flights.run(key, mode, road.context(), scope -> {
                    isOwn.set(true);
                    return fly(road.within(scope), key);
                });
                isMade = shared.isLeader();
                return shared;
            } catch (InterruptedException e) {
                journey.leave();
                throw e;
            } catch (BudgetExceededException | CostLimitException e) {
                isMade = isOwn.get();
                if (isMade) {
                    throw e;
                } // another caller's limit: this one may have more
            } catch (RuntimeException e) {
                isMade = isOwn.get();
                throw e;
            } finally {
                if (!isMade) {
                    journey.addOutside((journey.nanoTime() - begin) - (journey.outsideNanos() - outside));
                }
            }
        }
    }

    /** Looks once more: an equal call may have ended between the first look and this one. */
    private <R extends ModelResult> ModelAnswer<R> fly(Road<R> road, CacheKey key) throws InterruptedException {
        Optional<CacheHit> hit = cache.peek(key).filter(known -> Cached.isAccepted(road.call(), known));
        return hit.isPresent() ? Cached.exact(road.call(), key, hit.get()) : road.proceed();
    }
}
