package dev.pictor.image;

import dev.pictor.error.PictorException;
import java.io.Serial;
import java.util.OptionalInt;

/**
 * A picture could not be encoded in as few bytes as {@link Encoding#maxBytes()} allows. A smaller picture, a lower
 * {@link Encoding#minQuality()} or another format may fit. Nothing was kept. Thread-safe.
 */
public final class TargetSizeException extends PictorException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final int byteCount;
    private final int maxBytes;

    /** 0 where quality plays no part. */
    private final int quality;

    TargetSizeException(ImageFormat format, int byteCount, int maxBytes, OptionalInt quality) {
        super(
                "the " + format + " has " + byteCount + " bytes "
                        + (quality.isPresent()
                                ? "at the lowest quality allowed, " + quality.getAsInt()
                                : "and no quality")
                        + "; the target is " + maxBytes + ": make the picture smaller",
                null);
        this.byteCount = byteCount;
        this.maxBytes = maxBytes;
        this.quality = quality.orElse(0);
    }

    /**
     * Returns how large the picture was at the lowest quality allowed.
     *
     * @return encoded bytes, more than {@link #maxBytes()}
     */
    public int byteCount() {
        return byteCount;
    }

    /**
     * Returns how large it was allowed to be.
     *
     * @return bytes, at least 1
     */
    public int maxBytes() {
        return maxBytes;
    }

    /**
     * Returns the lowest quality allowed, at which {@link #byteCount()} was measured.
     *
     * @return 1 to 100; empty for PNG and lossless WebP, which have no quality
     */
    public OptionalInt quality() {
        return quality == 0 ? OptionalInt.empty() : OptionalInt.of(quality);
    }

    /**
     * Returns false: the same picture has the same bytes again.
     *
     * @return false
     */
    @Override
    public boolean isRetryable() {
        return false;
    }
}
