package dev.pictor.gateway;

import dev.pictor.gateway.cache.AnswerCache;
import dev.pictor.gateway.cache.CacheHit;
import dev.pictor.gateway.cache.CacheKey;
import dev.pictor.gateway.cache.CacheMode;
import dev.pictor.model.ModelResult;
import dev.pictor.trace.Decision;
import java.util.Optional;

/** Looks whether the same request was answered before, by the candidate that is asked next. */
final class Caching implements Step {

    private static final Decision MISS = Cached.miss("the same request was not answered before, or too long ago");

    private static final Decision MISFIT = Cached.miss("the answer that was given before does not fit the schema");

    private final AnswerCache cache;

    Caching(AnswerCache cache) {
        this.cache = cache;
    }

    @Override
    public <R extends ModelResult> ModelAnswer<R> take(Road<R> road) throws InterruptedException {
        CacheMode mode = road.journey().options.cacheMode();
        if (mode == CacheMode.BYPASS) {
            return road.proceed();
        }
        CacheKey key = road.call().key(road.journey().run.tenant());
        if (mode.reads()) {
            Optional<CacheHit> hit = cache.find(key, road.context());
            if (hit.isPresent() && Cached.isAccepted(road.call(), hit.get())) {
                ModelAnswer<R> answer = Cached.exact(road.call(), hit.get());
                Cached.note(road, answer, "the same request was answered before, " + Cached.age(road, hit.get()));
                return answer;
            }
            road.journey().decide(() -> hit.isPresent() ? MISFIT : MISS);
        }
        return road.keyed(key).proceed();
    }
}
