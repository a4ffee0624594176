package dev.pictor.image.fetch;

import dev.pictor.error.PictorException;
import java.io.Serial;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A picture could not be fetched, or may not be. Nothing was kept and no connection is open. Thread-safe.
 *
 * <p>Messages name a URL by scheme, host, port and the first 200 characters of its path. User names, queries, which may
 * hold signatures, and fragments are left out. Resolved addresses are told by the network they belong to.
 */
public final class ImageFetchException extends PictorException {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final int NO_STATUS = 0;

    private final Reason reason;
    private final int httpStatus;

    ImageFetchException(Reason reason, String message) {
        this(reason, message, null);
    }

    ImageFetchException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.httpStatus = NO_STATUS;
    }

    ImageFetchException(String message, int httpStatus) {
        super(message, null);
        this.reason = Reason.HTTP_STATUS;
        this.httpStatus = httpStatus;
    }

    /** Why there is no picture. More reasons may come; keep a {@code default} branch. */
    public enum Reason {
        /** The URL has no host, or host, port or length are not those of a URL. */
        INVALID_URL(false),
        /** The URL is neither http nor https. */
        SCHEME_REFUSED(false),
        /** The URL holds a user name or password. */
        USER_INFO_REFUSED(false),
        /** The port is not one of the allowed. */
        PORT_REFUSED(false),
        /** The host is, or resolves to, an address that is neither public nor allowed. */
        ADDRESS_REFUSED(false),
        /** A redirect leads from https to http. */
        DOWNGRADE_REFUSED(false),
        /** There are more redirects than allowed, as in a loop. */
        TOO_MANY_REDIRECTS(false),
        /** The host has no address, or the name service failed: Java cannot tell which. */
        HOST_NOT_FOUND(true),
        /** No connection came about, or it broke. */
        CONNECTION_FAILED(true),
        /** The server's certificate is not trusted or not for this host, or there is no common TLS. */
        TLS_FAILED(false),
        /** The answer was not complete in time. */
        TIMED_OUT(true),
        /** The answer ended before it was complete. */
        TRUNCATED(true),
        /** The answer is not one of HTTP/1 as RFC 9112 has it, or is compressed though that was not asked for. */
        BAD_ANSWER(false),
        /** The status line and header fields are longer than allowed. */
        TOO_MANY_HEADER_BYTES(false),
        /**
         * The status is neither 200 nor a redirect. Retryable are 408, 425, 429 and those from 500, but for 501 and 505.
         */
        HTTP_STATUS(false);

        private final boolean retryable;

        Reason(boolean retryable) {
            this.retryable = retryable;
        }
    }

    /**
     * Returns why there is no picture.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }

    /**
     * Returns the HTTP status, where that is the reason.
     *
     * @return 100 to 599, or empty
     */
    public OptionalInt httpStatus() {
        return httpStatus == NO_STATUS ? OptionalInt.empty() : OptionalInt.of(httpStatus);
    }

    /** Returns whether time may help: faults of the way are retryable, refusals are not. */
    @Override
    public boolean isRetryable() {
        return reason == Reason.HTTP_STATUS ? isPassing(httpStatus) : reason.retryable;
    }

    private static boolean isPassing(int status) {
        return switch (status) {
            case 408, 425, 429 -> true;
            case 501, 505 -> false;
            default -> status >= 500;
        };
    }
}
