package dev.pictor.adapter.gemini;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.genai.Client;
import com.google.genai.errors.GenAiIOException;
import com.google.genai.types.ClientOptions;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import dev.pictor.model.CallContext;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.Call;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * The way to Google: the vendor's client over an HTTP client of our own, one attempt a call. Thread-safe.
 *
 * <p>The vendor's client writes the request and is given an empty answer: the interceptor has read the real one by
 * then, with what the vendor's client would drop (headers of errors, finish messages) and without its copies. A call
 * runs on the caller's thread; which call an HTTP request belongs to is told by a header that is not sent.
 */
final class GeminiConnection implements AutoCloseable {

    private static final String ATTEMPT = "x-pictor-attempt";
    private static final long MAX_ERROR_BYTES = 64 << 10;
    private static final MediaType JSON = MediaType.get("application/json");

    private final String modelId;
    private final OkHttpClient http;
    private final Client client;
    private final Map<String, Attempt> attempts = new ConcurrentHashMap<>();
    private volatile boolean closed;

    GeminiConnection(String modelId, String apiKey, URI baseUrl, Duration connectTimeout) {
        this.modelId = modelId;
        this.http = new OkHttpClient.Builder()
                .socketFactory(new InterruptibleSockets())
                .protocols(List.of(Protocol.HTTP_1_1)) // one connection a call: stopping one call closes its own
                .followRedirects(false) // the key goes where it was meant to go and nowhere else
                .connectTimeout(connectTimeout)
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .addInterceptor(this::intercept)
                .build();
        this.client = Client.builder()
                .apiKey(apiKey)
                .vertexAI(false)
                .clientOptions(ClientOptions.builder().customHttpClient(http).build())
                .httpOptions(HttpOptions.builder()
                        .baseUrl(baseUrl.toString())
                        .retryOptions(HttpRetryOptions.builder()
                                .attempts(1)
                                .httpStatusCodes(List.of())
                                .build())
                        .build())
                .build();
    }

