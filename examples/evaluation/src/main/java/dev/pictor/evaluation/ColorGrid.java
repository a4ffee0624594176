package dev.pictor.evaluation;

import dev.pictor.image.Picture;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * The mean colours of a picture cut into 4 x 4 boxes, as 48 bytes: red, green and blue of each box, row by row from the top
 * left. Immutable.
 *
 * <p>Box i of a side of n pixels goes from {@code n * i / 4} to {@code n * (i + 1) / 4}, rounded down, and has at least one
 * pixel. Means are rounded, halves to the even number. Alpha is laid over white.
 */
final class ColorGrid {

    /** The largest mean difference of two grids that pass as the same picture, in steps of 0 to 255. */
    static final double TOLERANCE = 4;

    static final int BYTES = 48;
    private static final int BOXES = 4;

    private final byte[] means;

    private ColorGrid(byte[] means) {
        this.means = means;
    }

    static ColorGrid of(Picture picture) {
        byte[] means = new byte[BYTES];
        int at = 0;
        for (int row = 0; row < BOXES; row++) {
            for (int column = 0; column < BOXES; column++, at += 3) {
                mean(picture, column, row, means, at);
            }
        }
        return new ColorGrid(means);
    }

    /**
     * Reads a grid.
     *
     * @param hex 96 digits
     * @throws IllegalArgumentException if it is anything else
     */
    static ColorGrid parse(String hex) {
        if (hex.length() != 2 * BYTES) {
            throw new IllegalArgumentException(
                    "a grid of colours has " + 2 * BYTES + " hex digits, was " + hex.length());
        }
        return new ColorGrid(HexFormat.of().parseHex(hex));
    }

    /** Returns the mean difference of all channels of all boxes, 0 to 255. */
    double distance(ColorGrid other) {
        int sum = 0;
        for (int i = 0; i < BYTES; i++) {
            sum += Math.abs((means[i] & 0xFF) - (other.means[i] & 0xFF));
        }
        return (double) sum / BYTES;
    }

    private static void mean(Picture picture, int column, int row, byte[] means, int at) {
        ByteBuffer samples = picture.asByteBuffer();
        int channels = picture.channels();
        int left = start(column, picture.width());
        int right = end(column, picture.width());
        int top = start(row, picture.height());
        int bottom = end(row, picture.height());
        long[] sums = new long[3];
        for (int y = top; y < bottom; y++) {
            int pixel = (y * picture.width() + left) * channels;
            for (int x = left; x < right; x++, pixel += channels) {
                int alpha = picture.hasAlpha() ? samples.get(pixel + 3) & 0xFF : 255;
                for (int i = 0; i < 3; i++) {
                    sums[i] += overWhite(samples.get(pixel + i) & 0xFF, alpha);
                }
            }
        }
        long pixels = (long) (right - left) * (bottom - top);
        for (int i = 0; i < 3; i++) {
            means[at + i] = (byte) Math.rint((double) sums[i] / pixels);
        }
    }

    private static int overWhite(int value, int alpha) {
        return (value * alpha + 255 * (255 - alpha)) / 255;
    }

    private static int start(int box, int length) {
        return (int) ((long) length * box / BOXES);
    }

    private static int end(int box, int length) {
        return Math.max(start(box, length) + 1, start(box + 1, length));
    }

    /** Returns 96 hex digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(means);
    }
}
