package dev.pictor.adapter.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.image.AspectRatio;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.Imaging;
import dev.pictor.image.Picture;
import dev.pictor.image.PixelSize;
import dev.pictor.image.color.RgbColor;
import dev.pictor.model.Continuation;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelFailure.Refusal;
import dev.pictor.model.OptionWarning;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalImageAdapterTest {

    private static final ImageRequest LAMP =
            ImageRequest.builder("a brass lamp").build();
    /** 64x64, transparent all over. */
    private static final ImageBytes CLEAR = ImageBytes.wrap(Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAYAAACqaXHeAAAAJ0lEQVR42u3BAQ0AAADCoPdPbQ43oAAAAAAAAAAAAA"
                    + "AAAAAAAIB3A0BAAAGveg7oAAAAAElFTkSuQmCC"));

    private final Bench openAi = Bench.of(LocalServer.openAi("sk-made-up"));
    private final ImageBytes drawn = Bench.png(8, 6);

    @AfterEach
    void close() {
        openAi.close();
    }

    @CanIgnoreReturnValue
    private ImageResult draw(Bench bench, String model, ImageRequest request) throws InterruptedException {
        bench.answering(200, Bench.pictures(drawn));
        return Bench.with(call -> bench.local.images(model).generate(request, call));
    }

    private ModelException fail(int status, String answer) {
        openAi.answering(status, answer);
        return Bench.fails(call -> openAi.local.images("gpt-image-2").generate(LAMP, call));
    }

    @Nested
    class Requests {

        @Test
        void ofOnePictureHaveNothingElseInThem() throws InterruptedException {
            ImageResult result = draw(openAi, "gpt-image-2", LAMP);

            assertThat(openAi.request().path()).isEqualTo("/v1/images/generations");
            assertThat(openAi.request().header("authorization")).contains("Bearer sk-made-up");
            assertThat(openAi.sent()).isEqualTo(Bench.json("""
                    {"model": "gpt-image-2", "prompt": "a brass lamp"}"""));
            assertThat(result.images()).containsExactly(drawn);
            assertThat(result.servedBy()).isEqualTo("gpt-image-2");
            assertThat(result.warnings()).isEmpty();
        }

        @Test
        void haveTheOptionsOfTheImageApi() throws InterruptedException {
            openAi.answering(200, Bench.pictures(drawn, drawn));
            ImageRequest request = LAMP.toBuilder()
                    .count(2)
                    .size(new PixelSize(1536, 864))
                    .putOptions("quality", "high")
                    .putOptions("background", "opaque")
                    .putOptions("output_format", "jpeg")
                    .putOptions("output_compression", 80)
                    .putOptions("moderation", "low")
                    .build();

            ImageResult result =
                    Bench.with(call -> openAi.local.images("gpt-image-2").generate(request, call));

            assertThat(openAi.sent()).isEqualTo(Bench.json("""
                    {"model": "gpt-image-2", "prompt": "a brass lamp", "n": 2, "size": "1536x864", "quality": "high",
                     "background": "opaque", "output_format": "jpeg", "output_compression": 80, "moderation": "low"}"""));
            assertThat(result.images()).hasSize(2);
            assertThat(result.warnings()).containsExactly(new OptionWarning("size", "asked 1536x864, drew 8x6"));
        }

        @Test
        void withReferencesAreForms() throws InterruptedException {
            ImageRequest request = LAMP.toBuilder()
                    .addReferences(Bench.png(64, 64), Bench.jpeg(8, 6))
                    .mask(CLEAR)
                    .putOptions("input_fidelity", "high")
                    .build();

            ImageResult result = draw(openAi, "gpt-image-1.5", request);

            assertThat(openAi.request().path()).isEqualTo("/v1/images/edits");
            String type = openAi.request().header("content-type").orElseThrow();
            assertThat(type).startsWith("multipart/form-data; boundary=");
            assertThat(parts(openAi))
                    .containsExactly(
                            "Content-Disposition: form-data; name=\"model\"",
                            "gpt-image-1.5",
                            "Content-Disposition: form-data; name=\"prompt\"",
                            "a brass lamp",
                            "Content-Disposition: form-data; name=\"input_fidelity\"",
                            "high",
                            "Content-Disposition: form-data; name=\"image[]\"; filename=\"reference-1.png\"",
                            "Content-Type: image/png",
                            "Content-Disposition: form-data; name=\"image[]\"; filename=\"reference-2.jpg\"",
                            "Content-Type: image/jpeg",
                            "Content-Disposition: form-data; name=\"mask\"; filename=\"mask.png\"",
                            "Content-Type: image/png");
            assertThat(openAi.request().bodyText()).doesNotContain("response_format");
            assertThat(result.images()).containsExactly(drawn);
        }

        @Test
        void withAnOptionThatNoFormCanHoldAreNotSent() {
            ImageRequest request = LAMP.toBuilder()
                    .addReferences(drawn)
                    .putOptions("quality", List.of("high"))
                    .build();

            ModelException refused =
                    Bench.fails(call -> openAi.local.images("gpt-image-2").generate(request, call));

            assertThat(refused.reason()).isEqualTo(Reason.INVALID_REQUEST);
            assertThat(refused.billed()).isEqualTo(Billed.NOT_SENT);
            assertThat(openAi.server.requestCount()).isZero();
        }

        @Test
        void leaveOutWhatTheServerDoesNotKnowAndSaySo() throws InterruptedException {
            ImageRequest request = LAMP.toBuilder()
                    .seed(7)
                    .continuable(true)
                    .putOptions("style", "vivid")
                    .build();

            ImageResult result = draw(openAi, "gpt-image-2", request);

            assertThat(openAi.sent()).isEqualTo(Bench.json("""
                    {"model": "gpt-image-2", "prompt": "a brass lamp"}"""));
            assertThat(result.warnings())
                    .extracting(OptionWarning::option)
                    .containsExactly("seed", "continuable", "style");
            assertThat(openAi.local.images("gpt-image-2").unsupported(request)).isEqualTo(result.warnings());
        }

        @ParameterizedTest
        @CsvSource({
            "gpt-image-1.5, 1000x1000, 1024x1024",
            "gpt-image-1.5, 1920x1080, 1536x1024",
            "gpt-image-1.5, 300x900, 1024x1536",
            "gpt-image-2, 1000x1000, 1008x1008",
            "gpt-image-2, 328x200, 1040x640",
            "gpt-image-2, 8000x8000, 2880x2880",
            "gpt-image-2, 4000x100, 1408x480"
        })
        void askForTheNearestSizeThatOpenAiDraws(String model, PixelSize asked, String sent)
                throws InterruptedException {
            ImageRequest request = LAMP.toBuilder().size(asked).build();

            ImageResult result = draw(openAi, model, request);

            assertThat(openAi.sent().path("size").asText()).isEqualTo(sent);
            assertThat(result.warnings())
                    .containsExactly(new OptionWarning(
                            "size", "asked for " + sent + ", the nearest to " + asked + " that it draws"));
            assertThat(openAi.local.images(model).unsupported(request)).isEqualTo(result.warnings());
        }

        @ParameterizedTest
        @CsvSource({
            "gpt-image-1.5, 16:9, 1536x1024",
            "gpt-image-1.5, 1:1, 1024x1024",
            "gpt-image-2, 16:9, 1360x768",
            "gpt-image-2, 1:1, 1024x1024",
            "gpt-image-2, 3:4, 880x1184"
        })
        void askForASizeWhereARatioIsWanted(String model, String ratio, String sent) throws InterruptedException {
            draw(
                    openAi,
                    model,
                    LAMP.toBuilder().aspectRatio(AspectRatio.parse(ratio)).build());

            assertThat(openAi.sent().path("size").asText()).isEqualTo(sent);
        }

        @Test
        void thatGoOnFromAnEarlierAnswerAreNotSent() {
            ImageRequest request = LAMP.toBuilder()
                    .continuation(Continuation.of("openai", new byte[] {1}))
                    .build();

            ModelException refused =
                    Bench.fails(call -> openAi.local.images("gpt-image-2").generate(request, call));

            assertThat(refused.billed()).isEqualTo(Billed.NOT_SENT);
            assertThat(openAi.server.requestCount()).isZero();
        }
    }

    @Nested
    class Answers {

        @Test
        void tellWhatWasCounted() throws InterruptedException {
            openAi.answering(200, """
                    {"data": [{"b64_json": "%s"}], "output_format": "png", "usage": {
                      "input_tokens": 310, "input_tokens_details": {"text_tokens": 13, "image_tokens": 297},
                      "output_tokens": 1060, "output_tokens_details": {"text_tokens": 4, "image_tokens": 1056}}}""".formatted(Bench.base64(drawn)));

            ImageResult result =
                    Bench.with(call -> openAi.local.images("gpt-image-2").generate(LAMP, call));

            assertThat(result.usage().inputTextTokens()).hasValue(13);
            assertThat(result.usage().inputImageTokens()).hasValue(297);
            assertThat(result.usage().outputTextTokens()).hasValue(4);
            assertThat(result.usage().outputImageTokens()).hasValue(1056);
            assertThat(result.usage().images()).isEqualTo(1);
        }

        @Test
        void withoutDetailsCountAllTokensAsThoseOfPictures() throws InterruptedException {
            openAi.answering(
                    200,
                    "{\"data\": [{\"b64_json\": \"" + Bench.base64(drawn)
                            + "\"}], \"usage\": {\"output_tokens\": 272, \"input_tokens\": -1}}");

            ImageResult result =
                    Bench.with(call -> openAi.local.images("gpt-image-2").generate(LAMP, call));

            assertThat(result.usage().outputImageTokens()).hasValue(272);
            assertThat(result.usage().inputTextTokens()).isEmpty();
        }

        @Test
        void withTheAddressOfAPictureAreOfNoUseAndSayWhy() {
            ModelException failure =
                    fail(200, "{\"data\": [{\"url\": \"http://127.0.0.1/generated-images/b641.png\"}]}");

            assertThat(failure.reason()).isEqualTo(Reason.MALFORMED_ANSWER);
            assertThat(failure.billed()).isEqualTo(Billed.BILLED_UNUSABLE);
            assertThat(failure.refusal()).contains(Refusal.NO_PICTURE);
            assertThat(failure)
                    .hasMessage("gpt-image-2 answered with the address of a picture, which is not fetched:"
                            + " let the server send base64");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "{\"data\": []}",
                    "{\"data\": [{\"b64_json\": null, \"url\": null}]}",
                    "{\"data\": null}"
                })
        void withoutAPictureAreOfNoUse(String answer) {
            ModelException failure = fail(200, answer);

            assertThat(failure.reason()).isEqualTo(Reason.MALFORMED_ANSWER);
            assertThat(failure.refusal()).contains(Refusal.NO_PICTURE);
            assertThat(failure).hasMessage("gpt-image-2 answered without a picture");
        }

        @Test
        void mayRefuseThePrompt() {
            ModelException failure = fail(400, """
                    {"error": {"message": "Your request was rejected. safety_violations=[sexual].", "param": null,
                      "type": "image_generation_user_error", "code": "moderation_blocked"}}""");

            assertThat(failure.reason()).isEqualTo(Reason.BLOCKED_BY_POLICY);
            assertThat(failure.refusal()).contains(Refusal.BLOCKED_INPUT);
            assertThat(failure.billed()).isEqualTo(Billed.REJECTED);
            assertThat(failure.getMessage()).doesNotContain("safety_violations");
        }

        @ParameterizedTest
        @CsvSource({
            "429, insufficient_quota, QUOTA_EXHAUSTED",
            "400, billing_hard_limit_reached, QUOTA_EXHAUSTED",
            "429, rate_limit_exceeded, RATE_LIMITED",
            "401, invalid_api_key, UNAUTHORIZED",
            "403, unsupported_country_region_territory, FORBIDDEN",
            "404, model_not_found, MODEL_NOT_FOUND",
            "400, invalid_value, INVALID_REQUEST",
            "500, server_error, UNAVAILABLE"
        })
        void tellByCodeWhatWentWrong(int status, String code, Reason reason) {
            ModelException failure = fail(
                    status,
                    "{\"error\": {\"message\": \"words\", \"type\": \"some_error\", \"param\": null, \"code\": \""
                            + code + "\"}}");

            assertThat(failure.reason()).isEqualTo(reason);
            assertThat(failure.httpStatus()).hasValue(status);
        }
    }

    @Nested
    class OtherServers {

        @Test
        void stableDiffusionCppTakesAMaskThatIsWhiteWhereItDraws() throws InterruptedException {
            try (Bench bench = Bench.of(ServerProfile.named("sd-cpp"))) {
                ImageRequest request = LAMP.toBuilder()
                        .addReferences(Bench.png(64, 64))
                        .mask(CLEAR)
                        .build();

                draw(bench, "sd-cpp-local", request);

                byte[] body = bench.request().body();
                String text = new String(body, StandardCharsets.ISO_8859_1);
                int start = text.indexOf("\u0089PNG", text.indexOf("name=\"mask\""));
                byte[] png = java.util.Arrays.copyOfRange(body, start, text.indexOf("\r\n--", start));
                Picture mask = Imaging.ofDefaults().decode(ImageBytes.wrap(png)).picture();
                assertThat(mask.size()).isEqualTo(new PixelSize(64, 64));
                assertThat(mask.color(10, 10)).isEqualTo(new RgbColor(255, 255, 255));
                assertThat(text).contains("name=\"image[]\"");
            }
        }

        @Test
        void stableDiffusionCppTellsItsErrorsInWords() {
            try (Bench bench = Bench.of(ServerProfile.named("sd-cpp"))) {
                bench.answering(400, "{\"error\": \"prompt required\"}");

                ModelException failure =
                        Bench.fails(call -> bench.local.images("sd-cpp-local").generate(LAMP, call));

                assertThat(failure.reason()).isEqualTo(Reason.INVALID_REQUEST);
                assertThat(failure.vendorMessage()).contains("prompt required");
            }
        }

        @Test
        void localAiIsToldToSendPicturesAndDrawsAfterNone() throws InterruptedException {
            try (Bench bench = Bench.of(ServerProfile.named("localai"))) {
                draw(bench, "stablediffusion", LAMP);

                assertThat(bench.sent()).isEqualTo(Bench.json("""
                        {"model": "stablediffusion", "prompt": "a brass lamp", "response_format": "b64_json"}"""));
                ModelException refused = Bench.fails(call -> bench.local
                        .images("stablediffusion")
                        .generate(LAMP.toBuilder().addReferences(drawn).build(), call));
                assertThat(refused).hasMessage("stablediffusion takes at most 0 references, was given 1");
                assertThat(bench.server.requestCount()).isEqualTo(1);
            }
        }

        @Test
        void vllmOmniTakesSeedsAndSeveralPicturesOfOneName() throws InterruptedException {
            try (Bench bench = Bench.of(ServerProfile.named("vllm-omni"))) {
                ImageRequest request = LAMP.toBuilder()
                        .addReferences(drawn, drawn)
                        .seed(7)
                        .putOptions("num_inference_steps", 20)
                        .build();

                ImageResult result = draw(bench, "Qwen/Qwen-Image-Edit-2511", request);

                assertThat(parts(bench))
                        .contains(
                                "Content-Disposition: form-data; name=\"seed\"",
                                "Content-Disposition: form-data; name=\"num_inference_steps\"",
                                "Content-Disposition: form-data; name=\"image\"; filename=\"reference-1.png\"",
                                "Content-Disposition: form-data; name=\"image\"; filename=\"reference-2.png\"");
                assertThat(result.warnings()).isEmpty();
                assertThat(bench.local.imageProfile("any").supportsSeed()).isTrue();
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"ollama", "lmstudio", "llama-cpp", "vllm"})
        void thatDrawNothingSaySoBeforeAnythingIsSent(String name) {
            ServerProfile profile = ServerProfile.named(name);
            try (Bench bench = Bench.of(profile)) {
                assertThatThrownBy(() -> bench.local.images("flux"))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage(profile.title() + " has no pictures (IMAGES), so flux cannot be asked there");
            }
        }

        @Test
        void cannotBePromisedMoreThanTheyTake() {
            try (Bench bench = Bench.of(ServerProfile.named("localai"))) {
                var profile = bench.local.imageProfile("flux").toBuilder();

                assertThatThrownBy(() ->
                                bench.local.images(profile.maxReferences(2).build()))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("LocalAI draws after no pictures, so flux takes no references");
                assertThatThrownBy(() -> bench.local.images(
                                profile.maxReferences(0).supportsMask(true).build()))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("a profile for LocalAI must promise no mask, no seed, no continuation, was flux");
            }
        }
    }

    /** The heads and the texts of a form. */
    private static List<String> parts(Bench bench) {
        return bench.request()
                .bodyText()
                .lines()
                .filter(line -> line.startsWith("Content-") || line.matches("[ -~]{1,60}"))
                .filter(line -> !line.startsWith("--") && !line.isBlank())
                .filter(line -> line.startsWith("Content-")
                        || List.of("gpt-image-1.5", "a brass lamp", "high").contains(line))
                .toList();
    }

    @Test
    void oneServerIsFreeAndTheOtherHasPrices() {
        assertThat(openAi.local.imageProfile("gpt-image-2").price()).isPresent();
    }
}
