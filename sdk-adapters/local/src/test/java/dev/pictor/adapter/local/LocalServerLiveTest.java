package dev.pictor.adapter.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.model.EmbeddingRequest;
import dev.pictor.model.EmbeddingResult;
import dev.pictor.model.Message;
import dev.pictor.model.ReasoningRequest;
import dev.pictor.model.ReasoningResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Asks a running Ollama, for nothing. Left out of the build; run it with {@code ./mvnw -pl sdk-adapters/local -am test
 * -Dtest=LocalServerLiveTest -Dsurefire.failIfNoSpecifiedTests=false -Dpictor.ollama.model=llama3.2
 * -Dpictor.ollama.embedding=nomic-embed-text}.
 */
@EnabledIfSystemProperty(named = "pictor.ollama.model", matches = ".+")
class LocalServerLiveTest {

    private final LocalServer ollama = LocalServer.ollama().build();

    @AfterEach
    void close() {
        ollama.close();
    }

    @Test
    void listsItsModels() throws InterruptedException {
        assertThat(Bench.<List<String>>with(ollama::models)).isNotEmpty();
    }

    @Test
    void answersBySchema() throws InterruptedException {
        ReasoningRequest request = ReasoningRequest.builder(
                        List.of(Message.user("Name a metal that lamps are made of.")))
                .answerSchema(Map.of(
                        "type",
                        "object",
                        "properties",
                        Map.of("metal", Map.of("type", "string")),
                        "required",
                        List.of("metal"),
                        "additionalProperties",
                        false))
                .maxOutputTokens(200)
                .seed(7)
                .build();

        ReasoningResult result = Bench.with(call ->
                ollama.reasoning(System.getProperty("pictor.ollama.model")).reason(request, call));

        assertThat(Bench.json(result.text()).path("metal").asText()).isNotBlank();
        assertThat(result.usage().outputTextTokens()).isPresent();
    }

    @Test
    void embeds() throws InterruptedException {
        String model = System.getProperty("pictor.ollama.embedding", "nomic-embed-text");

        EmbeddingResult result = Bench.with(
                call -> ollama.embeddings(model).embed(new EmbeddingRequest(List.of("a lamp", "a mug")), call));

        assertThat(result.embeddings()).hasSize(2);
        assertThat(result.embeddings().get(0).dimensions())
                .isEqualTo(result.embeddings().get(1).dimensions());
    }
}
