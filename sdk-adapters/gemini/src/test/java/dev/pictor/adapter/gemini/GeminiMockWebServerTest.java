package dev.pictor.adapter.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.image.ImageBytes;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.testkit.TestCallContext;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.mockwebserver.SocketPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same round trip against a server that others wrote. */
class GeminiMockWebServerTest {

    private static final ImageRequest LAMP =
            ImageRequest.builder("a brass lamp").build();

    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void close() throws IOException {
        server.shutdown();
    }

    @Test
    void drawsOverAChunkedAnswer() throws Exception {
        server.enqueue(new MockResponse()
                .setHeader("Content-Type", "application/json; charset=UTF-8")
                .setChunkedBody(Answers.success(), 100));
        try (GeminiImageAdapter adapter = adapter();
                TestCallContext call = TestCallContext.unbounded()) {
            ImageResult drawn = adapter.generate(LAMP, call);
            assertThat(drawn.images()).containsExactly(ImageBytes.of(Answers.PNG));
        }
        RecordedRequest sent = server.takeRequest(); // it has come, so this does not wait
        assertThat(sent.getPath()).isEqualTo("/v1beta/models/gemini-nano-banana-2.1:generateContent");
        assertThat(sent.getHeader("x-goog-api-key")).isEqualTo("test-key");
        assertThat(sent.getHeader("Content-Type")).startsWith("application/json");
    }

    @Test
    void failsOnceAndWithTheWaitThatTheServerAsksFor() {
        server.enqueue(new MockResponse().setResponseCode(503).setHeader("Retry-After", "4"));
        server.enqueue(new MockResponse().setBody(Answers.success()));
        assertFails(Optional.of(Duration.ofSeconds(4)));
    }

    @Test
    void failsOnceWhenTheConnectionIsDroppedAfterTheRequest() {
        server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST));
        server.enqueue(new MockResponse().setBody(Answers.success()));
        assertFails(Optional.empty());
    }

    private void assertFails(Optional<Duration> wait) {
        try (GeminiImageAdapter adapter = adapter();
                TestCallContext call = TestCallContext.unbounded()) {
            assertThatThrownBy(() -> adapter.generate(LAMP, call))
                    .isInstanceOfSatisfying(ModelException.class, failure -> {
                        assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
                        assertThat(failure.retryAfter()).isEqualTo(wait);
                    });
        }
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    private GeminiImageAdapter adapter() {
        return GeminiImageAdapter.builder("test-key")
                .baseUrl(server.url("/").uri())
                .build();
    }
}
