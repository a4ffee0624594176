package dev.pictor.adapter.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.model.FinishReason;
import dev.pictor.model.Message;
import dev.pictor.model.MessagePart;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelFailure.Refusal;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.ReasoningRequest;
import dev.pictor.model.ReasoningResult;
import dev.pictor.model.Usage;
import dev.pictor.testkit.FaultAnswer;
import dev.pictor.testkit.FaultServer;
import dev.pictor.testkit.RecordedRequest;
import dev.pictor.testkit.TestCallContext;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiReasoningAdapterTest {

    private static final ReasoningRequest HELLO =
            ReasoningRequest.builder(List.of(Message.user("hello"))).build();
    private static final byte[] PDF = "%PDF-1.4 nothing".getBytes(UTF_8);
    private static final Map<String, Object> STRICT = Map.of(
            "type",
            "object",
            "properties",
            Map.of("color", Map.of("type", "string")),
            "required",
            List.of("color"),
            "additionalProperties",
            false);
    private static final Map<String, Object> LOOSE =
            Map.of("type", "object", "properties", Map.of("color", Map.of("type", "string")));

    private final FaultServer server = FaultServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    private OpenAiReasoningAdapter adapter(String model, OpenAiApi api) {
        return OpenAiReasoningAdapter.builder("test-key")
                .baseUrl(server.uri().resolve("/v1"))
                .model(model)
                .api(api)
                .build();
    }

    private ReasoningResult ask(String model, OpenAiApi api, ReasoningRequest request) throws InterruptedException {
        try (OpenAiReasoningAdapter adapter = adapter(model, api);
                TestCallContext call = TestCallContext.unbounded()) {
            return adapter.reason(request, call);
        }
    }

    private ReasoningResult ask(ReasoningRequest request) throws InterruptedException {
        return ask("gpt-6.1-terra", OpenAiApi.RESPONSES, request);
    }

    private ModelException failure(OpenAiApi api, ReasoningRequest request) throws InterruptedException {
        try {
            throw new AssertionError("answered " + ask("gpt-6.1-terra", api, request));
        } catch (ModelException e) {
            return e;
        }
    }

    private RecordedRequest sent() throws InterruptedException {
        return server.takeRequest(Duration.ofSeconds(10));
    }

    private static List<String> options(List<OptionWarning> warnings) {
        return warnings.stream().map(OptionWarning::option).toList();
    }

    /** Everything that a request can hold. */
    private static ReasoningRequest everything() {
        return ReasoningRequest.builder(List.of(
                        new Message(Message.Role.SYSTEM, List.of(new MessagePart.Text("be brief"))),
                        new Message(
                                Message.Role.USER,
                                List.of(
                                        new MessagePart.Text("which color?"),
                                        new MessagePart.Picture(Answers.PNG),
                                        MessagePart.Pdf.of(PDF))),
                        new Message(Message.Role.MODEL, List.of(new MessagePart.Text("green"))),
                        Message.user("and the sky?")))
                .answerSchema(STRICT)
                .maxOutputTokens(500)
                .thinkingTokens(0)
                .putOptions("verbosity", "low")
                .putOptions("user", "u-17")
                .build();
    }

    @Nested
    class Responses {

        @Test
        void sendTextAlone() throws InterruptedException {
            server.enqueue(FaultAnswer.json(200, Answers.words("hi")).header("x-request-id", "req_1"));

            ReasoningResult result = ask(HELLO);

            RecordedRequest sent = sent();
            assertThat(sent.path()).isEqualTo("/v1/responses");
            Json.assertThatJson(sent).isEqualTo("""
                            {"model":"gpt-6.1-terra","store":false,"input":[{"type":"message","role":"user",
                             "content":[{"type":"input_text","text":"hello"}]}]}
                            """);
            assertThat(result.text()).isEqualTo("hi");
            assertThat(result.servedBy()).isEqualTo("gpt-6.1-terra-2026-10-26");
            assertThat(result.finishReason()).isEqualTo(FinishReason.STOP);
            assertThat(result.warnings()).isEmpty();
            assertThat(result.vendorRequestId()).contains("req_1");
            assertThat(result.usage())
                    .isEqualTo(Usage.builder()
                            .inputTextTokens(120)
                            .cachedTextTokens(100)
                            .outputTextTokens(30)
                            .build());
        }

        @Test
        void sendEverythingThatARequestHolds() throws InterruptedException {
            server.enqueue(FaultAnswer.json(200, Answers.words("{\\\"color\\\":\\\"blue\\\"}")));

            ReasoningResult result = ask(everything());

            assertThat(result.text()).isEqualTo("{\"color\":\"blue\"}");
            assertThat(result.warnings()).isEmpty();
            Json.assertThatJson(sent()).isEqualTo("""
                            {"model":"gpt-6.1-terra","store":false,"max_output_tokens":500,"safety_identifier":"u-17",
                             "reasoning":{"effort":"none"},
                             "input":[
                              {"type":"message","role":"system","content":"be brief"},
                              {"type":"message","role":"user","content":[
                               {"type":"input_text","text":"which color?"},
                               {"type":"input_image","detail":"auto","image_url":"data:image/png;base64,%s"},
                               {"type":"input_file","filename":"document.pdf","file_data":"data:application/pdf;base64,%s"}]},
                              {"type":"message","role":"assistant","content":"green"},
                              {"type":"message","role":"user","content":[{"type":"input_text","text":"and the sky?"}]}],
                             "text":{"verbosity":"low","format":{"type":"json_schema","name":"answer","strict":true,
                              "schema":{"type":"object","properties":{"color":{"type":"string"}},"required":["color"],
                               "additionalProperties":false}}}}
                            """.formatted(
                            Answers.PNG_BASE64, Base64.getEncoder().encodeToString(PDF)));
        }

        @Test
        void tellThatTheModelDeclined() throws InterruptedException {
            server.enqueue(FaultAnswer.json(
                    200, Answers.response("{\"type\":\"refusal\",\"refusal\":\"I cannot help with that.\"}")));

            ModelException failure = failure(OpenAiApi.RESPONSES, HELLO);

            assertThat(failure.reason()).isEqualTo(Reason.BLOCKED_BY_POLICY);
            assertThat(failure.refusal()).contains(Refusal.REFUSED);
            assertThat(failure.billed()).isEqualTo(Billed.BILLED_UNUSABLE);
            assertThat(failure.vendorMessage()).contains("I cannot help with that.");
        }

        @Test
        void tellThatTheAnswerWasHeldBack() throws InterruptedException {
            server.enqueue(FaultAnswer.json(
                    200,
                    "{\"status\":\"incomplete\",\"error\":null,\"incomplete_details\":{\"reason\":\"content_filter\"},"
                            + "\"output\":[],\"usage\":null}"));

            ModelException failure = failure(OpenAiApi.RESPONSES, HELLO);

            assertThat(failure.refusal()).contains(Refusal.BLOCKED_OUTPUT);
            assertThat(failure.billed()).isEqualTo(Billed.BILLED_UNUSABLE);
        }

        @Test
        void tellThatTheAnswerIsCutOff() throws InterruptedException {
            server.enqueue(FaultAnswer.json(
                    200,
                    Answers.words("half an ans")
                            .replace(
                                    "\"incomplete_details\":null",
                                    "\"incomplete_details\":{\"reason\":\"max_output_tokens\"}")));

            assertThat(ask(HELLO).finishReason()).isEqualTo(FinishReason.LENGTH);
        }

        @Test
        void failWithoutAWord() throws InterruptedException {
            server.enqueue(
                    FaultAnswer.json(200, "{\"output\":[],\"incomplete_details\":{\"reason\":\"max_output_tokens\"}}"));

            ModelException failure = failure(OpenAiApi.RESPONSES, HELLO);

            assertThat(failure.reason()).isEqualTo(Reason.MALFORMED_ANSWER);
            assertThat(failure).hasMessageEndingWith("raise maxOutputTokens");
        }

        @Test
        void failWhereJsonWasAskedForAndSomethingElseCame() throws InterruptedException {
            server.enqueue(FaultAnswer.json(200, Answers.words("the sky is blue")));

            ModelException failure = failure(
                    OpenAiApi.RESPONSES, HELLO.toBuilder().answerSchema(STRICT).build());

            assertThat(failure.reason()).isEqualTo(Reason.MALFORMED_ANSWER);
            assertThat(failure.billed()).isEqualTo(Billed.BILLED_UNUSABLE);
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource({
            "server_error, UNAVAILABLE, UNKNOWN_OUTCOME",
            "rate_limit_exceeded, RATE_LIMITED, REJECTED",
            "invalid_prompt, BLOCKED_BY_POLICY, REJECTED",
            "image_content_policy_violation, BLOCKED_BY_POLICY, REJECTED",
            "image_too_small, INVALID_REQUEST, REJECTED",
            "from_the_future, INVALID_REQUEST, REJECTED"
        })
        void failByTheCodeOfAnAnswerThatFailed(String code, Reason reason, Billed billed) throws InterruptedException {
            server.enqueue(FaultAnswer.json(
                    200,
                    "{\"status\":\"failed\",\"output\":[],\"error\":{\"code\":\"" + code + "\",\"message\":\"why\"}}"));

            ModelException failure = failure(OpenAiApi.RESPONSES, HELLO);

            assertThat(failure.reason()).isEqualTo(reason);
            assertThat(failure.billed()).isEqualTo(billed);
            assertThat(failure.vendorMessage()).contains("why");
        }

        @Test
        void failWhereAServerSaysErrorWithStatus200() throws InterruptedException {
            server.enqueue(FaultAnswer.json(200, "{\"error\":\"Unexpected endpoint or method.\"}"));

            assertThat(failure(OpenAiApi.RESPONSES, HELLO).vendorMessage()).contains("Unexpected endpoint or method.");
        }
    }

    @Nested
    class Completions {

        @Test
        void sendEverythingThatARequestHolds() throws InterruptedException {
            server.enqueue(FaultAnswer.json(
                    200,
                    Answers.completion(
                            "{\"role\":\"assistant\",\"content\":\"{\\\"color\\\":\\\"blue\\\"}\",\"refusal\":null}",
                            "stop")));

            ReasoningResult result = ask(
                    "gpt-6.1-terra",
                    OpenAiApi.CHAT_COMPLETIONS,
                    everything().toBuilder().seed(7).build());

            RecordedRequest sent = sent();
            assertThat(sent.path()).isEqualTo("/v1/chat/completions");
            Json.assertThatJson(sent).isEqualTo("""
                            {"model":"gpt-6.1-terra","store":false,"max_completion_tokens":500,"safety_identifier":"u-17",
                             "reasoning_effort":"none","verbosity":"low","seed":7,
                             "messages":[
                              {"role":"system","content":"be brief"},
                              {"role":"user","content":[
                               {"type":"text","text":"which color?"},
                               {"type":"image_url","image_url":{"url":"data:image/png;base64,%s"}},
                               {"type":"file","file":{"filename":"document.pdf","file_data":"data:application/pdf;base64,%s"}}]},
                              {"role":"assistant","content":"green"},
                              {"role":"user","content":[{"type":"text","text":"and the sky?"}]}],
                             "response_format":{"type":"json_schema","json_schema":{"name":"answer","strict":true,
                              "schema":{"type":"object","properties":{"color":{"type":"string"}},"required":["color"],
                               "additionalProperties":false}}}}
                            """.formatted(
                            Answers.PNG_BASE64, Base64.getEncoder().encodeToString(PDF)));
            assertThat(result.text()).isEqualTo("{\"color\":\"blue\"}");
            assertThat(options(result.warnings())).containsExactly("seed");
            assertThat(result.usage())
                    .isEqualTo(Usage.builder()
                            .inputTextTokens(12)
                            .cachedTextTokens(4)
                            .outputTextTokens(5)
                            .build());
        }

        @Test
        void tellThatTheModelDeclined() throws InterruptedException {
            server.enqueue(FaultAnswer.json(
                    200, Answers.completion("{\"role\":\"assistant\",\"content\":null,\"refusal\":\"No.\"}", "stop")));

            assertThat(failure(OpenAiApi.CHAT_COMPLETIONS, HELLO).refusal()).contains(Refusal.REFUSED);
        }

        @Test
        void tellThatTheAnswerWasHeldBack() throws InterruptedException {
            server.enqueue(FaultAnswer.json(
                    200, Answers.completion("{\"role\":\"assistant\",\"content\":\"\"}", "content_filter")));

            assertThat(failure(OpenAiApi.CHAT_COMPLETIONS, HELLO).refusal()).contains(Refusal.BLOCKED_OUTPUT);
        }

        @Test
        void keepAFinishReasonThatNobodyKnows() throws InterruptedException {
            server.enqueue(
                    FaultAnswer.json(200, Answers.completion("{\"role\":\"assistant\",\"content\":\"hi\"}", "tired")));

            assertThat(ask("gpt-4o", OpenAiApi.CHAT_COMPLETIONS, HELLO).finishReason())
                    .isEqualTo(new FinishReason("tired"));
        }
    }

    @Nested
    class Options {

        @ParameterizedTest(name = "{0}: {1} tokens are {2}")
        @CsvSource({
            "gpt-6.1-terra, 0, none, false",
            "gpt-6.1-terra, 2000, low, true",
            "gpt-6.1-terra, 10000, medium, true",
            "gpt-6.1-terra, 1000000, max, true",
            "gpt-6.2-astra, 0, low, true",
            "gpt-5, 0, minimal, true",
            "gpt-5, 100000, high, true",
            "gpt-4o, 0, , false",
            "gpt-4o, 5000, , true"
        })
        void ofThinkingBecomeTheNearestLevel(String model, int tokens, String level, boolean warned)
                throws InterruptedException {
            server.enqueue(FaultAnswer.json(200, Answers.words("hi")));

            ReasoningResult result = ask(
                    model,
                    OpenAiApi.RESPONSES,
                    HELLO.toBuilder().thinkingTokens(tokens).build());

            assertThat(options(result.warnings())).isEqualTo(warned ? List.of("thinkingTokens") : List.of());
            assertThat(Json.of(sent()).at("/reasoning/effort").asText(null)).isEqualTo(level);
        }

        @ParameterizedTest(name = "{0} with {1} tokens of thinking: {2}")
        @CsvSource({
            "gpt-4o, -1, true",
            "gpt-5.4, 0, true",
            "gpt-5.4, -1, false",
            "gpt-5, 0, false",
            "gpt-6.2-sol, -1, false"
        })
        void ofTemperatureAreLeftOutWhereTheModelRefusesThem(String model, int thinking, boolean taken)
                throws InterruptedException {
            server.enqueue(FaultAnswer.json(200, Answers.words("hi")));
            var request = HELLO.toBuilder().temperature(0.5);
            if (thinking >= 0) {
                request.thinkingTokens(thinking);
            }

            ReasoningResult result = ask(model, OpenAiApi.RESPONSES, request.build());

            assertThat(options(result.warnings()).contains("temperature")).isEqualTo(!taken);
            assertThat(Json.of(sent()).has("temperature")).isEqualTo(taken);
        }

        @Test
        void thatCannotBeHonouredAreKnownBeforeTheCall() {
            ReasoningRequest request = HELLO.toBuilder()
                    .seed(1)
                    .maxOutputTokens(5)
                    .answerSchema(LOOSE)
                    .putOptions("service_tier", "flex")
                    .build();
            try (OpenAiReasoningAdapter adapter = adapter("gpt-6.1-terra", OpenAiApi.RESPONSES)) {
                assertThat(options(adapter.unsupported(request)))
                        .containsExactlyInAnyOrder("seed", "maxOutputTokens", "answerSchema", "service_tier");
            }
        }

        @Test
        void aSchemaThatBreaksTheRulesIsSentAsAHint() throws InterruptedException {
            server.enqueue(FaultAnswer.json(200, Answers.words("{}")));

            assertThat(options(
                            ask(HELLO.toBuilder().answerSchema(LOOSE).build()).warnings()))
                    .containsExactly("answerSchema");

            assertThat(Json.of(sent()).at("/text/format/strict").asBoolean(true))
                    .isFalse();
        }

        @Test
        void picturesInTheModelsOwnTurnsAreRefused() throws InterruptedException {
            ReasoningRequest request = ReasoningRequest.builder(List.of(
                            new Message(Message.Role.MODEL, List.of(new MessagePart.Picture(Answers.PNG))),
                            Message.user("more of that")))
                    .build();

            ModelException failure = failure(OpenAiApi.RESPONSES, request);

            assertThat(failure.reason()).isEqualTo(Reason.INVALID_REQUEST);
            assertThat(failure.billed()).isEqualTo(Billed.NOT_SENT);
            assertThat(server.requestCount()).isZero();
        }
    }

    @Nested
    class Tokens {

        @Test
        void areCountedByOpenAi() throws InterruptedException {
            server.enqueue(FaultAnswer.json(200, "{\"object\":\"response.input_tokens\",\"input_tokens\":1234}"));
            try (OpenAiReasoningAdapter adapter = adapter("gpt-6.1-terra", OpenAiApi.CHAT_COMPLETIONS);
                    TestCallContext call = TestCallContext.unbounded()) {
                assertThat(adapter.countTokens(
                                HELLO.toBuilder().answerSchema(STRICT).build(), call))
                        .isEqualTo(1234);
            }
            RecordedRequest sent = sent();
            assertThat(sent.path()).isEqualTo("/v1/responses/input_tokens");
            Json.assertThatJson(sent).isEqualTo("""
                            {"model":"gpt-6.1-terra","input":[{"type":"message","role":"user",
                             "content":[{"type":"input_text","text":"hello"}]}],
                             "text":{"format":{"type":"json_schema","name":"answer","strict":true,
                              "schema":{"type":"object","properties":{"color":{"type":"string"}},"required":["color"],
                               "additionalProperties":false}}}}
                            """);
        }
    }
}
