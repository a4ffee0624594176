package dev.pictor.gateway;

import dev.pictor.gateway.cache.CacheKey;
import dev.pictor.image.Sha256;
import dev.pictor.model.CallContext;
import dev.pictor.model.Embedding;
import dev.pictor.model.EmbeddingModelAdapter;
import dev.pictor.model.EmbeddingRequest;
import dev.pictor.model.EmbeddingResult;
import dev.pictor.model.ModelResult;
import dev.pictor.model.PlannedUse;
import dev.pictor.pipeline.RunContext;
import dev.pictor.trace.TraceFields;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A call to a model that embeds. */
final class EmbeddingCall extends ModelCall<EmbeddingResult> {

    private final EmbeddingModelAdapter adapter;
    private final EmbeddingRequest request;

    EmbeddingCall(Lane lane, EmbeddingModelAdapter adapter, EmbeddingRequest request) {
        super(0, lane);
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
    EmbeddingResult invoke(CallContext context) throws InterruptedException {
        return adapter.embed(request, context);
    }

    @Override
    PlannedUse plan() {
        return PlannedUse.builder()
                .promptBytes(
                        request.texts().stream().mapToLong(ModelCall::utf8Bytes).sum())
                .maxOutputTokens(0)
                .build();
    }

    @Override
    CacheKey key(Optional<String> tenant) {
        return CacheKey.of(target(tenant), request);
    }

    @Override
    EmbeddingResult cast(ModelResult kept) {
        return (EmbeddingResult) kept;
    }

    @Override
    Map<String, Object> describe() {
        List<Map<String, Object>> parts =
                request.texts().stream().map(CallJson::text).toList();
        return Map.of("messages", List.of(Map.of("role", "user", "parts", parts)), "parameters", Map.of());
    }

    /** Vectors are large and say nothing to a reader: their number and length stand for them, and an artifact has them. */
    @Override
    Map<String, Object> describe(EmbeddingResult result) {
        return TraceFields.of(
                "embeddings",
                result.embeddings().size(),
                "dimensions",
                result.embeddings().isEmpty() ? 0 : result.embeddings().get(0).dimensions(),
                "sha256",
                Sha256.of(bytes(result)).hex());
    }

    @Override
    EmbeddingResult restore(RecordedResult recorded) {
        int dimensions = recorded.count("dimensions");
        FloatBuffer numbers = recorded.bytes().asFloatBuffer();
        List<Embedding> vectors = new ArrayList<>();
        for (int i = recorded.count("embeddings"); i > 0; i--) {
            float[] vector = new float[dimensions];
            numbers.get(vector);
            vectors.add(Embedding.of(vector));
        }
        return EmbeddingResult.builder(recorded.servedBy(), vectors)
                .usage(recorded.usage())
                .finishReason(recorded.finishReason())
                .warnings(recorded.warnings())
                .vendorRequestId(recorded.vendorRequestId())
                .build();
    }

    @Override
    void keepOutputs(RunContext run, EmbeddingResult result) {
        run.keep("output", CallJson.OPAQUE, bytes(result));
    }

    /** All numbers, one vector after the other, big-endian. */
    private static ByteBuffer bytes(EmbeddingResult result) {
        int numbers =
                result.embeddings().stream().mapToInt(Embedding::dimensions).sum();
        ByteBuffer bytes = ByteBuffer.allocate(numbers * Float.BYTES);
        FloatBuffer target = bytes.asFloatBuffer();
        result.embeddings().forEach(vector -> target.put(vector.toArray()));
        return bytes;
    }
}
