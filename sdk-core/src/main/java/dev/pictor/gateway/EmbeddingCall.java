package dev.pictor.gateway;

import dev.pictor.model.EmbeddingModelAdapter;
import dev.pictor.model.EmbeddingRequest;
import dev.pictor.model.EmbeddingResult;
import dev.pictor.pipeline.RunContext;
import java.util.List;
import java.util.Map;

/** A call to a model that embeds. */
final class EmbeddingCall extends ModelCall<EmbeddingResult> {

    private final EmbeddingModelAdapter adapter;
    private final EmbeddingRequest request;

    EmbeddingCall(RunContext run, EmbeddingModelAdapter adapter, EmbeddingRequest request) {
        super(run, adapter.profile());
        this.adapter = adapter;
        this.request = request;
    }

    @Override
    String operation() {
        return "embeddings";
    }

    @Override
    String outputType() {
        return "embedding";
    }

    @Override
    EmbeddingResult invoke() throws InterruptedException {
        return adapter.embed(request, run);
    }

    @Override
    Map<String, Object> describe() {
        List<Map<String, Object>> parts =
                request.texts().stream().map(CallJson::text).toList();
        return Map.of("messages", List.of(Map.of("role", "user", "parts", parts)), "parameters", Map.of());
    }

    /** Vectors are large and say nothing to a reader: their number and length stand for them. */
    @Override
    Map<String, Object> describe(EmbeddingResult result) {
        return Map.of(
                "embeddings",
                result.embeddings().size(),
                "dimensions",
                result.embeddings().isEmpty() ? 0 : result.embeddings().get(0).dimensions());
    }
}