    /**
     * Sends a request once and reads its answer.
     *
     * @throws ModelException if no complete answer with status 200 came
     * @throws InterruptedException if the thread was interrupted; the connection is closed then
     */
    GeminiAnswer send(GeminiRequest request, CallContext call) throws InterruptedException {
        if (closed) {
            throw new IllegalStateException("the adapter for " + modelId + " is closed");
        }
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before " + modelId + " was called");
        }
        Duration timeLeft = call.timeLeft();
        String id = UUID.randomUUID().toString();
        Attempt attempt = new Attempt();
        attempts.put(id, attempt);
        CallContext.Registration hook = call.onCancel(attempt::cancel);
        try {
            if (timeLeft.isZero() || call.isCancelled()) {
                throw failed(attempt, call, null);
            }
            client.models.generateContent(
                    modelId,
                    request.content(),
                    request.config(HttpOptions.builder()
                            .headers(Map.of(ATTEMPT, id))
                            .timeout(roundUpToMillis(timeLeft))
                            .build()));
            return attempt.outcome();
        } catch (GenAiIOException e) {
            if (Thread.interrupted()) {
                InterruptedException interrupted = new InterruptedException("interrupted while " + modelId + " drew");
                interrupted.initCause(e.getCause());
                throw interrupted;
            }
            throw failed(attempt, call, e.getCause());
        } finally {
            hook.close();
            attempts.remove(id);
        }
    }

    /** Stops the calls in flight and closes their connections. */
    @Override
    public void close() {
        closed = true;
        attempts.values().forEach(Attempt::cancel);
        client.close();
    }

    private ModelException failed(Attempt attempt, CallContext call, @Nullable Throwable cause) {
        Billed billed = attempt.sent ? Billed.UNKNOWN_OUTCOME : Billed.NOT_SENT;
        boolean timedOut = cause instanceof InterruptedIOException && !(cause instanceof SocketTimeoutException);
        if (timedOut || call.timeLeft().isZero()) {
            return GeminiFailures.failure(modelId, Reason.TIMED_OUT, billed, "did not answer in time", cause);
        }
        if (attempt.cancelled || call.isCancelled()) {
            return GeminiFailures.failure(modelId, Reason.CANCELLED, billed, "was stopped by the caller", cause);
        }
        String problem = attempt.sent
                ? "was reached, but the connection broke before the answer"
                : "could not be reached; check the network and the base URL";
        return GeminiFailures.failure(modelId, Reason.UNAVAILABLE, billed, problem, cause);
    }

    private Response intercept(Interceptor.Chain chain) throws IOException {
        Request request = chain.request();
        Attempt attempt = requireNonNull(attempts.get(request.header(ATTEMPT)), "attempt");
        attempt.start(chain.call());
        try (Response response = chain.proceed(request.newBuilder()
                .removeHeader(ATTEMPT)
                .method(request.method(), attempt.watch(requireNonNull(request.body(), "body")))
                .build())) {
            attempt.read(response);
            return response.newBuilder()
                    .code(200)
                    .body(ResponseBody.create("{}", JSON))
                    .build();
        }
    }

    private static int roundUpToMillis(Duration time) {
        return (int) Math.min(time.plusNanos(999_999).toMillis(), Integer.MAX_VALUE);
    }

    /** One call, its request and what came of it. Only {@link #cancel} is called from other threads. */
    private final class Attempt {

        private volatile @Nullable Call call;
        private volatile boolean cancelled;
        private boolean sent;
        private @Nullable GeminiAnswer answer;
        private @Nullable ModelException failure;

        void start(Call started) {
            call = started;
            if (cancelled) {
                started.cancel();
            }
        }

        void cancel() {
            cancelled = true;
            Call started = call;
            if (started != null) {
                started.cancel();
            }
        }

        /** Returns the body such that OkHttp never sends it twice, and that tells when it leaves. */
        RequestBody watch(RequestBody body) {
            return new RequestBody() {
                @Override
                public @Nullable MediaType contentType() {
                    return body.contentType();
                }

                @Override
                public long contentLength() throws IOException {
                    return body.contentLength();
                }

                @Override
                public boolean isOneShot() {
                    return true;
                }

                @Override
                public void writeTo(BufferedSink sink) throws IOException {
                    sent = true;
                    body.writeTo(sink);
                }
            };
        }

        void read(Response response) throws IOException {
            ResponseBody body = requireNonNull(response.body(), "body");
            if (!response.isSuccessful()) {
                failure = GeminiFailures.ofStatus(modelId, response.code(), response.headers(), errorBody(body));
                return;
            }
            try {
                answer = GeminiAnswer.read(body.byteStream());
            } catch (JsonProcessingException e) { // not kept as the cause: its message quotes the answer
                failure = broken("not the JSON that was expected", null);
            } catch (IOException e) {
                if (isStopped()) {
                    throw e;
                }
                failure = broken("cut off", e);
            }
        }

        private ModelException broken(String how, @Nullable IOException cause) {
            return GeminiFailures.failure(
                    modelId, Reason.MALFORMED_ANSWER, Billed.BILLED_UNUSABLE, "sent a broken answer: " + how, cause);
        }

        /** Reads what there is of an error's body: its status tells enough without it. */
        private String errorBody(ResponseBody body) throws IOException {
            Buffer text = new Buffer();
            try {
                while (text.size() < MAX_ERROR_BYTES && body.source().read(text, MAX_ERROR_BYTES) >= 0) {
                    // until the end or the limit
                }
            } catch (IOException e) {
                if (isStopped()) {
                    throw e;
                }
            }
            return text.readUtf8();
        }

        private boolean isStopped() {
            Call started = call;
            return Thread.currentThread().isInterrupted() || (started != null && started.isCanceled());
        }

        GeminiAnswer outcome() {
            if (failure != null) {
                throw failure;
            }
            if (answer == null) {
                throw new IllegalStateException("the vendor's client returned without calling " + modelId);
            }
            return answer;
        }
    }
}
