package dev.pictor.image.measure;

/** Luma of BT.601 from packed pixels, in whole numbers. */
final class Luma {

    private static final int WHITE = 255_000;

    private Luma() {}

    /** Returns the luma of the colour, in thousandths of a level: 0 to 255,000. */
    static int thousandths(int pixel) {
        return 299 * (pixel >> 16 & 0xFF) + 587 * (pixel >> 8 & 0xFF) + 114 * (pixel & 0xFF);
    }

    /** Returns the luma of the pixel laid on white, in thousandths of a level: 0 to 255,000. */
    static int thousandthsOnWhite(int pixel) {
        int alpha = pixel >>> 24;
        return alpha == 255 ? thousandths(pixel) : (alpha * thousandths(pixel) + (255 - alpha) * WHITE) / 255;
    }
}
