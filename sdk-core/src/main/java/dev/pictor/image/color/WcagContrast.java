package dev.pictor.image.color;

/**
 * The contrast that WCAG 2.2 asks for. Large text is 18 pt (24 CSS px) or more, or bold from 14 pt (18.66 CSS px).
 *
 * <p>Source: W3C Recommendation of 2023-10-05, success criteria 1.4.3, 1.4.6 and 1.4.11. A ratio is not rounded before
 * it is compared: 4.499 does not meet 4.5.
 */
public enum WcagContrast {
    /** 3:1, level AA, for parts of controls and of graphics that must be seen (1.4.11). */
    AA_GRAPHICS(3),
    /** 3:1, level AA, for large text (1.4.3). */
    AA_LARGE_TEXT(3),
    /** 4.5:1, level AA, for text (1.4.3). */
    AA_TEXT(4.5),
    /** 4.5:1, level AAA, for large text (1.4.6). */
    AAA_LARGE_TEXT(4.5),
    /** 7:1, level AAA, for text (1.4.6). */
    AAA_TEXT(7);

    private final double minRatio;

    WcagContrast(double minRatio) {
        this.minRatio = minRatio;
    }

    /**
     * Returns the least ratio that is enough.
     *
     * @return 3, 4.5 or 7
     */
    public double minRatio() {
        return minRatio;
    }

    /**
     * Tells whether two colours next to each other have enough contrast.
     *
     * @param one one colour
     * @param other the other; the order does not matter
     * @return whether their ratio is at least {@link #minRatio()}
     */
    public boolean isMetBy(RgbColor one, RgbColor other) {
        return one.contrastRatio(other) >= minRatio;
    }
}
