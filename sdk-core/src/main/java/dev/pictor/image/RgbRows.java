package dev.pictor.image;

/** Takes the rows of a picture in sRGB, from the top, as stored (before orientation). */
interface RgbRows {

    /** Takes the size as stored and whether rows are RGBA instead of RGB. Called once, before the rows. */
    void begin(PixelSize size, boolean alpha);

    /** Takes the next row, the array of which may be used again afterwards. */
    void row(byte[] samples, int offset);
}
