package dev.pictor.adapter.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pictor.image.AspectRatio;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.ImageFormat;
import dev.pictor.image.PixelSize;
import dev.pictor.model.FinishReason;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageRequestBuilder;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.Money;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.PlannedUse;
import dev.pictor.model.Usage;
import dev.pictor.testkit.FaultAnswer;
import dev.pictor.testkit.RecordedRequest;
import dev.pictor.testkit.TestCallContext;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiImageAdapterTest extends GeminiFixture {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Nested
    class ARequest {

        @Test
        void isOnePostWithTheKeyInItsHeaderAndNothingOfOurs() throws Exception {
            assertThat(draw(LAMP).images()).hasSize(1);
            RecordedRequest sent = sent();
            assertThat(sent.method()).isEqualTo("POST");
            assertThat(sent.path()).isEqualTo("/v1beta/models/gemini-nano-banana-2.1:generateContent");
            assertThat(sent.header("x-goog-api-key")).contains(KEY);
            assertThat(sent.headers().keySet()).noneMatch(name -> name.contains("pictor"));
            assertThat(json(sent)).isEqualTo(MAPPER.readTree("""
                    {"contents":[{"parts":[{"text":"a brass lamp on a walnut desk"}],"role":"user"}],
                     "generationConfig":{"responseModalities":["TEXT","IMAGE"]}}"""));
            assertThat(server.requestCount()).isEqualTo(1);
        }

        @Test
        void carriesReferencesAfterTheTextInOrder() throws Exception {
            byte[] jpeg = Answers.picture(8, 8, "jpg");
            ImageResult drawn = draw(with(r -> r.addReferences(ImageBytes.of(Answers.PNG), ImageBytes.of(jpeg))));
            assertThat(drawn.warnings()).isEmpty();
            JsonNode parts = json(sent()).at("/contents/0/parts");
            assertThat(parts).hasSize(3);
            assertThat(parts.at("/1/inlineData/mimeType").asText()).isEqualTo("image/png");
            assertThat(parts.at("/1/inlineData/data").binaryValue()).isEqualTo(Answers.PNG);
            assertThat(parts.at("/2/inlineData/mimeType").asText()).isEqualTo("image/jpeg");
            assertThat(parts.at("/2/inlineData/data").binaryValue()).isEqualTo(jpeg);
        }

        @ParameterizedTest
        @CsvSource({
            "1024x1024, 1:1, 1K",
            "1536x1024, 3:2, 1K",
            "1920x1080, 16:9, 1K",
            "2048x2048, 1:1, 2K",
            "3840x2160, 16:9, 2K",
            "4000x3000, 4:3, 4K",
            "2560x1097, 21:9, 2K",
            "256x2048, 1:8, 1K",
            "16x16, 1:1, 1K",
        })
        void asksForTheNearestRatioAndSizeClass(String size, String ratio, String sizeClass) throws Exception {
            ImageResult drawn = draw(with(r -> r.size(PixelSize.parse(size))));
            JsonNode config = json(sent()).at("/generationConfig/imageConfig");
            assertThat(config.path("aspectRatio").asText()).isEqualTo(ratio);
            assertThat(config.path("imageSize").asText()).isEqualTo(sizeClass);
            assertThat(drawn.warnings())
                    .containsExactly(new OptionWarning(
                            "size", "Google draws by ratio and size class: asked " + size + ", drew 32x18"));
        }

        @Test
        void isNotWarnedOfASizeThatCame() throws Exception {
            assertThat(draw(with(r -> r.size(new PixelSize(32, 18)))).warnings())
                    .isEmpty();
        }

        @Test
        void asksForARatioAtTheUsualSizeByItsWireName() throws Exception {
            ImageResult drawn = draw(with(r -> r.aspectRatio(new AspectRatio(21, 9))));
            assertThat(json(sent()).at("/generationConfig/imageConfig"))
                    .isEqualTo(MAPPER.readTree("{\"aspectRatio\":\"21:9\"}"));
            assertThat(drawn.warnings()).containsExactly(new OptionWarning("aspectRatio", "asked 7:3, drew 32x18"));
        }

        @Test
        void carriesASeedAndWarnsThatNothingIsPromised() throws Exception {
            ImageResult drawn = draw(with(r -> r.seed(-7)));
            assertThat(json(sent()).at("/generationConfig/seed").asInt()).isEqualTo(-7);
            assertThat(drawn.warnings()).extracting(OptionWarning::option).containsExactly("seed");
        }

        @Test
        void leavesOutASeedOfMoreThan32Bits() throws Exception {
            ImageResult drawn = draw(with(r -> r.seed(1L << 31)));
            assertThat(json(sent()).path("generationConfig").has("seed")).isFalse();
            assertThat(drawn.warnings())
                    .containsExactly(new OptionWarning("seed", "left out: Gemini takes 32 bits, was 2147483648"));
        }

        @Test
        void carriesTheOptionsThatTheAdapterKnows() throws Exception {
            ImageResult drawn = draw(with(r -> r.putOptions("temperature", 0.5)
                    .putOptions("topP", 1)
                    .putOptions(
                            "safetySettings",
                            List.of(Map.of("category", "HARM_CATEGORY_HARASSMENT", "threshold", "BLOCK_ONLY_HIGH")))));
            JsonNode sent = json(sent());
            assertThat(sent.at("/generationConfig/temperature").asDouble()).isEqualTo(0.5);
            assertThat(sent.at("/generationConfig/topP").asDouble()).isEqualTo(1);
            assertThat(sent.path("safetySettings"))
                    .isEqualTo(MAPPER.readTree(
                            "[{\"category\":\"HARM_CATEGORY_HARASSMENT\",\"threshold\":\"BLOCK_ONLY_HIGH\"}]"));
            assertThat(drawn.warnings()).isEmpty();
        }

        @Test
        void asksForTheSizeClassThatIsNamed() throws Exception {
            assertThat(draw(with(r -> r.aspectRatio(new AspectRatio(16, 9)).putOptions("imageSize", "4K")))
                            .warnings())
                    .isEmpty();
            assertThat(json(sent()).at("/generationConfig/imageConfig"))
                    .isEqualTo(MAPPER.readTree("{\"aspectRatio\":\"16:9\",\"imageSize\":\"4K\"}"));
        }

        @Test
        void saysBeforehandWhatWillNotBeHonoured() throws Exception {
            ImageRequest odd =
                    with(r -> r.aspectRatio(new AspectRatio(5, 17)).seed(3).putOptions("style", "vivid"));
            List<OptionWarning> before = adapter.unsupported(odd);
            assertThat(before)
                    .extracting(OptionWarning::option)
                    .containsExactlyInAnyOrder("style", "seed", "aspectRatio");
            assertThat(draw(odd).warnings()).isEqualTo(before);
            assertThat(adapter.unsupported(with(r -> r.size(new PixelSize(600, 2040)))))
                    .containsExactly(new OptionWarning("size", "draws no 5:17; 1:4 is nearest"));
            assertThat(adapter.unsupported(with(r -> r.size(new PixelSize(1024, 1024)))))
                    .isEmpty();
        }

        @Test
        void isRefusedBeforeItIsSentWhenAnOptionHasAnotherType() {
            Map<String, Object> wrong = new HashMap<>();
            wrong.put("temperature", "hot");
            wrong.put("topP", List.of());
            wrong.put("safetySettings", "off");
            wrong.put("imageSize", 2);
            wrong.forEach((name, value) -> assertRefused(with(r -> r.putOptions(name, value)), "for option " + name));
            assertRefused(
                    with(r -> r.putOptions("safetySettings", List.of(Map.of("category", "HARM_CATEGORY_HARASSMENT")))),
                    "a category and a threshold");
            assertRefused(
                    with(r -> r.putOptions("imageSize", "512")), "needs one of [1K, 2K, 4K] for option imageSize");
        }

        @Test
        void isRefusedBeforeItIsSentWhenItIsBeyondTheProfile() {
            ImageBytes picture = ImageBytes.of(Answers.PNG);
            assertRefused(with(r -> r.count(2)), "draws 1 at a time, was asked for 2");
            assertRefused(
                    with(r -> r.references(Collections.nCopies(15, picture))),
                    "takes at most 14 references, was given 15");
            assertRefused(with(r -> r.addReferences(picture).mask(picture)), "takes no mask");
        }

        private void assertRefused(ImageRequest request, String message) {
            try (TestCallContext call = TestCallContext.unbounded()) {
                assertThatThrownBy(() -> adapter.generate(request, call))
                        .isInstanceOfSatisfying(ModelException.class, refusal -> {
                            assertThat(refusal.reason()).isEqualTo(Reason.INVALID_REQUEST);
                            assertThat(refusal.billed()).isEqualTo(Billed.NOT_SENT);
                        })
                        .hasMessageStartingWith("gemini-nano-banana-2.1 ")
                        .hasMessageContaining(message);
            }
            assertThat(server.requestCount()).isZero();
        }
    }

    @Nested
    class AnAnswer {

        @Test
        void isReadInFull() throws Exception {
            ImageResult drawn = draw(LAMP);
            assertThat(drawn.images()).containsExactly(ImageBytes.of(Answers.PNG));
            assertThat(drawn.text()).contains("Here is your lamp.");
            assertThat(drawn.servedBy()).isEqualTo("gemini-nano-banana-2.1");
            assertThat(drawn.vendorRequestId()).contains("q7YeaZ-mNJ2vkdUP0a6ByQU");
            assertThat(drawn.finishReason()).isEqualTo(FinishReason.STOP);
            assertThat(drawn.usage())
                    .isEqualTo(Usage.builder()
                            .inputTextTokens(13)
                            .inputImageTokens(258)
                            .outputTextTokens(5 + 88)
                            .outputImageTokens(1120)
                            .images(1)
                            .build());
            // (13 + 258) x $1.50 + 93 x $7.50 + 1120 x $30, per million
            assertThat(adapter.profile()
                            .price()
                            .orElseThrow()
                            .actual(drawn.usage(), PlannedUse.none(), LocalDate.of(2026, 11, 20)))
                    .contains(Money.usd(406_500 + 697_500 + 33_600_000));
        }

        @Test
        void isBelievedByItsBytesNotByItsMediaType() throws Exception {
            byte[] jpeg = Answers.picture(16, 16, "jpg");
            ImageResult drawn = draw(LAMP, FaultAnswer.json(200, Answers.success(jpeg, "image/png")));
            assertThat(drawn.images().get(0).format()).isEqualTo(ImageFormat.JPEG);
        }

        @Test
        void mayHaveFieldsAndValuesThatNobodyKnows() throws Exception {
            String picture = Base64.getEncoder().encodeToString(Answers.PNG);
            ImageResult drawn = draw(LAMP, FaultAnswer.json(200, """
                    {"new":{"deep":[{"a":null},[1,2.5e3]]},"modelStatus":{"modelStage":"NEW_STAGE"},
                     "candidates":[
                       {"tokenCount":3,"safetyRatings":[{"category":"NEW","probability":"MAYBE","blocked":false}],
                        "content":{"role":"model","extra":{"x":1},"parts":[
                          {"new":[{}]},
                          {"executableCode":{"code":"1"},"partMetadata":{}},
                          {"inlineData":{"displayName":"a","data":"%s","mimeType":"image/avif","x":{"data":"no"}}}]},
                        "finishReason":"DONE_IN_A_NEW_WAY","groundingMetadata":{"chunks":[]}}],
                     "usageMetadata":{"promptTokenCount":4,"serviceTier":"NEW","candidatesTokenCount":1300},
                     "promptFeedback":{"safetyRatings":[]}}""".formatted(picture)));
            assertThat(drawn.images()).hasSize(1);
            assertThat(drawn.finishReason()).isEqualTo(new FinishReason("DONE_IN_A_NEW_WAY"));
            assertThat(drawn.servedBy()).isEqualTo("gemini-nano-banana-2.1");
            assertThat(drawn.text()).isEmpty();
            assertThat(drawn.vendorRequestId()).isEmpty();
            assertThat(drawn.usage().outputImageTokens()).hasValue(1300);
            assertThat(drawn.usage().inputTextTokens()).hasValue(4);
        }

        @Test
        void keepsDraftsAndThoughtsToItself() throws Exception {
            String draft = Base64.getEncoder().encodeToString(Answers.picture(4, 4, "png"));
            String picture = Base64.getEncoder().encodeToString(Answers.PNG);
            ImageResult drawn = draw(LAMP, FaultAnswer.json(200, """
                    {"candidates":[{"content":{"parts":[
                      {"text":"First a sketch.","thought":true},
                      {"inlineData":{"mimeType":"image/png","data":"%s"},"thought":true},
                      {"inlineData":{"mimeType":"image/png","data":"%s"}}]},"finishReason":"MAX_TOKENS"}]}""".formatted(draft, picture)));
            assertThat(drawn.images()).containsExactly(ImageBytes.of(Answers.PNG));
            assertThat(drawn.text()).isEmpty();
            assertThat(drawn.finishReason()).isEqualTo(FinishReason.LENGTH);
            assertThat(drawn.usage()).isEqualTo(Usage.builder().images(1).build());
        }

        @Test
        void mayHoldAPictureOf24Megabytes() throws Exception {
            byte[] large = Arrays.copyOf(Answers.PNG, 24_000_000);
            ImageResult drawn = draw(LAMP, FaultAnswer.json(200, Answers.success(large, "image/png")));
            assertThat(drawn.images().get(0).byteCount()).isEqualTo(large.length);
        }

        @Test
        void leavesTheConnectionForTheNextCall() throws Exception {
            assertThat(draw(LAMP).images()).hasSize(1);
            assertThat(draw(LAMP).images()).hasSize(1);
            assertThat(server.requests())
                    .extracting(RecordedRequest::connection)
                    .containsExactly(1, 1);
        }
    }

    @Nested
    class ABuilder {

        @Test
        void sendsTheModelItWasGiven() throws Exception {
            ModelProfile mine =
                    ModelProfile.builder("gemini-9-image", "gcp.gemini").build();
            try (GeminiImageAdapter other = GeminiImageAdapter.builder(KEY)
                            .profile(mine)
                            .baseUrl(URI.create(server.uri() + "/proxy/"))
                            .connectTimeout(Duration.ofSeconds(2))
                            .build();
                    TestCallContext call = TestCallContext.unbounded()) {
                server.enqueue(FaultAnswer.json(200, Answers.success()));
                ImageResult drawn = other.generate(with(r -> r.size(new PixelSize(512, 512))), call);
                assertThat(drawn.warnings()).extracting(OptionWarning::option).containsExactly("size");
                assertThat(other.profile()).isEqualTo(mine);
            }
            RecordedRequest sent = sent();
            assertThat(sent.path()).isEqualTo("/proxy/v1beta/models/gemini-9-image:generateContent");
            assertThat(json(sent).path("generationConfig").has("imageConfig")).isFalse();
        }

        @Test
        void sendsNoSizeClassToAModelThatHasOnlyOne() throws Exception {
            try (GeminiImageAdapter lite = GeminiImageAdapter.builder(KEY)
                            .model("nano-banana-2-lite")
                            .baseUrl(server.uri())
                            .build();
                    TestCallContext call = TestCallContext.unbounded()) {
                server.enqueue(FaultAnswer.json(200, Answers.success()));
                assertThat(lite.generate(with(r -> r.size(new PixelSize(4096, 4096))), call)
                                .images())
                        .hasSize(1);
            }
            assertThat(json(sent()).at("/generationConfig/imageConfig"))
                    .isEqualTo(MAPPER.readTree("{\"aspectRatio\":\"1:1\"}"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "AIza secret", "AIza\nsecret", "AIza-sécret"})
        void refusesAKeyThatCannotBeAHeaderAndDoesNotShowIt(String key) {
            assertThatThrownBy(() -> GeminiImageAdapter.builder(key))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("apiKey must be 1 to 512 printable ASCII characters without blanks");
        }

        @ParameterizedTest
        @CsvSource({
            "fast, gemini-3.1-flash-lite-image",
            "balanced, gemini-nano-banana-2.1",
            "best, gemini-3-pro-image",
            "nano-banana-pro, gemini-3-pro-image",
            "imagen-3, gemini-nano-banana-2.1",
        })
        void takesTiersAndOtherNamesForAModel(String name, String id) {
            try (GeminiImageAdapter named =
                    GeminiImageAdapter.builder(KEY).model(name).build()) {
                assertThat(named.profile().id()).isEqualTo(id);
            }
        }

        @Test
        void doesNotSeeChangesOfItsBuilderAfterwards() {
            GeminiImageAdapterBuilder builder = GeminiImageAdapter.builder(KEY);
            try (GeminiImageAdapter first = builder.build();
                    GeminiImageAdapter second = builder.model("best").build()) {
                assertThat(first.profile().id()).isEqualTo("gemini-nano-banana-2.1");
                assertThat(second.profile().id()).isEqualTo("gemini-3-pro-image");
            }
        }

        @Test
        void refusesWhatIsOutOfRange() {
            GeminiImageAdapterBuilder builder = GeminiImageAdapter.builder(KEY);
            assertThatThrownBy(() -> builder.model("gpt-image-2"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("Google Gemini has no model \"gpt-image-2\" for IMAGE; it has gemini-nano");
            assertThatThrownBy(() -> builder.baseUrl(URI.create("ftp://localhost")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("baseUrl must be an http or https address, was ftp://localhost");
            assertThatThrownBy(() -> builder.connectTimeout(Duration.ofMinutes(11)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("connectTimeout must be 1 ms to 10 min, was PT11M");
            assertThatThrownBy(() -> builder.idleTimeout(Duration.ZERO))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("idleTimeout must be 1 ms to 10 min, was PT0S");
            assertThatThrownBy(() -> builder.profile(
                            ModelProfile.builder("m", "p").maxCount(2).build()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("profile must promise no mask, no seed and a count of 1, was m");
        }

        @Test
        void keepsTheKeyOutOfEveryToString() {
            assertThat(adapter).hasToString("GeminiImageAdapter[gemini-nano-banana-2.1]");
            assertThat(GeminiImageAdapter.builder(KEY))
                    .hasToString("GeminiImageAdapterBuilder[gemini-nano-banana-2.1]");
        }
    }

    private static ImageRequest with(UnaryOperator<ImageRequestBuilder> change) {
        return change.apply(LAMP.toBuilder()).build();
    }

    private static JsonNode json(RecordedRequest request) throws JsonProcessingException {
        return MAPPER.readTree(request.bodyText());
    }
}
