package dev.pictor.testkit.recording;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.PixelSize;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.http.MultipartBody;
import dev.pictor.testkit.FakeProvider;
import dev.pictor.testkit.Fault;
import dev.pictor.testkit.FaultAnswer;
import dev.pictor.testkit.FaultServer;
import dev.pictor.testkit.HttpImageModel;
import dev.pictor.testkit.TestCallContext;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

class HttpRecordingTest {

    private static final String KEY = "sk-planted-5c1e08aa9937";
    private static final String OTHER = "planted/other\"secret";

    @TempDir
    Path folder;

    private final FaultServer vendor = FaultServer.start();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void close() {
        vendor.close();
    }

    private HttpRecorder recorder() {
        return HttpRecorder.builder(folder, vendor.uri())
                .addSecret(OTHER)
                .addSecretHeader("X-House-Key")
                .addSecretParameter("pin")
                .start();
    }

    private static HttpRequest.Builder post(URI server, String path, String body) {
        return HttpRequest.newBuilder(server.resolve(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
    }

    @CanIgnoreReturnValue
    private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private String exchanges() throws IOException {
        return Files.readString(folder.resolve("exchanges.json"));
    }

    private List<Path> blobs() throws IOException {
        if (!Files.exists(folder.resolve("blobs"))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.resolve("blobs"))) {
            return files.toList();
        }
    }

    @Test
    void anAdapterCannotTellARecordingFromTheVendor() throws Exception {
        ImageRequest lamp = ImageRequest.builder("a brass lamp")
                .count(2)
                .size(new PixelSize(640, 384))
                .build();
        ImageRequest chair = ImageRequest.builder("a linen chair").build();
        List<ImageResult> recorded = new ArrayList<>();
        try (FakeProvider provider = FakeProvider.start();
                HttpRecorder recorder = HttpRecorder.start(folder, provider.uri());
                HttpImageModel model = HttpImageModel.to(recorder.uri()).apiKey(KEY)) {
            recorded.add(draw(model, lamp));
            provider.enqueue(Fault.rateLimited(Duration.ofSeconds(7)));
            assertLimited(() -> draw(model, chair));
            recorded.add(draw(model, chair));
        }
        assertThat(blobs()).isNotEmpty();
        try (HttpPlayback playback = HttpPlayback.start(folder);
                HttpImageModel model = HttpImageModel.to(playback.uri()).apiKey("another-key")) {
            List<ImageResult> played = new ArrayList<>();
            played.add(draw(model, lamp));
            assertLimited(() -> draw(model, chair));
            played.add(draw(model, chair));
            assertThat(played).isEqualTo(recorded);
            assertThat(playback.remaining()).isZero();
        }
        assertPlanted(KEY);
    }

    private static ImageResult draw(HttpImageModel model, ImageRequest request) throws InterruptedException {
        try (TestCallContext call = TestCallContext.unbounded()) {
            return model.generate(request, call);
        }
    }

    private static void assertLimited(ThrowingCallable drawing) {
        assertThatThrownBy(drawing).isInstanceOfSatisfying(ModelException.class, failure -> {
            assertThat(failure.reason()).isEqualTo(Reason.RATE_LIMITED);
            assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
        });
    }

    /** A secret is in no file, in no form. */
    private void assertPlanted(String secret) throws IOException {
        String packed = Base64.getEncoder().encodeToString(secret.getBytes(UTF_8));
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = new String(Files.readAllBytes(file), ISO_8859_1);
                assertThat(text.contains(secret) || text.contains(packed))
                        .as("%s holds a secret", file)
                        .isFalse();
            }
        }
    }

    @Test
    void answersToTheByte() throws Exception {
        byte[] noise = new byte[5_000];
        new Random(7).nextBytes(noise);
        String long64 = Base64.getEncoder().encodeToString(noise);
        String unpadded = Base64.getEncoder().withoutPadding().encodeToString(Arrays.copyOf(noise, 4_000));
        List<String> bodies = List.of(
                "{\"a\":1.10,\"b\":[true,null,\"x\\\"y\"],\"c\":\"" + long64 + "\"}",
                "{\n  \"a\": 1e2, \"url\": \"data:image/png;base64," + long64 + "\",\r\n \"d\": \"\\u003d\\/\"}\n",
                "{\"data\":\"" + unpadded + "\\u003d\"}",
                "no JSON at all, {{blob 7}}",
                "",
                "[1,2]",
                "{\"a\":1,\"a\":2}",
                "\u0131\u015f\u0131k \uD83D\uDCA1");
        List<byte[]> recorded = new ArrayList<>();
        try (HttpRecorder recorder = recorder()) {
            for (String body : bodies) {
                vendor.enqueue(FaultAnswer.json(200, body).header("x-request-id", "req_7"));
                recorded.add(
                        send(post(recorder.uri(), "/v1/it?n=1", "{}").build()).body());
            }
            vendor.enqueue(FaultAnswer.bytes(402, "image/png", noise));
            recorded.add(send(post(recorder.uri(), "/v1/it?n=1", "{}").build()).body());
        }
        try (HttpPlayback playback = HttpPlayback.start(folder)) {
            for (byte[] body : recorded) {
                HttpResponse<byte[]> played =
                        send(post(playback.uri(), "/v1/it?n=1", "{ }").build());
                assertThat(played.body()).isEqualTo(body);
                assertThat(played.statusCode())
                        .isEqualTo(
                                played.headers()
                                                .firstValue("Content-Type")
                                                .orElse("")
                                                .equals("image/png")
                                        ? 402
                                        : 200);
            }
        }
        for (int i = 0; i < bodies.size(); i++) {
            assertThat(recorded.get(i)).isEqualTo(bodies.get(i).getBytes(UTF_8));
        }
        assertThat(exchanges()).doesNotContain(long64).contains("\"a\" : 1.10");
        assertThat(blobs()).hasSizeBetween(3, 4);
    }

    @Test
    void keepsNoSecretWhereverItStands() throws Exception {
        String quoted = OTHER.replace("\"", "\\\"");
        try (HttpRecorder recorder = recorder()) {
            String echo = "{\"token\":\"later-secret-31\",\"error\":\"bad key " + KEY + " or " + quoted + "\"}";
            vendor.enqueue(FaultAnswer.json(401, echo)
                    .header("Set-Cookie", "session=planted-cookie-9")
                    .header("X-Echo", "Bearer " + KEY));
            vendor.enqueue(FaultAnswer.bytes(200, "image/png", ("\0PNG " + KEY + " \1").getBytes(UTF_8)));
            HttpRequest first = post(
                            recorder.uri(),
                            "/v1/" + KEY + "?key=" + KEY + "&pin=planted-pin-44&n=1",
                            "{\"user\":\"" + KEY + "\",\"words\":\"" + quoted + "\",\"b\":\""
                                    + Base64.getEncoder().encodeToString(KEY.getBytes(UTF_8)) + "\"}")
                    .header("Authorization", "Bearer " + KEY)
                    .header("x-goog-api-key", "planted-goog-77")
                    .header("api-key", "planted-azure-88")
                    .header("X-House-Key", "planted-house-99")
                    .build();
            assertThat(send(first).body()).as("what the client gets").isEqualTo(echo.getBytes(UTF_8));
            byte[] unused = send(post(recorder.uri(), "/v1/second", "planted-goog-77 planted-azure-88 planted-house-99")
                            .header("Authorization", "later-secret-31")
                            .build())
                    .body();
        }
        for (String secret : List.of(
                KEY,
                OTHER,
                quoted,
                "planted-goog-77",
                "planted-azure-88",
                "planted-house-99",
                "planted-pin-44",
                "planted-cookie-9",
                "later-secret-31")) {
            assertPlanted(secret);
        }
        assertThat(exchanges()).contains("key=***", "pin=***", "n=1", "\"authorization\" : \"***\"");
        assertThat(vendor.requests().get(0).header("Authorization")).contains("Bearer " + KEY);
    }

    @Test
    void comparesJsonAsATreeAndFormsByTheirParts() throws Exception {
        ImageBytes picture = HttpRecordingTest.picture();
        try (HttpRecorder recorder = recorder()) {
            vendor.enqueue(FaultAnswer.json(200, "{\"is\":\"tree\"}"), FaultAnswer.json(200, "{\"is\":\"form\"}"));
            byte[] tree = send(post(recorder.uri(), "/v1/tree?b=2&a=1", "{\"a\": 1, \"b\": [1.0, \"x\"]}")
                            .build())
                    .body();
            byte[] form = send(form(recorder.uri(), picture, "1024x1024")).body();
            assertThat(tree).isNotEqualTo(form);
        }
        try (HttpPlayback playback = HttpPlayback.start(folder)) {
            assertThat(new String(
                            send(form(playback.uri(), picture, "1024x1024")).body(), UTF_8))
                    .contains("form");
            assertThat(new String(
                            send(post(playback.uri(), "/v1/tree?a=1&b=2", "{\"b\":[1,\"x\"],\"a\":1.00}")
                                            .build())
                                    .body(),
                            UTF_8))
                    .contains("tree");
        }
        assertThat(exchanges()).contains("name=\\\"size\\\"").doesNotContain("pictor-");
    }

    private static ImageBytes picture() {
        return ImageBytes.wrap(
                Base64.getDecoder()
                        .decode(
                                "iVBORw0KGgoAAAANSUhEUgAAAEAAAABAAQAAAACCEkxzAAAAD0lEQVR42mNgGAWjgHwAAAJAAAHgTR1EAAAAAElFTkSuQmCC"));
    }

    private static HttpRequest form(URI server, ImageBytes picture, String size) {
        MultipartBody form =
                MultipartBody.create().file("image[]", "lamp.png", picture).field("size", size);
        return HttpRequest.newBuilder(server.resolve("/v1/images/edits"))
                .header("Content-Type", form.contentType())
                .POST(form.publisher())
                .build();
    }

    @Test
    void namesWhatDiffersInARequestThatIsNotInTheRecordingAndTellsNoContents() throws Exception {
        try (HttpRecorder recorder = recorder()) {
            vendor.enqueue(FaultAnswer.json(200, "{}"), FaultAnswer.json(200, "{}"), FaultAnswer.json(200, "{}"));
            assertThat(send(post(recorder.uri(), "/v1/lamps", "{\"size\":\"1x1\",\"n\":1}")
                                    .build())
                            .statusCode())
                    .isEqualTo(200);
            assertThat(send(form(recorder.uri(), picture(), "1024x1024")).statusCode())
                    .isEqualTo(200);
            assertThat(send(HttpRequest.newBuilder(recorder.uri().resolve("/v1/models"))
                                    .build())
                            .statusCode())
                    .isEqualTo(200);
        }
        HttpPlayback playback = HttpPlayback.start(folder);
        send(post(playback.uri(), "/v1/lamps?x=hidden", "{\"size\":\"hidden\",\"n\":1,\"seed\":7}")
                .build());
        send(form(playback.uri(), picture(), "hidden"));
        send(HttpRequest.newBuilder(playback.uri().resolve("/v1/models")).build());
        HttpResponse<byte[]> again = send(
                HttpRequest.newBuilder(playback.uri().resolve("/v1/models")).build());
        assertThat(again.statusCode()).isEqualTo(500);
        assertThatThrownBy(playback::close)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("request 1, POST /v1/lamps, is not in the recording " + folder
                        + ": exchange 1 is the nearest and differs in body /seed, body /size, query x")
                .hasMessageContaining("exchange 2 is the nearest and differs in part 2 (size)")
                .hasMessageContaining("request 4, GET /v1/models, is not in the recording " + folder
                        + ": exchange 3 is the same and was played already")
                .hasMessageNotContaining("hidden");
    }

    @Test
    void replacesAnEarlierRecordingAndItsBlobs() throws Exception {
        for (int i = 0; i < 2; i++) {
            byte[] noise = new byte[3_000];
            new Random(i).nextBytes(noise);
            try (HttpRecorder recorder = recorder()) {
                vendor.enqueue(FaultAnswer.bytes(200, "image/png", noise));
                assertThat(send(post(recorder.uri(), "/v1/it", "{}").build()).body())
                        .isEqualTo(noise);
            }
            assertThat(blobs()).hasSize(1);
        }
    }

    @Test
    void saysThatARequestDidNotGetThrough() throws Exception {
        vendor.enqueue(FaultAnswer.reset(), FaultAnswer.reset(), FaultAnswer.reset());
        HttpRecorder recorder = recorder();
        assertThatThrownBy(() -> send(post(recorder.uri(), "/v1/it", "{}").build()))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(recorder::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a request did not get through to " + vendor.uri());
        assertThat(exchanges()).contains("\"exchanges\" : [ ]");
    }

    @Test
    void refusesASecretThatIsPartOfTooManyWords() {
        HttpRecorderBuilder builder = HttpRecorder.builder(folder, vendor.uri());
        assertThatThrownBy(() -> builder.addSecret("short"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a secret must have 6 or more characters, had 5");
    }

    @Test
    void findsOutABlobThatWasChanged() throws Exception {
        try (HttpRecorder recorder = recorder()) {
            vendor.enqueue(FaultAnswer.bytes(200, "image/png", new byte[] {1, 2, 3}));
            assertThat(send(post(recorder.uri(), "/v1/it", "{}").build()).body())
                    .hasSize(3);
        }
        Files.write(blobs().get(0), new byte[] {1, 2, 4});
        assertThatThrownBy(() -> HttpPlayback.start(folder))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith("is not what its name says");
    }

    private static boolean atWork;

    static boolean isAtWork() {
        return atWork;
    }

    /** Run by the test below, in a launcher of its own. */
    @EnabledIf("dev.pictor.testkit.recording.HttpRecordingTest#isAtWork")
    static class Recorded {

        static final String FOLDER = "target/recordings/lamp";

        @Test
        @HttpRecording(FOLDER)
        void drawsALamp(RecordedServer vendor) throws InterruptedException {
            try (HttpImageModel model = HttpImageModel.to(vendor.uri()).apiKey(KEY)) {
                assertThat(draw(model, ImageRequest.builder("a brass lamp").build())
                                .images())
                        .hasSize(1);
            }
        }

        @Test
        @HttpRecording(FOLDER)
        void drawsAChairThatNobodyRecorded(RecordedServer vendor) {
            try (HttpImageModel model = HttpImageModel.to(vendor.uri()).apiKey(KEY)) {
                assertThatThrownBy(() ->
                                draw(model, ImageRequest.builder("a chair").build()))
                        .isInstanceOf(ModelException.class);
            }
        }
    }

    @Test
    void anAnnotatedTestIsRecordedOnceAndPlayedBackFromThenOn() {
        try (FakeProvider provider = FakeProvider.start()) {
            System.setProperty("pictor.record", "true");
            assertThat(run("drawsALamp").getFailures())
                    .extracting(failure -> failure.getException().getMessage())
                    .singleElement()
                    .asString()
                    .endsWith("to record " + Recorded.FOLDER
                            + " set upstream in @HttpRecording, or the system property pictor.record.upstream");
            System.setProperty("pictor.record.upstream", provider.uri().toString());
            assertThat(run("drawsALamp").getFailures()).isEmpty();
            assertThat(provider.requests()).isEqualTo(1);
            System.clearProperty("pictor.record");
            assertThat(run("drawsALamp").getFailures()).isEmpty();
            assertThat(provider.requests()).isEqualTo(1);
            assertThat(run("drawsAChairThatNobodyRecorded").getFailures())
                    .extracting(failure -> failure.getException().getMessage())
                    .singleElement()
                    .asString()
                    .contains("is the nearest and differs in body /prompt");
        } finally {
            System.clearProperty("pictor.record");
            System.clearProperty("pictor.record.upstream");
        }
    }

    private static TestExecutionSummary run(String method) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectMethod(Recorded.class, method, RecordedServer.class.getName()))
                .build();
        atWork = true;
        try {
            LauncherFactory.create().execute(request, listener);
        } finally {
            atWork = false;
        }
        assertThat(listener.getSummary().getTestsStartedCount()).isEqualTo(1);
        return listener.getSummary();
    }
}
