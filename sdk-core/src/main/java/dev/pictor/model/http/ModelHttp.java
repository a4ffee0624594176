package dev.pictor.model.http;

import static java.util.Objects.requireNonNull;

import dev.pictor.image.ImageRejectedException;
import dev.pictor.model.CallContext;
import dev.pictor.model.ModelException;
import dev.pictor.secret.Secrets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The way to a model over HTTP/1.1 for adapters: one attempt a call, on the caller's thread, over the JDK's client.
 * Nothing is followed, repeated or logged. Thread-safe.
 *
 * <p><b>Who listens.</b> {@link CallContext#exchangeListener()} is given every exchange, also one that failed or was cut
 * off: headers and URL with stars in the place of keys, bodies as text. What {@link ModelHttpBuilder#addSecret} named is
 * in none of it, nor in what a failure tells. Digests stand for pictures, for files of a form and for everything else in
 * base64 of more than 1 KiB: {@code sha256:<hex>, <media type>, <n> bytes}. At most 1 MiB of text of each body is kept.
 * Without a listener nothing is copied.
 *
 * <p><b>Stopping.</b> A call ends when its {@link CallContext} says so, when its thread is interrupted, or when nothing
 * comes of an answer for a while; its connection is closed then, wherever the answer stood.
 *
 * <p><b>Failures.</b> What went wrong and whether the vendor may have charged:
 *
 * <table>
 *   <caption>Failures</caption>
 *   <tr><th>what</th><th>reason</th><th>billed</th></tr>
 *   <tr><td>no name, no connection, no TLS</td><td>UNAVAILABLE</td><td>NOT_SENT</td></tr>
 *   <tr><td>connection broke once the request had begun to leave, with or without a part of an answer</td>
 *       <td>UNAVAILABLE</td><td>UNKNOWN_OUTCOME</td></tr>
 *   <tr><td>time over, or nothing more came</td><td>TIMED_OUT</td><td>UNKNOWN_OUTCOME, NOT_SENT before the request left</td>
 *   </tr>
 *   <tr><td>cancelled, or this closed</td><td>CANCELLED</td><td>the same</td></tr>
 *   <tr><td>status 3xx, 4xx</td><td>by status and code</td><td>REJECTED; 408 UNKNOWN_OUTCOME; BILLED_UNUSABLE where a
 *       policy held back what was made</td></tr>
 *   <tr><td>501, 529, and 503 with a JSON body or {@code Retry-After}: the vendor itself refused to begin</td>
 *       <td>UNAVAILABLE</td><td>REJECTED</td></tr>
 *   <tr><td>other 5xx: nobody knows how far it got; a proxy sends them too</td><td>UNAVAILABLE</td>
 *       <td>UNKNOWN_OUTCOME</td></tr>
 *   <tr><td>complete 2xx that the reader cannot use, or a larger one than allowed</td><td>MALFORMED_ANSWER</td>
 *       <td>BILLED_UNUSABLE</td></tr>
 * </table>
 */
public final class ModelHttp implements AutoCloseable {

    private static final Duration ERROR_BODY_TIME = Duration.ofSeconds(2);
    private static final int MAX_ERROR_BYTES = 64 << 10;

    private final ModelHttpBuilder settings;
    private final HttpFailures failures;
    private final Secrets secrets;
    private final Set<Exchange> inFlight = ConcurrentHashMap.newKeySet();
    private final Object lock = new Object();

    // guarded by lock
    private @Nullable HttpClient client;
    private @Nullable HttpThreads threads;
    private boolean closed;

    ModelHttp(ModelHttpBuilder settings) {
        this.settings = settings;
        this.secrets = Secrets.of(Secrets.STARS, settings.secrets);
        this.failures = new HttpFailures(settings.errorReasons, settings.errorCodes, settings.clock, secrets);
    }

    /**
     * Returns a builder with the defaults.
     *
     * @return a new builder
     */
    public static ModelHttpBuilder builder() {
        return new ModelHttpBuilder();
    }

    /**
     * Sends a request once and reads its answer, on this thread. The request needs no {@code timeout} of its own.
     *
     * @param modelId who is asked, for failures
     * @param request what is sent; its version is not looked at
     * @param call deadline, cancellation and name of the call
     * @param reader makes something of an answer with status 200 to 299
     * @param <T> what is made of it
     * @return what was made of it
     * @throws ModelException if no usable answer came
     * @throws InterruptedException if this thread was interrupted; the connection is closed then
     * @throws IllegalStateException if this is closed
     */
    public <T> T send(String modelId, HttpRequest request, CallContext call, AnswerReader<T> reader)
            throws InterruptedException {
        requireNonNull(modelId, "modelId");
        requireNonNull(reader, "reader");
        HttpClient http = client();
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before " + modelId + " was asked");
        }
        Exchange exchange = new Exchange(call, settings.idleTimeout, settings.maxAnswerBytes);
        if (call.isCancelled() || call.timeLeft().isZero()) {
            exchange.stop(Exchange.Stop.CANCELLED);
            throw failures.ofTransport(modelId, exchange, call);
        }
        inFlight.add(exchange);
        try (CallContext.Registration hook = call.onCancel(() -> exchange.stop(Exchange.Stop.CANCELLED))) {
            HttpRequest named = named(request, call);
            ExchangeRecord record = call.exchangeListener()
                    .map(listener -> new ExchangeRecord(listener, secrets, named))
                    .orElse(null);
            try {
                exchange.attach(http.sendAsync(watched(named, exchange, record), exchange));
                return receive(modelId, exchange, call, reader, record);
            } finally {
                exchange.release();
                if (record != null) {
                    record.tell();
                }
            }
        } finally {
            inFlight.remove(exchange);
        }
    }

    private <T> T receive(
            String modelId,
            Exchange exchange,
            CallContext call,
            AnswerReader<T> reader,
            @Nullable ExchangeRecord record)
            throws InterruptedException {
        try {
            ResponseInfo head = exchange.awaitHead();
            int status = head.statusCode();
            if (status < 200 || status > 299) {
                throw failures.ofStatus(modelId, status, head.headers(), errorBody(exchange, head, record));
            }
            InputStream body = exchange.body(settings.idleTimeout);
            InputStream noted = record == null ? body : record.received(head, body);
            T result;
            try {
                result = reader.read(new HttpAnswer(status, head.headers(), noted, secrets));
            } catch (IOException | RuntimeException e) {
                if (record != null && exchange.stopped() == null) {
                    exchange.finish(body, noted); // what follows may tell why
                }
                throw e;
            }
            exchange.finish(body, noted);
            return result;
        } catch (IOException | UncheckedIOException | ImageRejectedException e) {
            Exchange.Stop stopped = exchange.stopped();
            if (stopped == Exchange.Stop.INTERRUPTED) {
                throw exchange.interrupted(e);
            }
            throw stopped == null && exchange.failure() == null
                    ? HttpFailures.ofUnusable(modelId, e)
                    : failures.ofTransport(modelId, exchange, call);
        }
    }

    /** Reads what there is of an error's body, for a short while: its status tells enough without it. */
    private static byte[] errorBody(Exchange exchange, ResponseInfo head, @Nullable ExchangeRecord record)
            throws InterruptedException {
        InputStream whole = exchange.body(ERROR_BODY_TIME);
        InputStream body = record == null ? whole : record.received(head, whole);
        byte[] bytes = new byte[MAX_ERROR_BYTES];
        int total = 0;
        try {
            for (int count = 0; count >= 0 && total < bytes.length; total += Math.max(0, count)) {
                count = body.read(bytes, total, bytes.length - total);
            }
        } catch (IOException e) {
            if (exchange.stopped() == Exchange.Stop.INTERRUPTED) {
                throw exchange.interrupted(e);
            }
        }
        return Arrays.copyOf(bytes, total);
    }

    private HttpRequest named(HttpRequest request, CallContext call) {
        HttpRequest.Builder named = HttpRequest.newBuilder(request, (name, value) -> true)
                .version(HttpClient.Version.HTTP_1_1); // one connection a call: stopping a call closes its own
        if (settings.sendsIdempotencyKey) {
            call.idempotencyKey().ifPresent(key -> named.setHeader("Idempotency-Key", key));
        }
        return named.build();
    }

    private static HttpRequest watched(HttpRequest request, Exchange exchange, @Nullable ExchangeRecord record) {
        BodyPublisher body = request.bodyPublisher().orElseGet(BodyPublishers::noBody);
        if (body.contentLength() == 0) {
            exchange.markSent();
            return request;
        }
        WatchedBody watched = new WatchedBody(body, piece -> {
            exchange.markSent();
            if (record != null) {
                record.sent(piece);
            }
        });
        return HttpRequest.newBuilder(request, (name, value) -> true)
                .method(request.method(), watched)
                .build();
    }

    private HttpClient client() {
        synchronized (lock) {
            if (closed) {
                throw new IllegalStateException("this HTTP client is closed");
            }
            if (client == null) {
                client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER) // the key goes where it was meant to go
                        .connectTimeout(settings.connectTimeout)
                        .executor(executor())
                        .build();
            }
            return client;
        }
    }

    /** Called with the lock. */
    private Executor executor() {
        if (settings.executor != null) {
            return settings.executor;
        }
        threads = new HttpThreads();
        return threads;
    }

    /** Stops the calls in flight and closes all connections; the client's own thread ends at once. */
    @Override
    public void close() {
        HttpClient toEnd;
        HttpThreads toClose;
        synchronized (lock) {
            closed = true;
            toEnd = client;
            toClose = threads;
            client = null;
            threads = null;
        }
        inFlight.forEach(exchange -> exchange.stop(Exchange.Stop.CANCELLED));
        if (toEnd != null) {
            HttpThreads.end(toEnd);
        }
        if (toClose != null) {
            toClose.close();
        }
    }
}
