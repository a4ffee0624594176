package dev.pictor.adapter.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pictor.image.AspectRatio;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.PixelSize;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.Message;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.ReasoningRequest;
import dev.pictor.model.Usage;
import dev.pictor.testkit.FaultAnswer;
import dev.pictor.testkit.FaultServer;
import dev.pictor.testkit.RecordedRequest;
import dev.pictor.testkit.TestCallContext;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VertexTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final ImageRequest LAMP =
            ImageRequest.builder("a brass lamp").build();
    private static final String PICTURE = Base64.getEncoder().encodeToString(Answers.PNG);

    private final FaultServer server = FaultServer.start();
    private final AtomicInteger tokens = new AtomicInteger();

    private String token() {
        return "ya29.token-" + tokens.incrementAndGet();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private RecordedRequest sent() throws InterruptedException {
        return server.takeRequest(Duration.ofSeconds(10));
    }

    private ImageResult draw(ImageModelAdapter adapter, ImageRequest request, String answer)
            throws InterruptedException {
        server.enqueue(FaultAnswer.json(200, answer));
        try (TestCallContext call = TestCallContext.unbounded()) {
            return adapter.generate(request, call);
        }
    }

    @Nested
    class Gemini {

        private final GeminiImageAdapter adapter = GeminiImageAdapter.vertex(
                        "acme-project", "europe-west4", VertexTest.this::token)
                .baseUrl(server.uri())
                .build();

        @AfterEach
        void close() {
            adapter.close();
        }

        @Test
        void isAskedWithANewTokenAtEachCallAndNoKey() throws Exception {
            for (int call = 1; call <= 2; call++) {
                assertThat(draw(adapter, LAMP, Answers.success()).images()).hasSize(1);
                RecordedRequest sent = sent();
                assertThat(sent.path())
                        .isEqualTo("/v1/projects/acme-project/locations/europe-west4/publishers/google/models/"
                                + "gemini-nano-banana-2.1:generateContent");
                assertThat(sent.headers().get("authorization")).containsExactly("Bearer ya29.token-" + call);
                assertThat(sent.header("x-goog-api-key")).isEmpty();
            }
        }

        @Test
        void goesOnOnlyFromItsOwnAnswers() throws Exception {
            ImageResult drawn = draw(adapter, LAMP.toBuilder().continuable(true).build(), Answers.success());
            assertThat(drawn.continuation())
                    .hasValueSatisfying(kept -> assertThat(kept.provider()).isEqualTo("gcp.vertex_ai"));
        }

        @Test
        void answersInWords() throws Exception {
            server.enqueue(FaultAnswer.json(200, """
                    {"candidates":[{"content":{"parts":[{"text":"Brass."}]},"finishReason":"STOP"}]}"""));
            try (GeminiReasoningAdapter reasoner = GeminiReasoningAdapter.vertex(
                                    "acme", "global", VertexTest.this::token)
                            .baseUrl(server.uri())
                            .build();
                    TestCallContext call = TestCallContext.unbounded()) {
                assertThat(reasoner.reason(
                                        ReasoningRequest.builder(List.of(Message.user("Which metal?")))
                                                .build(),
                                        call)
                                .text())
                        .isEqualTo("Brass.");
            }
            assertThat(sent().path())
                    .isEqualTo("/v1/projects/acme/locations/global/publishers/google/models/"
                            + "gemini-3.8-flash:generateContent");
        }

        @Test
        void isNotAskedWithoutAToken() {
            assertNotAsked(() -> {
                throw new IllegalStateException("the metadata server is away");
            });
            assertNotAsked(() -> "");
            assertNotAsked(() -> "two words");
            assertNotAsked(() -> null);
        }

        @SuppressWarnings("NullAway") // a supplier may break its promise
        private void assertNotAsked(Supplier<String> none) {
            try (GeminiImageAdapter lost = GeminiImageAdapter.vertex("acme", "global", none)
                            .baseUrl(server.uri())
                            .build();
                    TestCallContext call = TestCallContext.unbounded()) {
                assertThatThrownBy(() -> lost.generate(LAMP, call))
                        .isInstanceOfSatisfying(ModelException.class, failure -> {
                            assertThat(failure.reason()).isEqualTo(Reason.UNAUTHORIZED);
                            assertThat(failure.billed()).isEqualTo(Billed.NOT_SENT);
                            assertThat(failure.getMessage())
                                    .startsWith("gemini-nano-banana-2.1 was not asked: the supplier")
                                    .doesNotContain("two words");
                        });
            }
            assertThat(server.requestCount()).isZero();
        }

        @ParameterizedTest
        @CsvSource({
            "global, https://aiplatform.googleapis.com",
            "eu, https://aiplatform.eu.rep.googleapis.com",
            "europe-west4, https://europe-west4-aiplatform.googleapis.com",
        })
        void livesWhereItsLocationSays(String location, URI home) {
            assertThat(new GoogleAccess.VertexProject("acme", location, VertexTest.this::token).home())
                    .isEqualTo(home);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "a/b", "A", "x y", "-x"})
        void refusesWhatIsNoName(String name) {
            assertThatThrownBy(() -> GeminiImageAdapter.vertex(name, "global", VertexTest.this::token))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("project must be 1 to 100 lower-case letters");
            assertThatThrownBy(() -> GeminiReasoningAdapter.vertex("acme", name, VertexTest.this::token))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("location must be 1 to 100 lower-case letters");
        }
    }

    @Nested
    class Imagen {

        private final ImagenAdapter adapter = ImagenAdapter.builder("acme", "us-central1", VertexTest.this::token)
                .baseUrl(URI.create(server.uri() + "/"))
                .build();

        @AfterEach
        void close() {
            adapter.close();
        }

        @Test
        void isAskedForAllPicturesAtOnce() throws Exception {
            ImageRequest request = LAMP.toBuilder()
                    .count(2)
                    .size(new PixelSize(2048, 2048))
                    .seed(7)
                    .putOptions("negativePrompt", "rust")
                    .putOptions("enhancePrompt", false)
                    .build();
            ImageResult drawn = draw(adapter, request, predictions(PICTURE, PICTURE));
            assertThat(drawn.images()).containsExactly(ImageBytes.of(Answers.PNG), ImageBytes.of(Answers.PNG));
            assertThat(drawn.usage()).isEqualTo(Usage.builder().images(2).build());
            RecordedRequest sent = sent();
            assertThat(sent.path())
                    .isEqualTo("/v1/projects/acme/locations/us-central1/publishers/google/models/"
                            + "imagen-4.0-generate-001:predict");
            assertThat(sent.headers().get("authorization")).containsExactly("Bearer ya29.token-1");
            assertThat(json(sent)).isEqualTo(MAPPER.readTree("""
                    {"instances":[{"prompt":"a brass lamp"}],
                     "parameters":{"sampleCount":2,"includeRaiReason":true,"aspectRatio":"1:1","sampleImageSize":"2K",
                                   "seed":7,"addWatermark":false,"negativePrompt":"rust","enhancePrompt":false}}"""));
        }

        @Test
        void isAskedForNoMoreThanThePromptSays() throws Exception {
            assertThat(draw(adapter, LAMP, predictions(PICTURE)).warnings()).isEmpty();
            assertThat(json(sent()).path("parameters"))
                    .isEqualTo(MAPPER.readTree("{\"sampleCount\":1,\"includeRaiReason\":true}"));
        }

        @Test
        void givesThePicturesThatItsPolicyLetThrough() throws Exception {
            ImageResult drawn = draw(adapter, LAMP.toBuilder().count(3).build(), """
                    {"predictions":[{"raiFilteredReason":"58061214"},{"bytesBase64Encoded":"%s"},
                                    {"raiFilteredReason":"58061214"}]}""".formatted(PICTURE));
            assertThat(drawn.images()).hasSize(1);
            assertThat(drawn.warnings())
                    .containsExactly(new OptionWarning("count", "asked 3, drew 1; its policy held back 2"));
        }

        @Test
        void saysBeforehandWhatWillNotBeHonoured() {
            assertThat(adapter.unsupported(LAMP.toBuilder()
                            .seed(0)
                            .putOptions("style", "vivid")
                            .continuable(true)
                            .aspectRatio(new AspectRatio(1, 8))
                            .build()))
                    .extracting(OptionWarning::option)
                    .containsExactlyInAnyOrder("seed", "style", "continuable", "aspectRatio");
        }

        @Test
        void refusesAnOptionOfAnotherType() {
            try (TestCallContext call = TestCallContext.unbounded()) {
                assertThatThrownBy(() -> adapter.generate(
                                LAMP.toBuilder()
                                        .putOptions("enhancePrompt", "yes")
                                        .build(),
                                call))
                        .hasMessage("imagen-4.0-generate-001 needs a value of type Boolean for option enhancePrompt");
            }
            assertThat(server.requestCount()).isZero();
        }

        private static String predictions(String... pictures) {
            StringBuilder list = new StringBuilder();
            for (String picture : pictures) {
                list.append(list.isEmpty() ? "" : ",")
                        .append("{\"mimeType\":\"image/png\",\"bytesBase64Encoded\":\"")
                        .append(picture)
                        .append("\"}");
            }
            return "{\"predictions\":[" + list + "],\"deployedModelId\":\"1\"}";
        }

        private static JsonNode json(RecordedRequest request) throws Exception {
            return MAPPER.readTree(request.bodyText());
        }
    }
}
