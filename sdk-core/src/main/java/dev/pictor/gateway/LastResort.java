package dev.pictor.gateway;

import dev.pictor.error.PictorException;
import dev.pictor.gateway.cache.AnswerCache;
import dev.pictor.gateway.cache.CacheHit;
import dev.pictor.gateway.cache.CacheKey;
import dev.pictor.gateway.semantic.SemanticHit;
import dev.pictor.gateway.semantic.SemanticIndex;
import dev.pictor.model.Embedding;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelResult;
import dev.pictor.model.OptionWarning;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * When no model serves and the caller asked for it, gives the nearest picture that was kept for the tenant, marked as
 * such: with its own prompt and how near it is.
 */
final class LastResort implements Step {

    private final SemanticIndex pictures;
    private final AnswerCache cache;
    private final PromptVectors vectors;

    LastResort(SemanticIndex pictures, AnswerCache cache, PromptVectors vectors) {
        this.pictures = pictures;
        this.cache = cache;
        this.vectors = vectors;
    }

    @Override
    public <R extends ModelResult> ModelAnswer<R> take(Road<R> road) throws InterruptedException {
        Optional<String> prompt = road.call().prompt();
        if (prompt.isEmpty()) {
            return road.proceed();
        }
        String shelf = "tenant " + road.journey().run.tenant().orElse("");
        ModelAnswer<R> answer;
        try {
            answer = road.proceed();
        } catch (PictorException e) {
            if (!road.journey().options.lastResort() || isRefusal(e)) {
                throw e;
            }
            return nearest(road, shelf, prompt.get()).orElseThrow(() -> e);
        }
        Optional<CacheKey> key = answer.keptUnder();
        if (key.isPresent()) {
            Optional<Embedding> vector = vectors.of(road, prompt.get());
            vector.ifPresent(known -> pictures.add(shelf, key.get().hex(), prompt.get(), known));
        }
        return answer;
    }

    /** What a policy refuses is not answered by something like it; a bad request, and who insists, are told so. */
    private static boolean isRefusal(PictorException failure) {
        return failure instanceof ModelException known
                && (known.reason() == Reason.BLOCKED_BY_POLICY
                        || known.reason() == Reason.INVALID_REQUEST
                        || known.reason() == Reason.OPTION_NOT_HONOURED);
    }

    private <R extends ModelResult> Optional<ModelAnswer<R>> nearest(Road<R> road, String shelf, String prompt)
            throws InterruptedException {
        Optional<Embedding> vector = vectors.of(road, prompt);
        if (vector.isEmpty()) {
            return Optional.empty();
        }
        Optional<SemanticHit> near = pictures.nearestOfAny(shelf, vector.get());
        if (near.isEmpty()) {
            return Optional.empty();
        }
        SemanticHit hit = near.get();
        Optional<CacheHit> stored = cache.find(CacheKey.parse(hit.id()), road.context());
        if (stored.isEmpty()) {
            pictures.remove(hit.id());
            return Optional.empty();
        }
        String words = String.format(
                Locale.ROOT,
                "no model served: this is the nearest kept picture, with a likeness of %.3f",
                hit.similarity());
        road.journey().run.degrade(words);
        return Optional.of(Cached.answer(road.call(), stored.get().entry(), AnswerSource.LAST_RESORT)
                .near(hit)
                .withWarnings(List.of(new OptionWarning("prompt", words))));
    }
}
