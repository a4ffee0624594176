package dev.pictor.gateway;

import dev.pictor.gateway.cache.AnswerCache;
import dev.pictor.gateway.cache.CacheHit;
import dev.pictor.gateway.cache.CacheKey;
import dev.pictor.gateway.semantic.SemanticHit;
import dev.pictor.gateway.semantic.SemanticIndex;
import dev.pictor.gateway.semantic.SemanticSettings;
import dev.pictor.model.Embedding;
import dev.pictor.model.ModelResult;
import dev.pictor.trace.Decision;
import java.util.Locale;
import java.util.Optional;

/**
 * Looks whether a request that means the same was answered before: the same model, size, inputs and tenant, and a prompt
 * near enough whose facts agree.
 */
final class MeaningCaching implements Step {

    private static final Decision NO_VECTOR =
            Cached.miss("the prompt could not be embedded, so nothing was looked for by meaning");

    private final SemanticSettings settings;
    private final SemanticIndex index;
    private final AnswerCache cache;
    private final PromptVectors vectors;
    private final boolean fromBetterModels;

    MeaningCaching(
            SemanticSettings settings,
            SemanticIndex index,
            AnswerCache cache,
            PromptVectors vectors,
            boolean fromBetterModels) {
        this.fromBetterModels = fromBetterModels;
        this.settings = settings;
        this.index = index;
        this.cache = cache;
        this.vectors = vectors;
    }

    @Override
    public <R extends ModelResult> ModelAnswer<R> take(Road<R> road) throws InterruptedException {
        Optional<CacheKey> key = road.key();
        Optional<String> prompt = road.call().prompt();
        if (key.isEmpty() || prompt.isEmpty()) {
            return road.proceed();
        }
        Optional<Embedding> vector = vectors.of(road, prompt.get());
        if (vector.isEmpty()) {
            road.journey().decide(() -> NO_VECTOR);
            return road.proceed();
        }
        if (road.journey().options.cacheMode().reads()) {
            for (ModelCall<R> call : AsGood.of(road, fromBetterModels).toList()) {
                Optional<ModelAnswer<R>> found = look(road, call, vector.get());
                if (found.isPresent()) {
                    return found.get();
                }
            }
        }
        ModelAnswer<R> answer = road.proceed();
        if (answer.keptUnder().isPresent()) {
            index.add(envelope(road, road.call()), key.get().hex(), prompt.get(), vector.get());
        }
        return answer;
    }

    private static String envelope(Road<?> road, ModelCall<?> call) {
        return call.envelope(road.journey().run.tenant()).hex();
    }

    private <R extends ModelResult> Optional<ModelAnswer<R>> look(Road<R> road, ModelCall<R> call, Embedding vector)
            throws InterruptedException {
        String prompt = call.prompt().orElse("");
        Optional<SemanticHit> near = index.nearest(envelope(road, call), vector, prompt, settings.threshold());
        if (near.isEmpty()) {
            return Optional.empty();
        }
        SemanticHit hit = near.get();
        Optional<CacheHit> stored = cache.find(CacheKey.parse(hit.id()), road.context());
        if (stored.isEmpty()) {
            index.remove(hit.id()); // the answer is gone
            return Optional.empty();
        }
        ModelAnswer<R> answer = Cached.answer(call, stored.get().entry(), AnswerSource.SEMANTIC_CACHE)
                .near(hit);
        Cached.note(
                road,
                answer,
                String.format(
                        Locale.ROOT,
                        "a request that means the same was answered before%s: likeness %.3f, at least %.3f is asked for",
                        Cached.by(road, call),
                        hit.similarity(),
                        settings.threshold()));
        return Optional.of(answer);
    }
}
