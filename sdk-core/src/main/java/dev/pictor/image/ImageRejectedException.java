package dev.pictor.image;

import dev.pictor.error.PictorException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Bytes are no picture that Pictor takes. Nothing was kept. Thread-safe. */
public final class ImageRejectedException extends PictorException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /**
     * Creates an exception, for codecs.
     *
     * @param reason why the picture is refused
     * @param message who, what, the value and the limit; never content of the picture
     */
    public ImageRejectedException(Reason reason, String message) {
        this(reason, message, null);
    }

    /**
     * Creates an exception with a cause, for codecs.
     *
     * @param reason why the picture is refused
     * @param message who, what, the value and the limit; never content of the picture
     * @param cause what a library threw
     */
    public ImageRejectedException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Why a picture was refused. More reasons may come; keep a {@code default} branch. */
    public enum Reason {
        /** There are no bytes. */
        EMPTY,
        /** The bytes are no picture: text, a page, a document, or nothing known. */
        NOT_AN_IMAGE,
        /** The bytes are a picture in a format, or a variant of one, that is known by name and not read. */
        UNSUPPORTED,
        /** The format is known, but the header breaks its rules or ends too early. */
        BROKEN_HEADER,
        /** The header is sound, but no usable pixels can be had from what follows. */
        BROKEN_PIXELS,
        /** There are more bytes than {@link ImageLimits#maxBytes()}. */
        TOO_MANY_BYTES,
        /** The picture is larger than {@link ImageLimits#maxSidePx()} or {@link ImageLimits#maxPixels()}. */
        TOO_MANY_PIXELS,
        /** An animation has more frames than {@link ImageLimits#maxFrames()}. */
        TOO_MANY_FRAMES,
        /** Profile or EXIF data are larger than {@link ImageLimits#maxMetadataBytes()}. */
        TOO_MUCH_METADATA,
        /** A JPEG has more scans than {@link ImageLimits#maxScans()}, or too many for its size. */
        TOO_MANY_SCANS,
        /** No codec here reads or writes the format. */
        NO_CODEC
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
