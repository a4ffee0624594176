package dev.pictor.adapter.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.image.ImageFormat;
import dev.pictor.model.FinishReason;
import dev.pictor.model.Message;
import dev.pictor.model.MessagePart;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelFailure.Refusal;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.ReasoningRequest;
import dev.pictor.model.ReasoningResult;
import dev.pictor.testkit.FaultAnswer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalReasoningAdapterTest {

    private static final ReasoningRequest QUESTION = ReasoningRequest.builder(
                    List.of(Message.user("What is a lamp made of?")))
            .build();
    private static final Map<String, Object> CLOSED = Map.of(
            "type",
            "object",
            "properties",
            Map.of("metal", Map.of("type", "string")),
            "required",
            List.of("metal"),
            "additionalProperties",
            false);
    private static final MessagePart.Pdf PDF =
            MessagePart.Pdf.of("%PDF-1.4\n%%EOF\n".getBytes(StandardCharsets.US_ASCII));

    private final Bench ollama = Bench.of(LocalServer.ollama());
    private final Bench openAi = Bench.of(LocalServer.openAi("sk-made-up"));

    @AfterEach
    void close() {
        ollama.close();
        openAi.close();
    }

    private static ReasoningRequest showing(MessagePart part) {
        return ReasoningRequest.builder(
                        List.of(new Message(Message.Role.USER, List.of(new MessagePart.Text("What is this?"), part))))
                .build();
    }

    private static LocalReasoningAdapter seeing(Bench bench) {
        ModelProfile profile = bench.local.reasoningProfile("qwen3-vl:8b").toBuilder()
                .readsPictures(true)
                .build();
        return bench.local.reasoning(profile);
    }

    @CanIgnoreReturnValue
    private ReasoningResult ask(ReasoningRequest request, String answer) throws InterruptedException {
        ollama.answering(200, answer);
        return Bench.with(call -> ollama.local.reasoning("qwen3-vl:8b").reason(request, call));
    }

    private ModelException fail(ReasoningRequest request, String answer) {
        ollama.answering(200, answer);
        return Bench.fails(call -> ollama.local.reasoning("qwen3-vl:8b").reason(request, call));
    }

    @Nested
    class Requests {

        @Test
        void ofOneQuestionHaveNothingElseInThem() throws InterruptedException {
            ask(QUESTION, Bench.chat("\"Brass.\""));

            assertThat(ollama.request().method()).isEqualTo("POST");
            assertThat(ollama.request().path()).isEqualTo("/v1/chat/completions");
            assertThat(ollama.request().header("content-type")).contains("application/json");
            assertThat(ollama.request().header("authorization")).isEmpty();
            assertThat(ollama.request().header("upgrade"))
                    .as("HTTP/1.1 and no more")
                    .isEmpty();
            assertThat(ollama.sent()).isEqualTo(Bench.json("""
                    {"model": "qwen3-vl:8b", "messages": [{"role": "user", "content": "What is a lamp made of?"}]}"""));
        }

        @Test
        void haveEverythingThatWasAsked() throws InterruptedException {
            ReasoningRequest request = ReasoningRequest.builder(List.of(
                            new Message(Message.Role.SYSTEM, List.of(new MessagePart.Text("Be brief."))),
                            Message.user("Why?"),
                            new Message(Message.Role.MODEL, List.of(new MessagePart.Text("Because."))),
                            Message.user("Of what?")))
                    .answerSchema(CLOSED)
                    .maxOutputTokens(64)
                    .temperature(0.2)
                    .seed(7)
                    .thinkingTokens(0)
                    .putOptions("top_p", 0.9)
                    .build();

            ReasoningResult result = ask(request, Bench.chat("\"{\\\"metal\\\": \\\"brass\\\"}\""));

            assertThat(ollama.sent()).isEqualTo(Bench.json("""
                    {"model": "qwen3-vl:8b",
                     "messages": [
                       {"role": "system", "content": "Be brief."},
                       {"role": "user", "content": "Why?"},
                       {"role": "assistant", "content": "Because."},
                       {"role": "user", "content": "Of what?"}],
                     "response_format": {"type": "json_schema", "json_schema": {"name": "answer", "strict": true,
                       "schema": {"type": "object", "properties": {"metal": {"type": "string"}},
                         "required": ["metal"], "additionalProperties": false}}},
                     "max_tokens": 64,
                     "temperature": 0.2,
                     "seed": 7,
                     "reasoning_effort": "none",
                     "top_p": 0.9}"""));
            assertThat(result.text()).isEqualTo("{\"metal\": \"brass\"}");
            assertThat(result.warnings()).extracting(OptionWarning::option).containsExactly("thinkingTokens");
        }

        @Test
        void carryTheKeyAndNameTheLimitAsOpenAiDoes() throws InterruptedException {
            openAi.answering(200, Bench.chat("\"Brass.\""));
            ReasoningRequest request = QUESTION.toBuilder().maxOutputTokens(64).build();

            Bench.with(call -> openAi.local.reasoning("gpt-5.4").reason(request, call));

            assertThat(openAi.request().header("authorization")).contains("Bearer sk-made-up");
            assertThat(openAi.sent()).isEqualTo(Bench.json("""
                    {"model": "gpt-5.4", "messages": [{"role": "user", "content": "What is a lamp made of?"}],
                     "max_completion_tokens": 64}"""));
        }

        @Test
        void carryPicturesAsDataUrls() throws InterruptedException {
            ollama.answering(200, Bench.chat("\"A lamp.\""));
            var picture = Bench.png(8, 6);

            Bench.with(call -> seeing(ollama).reason(showing(new MessagePart.Picture(picture)), call));

            assertThat(ollama.sent().at("/messages/0/content"))
                    .isEqualTo(Bench.json("""
                    [{"type": "text", "text": "What is this?"},
                     {"type": "image_url", "image_url": {"url": "data:image/png;base64,%s"}}]""".formatted(Bench.base64(picture))));
        }

        @Test
        void carryAPdfAsAFileWhereTheServerTakesIt() throws InterruptedException {
            openAi.answering(200, Bench.chat("\"An offer.\""));

            Bench.with(call -> openAi.local.reasoning("gpt-5.4").reason(showing(PDF), call));

            assertThat(openAi.sent().at("/messages/0/content/1")).isEqualTo(Bench.json("""
                    {"type": "file", "file": {"filename": "document.pdf",
                     "file_data": "data:application/pdf;base64,JVBERi0xLjQKJSVFT0YK"}}"""));
        }

        @Test
        void withAPdfAreNotSentToAServerWithoutPdf() {
            ModelException refused = Bench.fails(call -> seeing(ollama).reason(showing(PDF), call));

            assertThat(refused.reason()).isEqualTo(Reason.INVALID_REQUEST);
            assertThat(refused.billed()).isEqualTo(Billed.NOT_SENT);
            assertThat(refused).hasMessage("qwen3-vl:8b reads no PDF; send its pages as pictures");
            assertThat(ollama.server.requestCount()).isZero();
        }

        @Test
        void withAPictureAreNotSentToAModelOfWhichNobodySaidThatItSees() {
            ModelException refused = Bench.fails(call ->
                    ollama.local.reasoning("llama3.2").reason(showing(new MessagePart.Picture(Bench.png(8, 6))), call));

            assertThat(refused.reason()).isEqualTo(Reason.INVALID_REQUEST);
            assertThat(refused.billed()).isEqualTo(Billed.NOT_SENT);
            assertThat(refused)
                    .hasMessage("llama3.2 reads no pictures; if it does, give a profile that says readsPictures");
            assertThat(ollama.server.requestCount()).isZero();
        }

        @Test
        void holdPicturesInMessagesOfTheAskingSideOnly() {
            Message shown = new Message(Message.Role.MODEL, List.of(new MessagePart.Picture(Bench.png(8, 6))));

            ModelException refused = Bench.fails(call -> seeing(ollama)
                    .reason(ReasoningRequest.builder(List.of(shown)).build(), call));

            assertThat(refused.reason()).isEqualTo(Reason.INVALID_REQUEST);
            assertThat(ollama.server.requestCount()).isZero();
        }

        @ParameterizedTest
        @CsvSource({"0, none", "1, low", "2048, low", "2049, medium", "8192, medium", "8193, high"})
        void nameTheLevelOfThinkingThatIsNearest(int tokens, String level) throws InterruptedException {
            ReasoningResult result =
                    ask(QUESTION.toBuilder().thinkingTokens(tokens).build(), Bench.chat("\"Brass.\""));

            assertThat(ollama.sent().path("reasoning_effort").asText()).isEqualTo(level);
            assertThat(result.warnings())
                    .containsExactly(new OptionWarning(
                            "thinkingTokens", "sent as reasoning_effort \"" + level + "\": Ollama knows levels only"));
        }

        @Test
        void leaveOutWhatTheServerWouldIgnoreAndSaySo() throws InterruptedException {
            ReasoningRequest request = QUESTION.toBuilder()
                    .putOptions("n", 2)
                    .putOptions("user", "u-17")
                    .putOptions("tool_choice", "none")
                    .putOptions("logit_bias", Map.of("50256", -100))
                    .build();
            LocalReasoningAdapter adapter = ollama.local.reasoning("qwen3-vl:8b");

            ReasoningResult result = ask(request, Bench.chat("\"Brass.\""));

            assertThat(ollama.sent().properties()).extracting(Map.Entry::getKey).containsExactly("model", "messages");
            assertThat(result.warnings())
                    .extracting(OptionWarning::option)
                    .containsExactlyInAnyOrder("n", "user", "tool_choice", "logit_bias");
            assertThat(adapter.unsupported(request)).isEqualTo(result.warnings());
        }

        @Test
        void doNotPromiseASchemaThatOpenAiWouldNotHoldTo() throws InterruptedException {
            openAi.answering(200, Bench.chat("\"{}\""));
            ReasoningRequest request = QUESTION.toBuilder()
                    .answerSchema(Map.of("type", "object", "properties", Map.of("metal", Map.of("type", "string"))))
                    .build();

            ReasoningResult result =
                    Bench.with(call -> openAi.local.reasoning("gpt-5.4").reason(request, call));

            assertThat(openAi.sent().at("/response_format/json_schema/strict").asBoolean())
                    .isFalse();
            assertThat(result.warnings()).extracting(OptionWarning::option).containsExactly("answerSchema");
        }

        @Test
        void holdOpenAiToAClosedSchema() throws InterruptedException {
            openAi.answering(200, Bench.chat("\"{\\\"metal\\\": \\\"brass\\\"}\""));
            ReasoningRequest request = QUESTION.toBuilder().answerSchema(CLOSED).build();

            ReasoningResult result =
                    Bench.with(call -> openAi.local.reasoning("gpt-5.4").reason(request, call));

            assertThat(openAi.sent().at("/response_format/json_schema/strict").asBoolean())
                    .isTrue();
            assertThat(result.warnings()).isEmpty();
        }

        @Test
        void askForJsonInWordsToo_WhereAServerKnowsObjectsOnly() throws InterruptedException {
            ServerProfile objects = ServerProfile.compatible().toBuilder()
                    .jsonForm(ServerProfile.JsonForm.OBJECT)
                    .build();
            try (Bench bench = Bench.of(objects)) {
                bench.answering(200, Bench.chat("\"{}\""));
                ReasoningRequest request = QUESTION.toBuilder()
                        .answerSchema(Map.of("type", "object"))
                        .build();

                ReasoningResult result =
                        Bench.with(call -> bench.local.reasoning("any").reason(request, call));

                assertThat(bench.sent()).isEqualTo(Bench.json("""
                        {"model": "any", "messages": [
                          {"role": "system", "content": "Answer with one JSON value that fits this JSON Schema, and with nothing else: {\\"type\\":\\"object\\"}"},
                          {"role": "user", "content": "What is a lamp made of?"}],
                         "response_format": {"type": "json_object"}}"""));
                assertThat(result.warnings()).extracting(OptionWarning::option).containsExactly("answerSchema");
            }
        }
    }

    @Nested
    class Answers {

        @Test
        void tellWhatWasCountedWhoAnsweredAndWhyItStopped() throws InterruptedException {
            ollama.server.enqueue(FaultAnswer.json(200, """
                    {"model": "qwen3-vl:8b-q4", "choices": [{"message": {"content": "Brass"}, "finish_reason": "length"}],
                     "usage": {"prompt_tokens": 26, "completion_tokens": 9, "prompt_tokens_details": {"cached_tokens": 20}}}""").header("x-request-id", "req_7"));

            ReasoningResult result =
                    Bench.with(call -> ollama.local.reasoning("qwen3-vl:8b").reason(QUESTION, call));

            assertThat(result.text()).isEqualTo("Brass");
            assertThat(result.servedBy()).isEqualTo("qwen3-vl:8b-q4");
            assertThat(result.finishReason()).isEqualTo(FinishReason.LENGTH);
            assertThat(result.usage().inputTextTokens()).hasValue(26);
            assertThat(result.usage().cachedTextTokens()).hasValue(20);
            assertThat(result.usage().outputTextTokens()).hasValue(9);
            assertThat(result.vendorRequestId()).contains("req_7");
        }

        @Test
        void withoutCountsCountNothing() throws InterruptedException {
            ReasoningResult result = ask(QUESTION, "{\"choices\": [{\"message\": {\"content\": \"Brass\"}}]}");

            assertThat(result.usage().inputTextTokens()).isEmpty();
            assertThat(result.usage().outputTextTokens()).isEmpty();
            assertThat(result.servedBy()).isEqualTo("qwen3-vl:8b");
            assertThat(result.finishReason()).isEqualTo(FinishReason.STOP);
        }

        @ParameterizedTest
        @ValueSource(strings = {"reasoning", "reasoning_content"})
        void leaveAsideWhatTheModelThought(String field) throws InterruptedException {
            ReasoningResult result = ask(
                    QUESTION,
                    "{\"choices\": [{\"message\": {\"" + field + "\": \"Lamps shine.\", \"content\": \"Brass\"}}]}");

            assertThat(result.text()).isEqualTo("Brass");
        }

        @Test
        void mayComeInParts() throws InterruptedException {
            ReasoningResult result = ask(
                    QUESTION,
                    Bench.chat("[{\"type\": \"text\", \"text\": \"Br\"}, {\"type\": \"text\", \"text\": \"ass\"}]"));

            assertThat(result.text()).isEqualTo("Brass");
        }

        @Test
        void takeJsonOutOfItsFence() throws InterruptedException {
            ReasoningResult result = ask(
                    QUESTION.toBuilder().answerSchema(CLOSED).build(),
                    Bench.chat("\"```json\\n{\\\"metal\\\": \\\"brass\\\"}\\n```\""));

            assertThat(result.text()).isEqualTo("{\"metal\": \"brass\"}");
        }

        @Test
        void thatAreNoJsonWhereJsonWasAskedForAreOfNoUse() {
            ModelException failure =
                    fail(QUESTION.toBuilder().answerSchema(CLOSED).build(), Bench.chat("\"Brass, a secret of mine.\""));

            assertThat(failure.reason()).isEqualTo(Reason.MALFORMED_ANSWER);
            assertThat(failure.billed()).isEqualTo(Billed.BILLED_UNUSABLE);
            assertThat(failure)
                    .hasMessage("qwen3-vl:8b was asked for JSON and answered with something else")
                    .hasNoCause();
        }

        @Test
        void thatEndBeforeTheJsonDoesSayThatTheTokensRanOut() {
            ModelException failure = fail(
                    QUESTION.toBuilder().answerSchema(CLOSED).build(),
                    "{\"choices\": [{\"message\": {\"content\": \"{\\\"metal\\\": \"}, \"finish_reason\": \"length\"}]}");

            assertThat(failure)
                    .hasMessage("qwen3-vl:8b was asked for JSON and answered with something else: it had used up its"
                            + " tokens; allow more");
        }

        @Test
        void ofAModelThatOnlyThoughtAreOfNoUse() {
            ModelException failure = fail(
                    QUESTION,
                    "{\"choices\": [{\"message\": {\"reasoning\": \"Well..\", \"content\": \"\"}, \"finish_reason\": \"length\"}]}");

            assertThat(failure.reason()).isEqualTo(Reason.MALFORMED_ANSWER);
            assertThat(failure)
                    .hasMessage("qwen3-vl:8b answered without a word: it had used up its tokens; allow more");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "{\"choices\": []}",
                    "{\"choices\": null}",
                    "{\"choices\": \"none\"}",
                    "{\"choices\": [7]}"
                })
        void withoutChoicesAreOfNoUse(String answer) {
            ModelException failure = fail(QUESTION, answer);

            assertThat(failure.reason()).isEqualTo(Reason.MALFORMED_ANSWER);
            assertThat(failure.billed()).isEqualTo(Billed.BILLED_UNUSABLE);
            assertThat(failure).hasMessage("qwen3-vl:8b answered without choices");
        }

        @ParameterizedTest
        @ValueSource(strings = {"[]", "\"words\"", "", "<html></html>", "{\"choices\": [{\"mess"})
        void thatAreNoJsonObjectAreOfNoUse(String answer) {
            ModelException failure = fail(QUESTION, answer);

            assertThat(failure.reason()).isEqualTo(Reason.MALFORMED_ANSWER);
            assertThat(failure.billed()).isEqualTo(Billed.BILLED_UNUSABLE);
        }

        @Test
        void mayDecline() {
            ModelException failure = fail(
                    QUESTION,
                    "{\"choices\": [{\"message\": {\"content\": null, \"refusal\": \"I cannot.\"}, \"finish_reason\": \"stop\"}]}");

            assertThat(failure.reason()).isEqualTo(Reason.BLOCKED_BY_POLICY);
            assertThat(failure.refusal()).contains(Refusal.REFUSED);
            assertThat(failure.billed()).isEqualTo(Billed.BILLED_UNUSABLE);
            assertThat(failure.vendorMessage()).contains("I cannot.");
            assertThat(failure.getMessage()).doesNotContain("I cannot.");
        }

        @Test
        void mayBeHeldBackByAPolicy() {
            ModelException failure = fail(
                    QUESTION,
                    "{\"choices\": [{\"message\": {\"content\": \"\"}, \"finish_reason\": \"content_filter\"}]}");

            assertThat(failure.reason()).isEqualTo(Reason.BLOCKED_BY_POLICY);
            assertThat(failure.refusal()).contains(Refusal.BLOCKED_OUTPUT);
            assertThat(failure.billed()).isEqualTo(Billed.BILLED_UNUSABLE);
        }

        @Test
        void keepAReasonToStopThatNobodyKnows() throws InterruptedException {
            ReasoningResult result = ask(
                    QUESTION, "{\"choices\": [{\"message\": {\"content\": \"Brass\"}, \"finish_reason\": \"tired\"}]}");

            assertThat(result.finishReason()).isEqualTo(new FinishReason("tired"));
        }
    }

    @Nested
    class Pictures {

        @Test
        void thatTheServerReadsGoAsTheyAre() throws InterruptedException {
            ollama.answering(200, Bench.chat("\"A dot.\""));

            Bench.with(call -> seeing(ollama).reason(showing(new MessagePart.Picture(Bench.webp())), call));

            assertThat(ollama.sent().at("/messages/0/content/1/image_url/url").asText())
                    .isEqualTo(Bench.webp().toDataUri());
        }

        @Test
        void thatTheServerDoesNotReadGoAsJpeg() throws InterruptedException {
            ServerProfile jpegOnly = ServerProfile.ollama().toBuilder()
                    .pictureFormats(List.of(ImageFormat.JPEG))
                    .build();
            try (Bench bench = Bench.of(jpegOnly)) {
                bench.answering(200, Bench.chat("\"Grey.\""));

                Bench.with(call -> seeing(bench).reason(showing(new MessagePart.Picture(Bench.png(8, 6))), call));

                assertThat(bench.sent()
                                .at("/messages/0/content/1/image_url/url")
                                .asText())
                        .startsWith("data:image/jpeg;base64,");
            }
        }
    }
}
