package dev.pictor.model.http;

import dev.pictor.model.ExchangeListener;
import dev.pictor.model.RawExchange;
import dev.pictor.model.RawExchangeBuilder;
import dev.pictor.secret.Secrets;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What goes over the wire for one request, for someone who wants to know. Thread-safe. */
final class ExchangeRecord {

    private final ExchangeListener listener;
    private final Secrets secrets;
    private final HttpRequest request;
    private final long begin = System.nanoTime();
    private final BodyText.Kept sentText;
    private final BodyText.Kept receivedText;
    private final BodyText sent;

    private final Object lock = new Object();

    // guarded by lock, as what the texts hold is
    private boolean hasSent;
    private @Nullable ResponseInfo head;
    private @Nullable BodyText received;
    private boolean isWhole;

    ExchangeRecord(ExchangeListener listener, Secrets secrets, HttpRequest request) {
        this.listener = listener;
        this.secrets = secrets;
        this.request = request;
        this.sentText = new BodyText.Kept(secrets.longest());
        this.receivedText = new BodyText.Kept(secrets.longest());
        this.sent = BodyText.of(contentType(request.headers()), sentText);
    }

    private static String contentType(HttpHeaders headers) {
        return headers.firstValue("Content-Type").orElse("");
    }

    void sent(ByteBuffer piece) {
        synchronized (lock) {
            hasSent = true;
            sent.add(piece.duplicate());
        }
    }

    /** Returns the body of an answer, which is noted as it is read. */
    InputStream received(ResponseInfo answer, InputStream body) {
        synchronized (lock) {
            head = answer;
            received = BodyText.of(contentType(answer.headers()), receivedText);
        }
        return new Noted(body);
    }

    private void received(byte[] bytes, int offset, int count) {
        synchronized (lock) {
            if (count < 0) {
                isWhole = true;
            } else if (received != null) {
                received.add(bytes, offset, count);
            }
        }
    }

    /** Tells what is known by now. A listener that throws spoils no answer. */
    void tell() {
        RawExchange exchange = toExchange();
        try {
            listener.exchanged(exchange);
        } catch (RuntimeException e) {
            return; // against its contract, and the answer is paid for
        }
    }

    private RawExchange toExchange() {
        RawExchangeBuilder exchange = RawExchange.builder(request.method(), secrets.hide(request.uri()))
                .requestHeaders(secrets.hideHeaders(request.headers().map()))
                .took(Duration.ofNanos(System.nanoTime() - begin));
        synchronized (lock) {
            if (hasSent) {
                sent.end();
                exchange.requestBody(sentText.text(secrets, false));
            }
            if (head != null) {
                exchange.status(head.statusCode())
                        .responseHeaders(secrets.hideHeaders(head.headers().map()));
            }
            if (received != null) {
                received.end();
                exchange.responseBody(receivedText.text(secrets, isWhole));
            }
        }
        return exchange.build();
    }

    /** Passes on what it notes. */
    private final class Noted extends InputStream {

        private final InputStream body;

        Noted(InputStream body) {
            this.body = body;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = body.read(bytes, offset, length);
            received(bytes, offset, count);
            return count;
        }
    }
}
