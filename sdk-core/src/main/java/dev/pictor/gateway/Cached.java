package dev.pictor.gateway;

import dev.pictor.gateway.cache.CacheEntry;
import dev.pictor.gateway.cache.CacheHit;
import dev.pictor.gateway.cache.CacheKey;
import dev.pictor.gateway.cache.CacheLevel;
import dev.pictor.model.Cost;
import dev.pictor.model.ModelResult;
import dev.pictor.trace.Decision;
import java.time.Duration;

/** Turns answers into entries of the cache and back. */
final class Cached {

    private static final String KIND = "cache";
    private static final String QUESTION = "is a cached answer good enough?";

    private Cached() {}

    static <R extends ModelResult> CacheEntry entry(Road<R> road, ModelAnswer<R> answer) {
        return CacheEntry.builder(
                        answer.result(), road.journey().run.time().clock().instant())
                .cost(answer.cost())
                .prompt(road.call().prompt())
                .warnings(answer.warnings())
                .build();
    }

    /** Whether a caller takes an answer that was kept: it may have been kept for one who asks less of it. */
    static <R extends ModelResult> boolean isAccepted(ModelCall<R> call, CacheHit hit) {
        return call.accepts(call.cast(hit.entry().result()));
    }

    static <R extends ModelResult> ModelAnswer<R> exact(ModelCall<R> call, CacheKey key, CacheHit hit) {
        return answer(
                        call,
                        hit.entry(),
                        hit.level() == CacheLevel.MEMORY ? AnswerSource.MEMORY_CACHE : AnswerSource.SHARED_CACHE)
                .foundUnder(key);
    }

    /** The answer costs nothing now, whatever it cost when the model gave it. */
    static <R extends ModelResult> ModelAnswer<R> answer(ModelCall<R> call, CacheEntry entry, AnswerSource source) {
        return ModelAnswer.of(call, call.cast(entry.result()), Duration.ZERO)
                .withCost(Cost.nothing())
                .warned(entry.warnings())
                .from(source);
    }

    static void note(Road<?> road, ModelAnswer<?> answer, String reason) {
        road.journey()
                .decide(() -> Decision.builder(KIND, QUESTION, answer.source().name(), reason)
                        .build());
    }

    static Decision miss(String reason) {
        return Decision.builder(KIND, QUESTION, "no", reason).build();
    }

    /** Names who answered, if it is not the model that is to be asked. */
    static String by(Road<?> road, ModelCall<?> call) {
        return call.index == road.call().index ? "" : " by " + call.candidate.id() + ", which is as good or better";
    }

    static String age(Road<?> road, CacheHit hit) {
        Duration age = Duration.between(
                hit.entry().createdAt(), road.journey().run.time().clock().instant());
        return Math.max(0, age.toSeconds()) + " s ago";
    }
}
