package dev.pictor.adapter.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.pictor.image.AspectRatio;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.PixelSize;
import dev.pictor.model.CallContext;
import dev.pictor.model.Continuation;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelFailure.Refusal;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.Usage;
import dev.pictor.testkit.FaultAnswer;
import dev.pictor.testkit.FaultServer;
import dev.pictor.testkit.RecordedRequest;
import dev.pictor.testkit.TestCallContext;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiImageAdapterTest {

    private static final ImageRequest LAMP =
            ImageRequest.builder("a brass lamp").build();
    private static final ImageRequest CHANGE =
            LAMP.toBuilder().addReferences(Answers.PNG).build();

    private final FaultServer server = FaultServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    private OpenAiImageAdapter adapter(String model) {
        return OpenAiImageAdapter.builder("test-key")
                .baseUrl(server.uri().resolve("/v1"))
                .model(model)
                .build();
    }

    private ImageResult draw(String model, ImageRequest request) throws InterruptedException {
        try (OpenAiImageAdapter adapter = adapter(model);
                TestCallContext call = TestCallContext.unbounded()) {
            return adapter.generate(request, call);
        }
    }

    private ModelException failure(String model, ImageRequest request) throws InterruptedException {
        try {
            ImageResult result = draw(model, request);
            throw new AssertionError("drew " + result);
        } catch (ModelException e) {
            return e;
        }
    }

    private RecordedRequest sent(String model, ImageRequest request, String answer) throws InterruptedException {
        server.enqueue(FaultAnswer.json(200, answer));
        ImageResult result = draw(model, request);
        assertThat(result.images()).isNotEmpty();
        return server.takeRequest(Duration.ofSeconds(10));
    }

    private static List<String> options(List<OptionWarning> warnings) {
        return warnings.stream().map(OptionWarning::option).toList();
    }

    @Nested
    class Generations {

        @Test
        void sendsAPromptAloneAsJson() throws InterruptedException {
            RecordedRequest sent = sent("gpt-image-2", LAMP, Answers.images(1));

            assertThat(sent.method()).isEqualTo("POST");
            assertThat(sent.path()).isEqualTo("/v1/images/generations");
            assertThat(sent.header("authorization")).contains("Bearer test-key");
            assertThat(sent.header("content-type")).contains("application/json");
            assertThat(sent.header("openai-organization")).isEmpty();
            Json.assertThatJson(sent).isEqualTo("{\"model\":\"gpt-image-2\",\"prompt\":\"a brass lamp\",\"n\":1}");
        }

        @Test
        void sendsEveryOptionByItsName() throws InterruptedException {
            ImageRequest request = LAMP.toBuilder()
                    .count(3)
                    .size(new PixelSize(1536, 864))
                    .options(Map.of(
                            "quality", "xhigh",
                            "background", "opaque",
                            "output_format", "webp",
                            "output_compression", 80,
                            "moderation", "low",
                            "complexity", "high",
                            "user", "u-17"))
                    .build();

            RecordedRequest sent = sent("gpt-image-2.6-flare", request, Answers.images(3));

            Json.assertThatJson(sent).isEqualTo("""
                            {"model":"gpt-image-2.6-flare","prompt":"a brass lamp","n":3,"size":"1536x864","quality":"xhigh",
                             "background":"opaque","output_format":"webp","output_compression":80,"moderation":"low",
                             "complexity":"high","safety_identifier":"u-17"}
                            """);
        }

        @Test
        void namesOrganizationAndProjectWhereTheyAreSet() throws InterruptedException {
            server.enqueue(FaultAnswer.json(200, Answers.images(1)));
            try (OpenAiImageAdapter adapter = OpenAiImageAdapter.builder("test-key")
                            .baseUrl(server.uri().resolve("/v1/"))
                            .organization("org-a")
                            .project("proj_b")
                            .build();
                    TestCallContext call = TestCallContext.unbounded()) {
                assertThat(adapter.generate(LAMP, call).images()).hasSize(1);
            }
            RecordedRequest sent = server.takeRequest(Duration.ofSeconds(10));
            assertThat(sent.path()).isEqualTo("/v1/images/generations");
            assertThat(sent.header("openai-organization")).contains("org-a");
            assertThat(sent.header("openai-project")).contains("proj_b");
        }

        @Test
        void sendsTheNameOfTheCall() throws InterruptedException {
            server.enqueue(FaultAnswer.json(200, Answers.images(1)));
            try (OpenAiImageAdapter adapter = adapter("balanced")) {
                assertThat(adapter.generate(LAMP, new NamedCall("call-1")).images())
                        .hasSize(1);
            }
            assertThat(server.takeRequest(Duration.ofSeconds(10)).header("idempotency-key"))
                    .contains("call-1");
        }

        @Test
        void tellsWhatOpenAiCounted() throws InterruptedException {
            server.enqueue(FaultAnswer.json(200, Answers.images(2)).header("x-request-id", "req_1"));

            ImageResult result = draw("gpt-image-2", LAMP.toBuilder().count(2).build());

            assertThat(result.images()).containsExactly(Answers.PNG, Answers.PNG);
            assertThat(result.servedBy()).isEqualTo("gpt-image-2");
            assertThat(result.vendorRequestId()).contains("req_1");
            assertThat(result.warnings()).isEmpty();
            assertThat(result.usage())
                    .isEqualTo(Usage.builder()
                            .inputTextTokens(10)
                            .inputImageTokens(50)
                            .outputImageTokens(1056)
                            .outputTextTokens(0)
                            .images(2)
                            .build());
        }

        @Test
        void countsAllTokensOfAnOldAnswerAsThoseOfThePicture() throws InterruptedException {
            server.enqueue(FaultAnswer.json(
                    200,
                    "{\"data\":[{\"b64_json\":\"" + Answers.PNG_BASE64
                            + "\"}],\"usage\":{\"input_tokens\":9,\"output_tokens\":196}}"));

            assertThat(draw("gpt-image-2", LAMP).usage())
                    .isEqualTo(Usage.builder()
                            .inputTextTokens(9)
                            .outputImageTokens(196)
                            .images(1)
                            .build());
        }

        @Test
        void reportsNoUsageWhereThereIsNone() throws InterruptedException {
            server.enqueue(
                    FaultAnswer.json(200, "{\"data\":[{\"b64_json\":\"" + Answers.PNG_BASE64 + "\"}],\"usage\":null}"));

            assertThat(draw("gpt-image-2", LAMP).usage())
                    .isEqualTo(Usage.builder().images(1).build());
        }

        @Test
        void warnsOfAnotherSizeThanTheOneAskedFor() throws InterruptedException {
            server.enqueue(FaultAnswer.json(200, Answers.images(1)));
            ImageRequest request =
                    LAMP.toBuilder().size(new PixelSize(1024, 1024)).build();

            assertThat(draw("gpt-image-2", request).warnings())
                    .containsExactly(new OptionWarning("size", "asked for 1024x1024, drew 64x64"));
        }
    }

    @Nested
    class Edits {

        @Test
        void sendEachFileWithItsOwnNameAndType() throws InterruptedException {
            ImageRequest request = CHANGE.toBuilder()
                    .addReferences(Answers.JPEG)
                    .mask(Answers.PNG)
                    .putOptions("input_fidelity", "high")
                    .putOptions("quality", "low")
                    .build();

            RecordedRequest sent = sent("gpt-image-1.5", request, Answers.images(1));

            assertThat(sent.path()).isEqualTo("/v1/images/edits");
            List<Form.Part> parts = Form.of(sent);
            assertThat(parts.stream().filter(part -> part.fileName().isEmpty()))
                    .extracting(Form.Part::name, Form.Part::text)
                    .containsExactlyInAnyOrder(
                            tuple("model", "gpt-image-1.5"),
                            tuple("prompt", "a brass lamp"),
                            tuple("n", "1"),
                            tuple("quality", "low"),
                            tuple("input_fidelity", "high"));
            assertThat(parts.stream().filter(part -> part.fileName().isPresent()))
                    .extracting(part -> part.name() + " " + part.fileName().orElseThrow() + " "
                            + part.contentType().orElseThrow())
                    .containsExactly(
                            "image[] reference-1.png image/png",
                            "image[] reference-2.jpg image/jpeg",
                            "mask mask.png image/png");
            assertThat(parts.stream()
                            .filter(part -> part.fileName().isPresent())
                            .map(part -> ImageBytes.of(part.body())))
                    .containsExactly(Answers.PNG, Answers.JPEG, Answers.PNG);
        }

        @Test
        void sendASingleReferenceAsImage() throws InterruptedException {
            RecordedRequest sent = sent("gpt-image-2", CHANGE, Answers.images(1));

            assertThat(Form.of(sent)).extracting(Form.Part::name).containsExactly("model", "prompt", "n", "image");
        }
    }

    @Nested
    class Conversations {

        @Test
        void beginWithTheToolThatDraws() throws InterruptedException {
            ImageRequest request = CHANGE.toBuilder()
                    .continuable(true)
                    .size(new PixelSize(1024, 1024))
                    .putOptions("quality", "low")
                    .putOptions("safety_identifier", "u-17")
                    .build();

            RecordedRequest sent = sent("gpt-image-2", request, Answers.turn());

            assertThat(sent.path()).isEqualTo("/v1/responses");
            Json.assertThatJson(sent).isEqualTo("""
                            {"model":"gpt-6-luna","store":true,"safety_identifier":"u-17",
                             "input":[{"type":"message","role":"user","content":[
                              {"type":"input_text","text":"a brass lamp"},
                              {"type":"input_image","detail":"auto","image_url":"data:image/png;base64,%s"}]}],
                             "tools":[{"type":"image_generation","model":"gpt-image-2","size":"1024x1024","quality":"low"}],
                             "tool_choice":{"type":"image_generation"}}
                            """.formatted(Answers.PNG_BASE64));
        }

        @Test
        void goOnFromTheAnswerBefore() throws InterruptedException {
            server.enqueue(FaultAnswer.json(200, Answers.turn()));
            ImageResult first =
                    draw("gpt-image-2", LAMP.toBuilder().continuable(true).build());
            assertThat(first.continuation())
                    .contains(Continuation.of("openai", "resp_one".getBytes(StandardCharsets.UTF_8)));
            assertThat(server.takeRequest(Duration.ofSeconds(10)).path()).isEqualTo("/v1/responses");

            ImageRequest second = ImageRequest.builder("now at night")
                    .continuation(first.continuation().orElseThrow())
                    .build();
            RecordedRequest sent = sent("gpt-image-2", second, Answers.turn());

            Json.assertThatJson(sent).isEqualTo("""
                            {"model":"gpt-6-luna","store":false,"previous_response_id":"resp_one",
                             "input":[{"type":"message","role":"user","content":[{"type":"input_text","text":"now at night"}]}],
                             "tools":[{"type":"image_generation","model":"gpt-image-2"}],
                             "tool_choice":{"type":"image_generation"}}
                            """);
        }

        @Test
        void countTheToolAloneAndWarnOfTheRest() throws InterruptedException {
            server.enqueue(FaultAnswer.json(200, Answers.turn()));

            ImageResult result =
                    draw("gpt-image-2", LAMP.toBuilder().continuable(true).build());

            assertThat(result.text()).contains("Here is a lamp.");
            assertThat(result.usage())
                    .isEqualTo(Usage.builder()
                            .inputTextTokens(20)
                            .inputImageTokens(50)
                            .outputImageTokens(196)
                            .outputTextTokens(0)
                            .images(1)
                            .build());
            assertThat(result.warnings())
                    .containsExactly(new OptionWarning(
                            "continuable",
                            "gpt-6-luna read 2100 tokens and wrote 40 beside the picture: they are charged at its price"
                                    + " and not in the usage"));
        }

        @Test
        void sendAMaskToTheTool() throws InterruptedException {
            ImageRequest request =
                    CHANGE.toBuilder().mask(Answers.PNG).continuable(true).build();

            assertThat(Json.of(sent("gpt-image-2", request, Answers.turn()))
                            .at("/tools/0/input_image_mask/image_url")
                            .asText())
                    .isEqualTo("data:image/png;base64," + Answers.PNG_BASE64);
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource({
            "input, BLOCKED_INPUT, REJECTED",
            "unknown, BLOCKED_INPUT, REJECTED",
            "output, BLOCKED_OUTPUT, BILLED_UNUSABLE"
        })
        void tellWhereAPolicyStepped(String stage, Refusal refusal, Billed billed) throws InterruptedException {
            server.enqueue(FaultAnswer.json(
                    200,
                    Answers.turnWith(
                            "{\"type\":\"image_generation_call\",\"status\":\"failed\",\"result\":null,\"error\":"
                                    + "{\"code\":\"moderation_blocked\",\"message\":\"no\",\"moderation_details\":{\"categories\":"
                                    + "[\"violence\"],\"moderation_stage\":\"" + stage + "\"}}}")));

            ModelException failure =
                    failure("gpt-image-2", LAMP.toBuilder().continuable(true).build());

            assertThat(failure.reason()).isEqualTo(Reason.BLOCKED_BY_POLICY);
            assertThat(failure.refusal()).contains(refusal);
            assertThat(failure.billed()).isEqualTo(billed);
            assertThat(failure.vendorMessage()).contains("no");
        }

        @Test
        void tellThatTheModelDeclined() throws InterruptedException {
            server.enqueue(
                    FaultAnswer.json(
                            200,
                            Answers.turnWith(
                                    "{\"type\":\"message\",\"content\":[{\"type\":\"refusal\",\"refusal\":\"I will not.\"}]}")));

            ModelException failure =
                    failure("gpt-image-2", LAMP.toBuilder().continuable(true).build());

            assertThat(failure.refusal()).contains(Refusal.REFUSED);
            assertThat(failure.billed()).isEqualTo(Billed.BILLED_UNUSABLE);
            assertThat(failure.vendorMessage()).contains("I will not.");
        }

        @Test
        void tellThatNothingWasDrawn() throws InterruptedException {
            server.enqueue(
                    FaultAnswer.json(
                            200,
                            Answers.turnWith(
                                    "{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"Which lamp?\"}]}")));

            ModelException failure =
                    failure("gpt-image-2", LAMP.toBuilder().continuable(true).build());

            assertThat(failure.reason()).isEqualTo(Reason.MALFORMED_ANSWER);
            assertThat(failure.refusal()).contains(Refusal.NO_PICTURE);
            assertThat(failure.vendorMessage()).contains("Which lamp?");
        }

        @Test
        void refuseAContinuationOfSomeoneElse() throws InterruptedException {
            ImageRequest request = LAMP.toBuilder()
                    .continuation(Continuation.of("gcp.gemini", "resp_one".getBytes(StandardCharsets.UTF_8)))
                    .build();

            assertThat(failure("gpt-image-2", request))
                    .hasMessage(
                            "gpt-image-2 cannot go on from this continuation: it is of gcp.gemini, or not made here");
            assertThat(server.requestCount()).isZero();
        }

        @Test
        void refuseSeveralPicturesATurn() throws InterruptedException {
            assertThat(failure(
                            "gpt-image-2",
                            LAMP.toBuilder().continuable(true).count(2).build()))
                    .hasMessageEndingWith("count was 2");
            assertThat(server.requestCount()).isZero();
        }
    }

    @Nested
    class Sizes {

        @ParameterizedTest(name = "{0} of {1} becomes {2}")
        @CsvSource({
            "gpt-image-2, 1536x864, 1536x864",
            "gpt-image-2, 3840x2160, 3840x2160",
            "gpt-image-2, 2160x3840, 2160x3840",
            "gpt-image-2, 1000x1000, 1008x1008",
            "gpt-image-2, 512x512, 816x816",
            "gpt-image-2, 8000x1000, 3840x1280",
            "gpt-image-2, 5000x5000, 2880x2880",
            "gpt-image-1.5, 1024x1024, 1024x1024",
            "gpt-image-1.5, 1920x1080, 1536x1024",
            "gpt-image-1.5, 600x900, 1024x1536"
        })
        void becomeTheNearestThatTheModelDraws(String model, String asked, String planned) throws InterruptedException {
            ImageRequest request = LAMP.toBuilder().size(PixelSize.parse(asked)).build();

            RecordedRequest sent = sent(model, request, Answers.images(1));

            assertThat(Json.of(sent).path("size").asText()).isEqualTo(planned);
            try (OpenAiImageAdapter adapter = adapter(model)) {
                assertThat(options(adapter.unsupported(request)))
                        .isEqualTo(asked.equals(planned) ? List.of() : List.of("size"));
            }
        }

        @ParameterizedTest(name = "{0} of {1} becomes {2}")
        @CsvSource({
            "gpt-image-2, 1:1, 1024x1024, true",
            "gpt-image-2, 16:9, 1280x720, true",
            "gpt-image-2, 9:16, 720x1280, true",
            "gpt-image-2, 3:1, 1776x592, true",
            "gpt-image-2, 1001:1000, 1024x1024, true",
            "gpt-image-2, 5:1, 1776x592, false",
            "gpt-image-1.5, 3:2, 1536x1024, true",
            "gpt-image-1.5, 16:9, 1536x1024, false"
        })
        void haveTheRatioOrAWarning(String model, String ratio, String planned, boolean same)
                throws InterruptedException {
            ImageRequest request =
                    LAMP.toBuilder().aspectRatio(AspectRatio.parse(ratio)).build();

            RecordedRequest sent = sent(model, request, Answers.images(1));

            assertThat(Json.of(sent).path("size").asText()).isEqualTo(planned);
            try (OpenAiImageAdapter adapter = adapter(model)) {
                assertThat(options(adapter.unsupported(request))).isEqualTo(same ? List.of() : List.of("aspectRatio"));
            }
        }
    }

    @Nested
    class Options {

        @ParameterizedTest(name = "{0}: {1}={2}")
        @CsvSource({
            "gpt-image-2, input_fidelity, high, left out: gpt-image-2 does not take it",
            "gpt-image-2.6-flare, input_fidelity, low, left out: gpt-image-2.6-flare does not take it",
            "gpt-image-1-mini, input_fidelity, high, 'left out: gpt-image-1-mini takes low, was high'",
            "gpt-image-2, moderation, low, left out: for requests without references only",
            "gpt-image-2, quality, max, 'left out: gpt-image-2 takes auto, low, medium, high, was max'",
            "gpt-image-2, output_format, gif, 'left out: gpt-image-2 takes png, jpeg, webp, was gif'",
            "gpt-image-2, negative_prompt, blur, left out: not an option of OpenAI's image models that this adapter knows"
        })
        void thatTheModelDoesNotTakeAreLeftOutWithAWarning(String model, String option, String value, String message)
                throws InterruptedException {
            ImageRequest request = CHANGE.toBuilder().putOptions(option, value).build();
            server.enqueue(FaultAnswer.json(200, Answers.images(1)));

            assertThat(draw(model, request).warnings()).containsExactly(new OptionWarning(option, message));

            assertThat(server.takeRequest(Duration.ofSeconds(10)).bodyText()).doesNotContain(option);
        }

        @Test
        void thatHaveNoEffectAreLeftOutWithAWarning() {
            try (OpenAiImageAdapter adapter = adapter("gpt-image-1.5")) {
                ImageRequest request = LAMP.toBuilder()
                        .seed(7)
                        .putOptions("output_compression", 50)
                        .putOptions("input_fidelity", "low")
                        .build();
                assertThat(options(adapter.unsupported(request)))
                        .containsExactlyInAnyOrder("seed", "output_compression", "input_fidelity");
            }
        }

        @Test
        void areNotHeldBackFromAModelThatNobodyKnows() throws InterruptedException {
            server.enqueue(FaultAnswer.json(200, Answers.images(1)));
            ImageRequest request = LAMP.toBuilder()
                    .size(new PixelSize(77, 33))
                    .putOptions("quality", "ultra")
                    .build();
            try (OpenAiImageAdapter adapter = OpenAiImageAdapter.builder("test-key")
                            .baseUrl(server.uri().resolve("/v1"))
                            .profile(ModelProfile.builder("gpt-image-9", "openai")
                                    .build())
                            .build();
                    TestCallContext call = TestCallContext.unbounded()) {
                assertThat(options(adapter.generate(request, call).warnings())).containsExactly("size");
            }
            Json.assertThatJson(server.takeRequest(Duration.ofSeconds(10))).isEqualTo("""
                            {"model":"gpt-image-9","prompt":"a brass lamp","n":1,"size":"77x33","quality":"ultra"}
                            """);
        }

        @ParameterizedTest(name = "{0}")
        @ValueSource(strings = {"quality", "output_compression", "user"})
        void ofAnotherKindAreRefused(String option) throws InterruptedException {
            ModelException failure = failure(
                    "gpt-image-2",
                    LAMP.toBuilder().putOptions(option, List.of(101)).build());

            assertThat(failure.reason()).isEqualTo(Reason.INVALID_REQUEST);
            assertThat(failure.billed()).isEqualTo(Billed.NOT_SENT);
            assertThat(failure).hasMessageContaining(option);
            assertThat(server.requestCount()).isZero();
        }

        @Test
        void thatExcludeEachOtherAreRefused() throws InterruptedException {
            ImageRequest request = LAMP.toBuilder()
                    .putOptions("output_format", "jpeg")
                    .putOptions("background", "transparent")
                    .build();

            assertThat(failure("gpt-image-2", request))
                    .hasMessage(
                            "gpt-image-2 draws a transparent background as png or webp only, output_format was jpeg");
        }
    }

    @Nested
    class Limits {

        @Test
        void ofReferencesAreCheckedBeforeAnythingIsSent() throws InterruptedException {
            ModelException failure = failure(
                    "gpt-image-2",
                    LAMP.toBuilder()
                            .references(Collections.nCopies(17, Answers.PNG))
                            .build());

            assertThat(failure).hasMessage("gpt-image-2 takes at most 16 references, had 17");
            assertThat(failure.reason()).isEqualTo(Reason.INVALID_REQUEST);
            assertThat(failure.billed()).isEqualTo(Billed.NOT_SENT);
            assertThat(server.requestCount()).isZero();
        }

        @Test
        void ofAMaskAreCheckedBeforeAnythingIsSent() throws InterruptedException {
            ImageRequest jpeg = CHANGE.toBuilder().mask(Answers.JPEG).build();
            assertThat(failure("gpt-image-2", jpeg))
                    .hasMessage("gpt-image-2 takes a mask as PNG only, mask was image/jpeg");

            ImageRequest other = LAMP.toBuilder()
                    .addReferences(Answers.JPEG)
                    .mask(Answers.PNG)
                    .build();
            assertThat(failure("gpt-image-2", other))
                    .hasMessage("gpt-image-2 takes a mask of the size of the first reference, mask was 64x64,"
                            + " references[0] 1x1");
            assertThat(server.requestCount()).isZero();
        }
    }

    @Nested
    class Settings {

        @Test
        void refuseAKeyOfAnotherFormWithoutShowingIt() {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> OpenAiImageAdapter.builder("a secret\n"))
                    .withMessageNotContaining("secret");
        }

        @Test
        void nameTheModelsWhereOneIsNotThere() {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> OpenAiImageAdapter.builder("k").model("gpt-4o"))
                    .withMessageContaining("gpt-image-2.6-flare");
        }

        @Test
        void refuseABaseUrlThatIsNoHttpAddress() {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> OpenAiImageAdapter.builder("k").baseUrl(URI.create("ftp://x/v1")))
                    .withMessageStartingWith("baseUrl must be");
        }
    }

    private record NamedCall(String name) implements CallContext {

        @Override
        public Duration timeLeft() {
            return Duration.ofSeconds(30);
        }

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public Registration onCancel(Runnable hook) {
            return () -> {};
        }

        @Override
        public Optional<String> idempotencyKey() {
            return Optional.of(name);
        }
    }
}
