package dev.pictor.adapter.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.image.ImageRejectedException;
import dev.pictor.model.EmbeddingRequest;
import dev.pictor.model.Message;
import dev.pictor.model.MessagePart;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.ReasoningRequest;
import dev.pictor.model.ReasoningResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is particular to LM Studio: lmstudio-ai/docs and the numbers of lmstudio-ai/lmstudio-bug-tracker. */
class LmStudioQuirksTest {

    private static final ReasoningRequest QUESTION = ReasoningRequest.builder(
                    List.of(Message.user("What is a lamp made of?")))
            .build();

    private final Bench lmStudio = Bench.of(LocalServer.lmStudio());

    @AfterEach
    void close() {
        lmStudio.close();
    }

    private ModelException fail(int status, String answer) {
        lmStudio.answering(status, answer);
        return Bench.fails(call -> lmStudio.local.reasoning("gemma-3-12b-it").reason(QUESTION, call));
    }

    @Test
    void listensAt1234OfThisMachine() {
        try (LocalServer usual = LocalServer.lmStudio().build()) {
            assertThat(usual).hasToString("LocalServer[lmstudio at http://127.0.0.1:1234]");
        }
    }

    /** 618, 2085. */
    @Test
    void answersAnUnknownEndpointWith200AndAnError() {
        ModelException failure =
                fail(200, "{\"error\": \"Unexpected endpoint or method. (POST /v1/chat/completions)\"}");

        assertThat(failure.reason()).isEqualTo(Reason.INVALID_REQUEST);
        assertThat(failure.billed()).isEqualTo(Billed.REJECTED);
        assertThat(failure.httpStatus()).hasValue(200);
        assertThat(failure)
                .hasMessage("gemma-3-12b-it answered 200 with an error in the place of an answer: check the base URL,"
                        + " and whether the server has what was asked for");
        assertThat(failure.vendorMessage()).contains("Unexpected endpoint or method. (POST /v1/chat/completions)");
    }

    @Test
    void answers200WithAnErrorOfWhichNobodyKnowsMore() {
        ModelException failure = fail(200, "{\"error\": \"The model has crashed without additional information.\"}");

        assertThat(failure.reason()).isEqualTo(Reason.MALFORMED_ANSWER);
        assertThat(failure.billed()).isEqualTo(Billed.BILLED_UNUSABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\": \"No models loaded. Please load a model in the developer page or use the 'lms load' command.\"}",
                "{\"error\": {\"message\": \"No models loaded.\", \"type\": \"invalid_request_error\", \"param\": \"model\", \"code\": null}}",
                "{\"error\": \"Failed to load model \\\"gemma-3-12b-it\\\". Error: Error loading model.\"}",
                "{\"error\": {\"message\": \"Invalid model identifier \\\"x\\\".\", \"type\": \"invalid_request_error\", \"code\": \"model_not_found\"}}"
            })
    void answersAMissingModelWith400(String answer) {
        assertThat(fail(400, answer).reason()).isEqualTo(Reason.MODEL_NOT_FOUND);
        assertThat(fail(200, answer).reason()).isEqualTo(Reason.MODEL_NOT_FOUND);
    }

    @Test
    void tellsErrorsInWords() {
        ModelException failure = fail(400, "{\"error\": \"'url' field must be a base64 encoded image.\"}");

        assertThat(failure.reason()).isEqualTo(Reason.INVALID_REQUEST);
        assertThat(failure.vendorMessage()).contains("'url' field must be a base64 encoded image.");
    }

    /** 189. */
    @Test
    void refusesJsonObjectSoOnlySchemasAreSent() throws InterruptedException {
        lmStudio.answering(200, Bench.chat("\"{}\""));

        Bench.with(call -> lmStudio.local
                .reasoning("qwen3-vl:8b")
                .reason(
                        QUESTION.toBuilder()
                                .answerSchema(Map.of("type", "object"))
                                .build(),
                        call));

        assertThat(lmStudio.sent().path("response_format")).isEqualTo(Bench.json("""
                {"type": "json_schema", "json_schema": {"name": "answer", "strict": true, "schema": {"type": "object"}}}"""));
    }

