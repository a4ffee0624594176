package dev.pictor.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One answer in the script of a {@link FaultServer}: what it sends, and how it fails while sending. Immutable. */
public final class FaultAnswer {

    private static final String JSON = "application/json; charset=UTF-8";

    private final int status;
    private final List<Header> headers;
    private final byte[] body;
    private final Manner manner;
    private final Duration delay;

    private FaultAnswer(int status, List<Header> headers, byte[] body, Manner manner, Duration delay) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.manner = manner;
        this.delay = delay;
    }

    private static FaultAnswer of(int status, String contentType, String body, Manner manner) {
        return of(status, contentType, body.getBytes(UTF_8), manner);
    }

    private static FaultAnswer of(int status, String contentType, byte[] body, Manner manner) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status must be 200 to 599, was " + status);
        }
        List<Header> type = contentType.isEmpty() ? List.of() : List.of(new Header("Content-Type", contentType));
        return new FaultAnswer(status, type, body, manner, Duration.ZERO);
    }

    /**
     * Returns a complete answer with a body of any kind.
     *
     * @param status the HTTP status, 200 to 599
     * @param mediaType what the header {@code Content-Type} says; empty for none
     * @param body copied
     * @return the answer
     */
    public static FaultAnswer bytes(int status, String mediaType, byte[] body) {
        return of(status, requireNonNull(mediaType, "mediaType"), body.clone(), new Whole());
    }

    /**
     * Returns a complete answer with a JSON body.
     *
     * @param status the HTTP status, 200 to 599
     * @param body JSON, or what pretends to be
     * @return the answer
     */
    public static FaultAnswer json(int status, String body) {
        return of(status, JSON, body, new Whole());
    }

    /**
     * Returns a complete answer with the kind of HTML page that proxies send in place of an API's own error.
     *
     * @param status the HTTP status, 200 to 599
     * @return the answer
     */
    public static FaultAnswer html(int status) {
        String page = "<!DOCTYPE html><html><head><title>Error " + status + "</title></head><body><h1>" + status
                + "</h1><p>The server encountered a temporary error.</p></body></html>";
        return of(status, "text/html; charset=UTF-8", page, new Whole());
    }

    /**
     * Reads the request, then resets the connection (TCP RST) without an answer.
     *
     * @return the answer
     */
    public static FaultAnswer reset() {
        return of(200, JSON, "", new Reset());
    }

    /**
     * Reads the request and never answers. The connection stays open until the client or the server closes it.
     *
     * @return the answer
     */
    public static FaultAnswer stall() {
        return of(200, JSON, "", new Stall());
    }

    /**
     * Sends status 200 and headers that promise a body, then nothing. The connection stays open until the client or
     * the server closes it.
     *
     * @return the answer
     */
    public static FaultAnswer stallAfterHeaders() {
        return of(200, JSON, "{}", new StallAfter(0));
    }

    /**
     * Sends status 200, headers that promise the whole JSON body, and the start of it, then closes the connection.
     *
     * @param body the whole body
     * @param afterBytes how much of it is sent, from 0 to less than all of it
     * @return the answer
     */
    public static FaultAnswer truncated(String body, int afterBytes) {
        return json(200, body).cutOff(afterBytes);
    }

    /**
     * Sends status 200 and a JSON body, a few bytes at a time.
     *
     * @param body the whole body
     * @param bytesPerInterval how much is sent at once, at least 1
     * @param interval the time between two pieces, at least 1 ms
     * @return the answer
     */
    public static FaultAnswer drip(String body, int bytesPerInterval, Duration interval) {
        return json(200, body).dripping(bytesPerInterval, interval);
    }

    /**
     * Returns this answer with one more header.
     *
     * @param name the header's name
     * @param value its value
     * @return a new answer
     */
    public FaultAnswer header(String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(requireNonNull(name, "name"), requireNonNull(value, "value")));
        return new FaultAnswer(status, List.copyOf(more), body, manner, delay);
    }

    /**
     * Returns this answer, begun later.
     *
     * @param delay the time from the end of the request to the start of the answer, not negative
     * @return a new answer
     */
    public FaultAnswer delay(Duration delay) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("delay must not be negative, was " + delay);
        }
        return new FaultAnswer(status, headers, body, manner, delay);
    }

    /**
     * Returns this answer, of which only the start is sent before the connection is closed.
     *
     * @param afterBytes how much of the body is sent, from 0 to less than all of it
     * @return a new answer
     * @throws IllegalArgumentException if {@code afterBytes} is outside that range
     */
    public FaultAnswer cutOff(int afterBytes) {
        return in(new Truncate(checkPart(afterBytes)));
    }

    /**
     * Returns this answer, of which only the start is sent, and then nothing. The connection stays open until the client
     * or the server closes it.
     *
     * @param afterBytes how much of the body is sent, from 0 to less than all of it
     * @return a new answer
     * @throws IllegalArgumentException if {@code afterBytes} is outside that range
     */
    public FaultAnswer stalling(int afterBytes) {
        return in(new StallAfter(checkPart(afterBytes)));
    }

    /**
     * Returns this answer, sent a few bytes at a time.
     *
     * @param bytesPerInterval how much is sent at once, at least 1
     * @param interval the time between two pieces, at least 1 ms
     * @return a new answer
     * @throws IllegalArgumentException if an argument is below its least
     */
    public FaultAnswer dripping(int bytesPerInterval, Duration interval) {
        return in(checkedDrip(bytesPerInterval, interval));
    }

    /**
     * Returns how long the body is.
     *
     * @return bytes, 0 or more
     */
    public int byteCount() {
        return body.length;
    }

    private FaultAnswer in(Manner other) {
        return new FaultAnswer(status, headers, body, other, delay);
    }

    private int checkPart(int bytes) {
        if (bytes < 0 || bytes >= body.length) {
            throw new IllegalArgumentException("afterBytes must be 0 to " + (body.length - 1) + ", was " + bytes);
        }
        return bytes;
    }

    private static Drip checkedDrip(int bytesPerInterval, Duration interval) {
        if (bytesPerInterval < 1 || interval.toMillis() < 1) {
            throw new IllegalArgumentException("a drip needs at least 1 byte and 1 ms, was " + bytesPerInterval
                    + " bytes each " + interval.toMillis() + " ms");
        }
        return new Drip(bytesPerInterval, interval);
    }

    int status() {
        return status;
    }

    List<Header> headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }

    Manner manner() {
        return manner;
    }

    Duration delay() {
        return delay;
    }

    @Override
    public String toString() {
        return manner + " " + status + ", " + body.length + " bytes";
    }

    record Header(String name, String value) {}

    /** How the answer is sent. */
    sealed interface Manner {}

    record Whole() implements Manner {}

    record Reset() implements Manner {}

    record Stall() implements Manner {}

    record StallAfter(int bytes) implements Manner {}

    record Truncate(int afterBytes) implements Manner {}

    record Drip(int bytes, Duration interval) implements Manner {}
}
