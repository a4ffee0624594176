package dev.pictor.image;

import dev.pictor.error.PictorException;
import java.io.Serial;

/** Bytes are no picture that Pictor takes. Nothing was decoded or kept. Thread-safe. */
public final class ImageRejectedException extends PictorException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    ImageRejectedException(Reason reason, String message) {
        super(message, null);
        this.reason = reason;
    }

    /** Why a picture was refused. More reasons may come; keep a {@code default} branch. */
    public enum Reason {
        /** The first bytes belong to no known picture format. */
        UNKNOWN_FORMAT,
        /** The format is known, but the header breaks its rules or ends too early. */
        BROKEN_HEADER,
        /** There are more bytes than {@link ImageLimits#maxBytes()}. */
        TOO_MANY_BYTES,
        /** The picture is larger than {@link ImageLimits#maxSidePx()} or {@link ImageLimits#maxPixels()}. */
        TOO_MANY_PIXELS
    }

    /**
     * Returns why the picture was refused.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }

    /**
     * Returns false: the same bytes are refused again.
     *
     * @return false
     */
    @Override
    public boolean isRetryable() {
        return false;
    }
}
