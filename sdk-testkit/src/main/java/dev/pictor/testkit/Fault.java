package dev.pictor.testkit;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link FakeProvider} does to one request. Immutable.
 *
 * <p>Each fault is charged or not, as a vendor would: work that was begun is charged, whether or not its picture comes
 * to the client; a refusal is not. {@link #billed(boolean)} says otherwise.
 */
public final class Fault {

    /** What goes wrong. More kinds may come: a {@code switch} needs a {@code default}. */
    public enum Kind {
        /** Nothing: a whole answer with the pictures asked for. */
        NONE,
        /** An error status with a JSON error. */
        STATUS,
        /** Status 429. */
        RATE_LIMITED,
        /** Status 200 and its headers, then an error in place of the pictures. */
        ERROR_AFTER_HEADERS,
        /** No byte of an answer; the connection stays open. */
        STALL,
        /** Headers and half of the body; the connection stays open. */
        STALL_IN_BODY,
        /** The whole answer, a few bytes at a time. */
        DRIP,
        /** The connection is reset before the answer. */
        RESET,
        /** The connection is reset in the middle of the body. */
        RESET_IN_BODY,
        /** The connection is closed in the middle of the body. */
        CUT_OFF,
        /** A whole answer that is not JSON. */
        MALFORMED_JSON,
        /** A whole answer whose first picture ends in the middle. */
        TRUNCATED_BASE64,
        /** Status 400 with the code of a safety system. */
        SAFETY_BLOCK,
        /** Pictures of another size than the one asked for. */
        WRONG_SIZE,
        /** Pictures that are white all over. */
        BLANK_PICTURE,
        /** One picture fewer than asked for. */
        MISSING_PICTURE
    }

    private static final Fault NONE = of(Kind.NONE, true);

    private final Kind kind;
    private final boolean billed;
    private final int status;
    private final int bytes;
    private final Duration interval;
    private final @Nullable Duration after;

    private Fault(Kind kind, boolean billed, int status, int bytes, Duration interval, @Nullable Duration after) {
        this.kind = kind;
        this.billed = billed;
        this.status = status;
        this.bytes = bytes;
        this.interval = interval;
        this.after = after;
    }

    private static Fault of(Kind kind, boolean billed) {
        return new Fault(kind, billed, 200, 0, Duration.ZERO, null);
    }

    /**
     * Returns the lack of a fault: a whole answer. Charged.
     *
     * @return the same each time
     */
    public static Fault none() {
        return NONE;
    }

    /**
     * Answers with an error status before any work. Not charged.
     *
     * @param status the HTTP status, 400 to 599
     * @return a new fault
     * @throws IllegalArgumentException if {@code status} is outside that range
     */
    public static Fault status(int status) {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("status must be 400 to 599, was " + status);
        }
        return new Fault(Kind.STATUS, false, status, 0, Duration.ZERO, null);
    }

    /**
     * Answers at once with status 429, {@code Retry-After} in whole seconds, rounded up, and {@code retry-after-ms}. Not
     * charged.
     *
     * @param retryAfter how long the client is to wait; zero leaves both headers out
     * @return a new fault
     * @throws IllegalArgumentException if {@code retryAfter} is negative
     */
    public static Fault rateLimited(Duration retryAfter) {
        checkNotNegative(retryAfter, "retryAfter");
        return new Fault(Kind.RATE_LIMITED, false, 429, 0, retryAfter, Duration.ZERO);
    }

    /**
     * Answers with status 200, and with an error of the server in place of the pictures. Charged.
     *
     * @return a new fault
     */
    public static Fault errorAfterHeaders() {
        return of(Kind.ERROR_AFTER_HEADERS, true);
    }

    /**
     * Never answers; the connection stays open until the client or the provider closes it. Charged.
     *
     * @return a new fault
     */
    public static Fault stall() {
        return of(Kind.STALL, true);
    }

    /**
     * Sends headers and half of the body, then nothing; the connection stays open until the client or the provider
     * closes it. Charged.
     *
     * @return a new fault
     */
    public static Fault stallInBody() {
        return of(Kind.STALL_IN_BODY, true);
    }

    /**
     * Sends headers, then the body a few bytes at a time. Charged.
     *
     * @param bytesPerInterval how much is sent at once, at least 1
     * @param interval the time between two pieces, at least 1 ms
     * @return a new fault
     * @throws IllegalArgumentException if an argument is below its least
     */
    public static Fault drip(int bytesPerInterval, Duration interval) {
        if (bytesPerInterval < 1 || interval.toMillis() < 1) {
            throw new IllegalArgumentException("a drip needs at least 1 byte and 1 ms, was " + bytesPerInterval
                    + " bytes each " + interval.toMillis() + " ms");
        }
        return new Fault(Kind.DRIP, true, 200, bytesPerInterval, interval, null);
    }

    /**
     * Resets the connection (TCP RST) when the answer is due. Charged.
     *
     * @return a new fault
     */
    public static Fault reset() {
        return of(Kind.RESET, true);
    }

    /**
     * Sends headers and half of the body, then resets the connection. Charged.
     *
     * @return a new fault
     */
    public static Fault resetInBody() {
        return of(Kind.RESET_IN_BODY, true);
    }

    /**
     * Sends headers and half of the body, then closes the connection. Charged.
     *
     * @return a new fault
     */
    public static Fault cutOff() {
        return of(Kind.CUT_OFF, true);
    }

    /**
     * Sends a whole answer that is not JSON. Charged.
     *
     * @return a new fault
     */
    public static Fault malformedJson() {
        return of(Kind.MALFORMED_JSON, true);
    }

    /**
     * Sends a whole answer whose first picture is half of itself: valid JSON and Base64, but no whole PNG. Charged.
     *
     * @return a new fault
     */
    public static Fault truncatedBase64() {
        return of(Kind.TRUNCATED_BASE64, true);
    }

    /**
     * Answers with status 400 and the code {@code moderation_blocked}. Not charged.
     *
     * @return a new fault
     */
    public static Fault safetyBlock() {
        return new Fault(Kind.SAFETY_BLOCK, false, 400, 0, Duration.ZERO, null);
    }

    /**
     * Sends pictures of half the size asked for. Charged.
     *
     * @return a new fault
     */
    public static Fault wrongSize() {
        return of(Kind.WRONG_SIZE, true);
    }

    /**
     * Sends pictures that are white all over. Charged.
     *
     * @return a new fault
     */
    public static Fault blankPicture() {
        return of(Kind.BLANK_PICTURE, true);
    }

    /**
     * Sends one picture fewer than asked for: none at all if one was. Charged.
     *
     * @return a new fault
     */
    public static Fault missingPicture() {
        return of(Kind.MISSING_PICTURE, true);
    }

    /**
     * Returns this fault with a time of its own, in place of what the plan says.
     *
     * @param latency the time from the end of the request to the start of the answer, not negative
     * @return a new fault
     * @throws IllegalArgumentException if {@code latency} is negative
     */
    public Fault after(Duration latency) {
        checkNotNegative(latency, "latency");
        return new Fault(kind, billed, status, bytes, interval, latency);
    }

    /**
     * Returns this fault, charged or not.
     *
     * @param billed whether the provider counts the request as charged
     * @return a new fault
     */
    public Fault billed(boolean billed) {
        return new Fault(kind, billed, status, bytes, interval, after);
    }

    /**
     * Returns what goes wrong.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Returns whether the provider charges for the request.
     *
     * @return true if it counts in {@link FakeProvider#billed()}
     */
    public boolean isBilled() {
        return billed;
    }

    /** The status that the answer begins with, if it begins at all. */
    int status() {
        return status;
    }

    /** Bytes of one drip. */
    int bytes() {
        return bytes;
    }

    /** The time between two drips, or the wait asked for. */
    Duration interval() {
        return interval;
    }

    /** How long the answer takes, if not as the plan says. */
    Duration afterOr(Duration planned) {
        return after == null ? planned : after;
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + (kind == Kind.STATUS ? " " + status : "");
    }

    private static void checkNotNegative(Duration time, String name) {
        if (requireNonNull(time, name).isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative, was " + time);
        }
    }
}
