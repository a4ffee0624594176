package dev.pictor.adapter.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pictor.image.ImageBytes;
import dev.pictor.model.Continuation;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.OptionWarning;
import dev.pictor.testkit.FaultAnswer;
import dev.pictor.testkit.TestCallContext;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** A picture is changed by going on from the answer that brought it. */
class GeminiContinuationTest extends GeminiFixture {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final ImageRequest KEPT = LAMP.toBuilder().continuable(true).build();

    /** All 64 signs of base64, and padding, in what must come back as it was. */
    private static final String SIGNATURE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/EpwHCg==";

    @Test
    void sendsTheConversationBeforeTheNewTurnAndBringsItBackLonger() throws Exception {
        String first = Base64.getEncoder().encodeToString(Answers.PNG);
        String second = Base64.getEncoder().encodeToString(Answers.picture(8, 8, "jpg"));
        ImageRequest begun =
                KEPT.toBuilder().addReferences(ImageBytes.of(Answers.PNG)).build();
        ImageResult drawn = draw(begun, answer(first, "image/png"));
        sent();

        ImageResult changed = draw(goOn("make it silver", drawn), answer(second, "image/jpeg"));
        JsonNode contents = MAPPER.readTree(sent().bodyText()).path("contents");
        String upToHere = """
                {"parts":[{"text":"a brass lamp on a walnut desk"},
                          {"inlineData":{"data":"%1$s","mimeType":"image/png"}}],"role":"user"},
                {"parts":[{"text":"Here it is."},
                          {"inlineData":{"data":"%1$s","mimeType":"image/png"},"thoughtSignature":"%2$s"}],"role":"model"},
                {"parts":[{"text":"make it silver"}],"role":"user"}""".formatted(first, SIGNATURE);
        assertThat(contents).isEqualTo(MAPPER.readTree("[" + upToHere + "]"));

        assertThat(draw(goOn("make it gold", changed)).images()).hasSize(1);
        assertThat(MAPPER.readTree(sent().bodyText()).path("contents"))
                .isEqualTo(MAPPER.readTree("""
                [%s,
                {"parts":[{"text":"Here it is."},
                          {"inlineData":{"data":"%s","mimeType":"image/jpeg"},"thoughtSignature":"%s"}],"role":"model"},
                {"parts":[{"text":"make it gold"}],"role":"user"}]""".formatted(upToHere, second, SIGNATURE)));
    }

    private static FaultAnswer answer(String picture, String mediaType) {
        return FaultAnswer.json(200, """
                {"candidates":[{"content":{"parts":[
                  {"text":"A sketch.","thought":true},
                  {"inlineData":{"mimeType":"image/png","data":"%s"},"thought":true},
                  {"text":"Here it is."},
                  {"inlineData":{"mimeType":"%s","data":"%s"},"thoughtSignature":"%s"}],"role":"model"},
                 "finishReason":"STOP"}]}""".formatted(picture, mediaType, picture, SIGNATURE));
    }

    private static ImageRequest goOn(String prompt, ImageResult from) {
        return ImageRequest.builder(prompt)
                .continuable(true)
                .continuation(from.continuation())
                .build();
    }

    @Test
    void keepsNothingUnlessAsked() throws Exception {
        assertThat(draw(LAMP).continuation()).isEmpty();
        assertThat(draw(KEPT).continuation())
                .hasValueSatisfying(kept -> assertThat(kept.provider()).isEqualTo("gcp.gemini"));
    }

    /** Jackson's own limit for a text is 20 MB. */
    @Test
    void carriesAPictureOf24Megabytes() throws Exception {
        byte[] large = Arrays.copyOf(Answers.PNG, 24_000_000);
        ImageResult drawn = draw(KEPT, FaultAnswer.json(200, Answers.success(large, "image/png")));
        sent();
        assertThat(draw(goOn("brighter", drawn)).images()).hasSize(1);
        assertThat(sent().bodyText()).contains(Base64.getEncoder().encodeToString(Arrays.copyOf(large, 23_999_997)));
    }

    @Test
    void givesThePictureEvenIfNobodyCanGoOnFromIt() throws Exception {
        String picture = Base64.getEncoder().encodeToString(Answers.PNG);
        ImageResult drawn = draw(KEPT, FaultAnswer.json(200, """
                {"candidates":[{"content":{"parts":[
                  {"inlineData":{"mimeType":"image/png","data":"%s"},"thoughtSignature":"*"}]}}]}""".formatted(picture)));
        assertThat(drawn.images()).hasSize(1);
        assertThat(drawn.continuation()).isEmpty();
    }

    @Test
    void refusesWhatItCannotGoOnFromBeforeItIsSent() {
        assertRefused(
                Continuation.of("openai", "resp_1".getBytes(UTF_8)),
                "cannot go on from an answer of openai, only of gcp.gemini");
        assertRefused(Continuation.of("gcp.gemini", "a secret lamp".getBytes(UTF_8)), "cannot read the continuation");
    }

    private void assertRefused(Continuation continuation, String message) {
        ImageRequest request = LAMP.toBuilder().continuation(continuation).build();
        assertThatThrownBy(() -> draw(request))
                .isInstanceOfSatisfying(ModelException.class, refusal -> {
                    assertThat(refusal.reason()).isEqualTo(Reason.INVALID_REQUEST);
                    assertThat(refusal.billed()).isEqualTo(Billed.NOT_SENT);
                    assertThat(refusal).hasNoCause();
                })
                .hasMessageContaining(message);
        assertThat(server.requestCount()).isZero();
    }

    @Test
    void doesAsAProfileSaysThatPromisesNoGoingOn() throws Exception {
        ModelProfile once = ModelProfile.builder("gemini-once", "gcp.gemini").build();
        try (GeminiImageAdapter other = GeminiImageAdapter.builder(KEY)
                        .profile(once)
                        .baseUrl(server.uri())
                        .build();
                TestCallContext call = TestCallContext.unbounded()) {
            assertThat(other.unsupported(KEPT))
                    .extracting(OptionWarning::option)
                    .containsExactly("continuable");
            server.enqueue(FaultAnswer.json(200, Answers.success()));
            assertThat(other.generate(KEPT, call).continuation()).isEmpty();
            ImageRequest goingOn = LAMP.toBuilder()
                    .continuation(Continuation.of("gcp.gemini", new byte[] {'[', ']'}))
                    .build();
            assertThatThrownBy(() -> other.generate(goingOn, call))
                    .hasMessage("gemini-once does not go on from an earlier answer");
        }
    }
}
