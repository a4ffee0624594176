package dev.pictor.image;

import dev.pictor.image.ImageRejectedException.Reason;
import org.immutables.value.Value;

/**
 * How large a picture may be, checked from its header before anything is decoded. Immutable.
 *
 * <p>The defaults keep a decoded picture to 256 MiB at four bytes a pixel and take every size that image models
 * produce today.
 */
@Value.Immutable
public abstract class ImageLimits {

    private static final ImageLimits DEFAULTS = builder().build();

    ImageLimits() {}

    /**
     * Returns the default limits.
     *
     * @return 64 MiB, 16,384 px a side, 64 Mpx, 1,000 frames, 16 MiB of metadata, 100 scans
     */
    public static ImageLimits ofDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns a builder with the default limits.
     *
     * @return a new builder
     */
    public static ImageLimitsBuilder builder() {
        return new ImageLimitsBuilder();
    }

    /**
     * The largest encoded picture. Default: 67,108,864 (64 MiB).
     *
     * @return bytes, at least 1
     */
    @Value.Default
    public int maxBytes() {
        return 64 << 20;
    }

    /**
     * The longest side. Default: 16,384.
     *
     * @return pixels, at least 1
     */
    @Value.Default
    public int maxSidePx() {
        return 16_384;
    }

    /**
     * The largest area. Default: 67,108,864 (64 Mpx).
     *
     * @return pixels, at least 1
     */
    @Value.Default
    public long maxPixels() {
        return 64L << 20;
    }

    /**
     * The most frames of an animation, of which only the first is ever decoded. Default: 1,000.
     *
     * @return frames, at least 1
     */
    @Value.Default
    public int maxFrames() {
        return 1_000;
    }

    /**
     * The most profile, EXIF, XMP, comment and text data, as stored. Default: 16,777,216 (16 MiB). Text and comments are
     * never inflated, and a profile is inflated to at most 4 MiB.
     *
     * @return bytes, at least 1
     */
    @Value.Default
    public int maxMetadataBytes() {
        return 16 << 20;
    }

    /**
     * The most scans of a JPEG. Default: 100; encoders write 1 to 12.
     *
     * @return scans, at least 1
     */
    @Value.Default
    public int maxScans() {
        return 100;
    }

    /**
     * The most pixels of all scans of a JPEG together, since the JDK goes over the whole picture once for each. Default:
     * 536,870,912 (2^29), which takes 1 to 3 s: a progressive picture of 48 Mpx with 11 scans.
     *
     * @return pixels times scans, at least 1
     */
    @Value.Default
    public long maxScannedPixels() {
        return 1L << 29;
    }

    /**
     * The most memory for the coefficients of a JPEG in several scans, as every progressive one is; a decoder keeps them all,
     * outside of the heap. Default: 268,435,456 (256 MiB), which is 44 Mpx in 4:4:4 and 89 Mpx in 4:2:0.
     *
     * @return bytes, at least 1
     */
    @Value.Default
    public long maxCoefficientBytes() {
        return 256L << 20;
    }

    /** Refuses a picture whose header passes a limit. */
    void check(ImageHeader header) {
        PixelSize size = header.size();
        if (size.longSide() > maxSidePx() || size.pixels() > maxPixels()) {
            throw new ImageRejectedException(
                    Reason.TOO_MANY_PIXELS,
                    "picture is " + size + ", the limits are " + maxSidePx() + " px a side and " + maxPixels()
                            + " px in all");
        }
        if (header.frames() > maxFrames()) {
            throw new ImageRejectedException(
                    Reason.TOO_MANY_FRAMES,
                    "animation has " + header.frames() + " frames, the limit is " + maxFrames());
        }
        if (header.metadataBytes() > maxMetadataBytes()) {
            throw new ImageRejectedException(
                    Reason.TOO_MUCH_METADATA,
                    "picture has " + header.metadataBytes() + " bytes of metadata, the limit is " + maxMetadataBytes());
        }
    }

    @Value.Check
    void check() {
        atLeastOne("maxFrames", maxFrames());
        atLeastOne("maxMetadataBytes", maxMetadataBytes());
        atLeastOne("maxScans", maxScans());
        atLeastOne("maxScannedPixels", maxScannedPixels());
        atLeastOne("maxCoefficientBytes", maxCoefficientBytes());
        atLeastOne("maxBytes", maxBytes());
        atLeastOne("maxSidePx", maxSidePx());
        atLeastOne("maxPixels", maxPixels());
    }

    private static void atLeastOne(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, was " + value);
        }
    }
}
