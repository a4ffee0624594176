package dev.pictor.adapter.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pictor.image.ImageBytes;
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
import dev.pictor.model.ReasoningRequestBuilder;
import dev.pictor.model.ReasoningResult;
import dev.pictor.model.Usage;
import dev.pictor.testkit.FaultAnswer;
import dev.pictor.testkit.FaultServer;
import dev.pictor.testkit.TestCallContext;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiReasoningAdapterTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final byte[] PDF = "%PDF-1.7 a lease".getBytes(UTF_8);
    private static final ReasoningRequest PLAIN =
            ReasoningRequest.builder(List.of(Message.user("Which metal?"))).build();
    private static final FaultAnswer BRASS = answer("Brass.", "STOP", """
            {"promptTokenCount":300,"cachedContentTokenCount":90,"candidatesTokenCount":5,"thoughtsTokenCount":40,
             "promptTokensDetails":[{"modality":"TEXT","tokenCount":30},{"modality":"IMAGE","tokenCount":258},
                                    {"modality":"DOCUMENT","tokenCount":12}],
             "cacheTokensDetails":[{"modality":"TEXT","tokenCount":20},{"modality":"IMAGE","tokenCount":70}],
             "candidatesTokensDetails":[{"modality":"TEXT","tokenCount":5}]}""");

    private final FaultServer server = FaultServer.start();
    private final GeminiReasoningAdapter adapter =
            GeminiReasoningAdapter.builder("key").baseUrl(server.uri()).build();

    @AfterEach
    void close() {
        adapter.close();
        server.close();
    }

    private static FaultAnswer answer(String text, String finish, String counts) {
        return FaultAnswer.json(200, """
                {"candidates":[{"content":{"parts":[{"text":"Let me think.","thought":true},{"text":"%s"}],"role":"model"},
                 "finishReason":"%s"}],"usageMetadata":%s,"modelVersion":"gemini-3.8-flash-002","responseId":"r1"}""".formatted(text, finish, counts));
    }

    private ReasoningResult ask(ReasoningRequest request, FaultAnswer answer) throws InterruptedException {
        server.enqueue(answer);
        try (TestCallContext call = TestCallContext.unbounded()) {
            return adapter.reason(request, call);
        }
    }

    private JsonNode sent() throws Exception {
        return MAPPER.readTree(server.takeRequest(SOON).bodyText());
    }

    private static ReasoningRequest with(UnaryOperator<ReasoningRequestBuilder> change) {
        return change.apply(PLAIN.toBuilder()).build();
    }

    @Test
    void sendsAWholeConversation() throws Exception {
        byte[] jpeg = Answers.picture(8, 8, "jpg");
        ReasoningRequest request = ReasoningRequest.builder(List.of(
                        new Message(Message.Role.SYSTEM, List.of(new MessagePart.Text("Be short."))),
                        new Message(
                                Message.Role.USER,
                                List.of(
                                        new MessagePart.Text("Read this."),
                                        new MessagePart.Picture(ImageBytes.of(jpeg)),
                                        MessagePart.Pdf.of(PDF))),
                        new Message(Message.Role.MODEL, List.of(new MessagePart.Text("Read."))),
                        Message.user("Which metal?")))
                .build();
        assertThat(ask(request, BRASS).warnings()).isEmpty();
        assertThat(sent()).isEqualTo(MAPPER.readTree("""
                {"contents":[
                  {"parts":[{"text":"Read this."},
                            {"inlineData":{"data":"%s","mimeType":"image/jpeg"}},
                            {"inlineData":{"data":"%s","mimeType":"application/pdf"}}],"role":"user"},
                  {"parts":[{"text":"Read."}],"role":"model"},
                  {"parts":[{"text":"Which metal?"}],"role":"user"}],
                 "systemInstruction":{"parts":[{"text":"Be short."}]},
                 "generationConfig":{}}""".formatted(
                Base64.getEncoder().encodeToString(jpeg), Base64.getEncoder().encodeToString(PDF))));
    }

    @Test
    void sendsAllSettings() throws Exception {
        Map<String, Object> schema = Map.of(
                "type", "object",
                "properties", Map.of("metal", Map.of("type", "string")),
                "required", List.of("metal"));
        ReasoningResult result = ask(
                with(r -> r.answerSchema(schema)
                        .maxOutputTokens(200)
                        .thinkingTokens(0)
                        .temperature(0.25)
                        .seed(7)
                        .putOptions("topP", 0.5)
                        .putOptions("topK", 40)
                        .putOptions("stopSequences", List.of("END"))
                        .putOptions("presence", 1)
                        .putOptions(
                                "safetySettings",
                                List.of(Map.of(
                                        "category", "HARM_CATEGORY_HARASSMENT", "threshold", "BLOCK_ONLY_HIGH")))),
                BRASS);
        JsonNode sent = sent();
        assertThat(sent.path("generationConfig")).isEqualTo(MAPPER.readTree("""
                {"temperature":0.25,"topP":0.5,"topK":40.0,"maxOutputTokens":200,"stopSequences":["END"],"seed":7,
                 "responseMimeType":"application/json",
                 "responseJsonSchema":{"type":"object","properties":{"metal":{"type":"string"}},"required":["metal"]},
                 "thinkingConfig":{"thinkingBudget":0}}"""));
        assertThat(sent.path("safetySettings")).hasSize(1);
        assertThat(result.warnings()).extracting(OptionWarning::option).containsExactlyInAnyOrder("presence", "seed");
        assertThat(adapter.unsupported(with(r -> r.seed(7).putOptions("presence", 1))))
                .isEqualTo(result.warnings());
    }

    @Test
    void sendsALevelOfThinkingInThePlaceOfABound() throws Exception {
        assertThat(ask(with(r -> r.putOptions("thinkingLevel", "LOW")), BRASS).warnings())
                .isEmpty();
        assertThat(sent().at("/generationConfig/thinkingConfig"))
                .isEqualTo(MAPPER.readTree("{\"thinkingLevel\":\"LOW\"}"));
        assertRefused(
                with(r -> r.putOptions("thinkingLevel", "LOW").thinkingTokens(10)),
                "takes a bound in tokens or option thinkingLevel, not both");
    }

    @Test
    void isReadInFull() throws Exception {
        ReasoningResult result = ask(PLAIN, BRASS);
        assertThat(result.text()).isEqualTo("Brass.");
        assertThat(result.servedBy()).isEqualTo("gemini-3.8-flash-002");
        assertThat(result.vendorRequestId()).contains("r1");
        assertThat(result.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(result.usage())
                .isEqualTo(Usage.builder()
                        .inputTextTokens(42)
                        .inputImageTokens(258)
                        .cachedTextTokens(20)
                        .cachedImageTokens(70)
                        .outputTextTokens(45)
                        .outputImageTokens(0)
                        .build());
    }

    @Test
    void isAnAnswerEvenIfItWasCutOffUnderASchema() throws Exception {
        ReasoningResult result = ask(
                with(r -> r.putAnswerSchema("type", "object")), answer("{\\\"metal\\\": \\\"br", "MAX_TOKENS", "{}"));
        assertThat(result.text()).isEqualTo("{\"metal\": \"br");
        assertThat(result.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(result.usage()).isEqualTo(Usage.none());
    }

    @Test
    void isAFailureIfAllOfItWasThought() {
        ModelException failure = catchThrowableOfType(
                ModelException.class,
                () -> ask(PLAIN, answer("", "MAX_TOKENS", "{\"promptTokenCount\":4,\"thoughtsTokenCount\":200}")));
        assertThat(failure.reason()).isEqualTo(Reason.MALFORMED_ANSWER);
        assertThat(failure.billed()).isEqualTo(Billed.BILLED_UNUSABLE);
        assertThat(failure.refusal()).isEmpty();
        assertThat(failure).hasMessage("gemini-3.8-flash answered without a text: MAX_TOKENS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SAFETY", "RECITATION", "PROHIBITED_CONTENT"})
    void isARefusalEvenIfSomeWordsCame(String finish) {
        ModelException failure =
                catchThrowableOfType(ModelException.class, () -> ask(PLAIN, answer("Br", finish, "{}")));
        assertThat(failure.reason()).isEqualTo(Reason.BLOCKED_BY_POLICY);
        assertThat(failure.refusal()).contains(Refusal.BLOCKED_OUTPUT);
    }

    @Test
    void isRefusedBeforeItIsSentWhenItCannotBeServed() {
        Message system = new Message(Message.Role.SYSTEM, List.of(new MessagePart.Text("Be short.")));
        assertRefused(ReasoningRequest.builder(List.of(system)).build(), "needs a message of the user");
        MessagePart picture = new MessagePart.Picture(ImageBytes.of(Answers.PNG));
        assertRefused(
                ReasoningRequest.builder(List.of(
                                new Message(Message.Role.SYSTEM, List.of(picture)), Message.user("What is it?")))
                        .build(),
                "takes text alone for what the system says");
        assertRefused(with(r -> r.putOptions("stopSequences", List.of(1))), "a list of texts for option stopSequences");
        assertRefused(with(r -> r.putOptions("thinkingLevel", 3)), "a text for option thinkingLevel");
    }

    @ParameterizedTest
    @CsvSource({"false, true, reads no pictures", "true, false, reads no PDF documents"})
    void keepsToWhatItsProfileReads(boolean pictures, boolean pdf, String problem) throws Exception {
        ModelProfile blind = ModelProfile.builder("gemini-blind", "gcp.gemini")
                .readsPictures(pictures)
                .readsPdf(pdf)
                .build();
        ReasoningRequest request = ReasoningRequest.builder(List.of(new Message(
                        Message.Role.USER,
                        List.of(new MessagePart.Picture(ImageBytes.of(Answers.PNG)), MessagePart.Pdf.of(PDF)))))
                .build();
        try (GeminiReasoningAdapter other = GeminiReasoningAdapter.builder("key")
                        .profile(blind)
                        .baseUrl(server.uri())
                        .build();
                TestCallContext call = TestCallContext.unbounded()) {
            assertThatThrownBy(() -> other.reason(request, call)).hasMessage("gemini-blind " + problem);
        }
    }

    private void assertRefused(ReasoningRequest request, String message) {
        int before = server.requestCount();
        try (TestCallContext call = TestCallContext.unbounded()) {
            assertThatThrownBy(() -> adapter.reason(request, call))
                    .isInstanceOfSatisfying(ModelException.class, refusal -> {
                        assertThat(refusal.reason()).isEqualTo(Reason.INVALID_REQUEST);
                        assertThat(refusal.billed()).isEqualTo(Billed.NOT_SENT);
                    })
                    .hasMessageContaining(message);
        }
        assertThat(server.requestCount()).isEqualTo(before);
    }

    @Test
    void countsWhatARequestIsReadAs() throws Exception {
        ReasoningRequest request = ReasoningRequest.builder(List.of(
                        new Message(Message.Role.SYSTEM, List.of(new MessagePart.Text("Be short."))),
                        Message.user("Which metal?")))
                .maxOutputTokens(5)
                .build();
        server.enqueue(FaultAnswer.json(200, "{\"totalTokens\":31,\"promptTokensDetails\":[]}"));
        try (TestCallContext call = TestCallContext.unbounded()) {
            assertThat(adapter.countTokens(request, call)).isEqualTo(31);
        }
        var sent = server.takeRequest(SOON);
        assertThat(sent.path()).isEqualTo("/v1beta/models/gemini-3.8-flash:countTokens");
        assertThat(MAPPER.readTree(sent.bodyText())).isEqualTo(MAPPER.readTree("""
                {"contents":[{"parts":[{"text":"Be short."}],"role":"user"},
                             {"parts":[{"text":"Which metal?"}],"role":"user"}]}"""));
    }

    @Test
    void doesNotTakeAnAnswerWithoutACountForZero() {
        server.enqueue(FaultAnswer.json(200, "{}"));
        try (TestCallContext call = TestCallContext.unbounded()) {
            assertThatThrownBy(() -> adapter.countTokens(PLAIN, call))
                    .isInstanceOfSatisfying(
                            ModelException.class,
                            failure -> assertThat(failure.reason()).isEqualTo(Reason.MALFORMED_ANSWER));
        }
    }

    @Test
    void refusesAProfileThatPromisesASeed() {
        ModelProfile seeded = ModelProfile.builder("m", "p").supportsSeed(true).build();
        assertThatThrownBy(() -> GeminiReasoningAdapter.builder("key").profile(seeded))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("profile must promise no seed, was m");
    }
}
