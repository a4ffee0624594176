package dev.pictor.image;

/** Turns a row of samples of one layout into sRGB: RGBA if the layout has alpha, else RGB. Used by one thread. */
interface ColorConversion {

    /**
     * Converts a row.
     *
     * @param samples holds the row
     * @param offset index of its first sample
     * @param rgb takes the result from index 0 on
     * @param pixels how many pixels there are
     */
    void convert(byte[] samples, int offset, byte[] rgb, int pixels);

    /** Returns the conversion of samples that are sRGB already, or CMYK as of coated offset print. */
    static ColorConversion plain(PixelLayout layout) {
        return switch (layout) {
            case GREY -> ColorConversion::grey;
            case GREY_ALPHA -> ColorConversion::greyAlpha;
            case RGB, RGBA ->
                (samples, offset, rgb, pixels) -> System.arraycopy(samples, offset, rgb, 0, pixels * layout.channels());
            case CMYK -> new CmykConversion();
        };
    }

    private static void grey(byte[] samples, int offset, byte[] rgb, int pixels) {
        for (int i = 0; i < pixels; i++) {
            byte value = samples[offset + i];
            rgb[3 * i] = value;
            rgb[3 * i + 1] = value;
            rgb[3 * i + 2] = value;
        }
    }

    private static void greyAlpha(byte[] samples, int offset, byte[] rgb, int pixels) {
        for (int i = 0; i < pixels; i++) {
            byte value = samples[offset + 2 * i];
            rgb[4 * i] = value;
            rgb[4 * i + 1] = value;
            rgb[4 * i + 2] = value;
            rgb[4 * i + 3] = samples[offset + 2 * i + 1];
        }
    }
}
