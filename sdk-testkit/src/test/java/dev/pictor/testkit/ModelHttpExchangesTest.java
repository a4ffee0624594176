package dev.pictor.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.PixelSize;
import dev.pictor.image.Sha256;
import dev.pictor.model.ModelException;
import dev.pictor.model.RawExchange;
import dev.pictor.model.http.AnswerReader;
import dev.pictor.model.http.JsonBody;
import dev.pictor.model.http.JsonPictures;
import dev.pictor.model.http.ModelHttp;
import dev.pictor.model.http.MultipartBody;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What whoever listens gets to know of what goes over the wire, and what nobody does. */
@Timeout(60)
class ModelHttpExchangesTest {

    private static final String MODEL = "painter-1";
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final AnswerReader<String> TEXT =
            answer -> new String(answer.body().readAllBytes(), UTF_8);
    private static final ImageBytes PICTURE = ImageBytes.wrap(FakePicture.png(new PixelSize(8, 8), 1, 2, 3, 5_000));
    private static final String DIGEST =
            "sha256:" + PICTURE.sha256().hex() + ", image/png, " + PICTURE.byteCount() + " bytes";

    private final FaultServer server = FaultServer.start();
    private final List<RawExchange> exchanges = new ArrayList<>();

    @AfterEach
    void close() {
        server.close();
    }

    private static String base64(ImageBytes image) {
        return Base64.getEncoder().encodeToString(image.toByteArray());
    }

    @CanIgnoreReturnValue
    private <T> T send(ModelHttp http, HttpRequest request, AnswerReader<T> reader) throws InterruptedException {
        try (TestCallContext call = TestCallContext.within(LONG).exchangesTo(exchanges::add)) {
            return http.send(MODEL, request, call, reader);
        }
    }

    private HttpRequest post(String type, BodyPublisher body) {
        return HttpRequest.newBuilder(server.uri().resolve("/v1/images"))
                .header("Content-Type", type)
                .POST(body)
                .build();
    }

    private RawExchange exchange(String type, BodyPublisher body, FaultAnswer answer) throws InterruptedException {
        server.enqueue(answer);
        try (ModelHttp http = ModelHttp.builder().build()) {
            send(http, post(type, body), TEXT);
        } catch (ModelException e) {
            return exchanges.get(exchanges.size() - 1);
        }
        return exchanges.get(exchanges.size() - 1);
    }

    private String noted(String answer) throws InterruptedException {
        return exchange("text/plain", BodyPublishers.ofString("x"), FaultAnswer.json(200, answer))
                .responseBody()
                .orElseThrow();
    }

    @Nested
    class What {

        @Test
        @DisplayName("R33: an exchange is told whole, headers in lower case, in the order in which it went")
        void anExchangeIsToldWhole() throws InterruptedException {
            RawExchange exchange = exchange(
                    "application/json",
                    JsonBody.of(Map.of("prompt", "a lamp")),
                    FaultAnswer.json(200, "{\"data\": []}").header("X-Request-Id", "req_7"));

            assertThat(exchange.method()).isEqualTo("POST");
            assertThat(exchange.url())
                    .isEqualTo(server.uri().resolve("/v1/images").toString());
            assertThat(exchange.requestHeaders()).containsEntry("content-type", List.of("application/json"));
            assertThat(exchange.requestBody()).contains("{\"prompt\":\"a lamp\"}");
            assertThat(exchange.status()).hasValue(200);
            assertThat(exchange.responseHeaders()).containsEntry("x-request-id", List.of("req_7"));
            assertThat(exchange.responseBody()).contains("{\"data\": []}");
            assertThat(exchange.took())
                    .hasValueSatisfying(took -> assertThat(took).isPositive());
        }

        @Test
        void anErrorIsToldWithItsBody() throws InterruptedException {
            RawExchange exchange = exchange(
                    "text/plain", BodyPublishers.ofString("x"), FaultAnswer.json(429, "{\"error\": \"slow down\"}"));

            assertThat(exchange.status()).hasValue(429);
            assertThat(exchange.responseBody()).contains("{\"error\": \"slow down\"}");
        }

        @Test
        void anAnswerThatNobodyCanReadIsToldToItsEnd() throws InterruptedException {
            server.enqueue(FaultAnswer.json(200, "<html>" + "no ".repeat(5_000) + "</html>"));
            try (ModelHttp http = ModelHttp.builder().build()) {
                assertThatThrownBy(() -> send(
                                http,
                                post("text/plain", BodyPublishers.ofString("x")),
                                JsonPictures.at("/data/*/b64_json")))
                        .isInstanceOf(ModelException.class);
            }
            assertThat(exchanges.get(0).responseBody().orElseThrow())
                    .startsWith("<html>no no")
                    .endsWith("no </html>");
        }

