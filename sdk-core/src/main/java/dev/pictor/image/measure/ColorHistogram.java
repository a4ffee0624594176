package dev.pictor.image.measure;

import dev.pictor.image.Picture;
import dev.pictor.image.color.RgbColor;

/**
 * How much of each colour is in a picture, in bins of equal channels' highest bits, each with the mean of its colours.
 * A pixel weighs as much as its alpha.
 */
final class ColorHistogram {

    private final int bits;
    private final int mask;

    /** For each bin its weight, and the sums of its red, green and blue, each times the weight. */
    private final long[] sums;

    private long total;

    private ColorHistogram(int bits) {
        this.bits = bits;
        this.mask = (1 << bits) - 1;
        this.sums = new long[4 << (3 * bits)];
    }

    /** Returns an empty one, with 1 to 6 bits a channel. */
    static ColorHistogram empty(int bits) {
        return new ColorHistogram(bits);
    }

    /**
     * Counts the whole picture.
     *
     * @throws java.util.concurrent.CancellationException if the thread is interrupted, seen once a row
     */
    static ColorHistogram of(Picture picture, int bits) {
        ColorHistogram histogram = empty(bits);
        PixelRows rows = new PixelRows(picture);
        int[] pixels = new int[picture.width()];
        for (int y = 0; y < picture.height(); y++) {
            Interruption.check();
            rows.read(y, pixels);
            histogram.add(pixels);
        }
        return histogram;
    }

    /** Counts a row. Equal pixels in a row are counted at once, which makes flat areas nearly free. */
    void add(int[] pixels) {
        int last = 0;
        int run = 0;
        for (int pixel : pixels) {
            if (pixel != last) {
                add(last, run);
                last = pixel;
                run = 0;
            }
            run++;
        }
        add(last, run);
    }

    private void add(int pixel, int count) {
        long weight = (long) (pixel >>> 24) * count;
        int at = bin(pixel) << 2;
        sums[at] += weight;
        sums[at + 1] += weight * (pixel >> 16 & 0xFF);
        sums[at + 2] += weight * (pixel >> 8 & 0xFF);
        sums[at + 3] += weight * (pixel & 0xFF);
        total += weight;
    }

    int bins() {
        return sums.length >> 2;
    }

    int bin(int pixel) {
        int red = pixel >> (24 - bits) & mask;
        int green = pixel >> (16 - bits) & mask;
        int blue = pixel >> (8 - bits) & mask;
        return (red << bits | green) << bits | blue;
    }

    /** Returns 255 for each opaque pixel in the bin. */
    long weight(int bin) {
        return sums[bin << 2];
    }

    /** Returns the mean colour of a bin that is not empty. */
    RgbColor mean(int bin) {
        int at = bin << 2;
        long weight = sums[at];
        return new RgbColor(
                rounded(sums[at + 1], weight), rounded(sums[at + 2], weight), rounded(sums[at + 3], weight));
    }

    /** Returns 255 for each opaque pixel. */
    long total() {
        return total;
    }

    private static int rounded(long sum, long count) {
        return (int) ((sum + count / 2) / count);
    }
}
