package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.image.ImageBytes;
import dev.pictor.image.ImageLimits;
import dev.pictor.image.PixelSize;
import dev.pictor.image.Sha256;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.http.JsonAnswer;
import dev.pictor.model.http.JsonPictures;
import dev.pictor.model.http.ModelHttp;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class JsonPicturesTest {

    private static final ImageBytes RED = FakePicture.of(new PixelSize(40, 30), 0xFF0000);
    private static final ImageBytes BLUE = FakePicture.of(new PixelSize(20, 10), 0x0000FF);

    private final FaultServer server = FaultServer.start();
    private final ModelHttp http = ModelHttp.builder().build();

    @AfterEach
    void close() {
        http.close();
        server.close();
    }

    private JsonAnswer read(JsonPictures reader, String body) throws InterruptedException {
        server.enqueue(FaultAnswer.json(200, body));
        try (TestCallContext call = TestCallContext.unbounded()) {
            return http.send("painter-1", HttpRequest.newBuilder(server.uri()).build(), call, reader);
        }
    }

    private static String base64(ImageBytes image) {
        return Base64.getEncoder().encodeToString(image.toByteArray());
    }

    @Test
    void readsPicturesAndWhatStandsAroundThem() throws InterruptedException {
        JsonAnswer answer = read(JsonPictures.at("/data/*/b64_json"), """
                {"created": 1, "data": [{"b64_json": "%s", "revised_prompt": "a lamp"}, {"b64_json": null, "url": "x"},
                 {"b64_json": "%s"}], "usage": {"input_tokens": 12, "share": 0.5, "huge": 123456789012345678901234567890,
                 "exact": true, "nothing": null}, "unknown": {"b64_json": "not a picture", "list": [[1, 2], {}]}}
                """.formatted(base64(RED), base64(BLUE)));
        assertThat(answer.images()).containsExactly(RED, BLUE);
        assertThat(answer.text("/data/0/revised_prompt")).contains("a lamp");
        assertThat(answer.text("/data/0/b64_json")).isEmpty();
        assertThat(answer.text("/unknown/b64_json")).contains("not a picture");
        assertThat(answer.number("/usage/input_tokens")).hasValue(12);
        assertThat(answer.number("/unknown/list/0/1")).hasValue(2);
        assertThat(answer.number("/usage/share")).isEmpty();
        assertThat(answer.number("/usage/huge")).isEmpty();
        assertThat(answer.number("/usage/no/such")).isEmpty();
        assertThat(answer.count("/data")).isEqualTo(3);
        assertThat(answer.count("/usage")).isZero();
        assertThat(answer).hasToString("2 pictures and 4 fields");
    }

    @Test
    void tellsOfEachPictureWhereItStoodAndWhatWasSaidOfIt() throws InterruptedException {
        JsonAnswer answer = read(JsonPictures.at("/data/*/b64_json"), """
                {"data": [{"url": "x"}, {"b64_json": "%s", "is_draft": true}, {"b64_json": "%s", "is_draft": "true"}]}
                """.formatted(base64(RED), base64(BLUE)));
        assertThat(answer.image("/data/0/b64_json")).isEmpty();
        assertThat(answer.image("/data/1/b64_json")).contains(RED);
        assertThat(answer.image("/data/2/b64_json")).contains(BLUE);
        assertThat(answer.image("/data/1/is_draft")).isEmpty();
        assertThat(answer.isTrue("/data/0/is_draft")).isFalse();
        assertThat(answer.isTrue("/data/1/is_draft")).isTrue();
        assertThat(answer.isTrue("/data/2/is_draft")).isFalse();
    }

    @Test
    void readsPicturesWhereverAVendorPutsThem() throws InterruptedException {
        assertThat(read(JsonPictures.at("/image"), "{\"image\": \"" + base64(RED) + "\"}")
                        .images())
                .containsExactly(RED);
        assertThat(read(
                                JsonPictures.at("/candidates/*/content/parts/*/inlineData/data"),
                                "{\"candidates\": [{\"content\": {\"parts\": [{\"text\": \"hm\"}, {\"inlineData\": {\"data\": \""
                                        + base64(BLUE) + "\"}}]}}]}")
                        .images())
                .containsExactly(BLUE);
    }

    @Test
    void hashesAPictureAsItComesIn() throws InterruptedException {
        byte[] large = Arrays.copyOf(RED.toByteArray(), 3_000_001);
        JsonAnswer answer = read(
                JsonPictures.at("/image"),
                "{\"image\": \"" + Base64.getEncoder().encodeToString(large) + "\"}");
        ImageBytes image = answer.images().get(0);
        assertThat(image.asByteBuffer()).isEqualTo(ByteBuffer.wrap(large));
        assertThat(image.sha256()).isEqualTo(Sha256.of(large));
    }

    @Test
    void readsBase64WithEscapesAndWithoutPadding() throws InterruptedException {
        String escaped = base64(RED).replace("/", "\\/").replace("+", "\\u002B").replace("=", "");
        assertThat(escaped).contains("\\");
        assertThat(read(JsonPictures.at("/image"), "{\"image\": \"" + escaped + "\", \"n\": 1}")
                        .images())
                .containsExactly(RED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "\"text\"",
                "",
                "{\"image\": ",
                "{\"image\": \"####\"}",
                "{\"image\": \"iVBORw0K\"}",
                "{\"image\": \"\"}",
                "<html></html>"
            })
    void tellsAnAnswerThatIsOfNoUse(String body) {
        assertThatThrownBy(() -> read(JsonPictures.at("/image"), body))
                .isInstanceOfSatisfying(ModelException.class, e -> {
                    assertThat(e.reason()).isEqualTo(Reason.MALFORMED_ANSWER);
                    assertThat(e.billed()).isEqualTo(Billed.BILLED_UNUSABLE);
                    assertThat(e).hasMessageStartingWith("painter-1 sent ").hasMessageNotContaining("iVBOR");
                });
    }

    @Test
    void refusesAPictureThatIsTooLargeBeforeItIsThereWhole() {
        ImageLimits limits = ImageLimits.builder().maxBytes(1_000).build();
        String large = Base64.getEncoder().encodeToString(Arrays.copyOf(RED.toByteArray(), 1_001));
        assertThatThrownBy(() -> read(JsonPictures.at("/image", limits), "{\"image\": \"" + large + "\"}"))
                .isInstanceOf(ModelException.class)
                .hasMessage("painter-1 sent a picture of no use")
                .hasRootCauseMessage("picture has more bytes than the limit of 1000");
    }

    @Test
    void takesPlacesThatBeginWithASlash() {
        assertThatThrownBy(() -> JsonPictures.at("data"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("place must begin with a slash, was \"data\"");
    }
}
