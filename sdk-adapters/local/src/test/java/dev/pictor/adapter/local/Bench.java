package dev.pictor.adapter.local;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.image.Encoding;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.Imaging;
import dev.pictor.image.Picture;
import dev.pictor.image.PixelSize;
import dev.pictor.model.CallContext;
import dev.pictor.model.ModelException;
import dev.pictor.testkit.FaultAnswer;
import dev.pictor.testkit.FaultServer;
import dev.pictor.testkit.RecordedRequest;
import dev.pictor.testkit.TestCallContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** A server that plays a script, and the way to it. */
final class Bench implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    final FaultServer server = FaultServer.start();
    final LocalServer local;

    private Bench(LocalServerBuilder settings) {
        this.local = settings.baseUrl(server.uri()).build();
    }

    static Bench of(LocalServerBuilder settings) {
        return new Bench(settings);
    }

    static Bench of(ServerProfile profile) {
        return new Bench(LocalServer.ollama().profile(profile));
    }

    @CanIgnoreReturnValue
    Bench answering(int status, String body) {
        server.enqueue(FaultAnswer.json(status, body));
        return this;
    }

    RecordedRequest request() {
        List<RecordedRequest> requests = server.requests();
        return requests.get(requests.size() - 1);
    }

    /** The body of the last request. */
    JsonNode sent() {
        return json(request().bodyText());
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @CanIgnoreReturnValue
    static <T> T with(Asked<T> asked) throws InterruptedException {
        try (TestCallContext call = TestCallContext.unbounded()) {
            return asked.ask(call);
        }
    }

    static <T> ModelException fails(Asked<T> asked) {
        return catchThrowableOfType(ModelException.class, () -> with(asked));
    }

    interface Asked<T> {
        T ask(CallContext call) throws InterruptedException;
    }

    static ImageBytes png(int width, int height) {
        return Imaging.ofDefaults().encode(picture(width, height), Encoding.png());
    }

    static ImageBytes jpeg(int width, int height) {
        return Imaging.ofDefaults().encode(picture(width, height), Encoding.jpeg(80));
    }

    /** 1x1, lossless. */
    static ImageBytes webp() {
        return ImageBytes.wrap(Base64.getDecoder().decode("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA=="));
    }

    static String base64(ImageBytes image) {
        return Base64.getEncoder().encodeToString(image.toByteArray());
    }

    private static Picture picture(int width, int height) {
        byte[] samples = new byte[width * height * 3];
        Arrays.fill(samples, (byte) 90);
        return Picture.wrap(new PixelSize(width, height), false, samples);
    }

    static String chat(String content) {
        return """
                {"id": "chatcmpl-1", "object": "chat.completion", "created": 1763632800, "model": "qwen3-vl:8b",
                  "choices": [{"index": 0, "message": {"role": "assistant", "content": %s}, "finish_reason": "stop"}],
                  "usage": {"prompt_tokens": 26, "completion_tokens": 9, "total_tokens": 35}}""".formatted(content);
    }

    static String pictures(ImageBytes... images) {
        return "{\"created\": 1763632800, \"data\": ["
                + String.join(
                        ", ",
                        Arrays.stream(images)
                                .map(image -> "{\"b64_json\": \"" + base64(image) + "\"}")
                                .toList())
                + "]}";
    }

    @Override
    public void close() {
        local.close();
        server.close();
    }
}
