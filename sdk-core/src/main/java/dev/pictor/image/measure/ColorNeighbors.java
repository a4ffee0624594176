package dev.pictor.image.measure;

import dev.pictor.image.Picture;
import java.util.function.IntUnaryOperator;

/**
 * Goes down a picture row by row and tells of each pixel which colours lie beside it, as sets of bits. Holds five rows. Not
 * thread-safe.
 */
final class ColorNeighbors {

    private static final int KEPT = 5;

    private final PixelRows source;
    private final IntUnaryOperator setOf;
    private final int width;
    private final int height;
    private final int[][] pixels;
    private final int[][] sets;
    private final int[][] across3;
    private final int[][] across5;
    private final int[] within1;
    private final int[] within2;
    private int y;
    private int read;

    /** Takes the set of colours of a visible pixel: one bit. */
    ColorNeighbors(Picture picture, IntUnaryOperator setOf) {
        this.source = new PixelRows(picture);
        this.setOf = setOf;
        this.width = picture.width();
        this.height = picture.height();
        this.pixels = new int[KEPT][width];
        this.sets = new int[KEPT][width];
        this.across3 = new int[KEPT][width];
        this.across5 = new int[KEPT][width];
        this.within1 = new int[width];
        this.within2 = new int[width];
    }

    /** Moves to the next row; the first is 0. */
    void moveTo(int row) {
        y = row;
        for (; read < height && read <= y + 2; read++) {
            read(read);
        }
        int[] middle = across3[y % KEPT];
        int[] above = across3[up(1)];
        int[] below = across3[down(1)];
        for (int x = 0; x < width; x++) {
            within1[x] = above[x] | middle[x] | below[x];
        }
        middle = across5[y % KEPT];
        above = across5[up(1)];
        below = across5[down(1)];
        int[] first = across5[up(2)];
        int[] last = across5[down(2)];
        for (int x = 0; x < width; x++) {
            within2[x] = first[x] | above[x] | middle[x] | below[x] | last[x];
        }
    }

    /** The pixel in this row, as {@link PixelRows} has it. */
    int pixel(int x) {
        return pixels[y % KEPT][x];
    }

    /** For each pixel of this row the colours of the 3x3 pixels around. */
    int[] within1() {
        return within1;
    }

    /** For each pixel of this row the colours of the 5x5 pixels around. */
    int[] within2() {
        return within2;
    }

    /** How many of the 3x3 pixels around have the colour of a bit, the pixel itself included. */
    int countWithin1(int x, int bit) {
        int count = 0;
        for (int row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
            for (int at = Math.max(0, x - 1); at <= Math.min(width - 1, x + 1); at++) {
                count += sets[row % KEPT][at] >>> bit & 1;
            }
        }
        return count;
    }

    private int up(int rows) {
        return Math.max(0, y - rows) % KEPT;
    }

    private int down(int rows) {
        return Math.min(height - 1, y + rows) % KEPT;
    }

    private void read(int row) {
        int[] pixel = pixels[row % KEPT];
        int[] set = sets[row % KEPT];
        source.read(row, pixel);
        int last = 0;
        int lastSet = 0;
        for (int x = 0; x < width; x++) {
            if (pixel[x] != last) {
                last = pixel[x];
                lastSet = last == 0 ? 0 : setOf.applyAsInt(last);
            }
            set[x] = lastSet;
        }
        spread(set, across3[row % KEPT]);
        spread(across3[row % KEPT], across5[row % KEPT]);
    }

    private static void spread(int[] from, int[] to) {
        int last = from.length - 1;
        for (int x = 1; x < last; x++) {
            to[x] = from[x - 1] | from[x] | from[x + 1];
        }
        to[0] = from[0] | from[Math.min(1, last)];
        to[last] = from[last] | from[Math.max(0, last - 1)];
    }
}
