package dev.pictor.testkit.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pictor.model.CallContext;
import dev.pictor.model.Embedding;
import dev.pictor.model.EmbeddingModelAdapter;
import dev.pictor.model.EmbeddingRequest;
import dev.pictor.model.EmbeddingResult;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.Usage;
import dev.pictor.model.http.JsonBody;
import dev.pictor.model.http.ModelHttp;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The least that an adapter to {@code /v1/embeddings} or {@code :batchEmbedContents} has to do. */
class VectorModel implements EmbeddingModelAdapter, AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final ModelProfile PROFILE =
            ModelProfile.builder("vectors-1", "example").dimensions(3).build();

    private final ModelHttp http = ModelHttp.builder()
            .putErrorCode("insufficient_quota", Reason.QUOTA_EXHAUSTED)
            .errorReasons((status, body) -> {
                if (body.contains("API_KEY_INVALID")) {
                    return Optional.of(Reason.UNAUTHORIZED);
                }
                return body.contains("PerDay") ? Optional.of(Reason.QUOTA_EXHAUSTED) : Optional.empty();
            })
            .build();
    private final URI server;
    private final String key;

    VectorModel(URI server, String key) {
        this.server = server;
        this.key = key;
    }

    @Override
    public ModelProfile profile() {
        return PROFILE;
    }

    @Override
    public EmbeddingResult embed(EmbeddingRequest request, CallContext call) throws InterruptedException {
        HttpRequest post = HttpRequest.newBuilder(server.resolve("/v1/embeddings"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + key)
                .POST(JsonBody.of(Map.of("model", PROFILE.id(), "input", request.texts())))
                .build();
        JsonNode answer = http.send(PROFILE.id(), post, call, body -> MAPPER.readTree(body.body()));
        TreeMap<Integer, Embedding> found = new TreeMap<>();
        Stream.of(answer.path("data"), answer.path("embeddings"))
                .flatMap(list -> {
                    Stream.Builder<JsonNode> entries = Stream.builder();
                    list.forEach(entries);
                    return entries.build();
                })
                .forEach(entry -> {
                    float[] numbers = numbers(entry.path(entry.has("values") ? "values" : "embedding"));
                    if (numbers.length > 0) {
                        found.put(entry.path("index").asInt(found.size()), Embedding.of(numbers));
                    }
                });
        if (found.size() != request.texts().size()) {
            throw new ModelException(ModelFailure.builder(
                            PROFILE.id(),
                            Reason.MALFORMED_ANSWER,
                            Billed.BILLED_UNUSABLE,
                            PROFILE.id() + " gave " + found.size() + " vectors for "
                                    + request.texts().size() + " texts")
                    .vendorMessage(Stream.of("/error/message", "/error")
                            .map(answer::at)
                            .filter(JsonNode::isTextual)
                            .map(JsonNode::textValue)
                            .findFirst())
                    .build());
        }
        JsonNode tokens = answer.at("/usage/prompt_tokens");
        return EmbeddingResult.builder(PROFILE.id(), List.copyOf(found.values()))
                .usage(Usage.builder()
                        .inputTextTokens(tokens.isNumber() ? OptionalLong.of(tokens.asLong()) : OptionalLong.empty())
                        .build())
                .build();
    }

    private static float[] numbers(JsonNode vector) {
        if (vector.isTextual()) {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(vector.textValue()))
                    .order(ByteOrder.LITTLE_ENDIAN);
            float[] numbers = new float[bytes.remaining() / Float.BYTES];
            bytes.asFloatBuffer().get(numbers);
            return numbers;
        }
        float[] numbers = new float[vector.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = vector.get(i).floatValue();
        }
        return numbers;
    }

    @Override
    public void close() {
        http.close();
    }
}
