package dev.pictor.adapter.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.model.Embedding;
import dev.pictor.model.EmbeddingRequest;
import dev.pictor.model.EmbeddingResult;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelProfile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalEmbeddingAdapterTest {

    private static final EmbeddingRequest TWO = new EmbeddingRequest(List.of("a lamp", "a mug"));

    private final Bench ollama = Bench.of(LocalServer.ollama());

    @AfterEach
    void close() {
        ollama.close();
    }

    @CanIgnoreReturnValue
    private EmbeddingResult embed(String answer) throws InterruptedException {
        ollama.answering(200, answer);
        return Bench.with(call -> ollama.local.embeddings("nomic-embed-text").embed(TWO, call));
    }

    private ModelException fail(String answer) {
        ollama.answering(200, answer);
        return Bench.fails(call -> ollama.local.embeddings("nomic-embed-text").embed(TWO, call));
    }

    private static String base64(float... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(numbers);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    private static final String LISTS = """
            {"object": "list", "model": "nomic-embed-text", "data": [
              {"object": "embedding", "embedding": [0.5, -1, 2e-1], "index": 0},
              {"object": "embedding", "embedding": [1, 2, 3], "index": 1}],
             "usage": {"prompt_tokens": 6, "total_tokens": 6}}""";

    @Test
    void asksForVectorsInTheFormThatTheServerKnows() throws InterruptedException {
        embed(LISTS);

        assertThat(ollama.request().path()).isEqualTo("/v1/embeddings");
        assertThat(ollama.sent()).isEqualTo(Bench.json("""
                {"model": "nomic-embed-text", "input": ["a lamp", "a mug"], "encoding_format": "base64"}"""));
    }

    @ParameterizedTest
    @CsvSource({"ollama, base64", "openai, base64", "vllm, float", "localai, float", "compatible, float", "lmstudio, ''"
    })
    void namesTheFormAsEachServerNeedsIt(String server, String form) throws InterruptedException {
        try (Bench bench = Bench.of(ServerProfile.named(server))) {
            bench.answering(200, LISTS);
            Bench.with(call -> bench.local.embeddings("any").embed(TWO, call));

            assertThat(bench.sent().path("encoding_format").asText()).isEqualTo(form);
        }
    }

    @Test
    void readsListsOfNumbers() throws InterruptedException {
        EmbeddingResult result = embed(LISTS);

        assertThat(result.embeddings()).containsExactly(Embedding.of(0.5f, -1, 0.2f), Embedding.of(1, 2, 3));
        assertThat(result.servedBy()).isEqualTo("nomic-embed-text");
        assertThat(result.usage().inputTextTokens()).hasValue(6);
    }

    @Test
    void readsBase64() throws InterruptedException {
        EmbeddingResult result = embed("{\"data\": [{\"index\": 0, \"embedding\": \"" + base64(0.5f, -1)
                + "\"}, {\"index\": 1, \"embedding\": \"" + base64(3, 4) + "\"}]}");

        assertThat(result.embeddings()).containsExactly(Embedding.of(0.5f, -1), Embedding.of(3, 4));
    }

    @Test
    void putsVectorsInTheOrderOfTheTexts() throws InterruptedException {
        EmbeddingResult result =
                embed("{\"data\": [{\"embedding\": [2], \"index\": 1}, {\"embedding\": [1], \"index\": 0}]}");

        assertThat(result.embeddings()).containsExactly(Embedding.of(1), Embedding.of(2));
    }

    @Test
    void takesVectorsWithoutANumberInTheOrderInWhichTheyCome() throws InterruptedException {
        EmbeddingResult result = embed("{\"data\": [{\"embedding\": [1]}, {\"embedding\": [2]}]}");

        assertThat(result.embeddings()).containsExactly(Embedding.of(1), Embedding.of(2));
    }

    @Test
    void readsLongVectorsAndPastWhatItDoesNotKnow() throws InterruptedException {
        String numbers = IntStream.range(0, 3_072).mapToObj(String::valueOf).collect(Collectors.joining(","));

        EmbeddingResult result = embed("{\"new\": {\"a\": [1]}, \"data\": [{\"extra\": [[1], {}], \"embedding\": ["
                + numbers + "]}, {\"embedding\": [" + numbers + "]}]}");

        assertThat(result.embeddings()).allSatisfy(vector -> {
            assertThat(vector.dimensions()).isEqualTo(3_072);
            assertThat(vector.toArray()[3_071]).isEqualTo(3_071f);
        });
    }

    @Test
    void asksForTheDimensionsOfItsProfile() throws InterruptedException {
        ModelProfile profile = ollama.local.embeddingProfile("nomic-embed-text").toBuilder()
                .dimensions(3)
                .build();
        ollama.answering(200, LISTS);

        Bench.with(call -> ollama.local.embeddings(profile).embed(TWO, call));

        assertThat(ollama.sent().path("dimensions").asInt()).isEqualTo(3);
    }

    @Test
    void doesNotTakeVectorsOfOtherDimensions() {
        ModelProfile profile = ollama.local.embeddingProfile("nomic-embed-text").toBuilder()
                .dimensions(256)
                .build();
        ollama.answering(200, LISTS);

        ModelException failure =
                Bench.fails(call -> ollama.local.embeddings(profile).embed(TWO, call));

        assertThat(failure.reason()).isEqualTo(Reason.MALFORMED_ANSWER);
        assertThat(failure).hasMessage("nomic-embed-text gave a vector of 3 numbers, its profile says 256");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"data\": []}",
                "{\"data\": [{\"embedding\": [1]}]}",
                "{\"data\": [{\"embedding\": [1]}, {\"embedding\": [1]}, {\"embedding\": [1]}]}",
                "{\"data\": [{\"embedding\": [1], \"index\": 1}, {\"embedding\": [1], \"index\": 2}]}",
                "{\"data\": [{\"embedding\": [1], \"index\": 0}, {\"embedding\": [1], \"index\": 0}]}",
                "{\"data\": [{\"embedding\": [1]}, {\"embedding\": []}]}",
                "{\"data\": [{\"embedding\": [1]}, {\"embedding\": \"AAAA\"}]}",
                "{\"data\": [{\"embedding\": [1]}, {\"embedding\": \"*\"}]}",
                "{\"data\": [{\"embedding\": [\"x\"]}, {\"embedding\": [1]}]}",
                "{\"data\": [1, 2]}",
                "[]",
                ""
            })
    void takesWhatIsNoVectorForEachTextForAFailure(String answer) {
        ModelException failure = fail(answer);

        assertThat(failure.reason()).isEqualTo(Reason.MALFORMED_ANSWER);
        assertThat(failure.billed()).isEqualTo(Billed.BILLED_UNUSABLE);
    }

    @Test
    void takesAnErrorWithStatus200ForAFailure() {
        ModelException failure = fail("{\"error\": {\"message\": \"overloaded\", \"code\": 503}}");

        assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(failure.billed()).isEqualTo(Billed.UNKNOWN_OUTCOME);
        assertThat(failure.vendorMessage()).contains("overloaded");
    }
}
