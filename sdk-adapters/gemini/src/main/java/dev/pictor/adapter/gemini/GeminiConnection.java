package dev.pictor.adapter.gemini;

import com.google.genai.Client;
import com.google.genai.Models;
import com.google.genai.errors.GenAiIOException;
import com.google.genai.types.GetModelConfig;
import com.google.genai.types.HttpOptions;
import dev.pictor.gateway.routing.HealthProbe;
import dev.pictor.model.CallContext;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.http.AnswerReader;
import dev.pictor.model.http.JsonPictures;
import dev.pictor.model.http.ModelHttp;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSink;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/**
 * The way to Google: the vendor's client writes a request, {@link ModelHttp} sends it. The vendor's client is given an
 * empty answer by an interceptor that keeps what it wrote and goes nowhere, so it opens no connection and starts no
 * thread. Which call a request belongs to is told by a header that is not sent. Thread-safe.
 */
final class GeminiConnection implements AutoCloseable {

    private static final String CALL = "x-pictor-call";

    /** How long Google is to work on it at most: what the vendor's client sends for a timeout of its own. */
    private static final String SERVER_TIMEOUT = "X-Server-Timeout";

    private static final Duration LONGEST = Duration.ofHours(1);
    private static final MediaType JSON = MediaType.get("application/json");
    private static final JsonPictures NO_PICTURES = JsonPictures.at("/none");

    private final String modelId;
    private final GoogleAccess access;
    private final ModelHttp http;
    private final Client client;
    private final Map<String, Request> written = new ConcurrentHashMap<>();
    private final AtomicLong calls = new AtomicLong();
    private volatile boolean closed;

    GeminiConnection(String modelId, GoogleAccess access, URI baseUrl, ModelHttp http) {
        this.modelId = modelId;
        this.access = access;
        this.http = http;
        this.client = access.client(
                new OkHttpClient.Builder().addInterceptor(this::keep).build(), baseUrl);
    }

    /**
     * Sends a request once and reads its answer, on this thread.
     *
     * @param write calls the vendor's client with the options given; what that returns is of no use
     * @throws dev.pictor.model.ModelException if no usable answer came
     * @throws InterruptedException if the thread was interrupted; the connection is closed then
     * @throws IllegalStateException if this is closed
     */
    <T> T send(CallContext call, AnswerReader<T> reader, BiConsumer<Models, HttpOptions> write)
            throws InterruptedException {
        checkOpen();
        return send(call, reader, write(call, write));
    }

    /** Sends a request that the vendor's client did not write, all else as above. */
    <T> T send(CallContext call, AnswerReader<T> reader, HttpRequest.Builder request) throws InterruptedException {
        checkOpen();
        access.authorization(modelId).ifPresent(value -> request.setHeader("Authorization", value));
        return http.send(modelId, request.build(), call, reader);
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the adapter for " + modelId + " is closed");
        }
    }

    /** Returns a probe that asks what the model is, which is free. Of other models it knows nothing. */
    HealthProbe probe(ModelProfile profile) {
        return (candidate, context) -> {
            ModelProfile asked = candidate.profile();
            return asked.id().equals(profile.id())
                    && asked.provider().equals(profile.provider())
                    && send(
                                    context,
                                    NO_PICTURES,
                                    (models, options) -> models.get(
                                            modelId,
                                            GetModelConfig.builder()
                                                    .httpOptions(options)
                                                    .build()))
                            .text("/name")
                            .isPresent();
        };
    }

    private HttpRequest.Builder write(CallContext call, BiConsumer<Models, HttpOptions> write)
            throws InterruptedException {
        String id = Long.toString(calls.incrementAndGet());
        Map<String, String> headers = new HashMap<>(Map.of(CALL, id));
        Duration timeLeft = call.timeLeft();
        if (!timeLeft.isZero() && timeLeft.compareTo(LONGEST) < 0) {
            headers.put(
                    SERVER_TIMEOUT,
                    Long.toString(timeLeft.plusNanos(999_999_999).toSeconds()));
        }
        try {
            write.accept(client.models, HttpOptions.builder().headers(headers).build());
            return copy(written.get(id));
        } catch (GenAiIOException | IOException e) {
            if (Thread.interrupted()) { // the only thing that stops a write into memory
                InterruptedException interrupted =
                        new InterruptedException("interrupted before " + modelId + " was asked");
                interrupted.initCause(e);
                throw interrupted;
            }
            throw new IllegalStateException("the vendor's client did not write the request for " + modelId, e);
        } finally {
            written.remove(id);
        }
    }

    private Response keep(Interceptor.Chain chain) {
        Request request = chain.request();
        String id = request.header(CALL);
        if (id != null) {
            written.put(id, request);
        }
        return new Response.Builder()
                .request(request)
                .protocol(Protocol.HTTP_1_1)
                .code(200)
                .message("written")
                .body(ResponseBody.create("{}", JSON))
                .build();
    }

    private static HttpRequest.Builder copy(@Nullable Request request) throws IOException {
        if (request == null) {
            throw new IOException("nothing was written");
        }
        HttpRequest.Builder copy = HttpRequest.newBuilder(request.url().uri());
        Headers headers = request.headers();
        for (int i = 0; i < headers.size(); i++) {
            if (!headers.name(i).toLowerCase(Locale.ROOT).equals(CALL)) {
                copy.header(headers.name(i), headers.value(i));
            }
        }
        return copy.method(request.method(), body(request.body()));
    }

    private static BodyPublisher body(@Nullable RequestBody body) throws IOException {
        if (body == null) {
            return BodyPublishers.noBody();
        }
        byte[] bytes = new byte[Math.toIntExact(body.contentLength())];
        try (BufferedSink sink = Okio.buffer(Okio.sink(new Filling(bytes)))) {
            body.writeTo(sink);
        }
        return BodyPublishers.ofByteArray(bytes);
    }

    /** Stops the calls in flight and closes their connections. */
    @Override
    public void close() {
        closed = true;
        http.close();
        client.close();
    }

    /** Fills an array from its beginning. */
    private static final class Filling extends OutputStream {

        private final byte[] bytes;
        private int used;

        Filling(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public void write(int value) {
            bytes[used++] = (byte) value;
        }

        @Override
        public void write(byte[] from, int offset, int length) {
            System.arraycopy(from, offset, bytes, used, length);
            used += length;
        }
    }
}
