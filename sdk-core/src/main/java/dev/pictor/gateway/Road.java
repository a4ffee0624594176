package dev.pictor.gateway;

import dev.pictor.gateway.cache.CacheKey;
import dev.pictor.model.CallContext;
import dev.pictor.model.ExchangeListener;
import dev.pictor.model.ModelResult;
import dev.pictor.pipeline.CallScope;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A call on its way: the candidates, the one it is at, which attempt this is, within which limit, and the steps ahead.
 * Immutable, but for the mark that says whether the attempt was sent.
 *
 * @param <R> the kind of result
 */
final class Road<R extends ModelResult> {

    private final Journey journey;
    private final List<Step> steps;
    private final int next;
    private final List<ModelCall<R>> candidates;
    private final ModelCall<R> call;
    private final Place place;

    private Road(
            Journey journey,
            List<Step> steps,
            int next,
            List<ModelCall<R>> candidates,
            ModelCall<R> call,
            Place place) {
        this.journey = journey;
        this.steps = steps;
        this.next = next;
        this.candidates = candidates;
        this.call = call;
        this.place = place;
    }

    /**
     * Where on the road the call is.
     *
     * @param scope what bounds this part of the way, null if only the run does
     * @param attempt 1 for the first at this model
     * @param timeouts how many of the attempts at this model ran out of time
     * @param drawing 1 for the first picture, 2 for another one after that was no good
     * @param runner 1, or 2 for an attempt that runs beside the first
     * @param sent marks that this attempt was sent
     * @param key the exact request, null where no cache is used
     * @param listener is told what goes over the wire, null if nobody wants to know
     */
    private record Place(
            @Nullable CallScope scope,
            int attempt,
            int timeouts,
            int drawing,
            int runner,
            AtomicBoolean sent,
            @Nullable CacheKey key,
            @Nullable ExchangeListener listener) {}

    static <R extends ModelResult> Road<R> of(Journey journey, List<Step> steps, List<ModelCall<R>> candidates) {
        return new Road<>(
                journey,
                steps,
                0,
                candidates,
                candidates.get(0),
                new Place(null, 1, 0, 1, 1, new AtomicBoolean(), null, null));
    }

    /** A call of its own that this one needs, with the same steps ahead of it from the first on. */
    <S extends ModelResult> Road<S> beside(List<? extends ModelCall<S>> calls) {
        return of(new Journey(journey.run, CallOptions.ofDefaults(), steps.size()), steps, List.copyOf(calls));
    }

    /** Goes on with the next step. */
    ModelAnswer<R> proceed() throws InterruptedException {
        Road<R> ahead = new Road<>(journey, steps, next + 1, candidates, call, place);
        if (!journey.isTimed()) {
            return steps.get(next).take(ahead);
        }
        long begin = journey.nanoTime();
        try {
            return steps.get(next).take(ahead);
        } finally {
            journey.addStep(next, journey.nanoTime() - begin);
        }
    }

    Road<R> to(ModelCall<R> candidate) {
        return new Road<>(journey, steps, next, candidates, candidate, place);
    }

    Road<R> within(CallScope scope) {
        return at(new Place(
                scope,
                place.attempt,
                place.timeouts,
                place.drawing,
                place.runner,
                place.sent,
                place.key,
                place.listener));
    }

    Road<R> keyed(CacheKey key) {
        return at(new Place(
                place.scope,
                place.attempt,
                place.timeouts,
                place.drawing,
                place.runner,
                place.sent,
                key,
                place.listener));
    }

    Road<R> attempt(int attempt, int timeouts, int drawing) {
        return at(new Place(place.scope, attempt, timeouts, drawing, 1, new AtomicBoolean(), place.key, null));
    }

    /** The same attempt beside itself: a request of its own, which may be charged for itself. */
    Road<R> runner(int runner, CallScope scope) {
        return at(new Place(
                scope, place.attempt, place.timeouts, place.drawing, runner, new AtomicBoolean(), place.key, null));
    }

    /** The same attempt, of which someone is told what goes over the wire. */
    Road<R> heardBy(ExchangeListener listener) {
        return at(new Place(
                place.scope,
                place.attempt,
                place.timeouts,
                place.drawing,
                place.runner,
                place.sent,
                place.key,
                listener));
    }

    private Road<R> at(Place other) {
        return new Road<>(journey, steps, next, candidates, call, other);
    }

    Journey journey() {
        return journey;
    }

    List<ModelCall<R>> candidates() {
        return candidates;
    }

    ModelCall<R> call() {
        return call;
    }

    int attempt() {
        return place.attempt;
    }

    int timeouts() {
        return place.timeouts;
    }

    Optional<CacheKey> key() {
        return Optional.ofNullable(place.key);
    }

    @Nullable
    ExchangeListener listener() {
        return place.listener;
    }

    void markSent() {
        place.sent.set(true);
    }

    boolean isSent() {
        return place.sent.get();
    }

    /** What stops this part of the way: the innermost scope, else the run. */
    CallContext context() {
        return place.scope == null ? journey.run : place.scope;
    }

    CallScope open(Duration limit) {
        return place.scope == null ? journey.run.within(limit) : place.scope.within(limit);
    }

    String idempotencyKey() {
        return journey.idempotencyKey(call, place.drawing, place.runner);
    }

    /** @throws InterruptedException if this part of the way is over */
    void checkOpen() throws InterruptedException {
        if (context().isCancelled() || context().timeLeft().isZero()) {
            throw new InterruptedException("the call's time was over before " + call.profile.id() + " was called");
        }
    }
}
