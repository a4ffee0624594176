package dev.pictor.adapter.cutout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pictor.image.Encoding;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.ImageLimits;
import dev.pictor.image.Imaging;
import dev.pictor.image.Orientation;
import dev.pictor.image.PixelSize;
import dev.pictor.model.BackgroundRemovalRequest;
import dev.pictor.model.BackgroundRemovalResult;
import dev.pictor.model.BackgroundRemover;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.Money;
import dev.pictor.model.OptionWarning;
import dev.pictor.testkit.FaultAnswer;
import dev.pictor.testkit.FaultServer;
import dev.pictor.testkit.TestCallContext;
import dev.pictor.testkit.wire.CutoutWire;
import dev.pictor.testkit.wire.WireFormat;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes to the services, what is refused before, and what is read beside the picture. */
class ServiceRequestTest {

    private static final String KEY = "key-7f3a90";

    private final FaultServer server = FaultServer.start();
    private final PhotoRoomRemover photoRoom =
            PhotoRoomRemover.builder(KEY).baseUrl(server.uri()).build();
    private final RemoveBgRemover removeBg =
            RemoveBgRemover.builder(KEY).baseUrl(server.uri()).build();

    @AfterEach
    void close() {
        photoRoom.close();
        removeBg.close();
        server.close();
    }

    private static BackgroundRemovalResult remove(BackgroundRemover remover, BackgroundRemovalRequest request)
            throws InterruptedException {
        try (TestCallContext call = TestCallContext.unbounded()) {
            return remover.remove(request, call);
        }
    }

    private static BackgroundRemovalRequest request(ImageBytes image, Map<String, Object> options) {
        return BackgroundRemovalRequest.builder(image).options(options).build();
    }

    private String sentBody() {
        return new String(server.requests().get(0).body(), StandardCharsets.ISO_8859_1);
    }

