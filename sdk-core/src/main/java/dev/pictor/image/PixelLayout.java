package dev.pictor.image;

/** What the 8-bit samples of a pixel mean, as a codec delivers them. Immutable. */
public enum PixelLayout {
    /** One sample: grey. */
    GREY(1),
    /** Two samples: grey, straight alpha. */
    GREY_ALPHA(2),
    /** Three samples: red, green, blue. */
    RGB(3),
    /** Four samples: red, green, blue, straight alpha. */
    RGBA(4),
    /** Four samples: cyan, magenta, yellow, black; 0 is no ink. */
    CMYK(4);

    private final int channels;

    PixelLayout(int channels) {
        this.channels = channels;
    }

    /**
     * Returns the number of samples of a pixel.
     *
     * @return 1 to 4
     */
    public int channels() {
        return channels;
    }

    /**
     * Tells whether the last sample is alpha.
     *
     * @return whether pixels can be transparent
     */
    public boolean hasAlpha() {
        return this == GREY_ALPHA || this == RGBA;
    }
}
