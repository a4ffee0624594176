package dev.pictor.adapter.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelException;
import dev.pictor.testkit.FaultAnswer;
import dev.pictor.testkit.FaultServer;
import dev.pictor.testkit.RecordedRequest;
import dev.pictor.testkit.TestCallContext;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

/** A server and an adapter that calls it. */
abstract class GeminiFixture {

    static final String KEY = "AIzaSy-secret-of-the-test";
    /** An upper bound for what does not wait for anything: the machine may be busy. */
    static final Duration SOON = Duration.ofSeconds(10);

    static final ImageRequest LAMP =
            ImageRequest.builder("a brass lamp on a walnut desk").build();

    final FaultServer server = FaultServer.start();
    final GeminiImageAdapter adapter =
            GeminiImageAdapter.builder(KEY).baseUrl(server.uri()).build();

    @AfterEach
    void close() {
        adapter.close();
        server.close();
    }

    ImageResult draw(ImageRequest request, FaultAnswer answer) throws InterruptedException {
        server.enqueue(answer);
        try (TestCallContext call = TestCallContext.unbounded()) {
            return adapter.generate(request, call);
        }
    }

    ImageResult draw(ImageRequest request) throws InterruptedException {
        return draw(request, FaultAnswer.json(200, Answers.success()));
    }

    /** Plays one answer that is a failure, after exactly one request, and returns it. */
    ModelException fail(FaultAnswer answer) {
        ModelException failure = catchThrowableOfType(ModelException.class, () -> draw(LAMP, answer));
        assertThat(server.requestCount()).isEqualTo(1);
        assertSecretsAreKept(failure);
        assertThat(failure.modelId()).isEqualTo("gemini-nano-banana-2.1");
        return failure;
    }

    @CanIgnoreReturnValue
    RecordedRequest sent() throws InterruptedException {
        return server.takeRequest(SOON);
    }

    /** Asserts that neither key nor prompt is in the messages or stack traces of an exception and its causes. */
    static void assertSecretsAreKept(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain(KEY).doesNotContain(LAMP.prompt());
    }
}