    private static String field(String name, String value) {
        return "form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }

    private static ModelException refusal(BackgroundRemover remover, BackgroundRemovalRequest request) {
        ModelException failure = catchThrowableOfType(ModelException.class, () -> remove(remover, request));
        assertThat(failure.reason()).isEqualTo(Reason.INVALID_REQUEST);
        assertThat(failure.billed()).isEqualTo(Billed.NOT_SENT);
        return failure;
    }

    /** A header of a picture of any size, with nothing behind it. */
    private static ImageBytes huge(int width, int height) {
        byte[] png = Samples.cutOut(Samples.SIZE).toByteArray();
        ByteBuffer.wrap(png).putInt(16, width).putInt(20, height);
        CRC32 sum = new CRC32();
        sum.update(png, 12, 17);
        ByteBuffer.wrap(png).putInt(29, (int) sum.getValue());
        return ImageBytes.wrap(png, ImageLimits.builder().maxPixels(100_000_000).build());
    }

    @Nested
    class PhotoRoom {

        @Test
        void getsThePictureAsAFileAndAsksForAFullPng() throws InterruptedException {
            server.enqueue(Samples.answer(Samples.cutOut(Samples.SIZE)));

            BackgroundRemovalResult result = remove(photoRoom, Samples.request());

            assertThat(server.requests()).singleElement().satisfies(sent -> {
                assertThat(sent.method()).isEqualTo("POST");
                assertThat(sent.path()).isEqualTo("/v1/segment");
                assertThat(sent.header("x-api-key")).contains(KEY);
                assertThat(sent.header("Content-Type").orElseThrow()).startsWith("multipart/form-data; boundary=");
            });
            assertThat(sentBody())
                    .contains("name=\"image_file\"; filename=\"image.jpeg\"\r\nContent-Type: image/jpeg\r\n\r\n"
                            + new String(Samples.photo().toByteArray(), StandardCharsets.ISO_8859_1))
                    .contains(field("format", "png"))
                    .contains(field("size", "full"));
            assertThat(result.image()).isEqualTo(Samples.cutOut(Samples.SIZE));
            assertThat(result.warnings()).isEmpty();
            assertThat(result.uncertainty()).isEmpty();
            assertThat(result.charged()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({"0, 0.0", "0.734, 0.734", "1, 1.0", "-1,", "1.2,", "high,", "1e-3,"})
        void tellsHowUnsureItIs(String header, @Nullable Double score) throws InterruptedException {
            server.enqueue(Samples.answer(Samples.cutOut(Samples.SIZE)).header("x-uncertainty-score", header));

            BackgroundRemovalResult result = remove(photoRoom, Samples.request());

            if (score == null) {
                assertThat(result.uncertainty()).isEmpty();
            } else {
                assertThat(result.uncertainty()).hasValue(score);
            }
        }

        @Test
        void sendsOptionsOverTheDefaultsAndWarnsOfOthers() throws InterruptedException {
            server.enqueue(Samples.answer(Samples.cutOut(new PixelSize(12, 8))));
            BackgroundRemovalRequest request = request(
                    Samples.photo(),
                    Map.of("size", "hd", "crop", true, "despill", "true", "roi", "0 0 1 1", "image_url", "x"));

            BackgroundRemovalResult result = remove(photoRoom, request);

            assertThat(sentBody())
                    .contains(field("size", "hd"), field("crop", "true"), field("despill", "true"))
                    .doesNotContain("roi", "image_url");
            assertThat(result.warnings()).extracting(OptionWarning::option).containsExactly("image_url", "roi", "size");
            assertThat(photoRoom.unsupported(request)).isEqualTo(result.warnings());
        }

        @Test
        void warnsOfTheWatermarkThatASandboxKeyGets() throws InterruptedException {
            server.enqueue(Samples.answer(Samples.cutOut(Samples.SIZE)));
            try (PhotoRoomRemover sandbox = PhotoRoomRemover.builder("sandbox_" + KEY)
                    .baseUrl(server.uri())
                    .build()) {
                assertThat(remove(sandbox, Samples.request()).warnings())
                        .extracting(OptionWarning::option)
                        .containsExactly("apiKey");
            }
        }

        @Test
        void knowsWhichPicturesComeBackSmaller() {
            assertThat(photoRoom.unsupported(request(huge(7000, 5000), Map.of())))
                    .isEmpty();
            assertThat(photoRoom.unsupported(request(huge(7000, 6000), Map.of())))
                    .containsExactly(new OptionWarning(
                            "size", "comes back smaller than it is: PhotoRoom gives at most 36.00 megapixels so"));
            assertThat(photoRoom.unsupported(request(huge(2000, 1000), Map.of("size", "preview"))))
                    .extracting(OptionWarning::message)
                    .containsExactly("comes back smaller than it is: PhotoRoom gives at most 0.25 megapixels so");
        }

        @Test
        void sendsATurnedPictureUpright() throws InterruptedException {
            server.enqueue(Samples.answer(Samples.cutOut(new PixelSize(16, 24))));

            BackgroundRemovalResult result = remove(photoRoom, request(Samples.turned(Samples.photo(), 6), Map.of()));

            String body = sentBody();
            int start = body.indexOf("\u00FF\u00D8");
            ImageBytes sent = ImageBytes.of(
                    body.substring(start, body.indexOf("\r\n--pictor-", start)).getBytes(StandardCharsets.ISO_8859_1));
            assertThat(sent.size()).isEqualTo(new PixelSize(16, 24));
            assertThat(sent.header().orientation()).isEqualTo(Orientation.UPRIGHT);
            assertThat(result.warnings()).isEmpty();
        }
    }

    @Nested
    class RemoveBg {

        @Test
        void getsThePictureAsAFileAndAsksForTheBestSize() throws InterruptedException {
            server.enqueue(Samples.answer(Samples.cutOut(Samples.SIZE))
                    .header("X-Credits-Charged", "0.25")
                    .header("x-request-id", "r-9"));

            BackgroundRemovalResult result = remove(removeBg, Samples.request());

            assertThat(server.requests()).singleElement().satisfies(sent -> {
                assertThat(sent.path()).isEqualTo("/v1.0/removebg");
                assertThat(sent.header("X-Api-Key")).contains(KEY);
            });
            assertThat(sentBody()).contains(field("format", "png"), field("size", "auto"));
            assertThat(result.charged()).contains(new Money(250_000_000, "credits"));
            assertThat(result.vendorRequestId()).contains("r-9");
        }

        @ParameterizedTest
        @ValueSource(strings = {"-1", "lots", "99999999999", "1,5", ""})
        void doesNotBelieveEveryCharge(String header) throws InterruptedException {
            server.enqueue(Samples.answer(Samples.cutOut(Samples.SIZE)).header("X-Credits-Charged", header));

            assertThat(remove(removeBg, Samples.request()).charged()).isEmpty();
        }

        @Test
        void warnsWhereAPreviewComesBack() throws InterruptedException {
            server.enqueue(Samples.answer(Samples.cutOut(new PixelSize(12, 8))));

            assertThat(remove(removeBg, Samples.request()).warnings())
                    .containsExactly(new OptionWarning("size", "came back as 12x8, was 24x16"));
        }

        @Test
        void asksForWebpAboveTenMegapixelsAndForFiftyAboveTwentyFive() {
            assertThat(removeBg.unsupported(request(huge(4000, 2500), Map.of())))
                    .isEmpty();
            assertThat(removeBg.unsupported(request(huge(5000, 4000), Map.of())))
                    .isEmpty();
            assertThat(removeBg.unsupported(request(huge(7000, 7000), Map.of())))
                    .isEmpty();
            assertThat(removeBg.unsupported(request(huge(5000, 4000), Map.of("format", "png"))))
                    .containsExactly(new OptionWarning(
                            "size", "comes back smaller than it is: remove.bg gives at most 10.00 megapixels so"));
            assertThat(removeBg.unsupported(request(huge(7000, 7000), Map.of("size", "auto"))))
                    .extracting(OptionWarning::option)
                    .containsExactly("size");
        }

        @Test
        void refusesWhatIsTooLargeBeforeItIsSent() {
            assertThat(refusal(removeBg, request(huge(8000, 7000), Map.of())))
                    .hasMessage("removebg-1 was not asked: the picture is 8000x7000, remove.bg takes 50000000 pixels");
            byte[] photo = Arrays.copyOf(Samples.photo().toByteArray(), 22_000_001);
            assertThat(refusal(removeBg, request(ImageBytes.wrap(photo), Map.of())))
                    .hasMessageContaining("the file has 22000001 bytes, remove.bg takes 22000000");
            assertThat(server.requestCount()).isZero();
        }

        @Test
        void tellsOfAnUnknownForegroundInTheServicesWords() {
            server.enqueue(CutoutWire.removeBg().error(400));

            ModelException failure =
                    catchThrowableOfType(ModelException.class, () -> remove(removeBg, Samples.request()));

            assertThat(failure.reason()).isEqualTo(Reason.INVALID_REQUEST);
            assertThat(failure.billed()).isEqualTo(Billed.REJECTED);
            assertThat(failure).hasMessageContaining("400 unknown_foreground");
            assertThat(failure.vendorMessage()).contains(WireFormat.VENDOR_WORDS);
        }

        @Test
        void readsTheWaitOfARateLimit() {
            server.enqueue(CutoutWire.removeBg()
                    .error(429)
                    .header("Retry-After", "59")
                    .header("X-RateLimit-Limit", "500")
                    .header("X-RateLimit-Remaining", "0"));

            ModelException failure =
                    catchThrowableOfType(ModelException.class, () -> remove(removeBg, Samples.request()));

            assertThat(failure.retryAfter()).contains(Duration.ofSeconds(59));
        }
    }

    @Nested
    class Both {

        @Test
        void refuseOptionsThatNoFormHas() {
            for (BackgroundRemover remover : List.of(photoRoom, removeBg)) {
                assertThat(refusal(remover, request(Samples.photo(), Map.of("crop", List.of("true")))))
                        .hasMessageEndingWith("option crop must be a text, a number or true or false");
                assertThat(refusal(remover, request(Samples.photo(), Map.of("format", "zip"))))
                        .hasMessageEndingWith("option format must name a picture, was zip");
            }
            assertThat(server.requestCount()).isZero();
        }

        @ParameterizedTest
        @CsvSource({"bg_color, '#FF00FF'", "format, jpg", "channels, alpha"})
        void takeAPictureWithoutTransparencyWhereItWasAskedForAndWarn(String option, String value)
                throws InterruptedException {
            for (BackgroundRemover remover : List.of(photoRoom, removeBg)) {
                server.enqueue(Samples.answer(Samples.photo()));
                BackgroundRemovalRequest request = request(Samples.photo(), Map.of(option, value));

                BackgroundRemovalResult result = remove(remover, request);

                assertThat(result.image()).isEqualTo(Samples.photo());
                assertThat(result.warnings()).extracting(OptionWarning::option).containsExactly(option);
                assertThat(remover.unsupported(request)).isEqualTo(result.warnings());
            }
        }

        @ParameterizedTest
        @MethodSource("dev.pictor.adapter.cutout.Samples#noCutOuts")
        void takeAnAnswerThatIsNoCutOutForAPaidFailure(String name, FaultAnswer answer) {
            for (BackgroundRemover remover : List.of(photoRoom, removeBg)) {
                server.enqueue(answer);
                ModelException failure =
                        catchThrowableOfType(ModelException.class, () -> remove(remover, Samples.request()));

                assertThat(failure.reason()).as(name).isEqualTo(Reason.MALFORMED_ANSWER);
                assertThat(failure.billed()).isEqualTo(Billed.BILLED_UNUSABLE);
                assertThat(failure).hasMessageStartingWith(remover.profile().id() + " sent ");
            }
            assertThat(server.requestCount()).isEqualTo(2);
        }

        @Test
        void convertNothingThatCannotBeRead() {
            ImageBytes broken = Samples.withoutPixels(Samples.turned(Samples.photo(), 6));
            for (BackgroundRemover remover : List.of(photoRoom, removeBg)) {
                assertThat(refusal(remover, request(broken, Map.of()))).hasMessageContaining("has to be converted");
            }
            assertThat(server.requestCount()).isZero();
        }

        @Test
        void sendNothingOnAnInterruptedThread() {
            BackgroundRemovalRequest turned = request(Samples.turned(Samples.photo(), 3), Map.of());
            for (BackgroundRemover remover : List.of(photoRoom, removeBg)) {
                Thread.currentThread().interrupt();
                assertThatThrownBy(() -> remove(remover, turned)).isInstanceOf(InterruptedException.class);
                assertThat(Thread.interrupted()).isFalse();
            }
            assertThat(server.requestCount()).isZero();
        }

        @Test
        void keepAPathInTheBaseUrl() throws InterruptedException {
            server.enqueue(Samples.answer(Samples.cutOut(Samples.SIZE)));
            try (RemoveBgRemover behindProxy = RemoveBgRemover.builder(KEY)
                    .baseUrl(URI.create(server.uri() + "/proxy/"))
                    .build()) {
                assertThat(remove(behindProxy, Samples.request()).servedBy()).isEqualTo("removebg-1");
            }
            assertThat(server.requests().get(0).path()).isEqualTo("/proxy/v1.0/removebg");
        }

        @Test
        void sendAnOpaquePngAsItIs() throws InterruptedException {
            ImageBytes png = Imaging.ofDefaults().encode(Samples.picture(Samples.SIZE, false), Encoding.png());
            server.enqueue(Samples.answer(Samples.cutOut(Samples.SIZE)));

            assertThat(remove(photoRoom, request(png, Map.of())).warnings()).isEmpty();

            assertThat(sentBody()).contains("filename=\"image.png\"\r\nContent-Type: image/png\r\n");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "two words", "\u00FC", "line\nbreak"})
        void refuseKeysThatNoHeaderHoldsWithoutShowingThem(String key) {
            assertThatThrownBy(() -> PhotoRoomRemover.builder(key))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("apiKey must be 1 to 512 printable ASCII characters without blanks");
            assertThatThrownBy(() -> RemoveBgRemover.builder(key)).isInstanceOf(IllegalArgumentException.class);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"ftp://example.com", "https:///v1", "https://example.com?a=b", "https://u:p@example.com"})
        void refuseAddressesThatAreNone(String address) {
            assertThatThrownBy(() -> PhotoRoomRemover.builder(KEY).baseUrl(URI.create(address)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("baseUrl must be an http or https address without user, query or fragment");
            assertThatThrownBy(() -> RemoveBgRemover.builder(KEY).connectTimeout(Duration.ZERO))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void showTheKeyNowhere() {
            server.enqueue(FaultAnswer.json(500, "{\"detail\":\"" + KEY + "\"}"));
            ModelException failure =
                    catchThrowableOfType(ModelException.class, () -> remove(photoRoom, Samples.request()));

            assertThat(failure.getMessage()).doesNotContain(KEY);
            assertThat(PhotoRoomRemover.builder(KEY).toString()).doesNotContain(KEY);
            assertThat(photoRoom.toString() + removeBg).doesNotContain(KEY);
        }
    }
}