        @Test
        void anAnswerThatBreaksOffIsToldAsFarAsItCame() throws InterruptedException {
            String body = "{\"text\": \"so far\", \"b64_json\": \"" + base64(PICTURE) + "\"}";
            RawExchange exchange = exchange(
                    "text/plain", BodyPublishers.ofString("x"), FaultAnswer.truncated(body, body.length() - 1_000));

            assertThat(exchange.status()).hasValue(200);
            assertThat(exchange.responseBody().orElseThrow())
                    .matches("\\{\"text\": \"so far\", \"b64_json\": \"sha256:[0-9a-f]{64}, image/png, \\d+ bytes");
        }

        @Test
        void aRequestWithoutAnAnswerIsTold() throws InterruptedException {
            RawExchange exchange = exchange("text/plain", BodyPublishers.ofString("a lamp"), FaultAnswer.reset());

            assertThat(exchange.status()).isEmpty();
            assertThat(exchange.requestBody()).contains("a lamp");
            assertThat(exchange.responseBody()).isEmpty();
        }

        @Test
        void aCallThatIsStoppedIsTold() throws InterruptedException {
            server.enqueue(FaultAnswer.stallAfterHeaders());
            try (ModelHttp http = ModelHttp.builder().build();
                    TestCallContext call =
                            TestCallContext.within(Duration.ofMillis(300)).exchangesTo(exchanges::add)) {
                assertThat(catchThrowable(
                                () -> http.send(MODEL, post("text/plain", BodyPublishers.ofString("x")), call, TEXT)))
                        .isNotNull();
            }
            assertThat(exchanges).hasSize(1);
            assertThat(exchanges.get(0).requestBody()).contains("x");
        }

        @Test
        void aListenerThatThrowsSpoilsNoAnswer() throws InterruptedException {
            server.enqueue(FaultAnswer.json(200, "{}"));
            try (ModelHttp http = ModelHttp.builder().build();
                    TestCallContext call = TestCallContext.within(LONG).exchangesTo(exchange -> {
                        throw new IllegalStateException("invented");
                    })) {
                assertThat(http.send(MODEL, post("text/plain", BodyPublishers.ofString("x")), call, TEXT))
                        .isEqualTo("{}");
            }
        }
    }

    @Nested
    class Pictures {

        static Stream<Arguments> forms() {
            String standard = base64(PICTURE);
            String mime = Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(PICTURE.toByteArray());
            return Stream.of(
                    Arguments.of("in base64", standard),
                    Arguments.of("with escaped slashes", standard.replace("/", "\\/")),
                    Arguments.of(
                            "for URLs", Base64.getUrlEncoder().withoutPadding().encodeToString(PICTURE.toByteArray())),
                    Arguments.of("in lines", mime.replace("\n", "\\n")),
                    Arguments.of("in lines of two characters' break", mime.replace("\n", "\\r\\n")),
                    Arguments.of("as a data URI", "data:image/png;base64," + standard),
                    Arguments.of("as a data URI with escapes", "data:image\\/png;base64," + standard));
        }

        @ParameterizedTest(name = "R33: a picture {0} is its digest")
        @MethodSource("forms")
        void aPictureIsItsDigest(String name, String form) throws InterruptedException {
            assertThat(noted("{\"a\": 1, \"b64_json\": \"" + form + "\", \"z\": \"end\"}"))
                    .isEqualTo("{\"a\": 1, \"b64_json\": \"" + DIGEST + "\", \"z\": \"end\"}");
        }

        @Test
        void aPictureInTheMiddleOfATextIsItsDigest() throws InterruptedException {
            assertThat(noted("{\"text\": \"Here: ![lamp](data:image/png;base64," + base64(PICTURE) + ") - bye\"}"))
                    .isEqualTo("{\"text\": \"Here: ![lamp](" + DIGEST + ") - bye\"}");
        }

        @Test
        void everyPictureOfARequestIsItsDigest() throws InterruptedException {
            RawExchange exchange = exchange(
                    "application/json",
                    JsonBody.of(Map.of("images", List.of(base64(PICTURE), base64(PICTURE)))),
                    FaultAnswer.json(200, "{}"));

            assertThat(exchange.requestBody()).contains("{\"images\":[\"" + DIGEST + "\",\"" + DIGEST + "\"]}");
        }