    /** 1396, 2403: schemas do not hold on /v1/responses. */
    @Test
    void isAskedByChatCompletionsWithMaxTokens() throws InterruptedException {
        lmStudio.answering(200, Bench.chat("\"Brass.\""));

        Bench.with(call -> lmStudio.local
                .reasoning("qwen3-vl:8b")
                .reason(QUESTION.toBuilder().maxOutputTokens(64).build(), call));

        assertThat(lmStudio.request().path()).isEqualTo("/v1/chat/completions");
        assertThat(lmStudio.sent().path("max_tokens").asInt()).isEqualTo(64);
        assertThat(lmStudio.sent().has("max_completion_tokens")).isFalse();
    }

    @Test
    void doesNotBoundThinking() throws InterruptedException {
        lmStudio.answering(200, Bench.chat("\"Brass.\""));

        ReasoningResult result = Bench.with(call -> lmStudio.local
                .reasoning("qwen3-vl:8b")
                .reason(QUESTION.toBuilder().thinkingTokens(100).build(), call));

        assertThat(lmStudio.sent().has("reasoning_effort")).isFalse();
        assertThat(result.warnings())
                .containsExactly(new OptionWarning("thinkingTokens", "left out: LM Studio does not bound thinking"));
    }

    /** 619. */
    @Test
    void answersWithTheModelThatIsLoadedWhicheverWasAskedFor() throws InterruptedException {
        lmStudio.answering(200, Bench.chat("\"Brass.\""));

        ReasoningResult result =
                Bench.with(call -> lmStudio.local.reasoning("gemma-3-12b-it").reason(QUESTION, call));

        assertThat(result.servedBy()).isEqualTo("qwen3-vl:8b");
        assertThat(result.warnings())
                .containsExactly(new OptionWarning("model", "qwen3-vl:8b is loaded there and answered instead"));
    }

    @Test
    void numbersTheSecondLoadOfAModel() throws InterruptedException {
        lmStudio.answering(
                200, "{\"model\": \"gemma-3-12b-it:2\", \"choices\": [{\"message\": {\"content\": \"Brass.\"}}]}");

        ReasoningResult result =
                Bench.with(call -> lmStudio.local.reasoning("gemma-3-12b-it").reason(QUESTION, call));

        assertThat(result.warnings()).isEmpty();
    }

    /** 1027, 1752. */
    @Test
    void readsNoWebp() {
        LocalReasoningAdapter seeing =
                lmStudio.local.reasoning(lmStudio.local.reasoningProfile("gemma-3-12b-it").toBuilder()
                        .readsPictures(true)
                        .build());
        Message shown = new Message(Message.Role.USER, List.of(new MessagePart.Picture(Bench.webp())));

        ModelException refused = Bench.fails(
                call -> seeing.reason(ReasoningRequest.builder(List.of(shown)).build(), call));

        assertThat(refused.reason()).isEqualTo(Reason.INVALID_REQUEST);
        assertThat(refused.billed()).isEqualTo(Billed.NOT_SENT);
        assertThat(refused)
                .hasMessage("gemma-3-12b-it cannot be sent a picture: LM Studio reads no WEBP, and it could not be"
                        + " converted")
                .hasCauseInstanceOf(ImageRejectedException.class);
        assertThat(refused.getCause()).hasMessageContaining("sdk-adapter-imaging");
        assertThat(lmStudio.server.requestCount()).isZero();
    }

    /** 756. */
    @Test
    void givesVectorsAsNumbersWhateverIsAsked() throws InterruptedException {
        lmStudio.answering(200, "{\"data\": [{\"embedding\": [1, 2], \"index\": 0}]}");

        var result = Bench.with(
                call -> lmStudio.local.embeddings("nomic").embed(new EmbeddingRequest(List.of("a lamp")), call));

        assertThat(lmStudio.sent()).isEqualTo(Bench.json("{\"model\": \"nomic\", \"input\": [\"a lamp\"]}"));
        assertThat(result.embeddings().get(0).toArray()).containsExactly(1, 2);
    }

    @Test
    void hasNoImagesEndpoint() {
        assertThatThrownBy(() -> lmStudio.local.images("flux"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("LM Studio has no pictures (IMAGES), so flux cannot be asked there");
    }

    /** Its /health answers 200 with an error. */
    @Test
    void isProbedByItsListOfModels() {
        lmStudio.answering(200, "{\"error\": \"Unexpected endpoint or method. (GET /v1/models)\"}");

        ModelException failure = Bench.fails(call -> lmStudio.local.models(call));

        assertThat(lmStudio.request().path()).isEqualTo("/v1/models");
        assertThat(failure.reason()).isEqualTo(Reason.INVALID_REQUEST);
        assertThat(failure.modelId()).isEqualTo("lmstudio");
    }
}
