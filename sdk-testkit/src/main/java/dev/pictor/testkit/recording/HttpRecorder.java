package dev.pictor.testkit.recording;

import static java.util.Objects.requireNonNull;

import dev.pictor.testkit.FaultAnswer;
import dev.pictor.testkit.FaultServer;
import dev.pictor.testkit.RecordedRequest;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Records what goes to a vendor and what comes back: a proxy on the loopback address, to which the adapter's base URL
 * points. Thread-safe.
 *
 * <p>The recording is a folder that can be kept beside the tests: {@code exchanges.json}, in order and readable, and
 * {@code blobs} with pictures and other binaries, also those that are base64 of more than 1 KiB within JSON. It is written
 * by {@link #close()} and takes the place of an earlier one.
 *
 * <p><b>Secrets.</b> Nothing is written before its secrets are stars: values of headers and query parameters that usually
 * hold keys, those named in {@link HttpRecorderBuilder}, and the same values wherever else they stand, in bodies too. Read
 * a recording before you publish it all the same: prompts and pictures are in it.
 *
 * <p><b>Bounds.</b> An answer takes 10 minutes at most. It is passed on when it is whole, and asked for uncompressed.
 */
public final class HttpRecorder implements RecordedServer {

    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Path folder;
    private final String upstream;
    private final LearnedSecrets secrets;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final Map<Integer, CompletableFuture<?>> inFlight = new ConcurrentHashMap<>();
    private final Object lock = new Object();
    private final FaultServer server;

    // guarded by lock
    private final Map<Integer, KeptExchange> exchanges = new TreeMap<>();
    private @Nullable Throwable failure;
    private boolean closed;

    HttpRecorder(HttpRecorderBuilder settings) {
        this.folder = settings.folder;
        this.upstream = settings.upstream.toString().replaceAll("/+$", "");
        this.secrets = new LearnedSecrets(settings.headers, settings.parameters, settings.values);
        this.server = FaultServer.start(this::forward);
    }

    /**
     * Starts a recorder that knows the usual secrets.
     *
     * @param folder where the recording is written; made if need be
     * @param upstream the vendor's real address, such as {@code https://api.openai.com}
     * @return the recorder, to be closed by the caller
     */
    public static HttpRecorder start(Path folder, URI upstream) {
        return builder(folder, upstream).start();
    }

    /**
     * Returns a builder.
     *
     * @param folder where the recording is written; made if need be
     * @param upstream the vendor's real address, such as {@code https://api.openai.com}
     * @return a new builder
     */
    public static HttpRecorderBuilder builder(Path folder, URI upstream) {
        return new HttpRecorderBuilder(requireNonNull(folder, "folder"), requireNonNull(upstream, "upstream"));
    }

    @Override
    public URI uri() {
        return server.uri();
    }

    private FaultAnswer forward(RecordedRequest request) {
        HttpRequest.Builder onward = HttpRequest.newBuilder(URI.create(upstream + request.path()))
                .timeout(LONGEST)
                .method(request.method(), HttpRequest.BodyPublishers.ofByteArray(request.body()));
        request.headers().forEach((name, values) -> {
            if (KeptExchange.isPassedOn(name) && !name.equals("accept-encoding")) {
                values.forEach(value -> onward.header(name, value));
            }
        });
        CompletableFuture<HttpResponse<byte[]>> sent =
                client.sendAsync(onward.build(), HttpResponse.BodyHandlers.ofByteArray());
        inFlight.put(request.number(), sent);
        try {
            HttpResponse<byte[]> answer = sent.join();
            KeptExchange kept = KeptExchange.of(
                    request, answer.statusCode(), answer.headers().map(), answer.body(), secrets);
            synchronized (lock) {
                exchanges.put(request.number(), kept);
            }
            return passOn(answer);
        } catch (CompletionException e) {
            synchronized (lock) {
                if (!closed && failure == null) {
                    failure = e.getCause() == null ? e : e.getCause();
                }
            }
            return FaultAnswer.reset();
        } finally {
            inFlight.remove(request.number());
        }
    }

    private static FaultAnswer passOn(HttpResponse<byte[]> answer) {
        FaultAnswer passed = FaultAnswer.bytes(answer.statusCode(), "", answer.body());
        for (Map.Entry<String, List<String>> header : answer.headers().map().entrySet()) {
            if (KeptExchange.isPassedOn(header.getKey())) {
                for (String value : header.getValue()) {
                    passed = passed.header(header.getKey(), value);
                }
            }
        }
        return passed;
    }

    /** Ends the client's threads on JDK 21 and later; before that the garbage collector does. */
    private void endClient() {
        Object ending = client;
        if (ending instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw new IllegalStateException("this JVM's HTTP client does not end", e);
            }
        }
    }

    /**
     * Ends the proxy and writes the recording. Does nothing the second time.
     *
     * @throws UncheckedIOException if it cannot be written
     * @throws IllegalStateException if the vendor could not be reached for a request; the rest is written then
     */
    @Override
    public void close() {
        List<KeptExchange> all;
        Throwable failed;
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            failed = failure;
        }
        inFlight.values().forEach(sent -> sent.cancel(true));
        server.close();
        endClient();
        synchronized (lock) {
            all = new ArrayList<>(exchanges.values());
        }
        KeptFolder.write(folder, all, secrets);
        if (failed != null) {
            throw new IllegalStateException("a request did not get through to " + upstream, failed);
        }
    }
}
