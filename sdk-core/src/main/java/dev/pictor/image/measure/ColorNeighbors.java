package dev.pictor.image.measure;

import dev.pictor.image.Picture;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * Goes down a picture row by row and tells of each pixel which colours lie beside it, as sets of bits. Spans of a row with
 * a single colour in and around them are passed over. Holds five rows. Not thread-safe.
 */
final class ColorNeighbors {

    /** The width of a span; the last one of a row may be narrower. */
    static final int SPAN = 32;

    private static final int KEPT = 5;

    /** Empty pixels before and after each row of sets. */
    private static final int PAD = 2;

    private final PixelRows source;
    private final IntUnaryOperator setOf;
    private final int width;
    private final int height;
    private final int spans;
    private final int[][] pixels;
    private final int[][] sets;

    /** For each row and span its colours, with an empty span before and after. */
    private final int[][] spanSets;

    private final int[] columns3 = new int[SPAN + 2 * PAD];
    private final int[] columns5 = new int[SPAN + 2 * PAD];
    private final int[] within1 = new int[SPAN];
    private final int[] within2 = new int[SPAN];
    private int y;
    private int read;
    private int start;

    /** Takes the set of colours of a visible pixel: one bit or none. */
    ColorNeighbors(Picture picture, IntUnaryOperator setOf) {
        this.source = new PixelRows(picture);
        this.setOf = setOf;
        this.width = picture.width();
        this.height = picture.height();
        this.spans = (width + SPAN - 1) / SPAN;
        this.pixels = new int[KEPT][width];
        this.sets = new int[KEPT][spans * SPAN + 2 * PAD];
        this.spanSets = new int[KEPT][spans + 2];
    }

    /** How many spans a row has. */
    int spans() {
        return spans;
    }

    /** Moves to the next row; the first is 0. */
    void moveTo(int row) {
        y = row;
        for (; read < height && read <= y + 2; read++) {
            read(read);
        }
    }

    /** Moves to a span of the row, if pixels of several colours may be beside one of its pixels. */
    boolean enter(int span) {
        int found = 0;
        for (int row = Math.max(0, y - 2); row <= Math.min(height - 1, y + 2); row++) {
            int[] around = spanSets[row % KEPT];
            found |= around[span] | around[span + 1] | around[span + 2];
        }
        if ((found & (found - 1)) == 0) {
            return false;
        }
        start = span * SPAN;
        Arrays.fill(columns3, 0);
        Arrays.fill(columns5, 0);
        for (int row = Math.max(0, y - 2); row <= Math.min(height - 1, y + 2); row++) {
            add(sets[row % KEPT], columns5);
            if (Math.abs(row - y) <= 1) {
                add(sets[row % KEPT], columns3);
            }
        }
        for (int i = 0; i < SPAN; i++) {
            within1[i] = columns3[i + 1] | columns3[i + 2] | columns3[i + 3];
            within2[i] = columns5[i] | columns5[i + 1] | columns5[i + 2] | columns5[i + 3] | columns5[i + 4];
        }
        return true;
    }

    /** The width of the span. */
    int length() {
        return Math.min(SPAN, width - start);
    }

    /** A pixel of the span, as {@link PixelRows} has it. */
    int pixel(int i) {
        return pixels[y % KEPT][start + i];
    }

    /** The colours of the 3x3 pixels around a pixel of the span. */
    int within1(int i) {
        return within1[i];
    }

    /** The colours of the 5x5 pixels around a pixel of the span. */
    int within2(int i) {
        return within2[i];
    }

    /** How many of the 3x3 pixels around a pixel of the span have the colour of a bit, the pixel itself included. */
    int countWithin1(int i, int bit) {
        int count = 0;
        for (int row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
            int[] set = sets[row % KEPT];
            int at = start + i + PAD;
            count += (set[at - 1] >>> bit & 1) + (set[at] >>> bit & 1) + (set[at + 1] >>> bit & 1);
        }
        return count;
    }

    private void add(int[] set, int[] columns) {
        for (int i = 0; i < columns.length; i++) {
            columns[i] |= set[start + i];
        }
    }

    private void read(int row) {
        int[] pixel = pixels[row % KEPT];
        int[] set = sets[row % KEPT];
        int[] spanSet = spanSets[row % KEPT];
        source.read(row, pixel);
        int last = 0;
        int lastSet = 0;
        for (int span = 0; span < spans; span++) {
            int all = 0;
            int end = Math.min(width, (span + 1) * SPAN);
            for (int x = span * SPAN; x < end; x++) {
                if (pixel[x] != last) {
                    last = pixel[x];
                    lastSet = last == 0 ? 0 : setOf.applyAsInt(last);
                }
                set[x + PAD] = lastSet;
                all |= lastSet;
            }
            spanSet[span + 1] = all;
        }
    }
}
