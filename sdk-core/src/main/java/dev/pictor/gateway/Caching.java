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
    private final boolean fromBetterModels;

    Caching(AnswerCache cache, boolean fromBetterModels) {
        this.cache = cache;
        this.fromBetterModels = fromBetterModels;
    }

    @Override
    public <R extends ModelResult> ModelAnswer<R> take(Road<R> road) throws InterruptedException {
        CacheMode mode = road.journey().options.cacheMode();
        if (mode == CacheMode.BYPASS) {
            return road.proceed();
        }
        Optional<String> tenant = road.journey().run.tenant();
        if (mode.reads()) {
            boolean misfit = false;
            for (ModelCall<R> call : AsGood.of(road, fromBetterModels).toList()) {
                CacheKey key = call.key(tenant);
                Optional<CacheHit> hit = cache.find(key, road.context());
                if (hit.isPresent() && Cached.isAccepted(call, hit.get())) {
                    ModelAnswer<R> answer = Cached.exact(call, key, hit.get());
                    Cached.note(
                            road,
                            answer,
                            "the same request was answered before" + Cached.by(road, call) + ", "
                                    + Cached.age(road, hit.get()));
                    return answer;
                }
                misfit |= hit.isPresent();
            }
            Decision miss = misfit ? MISFIT : MISS;
            road.journey().decide(() -> miss);
        }
        return road.keyed(road.call().key(tenant)).proceed();
    }
}
