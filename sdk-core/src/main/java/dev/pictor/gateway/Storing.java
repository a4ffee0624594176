package dev.pictor.gateway;

import dev.pictor.gateway.cache.AnswerCache;
import dev.pictor.gateway.cache.CacheKey;
import dev.pictor.model.FinishReason;
import dev.pictor.model.ModelResult;
import java.util.Optional;

/**
 * Keeps what a model answered, under the model that was asked: whole and good answers only. What failed its check never
 * comes here, and what is less than was asked for is not kept.
 */
final class Storing implements Step {

    private final AnswerCache cache;

    Storing(AnswerCache cache) {
        this.cache = cache;
    }

    @Override
    public <R extends ModelResult> ModelAnswer<R> take(Road<R> road) throws InterruptedException {
        ModelAnswer<R> answer = road.proceed();
        Optional<CacheKey> key = road.key();
        return key.isPresent() && keeps(road, answer) ? keep(cache, road, key.get(), answer) : answer;
    }

    /** Whether a new answer is one to keep, and the caller wants that. */
    static <R extends ModelResult> boolean keeps(Road<R> road, ModelAnswer<R> answer) {
        return road.journey().options.cacheMode().writes() && isWhole(road.call(), answer);
    }

    static <R extends ModelResult> ModelAnswer<R> keep(
            AnswerCache cache, Road<R> road, CacheKey key, ModelAnswer<R> answer) {
        cache.store(key, Cached.entry(road, answer));
        return answer.keptUnder(key);
    }

    private static <R extends ModelResult> boolean isWhole(ModelCall<R> call, ModelAnswer<R> answer) {
        return answer.result().finishReason().equals(FinishReason.STOP)
                && call.shortcomings(answer.result()).isEmpty()
                && call.accepts(answer.result());
    }
}
