package dev.pictor.image;

import org.immutables.value.Value;

/**
 * How large a picture may be, checked from its header before anything is decoded. Immutable.
 *
 * <p>The defaults keep a decoded picture under 256 MB at four bytes a pixel and take every size that image models
 * produce today.
 */
@Value.Immutable
public abstract class ImageLimits {

    private static final ImageLimits DEFAULTS = builder().build();

    ImageLimits() {}

    /**
     * Returns the default limits.
     *
     * @return 64 MiB, 16,384 px a side, 64 Mpx
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

    @Value.Check
    void check() {
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
