package dev.pictor.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.PictureCheck;
import dev.pictor.gateway.resilience.RetryPolicy;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.PixelSize;
import dev.pictor.model.ModelException;
import dev.pictor.model.RawExchange;
import dev.pictor.model.http.ModelHttp;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.trace.DirectoryRunStore;
import dev.pictor.trace.TraceEvent;
import dev.pictor.trace.TraceSink;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What of the wire is in the trace. */
@Timeout(60)
class GatewayExchangesTest {

    private static final String KEY = "sk-live-4711-ABCDEFGHIJ";
    private static final ImageBytes PICTURE = ImageBytes.wrap(FakePicture.png(new PixelSize(8, 8), 1, 2, 3, 5_000));
    private static final String ANSWER = "{\"data\": [{\"b64_json\": \""
            + Base64.getEncoder().encodeToString(PICTURE.toByteArray()) + "\"}], \"echo\": \"" + KEY + "\"}";

    private final FaultServer server = FaultServer.start();
    private final HttpImageModel model = HttpImageModel.to(
                    server.uri(), ModelHttp.builder().addSecret(KEY).build())
            .apiKey(KEY);
    private final RecordingTraceSink sink = RecordingTraceSink.create();

    @RegisterExtension
    final TraceLifecycle lifecycle = TraceLifecycle.of(sink);

    @AfterEach
    void close() {
        model.close();
        server.close();
    }

    /** Draws a lamp: once, and again after a failure that costs nothing. */
    private Throwable draw(TraceSink to, boolean records) {
        try (Gateway gateway = Gateway.builder(model)
                        .recordExchanges(records)
                        .pictureCheck(PictureCheck.none())
                        .retry(RetryPolicy.builder().baseDelay(Duration.ZERO).build())
                        .build();
                PipelineRunner runner = PipelineRunner.builder().traceSink(to).build()) {
            return catchThrowable(() -> GatewayCalls.draw(runner, gateway, "a lamp"));
        }
    }

    private List<Object> exchanges() {
        return sink.events().stream()
                .filter(event -> event.type().equals(TraceEvent.MODEL_CALL_END))
                .map(event -> event.body().getOrDefault("exchanges", "none"))
                .toList();
    }

    private void answerAfterAFailure() {
        server.enqueue(
                FaultAnswer.json(529, "{\"error\": {\"type\": \"overloaded_error\", \"message\": \"" + KEY + "\"}}"),
                FaultAnswer.json(200, ANSWER).header("x-request-id", KEY));
    }

    @Test
    void nothingOfTheWireIsInTheTraceUnlessAskedFor() {
        answerAfterAFailure();

        assertThat(draw(sink, false)).isNull();
        assertThat(exchanges()).containsExactly("none", "none");
    }

    @Test
    @DisplayName("R33: each attempt has what it sent and got, also one that failed")
    void eachAttemptHasWhatItSentAndGot() {
        answerAfterAFailure();

        assertThat(draw(sink, true)).isNull();
        assertThat(exchanges()).hasSize(2);
        assertThat(exchanges())
                .allSatisfy(all -> assertThat(all)
                        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(RawExchange.class))
                        .hasSize(1)
                        .allSatisfy(exchange ->
                                assertThat(exchange.requestBody().orElseThrow()).contains("\"prompt\":\"a lamp\"")));
        assertThat(exchanges().get(0).toString()).contains("status=529");
        assertThat(exchanges().get(1).toString()).contains("status=200");
    }

    @Test
    @DisplayName("R33: no key and no picture is in a trace on disk, wherever a vendor repeats it")
    void noKeyIsInATraceOnDisk(@TempDir Path folder) throws IOException {
        answerAfterAFailure();
        try (DirectoryRunStore store = DirectoryRunStore.open(folder)) {
            assertThat(draw(store, true)).isNull();
        }

        String written = text(folder);
        assertThat(written)
                .doesNotContain(KEY)
                .contains(
                        "\"exchanges\":[{",
                        "\"authorization\":[\"***\"]",
                        "\"status\":529",
                        "\\\"echo\\\": \\\"***\\\"")
                .contains("sha256:" + PICTURE.sha256().hex() + ", image/png, " + PICTURE.byteCount() + " bytes");
    }

    @Test
    @DisplayName("R33: no key is in an exception or in the trace of a call that failed")
    void noKeyIsInAnException(@TempDir Path folder) throws IOException {
        server.enqueue(FaultAnswer.json(
                        401, "{\"error\": {\"code\": \"" + KEY + "\", \"message\": \"wrong key " + KEY + "\"}}")
                .header("x-request-id", KEY));
        Throwable failure;
        try (DirectoryRunStore store = DirectoryRunStore.open(folder)) {
            failure = draw(store, true);
        }

        StringWriter told = new StringWriter();
        failure.printStackTrace(new PrintWriter(told));
        assertThat(told.toString() + ((ModelException) failure).vendorMessage()).doesNotContain(KEY);
        assertThat(text(folder)).doesNotContain(KEY).contains("wrong key ***");
    }

    private static String text(Path folder) throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                text.append(new String(Files.readAllBytes(file), UTF_8));
            }
        }
        return text.toString();
    }
}
