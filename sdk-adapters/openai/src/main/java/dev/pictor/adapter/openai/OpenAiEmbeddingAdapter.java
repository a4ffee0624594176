package dev.pictor.adapter.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.openai.models.embeddings.EmbeddingCreateParams;
import dev.pictor.gateway.routing.HealthProbe;
import dev.pictor.model.CallContext;
import dev.pictor.model.Embedding;
import dev.pictor.model.EmbeddingModelAdapter;
import dev.pictor.model.EmbeddingRequest;
import dev.pictor.model.EmbeddingResult;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.Usage;
import dev.pictor.model.UsageBuilder;
import dev.pictor.model.http.HttpAnswer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Embeds texts with OpenAI's models: {@code POST /v1/embeddings}, at most 2,048 texts a call (openai-java 4.100.0).
 * Thread-safe; close it when it is no longer needed.
 *
 * <p>A call is one HTTP/1.1 request on the caller's thread, with the call's name as {@code Idempotency-Key}. Interruption,
 * cancellation and the deadline close its connection. The table of failures is in {@code docs/adapters/openai.md}.
 */
public final class OpenAiEmbeddingAdapter implements EmbeddingModelAdapter, AutoCloseable {

    private static final int MAX_TEXTS = 2_048;

    private final ModelProfile profile;
    private final OptionalInt dimensions;
    private final boolean asText;
    private final OpenAiConnection connection;

    OpenAiEmbeddingAdapter(ModelProfile profile, OptionalInt dimensions, boolean asText, OpenAiConnection connection) {
        this.profile = profile;
        this.dimensions = dimensions;
        this.asText = asText;
        this.connection = connection;
    }

    /**
     * Returns a builder for an adapter with the {@code balanced} embedding model.
     *
     * @param apiKey a key of OpenAI's API, printable ASCII without blanks; it is sent to the base URL and shown nowhere
     * @return a new builder
     * @throws IllegalArgumentException if the key has another form
     */
    public static OpenAiEmbeddingAdapterBuilder builder(String apiKey) {
        return new OpenAiEmbeddingAdapterBuilder(apiKey);
    }

    @Override
    public ModelProfile profile() {
        return profile;
    }

    /**
     * Embeds, as said at the top.
     *
     * @throws IllegalStateException if the adapter is closed
     */
    @Override
    public EmbeddingResult embed(EmbeddingRequest request, CallContext call) throws InterruptedException {
        int count = request.texts().size();
        if (count > MAX_TEXTS) {
            throw OpenAiFailures.invalid(
                    profile.id(), "embeds at most " + MAX_TEXTS + " texts a call, texts had " + count);
        }
        return connection.post(profile.id(), "/embeddings", () -> body(request), call, answer -> read(answer, count));
    }

    private EmbeddingCreateParams.Body body(EmbeddingRequest request) {
        EmbeddingCreateParams.Body.Builder body = EmbeddingCreateParams.Body.builder()
                .model(profile.id())
                .inputOfArrayOfStrings(request.texts())
                .encodingFormat(
                        asText
                                ? EmbeddingCreateParams.EncodingFormat.FLOAT
                                : EmbeddingCreateParams.EncodingFormat.BASE64);
        dimensions.ifPresent(body::dimensions);
        return body.build();
    }

    private EmbeddingResult read(HttpAnswer answer, int count) throws IOException {
        JsonNode tree = OpenAiConnection.tree(answer);
        OpenAiFailures.checkError(profile.id(), tree, answer.vendorRequestId());
        @Nullable Embedding[] inOrder = new @Nullable Embedding[count];
        int next = 0;
        for (JsonNode one : tree.path("data")) {
            int index = one.path("index").asInt(next++);
            if (index >= 0 && index < count) {
                inOrder[index] = vector(one.path("embedding"));
            }
        }
        List<Embedding> embeddings = new ArrayList<>();
        for (Embedding embedding : inOrder) {
            if (embedding == null) {
                throw OpenAiFailures.useless(
                        profile.id(), "sent fewer vectors than the " + count + " texts", answer.vendorRequestId());
            }
            embeddings.add(embedding);
        }
        UsageBuilder usage = Usage.builder();
        if (tree.at("/usage/prompt_tokens").isIntegralNumber()) {
            usage.inputTextTokens(Math.max(0, tree.at("/usage/prompt_tokens").longValue()));
        }
        String servedBy = tree.path("model").asText();
        return EmbeddingResult.builder(servedBy.isBlank() ? profile.id() : servedBy, embeddings)
                .usage(usage.build())
                .vendorRequestId(answer.vendorRequestId())
                .build();
    }

    /** Returns a vector of 32-bit numbers, the lowest byte first, or of numbers in text; null if it is neither. */
    private static @Nullable Embedding vector(JsonNode node) {
        if (node.isTextual()) {
            try {
                ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(node.textValue()))
                        .order(ByteOrder.LITTLE_ENDIAN);
                float[] numbers = new float[bytes.remaining() / Float.BYTES];
                bytes.asFloatBuffer().get(numbers);
                return numbers.length == 0 ? null : Embedding.of(numbers);
            } catch (IllegalArgumentException e) {
                return null; // not base64
            }
        }
        float[] numbers = new float[node.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = node.get(i).floatValue();
        }
        return numbers.length == 0 ? null : Embedding.of(numbers);
    }

    /**
     * Returns a probe that asks OpenAI for the entry of a candidate's model, free of charge. It uses this adapter's
     * connection, so it is of no use once the adapter is closed.
     *
     * @return a probe for candidates that OpenAI serves
     */
    public HealthProbe healthProbe() {
        return connection.probe();
    }

    /** Stops the calls in flight and closes all connections. Calls after that fail. */
    @Override
    public void close() {
        connection.close();
    }

    @Override
    public String toString() {
        return "OpenAiEmbeddingAdapter[" + profile.id() + "]";
    }
}