        @Test
        void shortAndOtherTextsStayAsTheyAre() throws InterruptedException {
            String small = base64(ImageBytes.wrap(FakePicture.png(new PixelSize(4, 4), 1, 2, 3, 0)));
            String words = "The quick brown fox, 3/4 of it = all + more_or-less.\\n".repeat(100);
            String lines = IntStream.range(0, 400).mapToObj(i -> "word" + i).collect(Collectors.joining("\\n"));
            String json = "{\"small\": \"" + small + "\", \"words\": \"" + words + "\", \"lines\": \"" + lines
                    + "\", \"odd\": \"" + "=".repeat(9_000) + "a" + "=".repeat(9_000)
                    + "\\\\\", \"u\": \"\\u00e9 \u00e9\"}";

            assertThat(noted(json)).isEqualTo(json);
        }

        @Test
        void aFileOfAFormIsItsDigestAndItsFieldsStay() throws InterruptedException {
            MultipartBody form = MultipartBody.create()
                    .field("prompt", "a lamp\r\n--on a desk")
                    .file("image", "lamp.png", PICTURE)
                    .field("n", "2");

            String noted = exchange(form.contentType(), form.publisher(), FaultAnswer.json(200, "{}"))
                    .requestBody()
                    .orElseThrow();

            String boundary = form.contentType().substring(form.contentType().indexOf('=') + 1);
            assertThat(noted.replace("\r\n--" + boundary, "#").replace("--" + boundary, "#"))
                    .isEqualTo("\r\n#\r\nContent-Disposition: form-data; name=\"prompt\"\r\n\r\na lamp\r\n--on a desk"
                                    .substring(2)
                            + "#\r\nContent-Disposition: form-data; name=\"image\"; filename=\"lamp.png\"\r\n"
                            + "Content-Type: image/png\r\n\r\n" + DIGEST
                            + "#\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\n2#--\r\n");
        }

        @Test
        void anAnswerThatIsAPictureIsItsDigest() throws InterruptedException {
            RawExchange exchange = exchange(
                    "application/octet-stream",
                    BodyPublishers.ofByteArray(PICTURE.toByteArray()),
                    FaultAnswer.bytes(200, "application/json", PICTURE.toByteArray()));

            assertThat(exchange.requestBody()).contains(DIGEST);
            assertThat(exchange.responseBody()).contains(DIGEST);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 15, 16, 17, 1_023, 1_024, 1_025, 8_191, 8_192, 8_193})
        void digestsAreOfTheBytesWhateverTheirNumber(int count) throws InterruptedException {
            byte[] bytes = new byte[count];
            new SplittableRandom(count).nextBytes(bytes);
            String base64 = Base64.getEncoder().encodeToString(bytes);

            String noted = noted("[\"" + base64 + "\"]");

            assertThat(noted)
                    .isEqualTo(
                            base64.replace("=", "").length() > 1_024
                                    ? "[\"sha256:" + Sha256.of(bytes).hex() + ", " + count + " bytes\"]"
                                    : "[\"" + base64 + "\"]");
        }

