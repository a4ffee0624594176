package dev.pictor.adapter.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pictor.model.Embedding;
import dev.pictor.model.EmbeddingRequest;
import dev.pictor.model.EmbeddingResult;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.Usage;
import dev.pictor.testkit.FaultAnswer;
import dev.pictor.testkit.FaultServer;
import dev.pictor.testkit.TestCallContext;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenAiEmbeddingAdapterTest {

    private static final EmbeddingRequest TWO = new EmbeddingRequest(List.of("a lamp", "a lantern"));

    private final FaultServer server = FaultServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    private OpenAiEmbeddingAdapterBuilder builder() {
        return OpenAiEmbeddingAdapter.builder("test-key").baseUrl(server.uri().resolve("/v1"));
    }

    private static EmbeddingResult embed(OpenAiEmbeddingAdapterBuilder builder, EmbeddingRequest request)
            throws InterruptedException {
        try (OpenAiEmbeddingAdapter adapter = builder.build();
                TestCallContext call = TestCallContext.unbounded()) {
            return adapter.embed(request, call);
        }
    }

    private static String base64(float... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(numbers);
        return "\"" + Base64.getEncoder().encodeToString(bytes.array()) + "\"";
    }

    private static String answer(String first, String second) {
        return "{\"object\":\"list\",\"model\":\"text-embedding-3-small\",\"data\":[{\"object\":\"embedding\",\"index\":1,"
                + "\"embedding\":" + second + "},{\"object\":\"embedding\",\"index\":0,\"embedding\":" + first
                + "}],\"usage\":{\"prompt_tokens\":5,\"total_tokens\":5}}";
    }

    @Test
    void asksForBase64AndReadsItInOrder() throws InterruptedException {
        server.enqueue(FaultAnswer.json(200, answer(base64(0.5f, -1f), base64(2f, 3f))));

        EmbeddingResult result = embed(builder(), TWO);

        assertThat(result.embeddings()).containsExactly(Embedding.of(0.5f, -1f), Embedding.of(2f, 3f));
        assertThat(result.servedBy()).isEqualTo("text-embedding-3-small");
        assertThat(result.usage()).isEqualTo(Usage.builder().inputTextTokens(5).build());
        Json.assertThatJson(server.takeRequest(Duration.ofSeconds(10))).isEqualTo("""
                        {"model":"text-embedding-3-small","input":["a lamp","a lantern"],"encoding_format":"base64"}
                        """);
    }

    @Test
    void asksForTextAndFewerDimensionsWhereItIsTold() throws InterruptedException {
        server.enqueue(FaultAnswer.json(200, answer("[0.5,-1]", "[2,3]")));
        OpenAiEmbeddingAdapterBuilder builder =
                builder().model("best").dimensions(2).vectorsAsText(true);

        assertThat(embed(builder, TWO).embeddings()).containsExactly(Embedding.of(0.5f, -1f), Embedding.of(2f, 3f));

        Json.assertThatJson(server.takeRequest(Duration.ofSeconds(10))).isEqualTo("""
                        {"model":"text-embedding-3-large","input":["a lamp","a lantern"],"encoding_format":"float",
                         "dimensions":2}
                        """);
        try (OpenAiEmbeddingAdapter adapter = builder.build()) {
            assertThat(adapter.profile().dimensions()).hasValue(2);
        }
    }

    @Test
    void refusesMoreTextsThanOpenAiTakes() {
        EmbeddingRequest tooMany = new EmbeddingRequest(Collections.nCopies(2_049, "x"));

        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> embed(builder(), tooMany))
                .satisfies(failure -> {
                    assertThat(failure.reason()).isEqualTo(Reason.INVALID_REQUEST);
                    assertThat(failure.billed()).isEqualTo(Billed.NOT_SENT);
                    assertThat(failure).hasMessageContaining("2048").hasMessageContaining("2049");
                });
        assertThat(server.requestCount()).isZero();
    }

    @Test
    void failsWhereAVectorIsMissing() {
        server.enqueue(
                FaultAnswer.json(200, "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":7,\"embedding\":[1]}]}"));

        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> embed(builder(), TWO))
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.MALFORMED_ANSWER));
    }

    @Test
    void failsWhereAVectorIsNone() {
        server.enqueue(FaultAnswer.json(200, answer("\"not base64!\"", "[2,3]")));

        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> embed(builder(), TWO))
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.MALFORMED_ANSWER));
    }
}
