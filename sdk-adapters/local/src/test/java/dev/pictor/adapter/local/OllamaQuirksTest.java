package dev.pictor.adapter.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.model.Message;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.ReasoningRequest;
import dev.pictor.model.ReasoningResult;
import dev.pictor.testkit.FaultAnswer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is particular to Ollama: docs/api/openai-compatibility.mdx and openai/openai.go of ollama/ollama. */
class OllamaQuirksTest {

    private static final ReasoningRequest QUESTION = ReasoningRequest.builder(
                    List.of(Message.user("What is a lamp made of?")))
            .build();

    private final Bench ollama = Bench.of(LocalServer.ollama());

    @AfterEach
    void close() {
        ollama.close();
    }

    private ModelException fail(FaultAnswer answer) {
        ollama.server.enqueue(answer);
        return Bench.fails(call -> ollama.local.reasoning("llama3.2").reason(QUESTION, call));
    }

    @Test
    void needsNoKey() throws InterruptedException {
        ollama.answering(200, Bench.chat("\"Brass.\""));
        Bench.with(call -> ollama.local.reasoning("llama3.2").reason(QUESTION, call));

        assertThat(ollama.request().header("authorization")).isEmpty();
    }

    @Test
    void listensAt11434OfThisMachine() {
        try (LocalServer usual = LocalServer.ollama().build()) {
            assertThat(usual).hasToString("LocalServer[ollama at http://127.0.0.1:11434]");
        }
    }

    @Test
    void hasNoImagesEndpoint() {
        assertThatThrownBy(() -> ollama.local.images("x/z-image-turbo"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Ollama has no pictures (IMAGES), so x/z-image-turbo cannot be asked there");
    }

    @Test
    void answersAnUnknownEndpointWith404InPlainText() {
        ModelException failure =
                fail(FaultAnswer.json(404, "404 page not found").header("Content-Type", "text/plain"));

        assertThat(failure.reason()).isEqualTo(Reason.INVALID_REQUEST);
        assertThat(failure.billed()).isEqualTo(Billed.REJECTED);
    }

    @Test
    void answersAMissingModelWith404InOpenAisForm() {
        ModelException failure = fail(FaultAnswer.json(404, """
                {"error": {"message": "model 'llama3.2' not found", "type": "not_found_error", "param": null, "code": null}}"""));

        assertThat(failure.reason()).isEqualTo(Reason.MODEL_NOT_FOUND);
        assertThat(failure.vendorMessage()).contains("model 'llama3.2' not found");
    }

    @Test
    void answersErrorsOfItsOwnApiInWords() {
        ModelException failure = fail(FaultAnswer.json(400, "{\"error\": \"missing request body\"}"));

        assertThat(failure.reason()).isEqualTo(Reason.INVALID_REQUEST);
        assertThat(failure.vendorMessage()).contains("missing request body");
    }

    @Test
    void honoursASeed() throws InterruptedException {
        ollama.answering(200, Bench.chat("\"Brass.\""));
        ReasoningResult result = Bench.with(call -> ollama.local
                .reasoning("llama3.2")
                .reason(QUESTION.toBuilder().seed(7).build(), call));

        assertThat(ollama.sent().path("seed").asInt()).isEqualTo(7);
        assertThat(result.warnings()).isEmpty();
    }

    @Test
    void holdsNoCloudModelToASchemaSoItIsAskedForInWords() throws InterruptedException {
        ollama.answering(200, Bench.chat("\"{}\""));
        LocalReasoningAdapter cloud = ollama.local.reasoning("gpt-oss:120b-cloud");

        ReasoningResult result = Bench.with(call -> cloud.reason(
                QUESTION.toBuilder().answerSchema(Map.of("type", "object")).build(), call));

        assertThat(ollama.sent().has("response_format")).isFalse();
        assertThat(ollama.sent().at("/messages/0/content").asText()).endsWith("{\"type\":\"object\"}");
        assertThat(result.warnings()).extracting(OptionWarning::option).containsExactly("answerSchema");
        assertThat(cloud.profile().answersBySchema()).isFalse();
    }

    @Test
    void isFreeExceptForCloudModels() {
        assertThat(ollama.local.reasoningProfile("llama3.2").price()).isPresent();
        assertThat(ollama.local.reasoningProfile("gpt-oss:120b-cloud").price()).isEmpty();
    }
}