        @Test
        @DisplayName("R33: at most 1 MiB of text is kept of a body, which says so")
        void atMostSoMuchIsKept() throws InterruptedException {
            String noted = noted("{\"text\": \"" + "so many words ".repeat(200_000) + "\"}");

            assertThat(noted).hasSizeBetween(1 << 20, (1 << 20) + 100).endsWith(" more characters]");
        }
    }

    @Nested
    class Hidden {

        private static final String KEY = "sk-live/4711+\"quoted\"=ABCDEFGHIJ";
        private static final String URL_KEY = "AIza-0815";

        private final ModelHttp http =
                ModelHttp.builder().addSecret(KEY).addSecret(URL_KEY).build();

        private HttpRequest request() {
            return HttpRequest.newBuilder(
                            URI.create(server.uri() + "/v1/images?Key=abc&alt=json&token=t0&k=" + URL_KEY))
                    .header("Authorization", "Bearer other")
                    .header("X-Goog-Api-Key", "other")
                    .header("x-api-key", "other")
                    .header("Api-Key", "other")
                    .header("Cookie", "session=other")
                    .header("X-Vendor", "prefix " + URL_KEY)
                    .header("Content-Type", "application/json")
                    .POST(JsonBody.of(Map.of("echo", KEY + " and " + URL_KEY)))
                    .build();
        }

        private static void assertClean(String text) {
            assertThat(text)
                    .doesNotContain("other")
                    .doesNotContain("4711")
                    .doesNotContain("quoted")
                    .doesNotContain(URL_KEY)
                    .doesNotContain("abc")
                    .doesNotContain("t0");
        }

        private void assertClean(RawExchange exchange) {
            assertClean(exchange.url()
                    + exchange.requestHeaders()
                    + exchange.requestBody()
                    + exchange.responseHeaders()
                    + exchange.responseBody());
        }

        private static void assertClean(Throwable failure) {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            assertClean(trace.toString().replaceAll("[?]\\S*", ""));
        }

        @Test
        @DisplayName("R33: no key is in what is kept, wherever it was sent or is sent back")
        void noKeyIsInWhatIsKept() throws InterruptedException {
            server.enqueue(FaultAnswer.json(
                            200, "{\"you\": \"" + KEY.replace("\"", "\\\"").replace("/", "\\/") + "\"}")
                    .header("Set-Cookie", "session=other")
                    .header("X-Echo", KEY));

            send(http, request(), TEXT);

            RawExchange exchange = exchanges.get(0);
            assertClean(exchange);
            assertThat(exchange.url()).endsWith("/v1/images?Key=***&alt=json&token=***&k=***");
            assertThat(exchange.requestHeaders())
                    .containsEntry("authorization", List.of("***"))
                    .containsEntry("x-vendor", List.of("prefix ***"));
            assertThat(exchange.requestBody()).contains("{\"echo\":\"*** and ***\"}");
            assertThat(exchange.responseHeaders())
                    .containsEntry("set-cookie", List.of("***"))
                    .containsEntry("x-echo", List.of("***"));
            assertThat(exchange.responseBody()).contains("{\"you\": \"***\"}");
        }

        @Test
        @DisplayName("R33: no key that a vendor quotes is in a failure")
        void noKeyIsInAFailure() {
            server.enqueue(FaultAnswer.json(
                            401,
                            "{\"error\": {\"code\": \"" + URL_KEY + "\", \"message\": \"wrong key " + URL_KEY + "\"}}")
                    .header("x-request-id", "req-" + URL_KEY));

            Throwable thrown = catchThrowable(() -> send(http, request(), TEXT));

            assertThat(thrown).isInstanceOfSatisfying(ModelException.class, failure -> {
                assertClean(failure);
                assertThat(failure.vendorMessage()).contains("wrong key ***");
                assertThat(failure.vendorRequestId()).contains("req-***");
            });
            assertClean(exchanges.get(0));
        }

        @Test
        void aVendorsNameForARequestHoldsNoKey() throws InterruptedException {
            server.enqueue(FaultAnswer.json(200, "{}").header("x-request-id", "req-" + URL_KEY));

            String name =
                    send(http, request(), answer -> answer.vendorRequestId().orElseThrow());

            assertThat(name).isEqualTo("req-***");
        }

        @Test
        @DisplayName("R33: a body that breaks off inside a key has no part of it")
        void aBodyThatBreaksOffInsideAKey() {
            for (int length = 1; length < URL_KEY.length(); length++) {
                String body = "{\"you\": \"" + URL_KEY + "\"}";
                server.enqueue(FaultAnswer.truncated(body, body.indexOf(URL_KEY) + length));

                Throwable thrown = catchThrowable(() -> send(http, request(), TEXT));

                assertThat(thrown).isInstanceOf(ModelException.class);
                assertThat(exchanges.get(length - 1).responseBody()).contains("{\"you\": \"***");
            }
        }

        @Test
        @DisplayName("R33: a key across the end of what is kept is hidden whole")
        void aKeyAcrossTheEndOfWhatIsKept() throws InterruptedException {
            for (int before : new int[] {1, 4, 8}) {
                String text = "-".repeat((1 << 20) - before) + URL_KEY + URL_KEY + URL_KEY;
                server.enqueue(FaultAnswer.bytes(200, "text/plain", text.getBytes(UTF_8)));

                send(http, request(), TEXT);
            }
            assertThat(exchanges)
                    .allSatisfy(exchange ->
                            assertThat(exchange.responseBody().orElseThrow()).doesNotContain("A", "I", "z", "0815"));
        }

        @Test
        void aPasswordInAUrlIsHidden() {
            Throwable thrown = catchThrowable(() -> send(
                    http,
                    HttpRequest.newBuilder(URI.create(server.uri().toString().replace("http://", "http://user:other@")))
                            .build(),
                    TEXT));

            assertThat(exchanges.get(0).url()).startsWith("http://***@");
            assertThat(thrown == null || thrown instanceof ModelException).isTrue();
        }

        @AfterEach
        void close() {
            http.close();
        }
    }

    @Test
    void withoutAListenerNothingIsLookedAt() throws InterruptedException {
        server.enqueue(FaultAnswer.json(200, "{}"));
        boolean[] isPlain = new boolean[1];
        try (ModelHttp http = ModelHttp.builder().build();
                TestCallContext call = TestCallContext.within(LONG)) {
            String read = http.send(MODEL, post("text/plain", BodyPublishers.ofString("x")), call, answer -> {
                isPlain[0] = answer.body().getClass().getName().contains("Exchange$Body");
                return TEXT.read(answer);
            });
            assertThat(read).isEqualTo("{}");
        }
        assertThat(isPlain[0]).isTrue();
    }
}
