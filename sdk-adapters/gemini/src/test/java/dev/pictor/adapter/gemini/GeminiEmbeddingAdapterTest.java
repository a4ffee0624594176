package dev.pictor.adapter.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pictor.model.Embedding;
import dev.pictor.model.EmbeddingRequest;
import dev.pictor.model.EmbeddingResult;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.testkit.FaultAnswer;
import dev.pictor.testkit.FaultServer;
import dev.pictor.testkit.RecordedRequest;
import dev.pictor.testkit.TestCallContext;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiEmbeddingAdapterTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final EmbeddingRequest TWO = new EmbeddingRequest(List.of("a lamp", "a desk"));

    private final FaultServer server = FaultServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    private EmbeddingResult embed(GeminiEmbeddingAdapterBuilder builder, String answer) throws InterruptedException {
        server.enqueue(FaultAnswer.json(200, answer));
        try (GeminiEmbeddingAdapter adapter = builder.baseUrl(server.uri()).build();
                TestCallContext call = TestCallContext.unbounded()) {
            return adapter.embed(TWO, call);
        }
    }

    private static GeminiEmbeddingAdapterBuilder builder() {
        return GeminiEmbeddingAdapter.builder("key");
    }

    @Test
    void embedsAllTextsInOneCall() throws Exception {
        EmbeddingResult result = embed(builder().dimensions(2).taskType("SEMANTIC_SIMILARITY"), """
                {"new":{"a":[1]},"embeddings":[{"values":[0.25,-1e-3],"shape":[2]},{"shape":[1,[2]],"values":[1,0]}],
                 "usageMetadata":{"promptTokenCount":6,"promptTokenDetails":[{"modality":"TEXT","tokenCount":6}]}}""");
        assertThat(result.embeddings()).containsExactly(Embedding.of(0.25f, -0.001f), Embedding.of(1, 0));
        assertThat(result.usage().inputTextTokens()).hasValue(6);
        assertThat(result.servedBy()).isEqualTo("gemini-embedding-001");
        RecordedRequest sent = server.takeRequest(Duration.ofSeconds(10));
        assertThat(sent.path()).isEqualTo("/v1beta/models/gemini-embedding-001:batchEmbedContents");
        assertThat(MAPPER.readTree(sent.bodyText())).isEqualTo(MAPPER.readTree("""
                {"requests":[
                  {"content":{"parts":[{"text":"a lamp"}],"role":"user"},"taskType":"SEMANTIC_SIMILARITY",
                   "outputDimensionality":2,"model":"models/gemini-embedding-001"},
                  {"content":{"parts":[{"text":"a desk"}],"role":"user"},"taskType":"SEMANTIC_SIMILARITY",
                   "outputDimensionality":2,"model":"models/gemini-embedding-001"}]}"""));
    }

    @Test
    void readsVectorsOfAnyLength() throws Exception {
        String numbers = IntStream.range(0, 3_072).mapToObj(i -> "0.5").collect(Collectors.joining(", "));
        EmbeddingResult result =
                embed(builder(), "{\"embeddings\":[{\"values\":[" + numbers + "]},{\"values\":[" + numbers + "]}]}");
        assertThat(result.embeddings()).allMatch(vector -> vector.dimensions() == 3_072);
        assertThat(result.usage().inputTextTokens()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"embeddings\":[{\"values\":[1]}]}",
                "{\"embeddings\":[{\"values\":[1]},{}]}",
                "{\"embeddings\":[{\"values\":[1]},{\"values\":[]}]}",
                "{\"embeddings\":[{\"values\":[1]},{\"values\":[\"x\"]}]}",
                "{\"embeddings\":[{\"values\":[1]},7]}",
                "{\"embeddings\":[{\"values\":[1]},{\"values\":[1,2]}]}",
                "[]",
                "<html>",
                ""
            })
    void takesLessThanAVectorATextForAFailure(String answer) {
        assertThatThrownBy(() -> embed(builder(), answer)).isInstanceOfSatisfying(ModelException.class, failure -> {
            assertThat(failure.reason()).isEqualTo(Reason.MALFORMED_ANSWER);
            assertThat(failure.billed()).isEqualTo(Billed.BILLED_UNUSABLE);
        });
    }

    @Test
    void keepsTheWordsOfAnErrorThatPretendsToBeASuccess() {
        assertThatThrownBy(() -> embed(builder(), "{\"error\":{\"code\":500,\"message\":\"not today\"}}"))
                .isInstanceOfSatisfying(
                        ModelException.class,
                        failure -> assertThat(failure.vendorMessage()).contains("not today"));
    }

    @Test
    void saysHowLongItsVectorsAre() {
        try (GeminiEmbeddingAdapter own = builder().model("best").build();
                GeminiEmbeddingAdapter shorter = builder().dimensions(768).build()) {
            assertThat(own.profile().id()).isEqualTo("gemini-embedding-2");
            assertThat(own.profile().dimensions()).hasValue(3_072);
            assertThat(shorter.profile().dimensions()).hasValue(768);
        }
    }

    @Test
    void refusesWhatIsOutOfRange() {
        assertThatThrownBy(() -> builder().dimensions(0)).hasMessage("dimensions must be 1 or more, was 0");
        assertThatThrownBy(() -> builder().dimensions(4_000).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dimensions must be 1 to 3072, was 4000");
        assertThatThrownBy(() -> builder().taskType(" ")).hasMessage("taskType must not be blank");
    }
}
