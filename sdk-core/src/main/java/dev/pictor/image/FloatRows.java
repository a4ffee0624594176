package dev.pictor.image;

import dev.pictor.image.color.Srgb;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The latest rows of a source as floats, in blocks of four rows: 0 to 255 for sRGB numbers, 0 to 1 for amounts of light,
 * and both times alpha (0 to 255) where there is alpha. Not thread-safe.
 */
final class FloatRows {

    /** Rows in a block. */
    static final int BLOCK = 4;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final float[] NUMBERS = new float[256];
    private static final float[] LIGHT = new float[256];

    static {
        for (int value = 0; value < 256; value++) {
            NUMBERS[value] = value;
            LIGHT[value] = (float) Srgb.toLinear(value);
        }
    }

    private final int left;
    private final boolean alpha;
    private final float[] table;
    private final float[][] rows;

    /**
     * Makes place for rows.
     *
     * @param left the first column that is kept
     * @param right the last column that is kept
     * @param alpha whether there is a fourth sample
     * @param linearLight whether sRGB numbers become amounts of light
     * @param blocks how many blocks are kept
     */
    FloatRows(int left, int right, boolean alpha, boolean linearLight, int blocks) {
        this.left = left;
        this.alpha = alpha;
        this.table = linearLight ? LIGHT : NUMBERS;
        this.rows = new float[blocks * BLOCK][(right + 1 - left) * channels()];
    }

    /** Takes a row of the source, in place of the oldest. */
    void put(int y, byte[] samples, int offset) {
        float[] row = row(y);
        int from = offset + left * channels();
        if (alpha) {
            putPremultiplied(samples, from, row, table);
        } else {
            putOpaque(samples, from, row, table);
        }
    }

    /** Returns the first column that is kept. */
    int left() {
        return left;
    }

    /** Returns the number of samples of a row that is kept. */
    int samples() {
        return rows[0].length;
    }

    /** Returns a row that is still kept, from the first column that is kept. */
    float[] row(int y) {
        return rows[y % rows.length];
    }

    private int channels() {
        return alpha ? 4 : 3;
    }

    /** Loads eight samples at once: compilers do not, and conversions of bytes to floats are not vectorised. */
    private static void putOpaque(byte[] samples, int offset, float[] row, float[] table) {
        int i = 0;
        for (; i <= row.length - 8; i += 8) {
            long eight = (long) LONGS.get(samples, offset + i);
            row[i] = table[(int) eight & 0xFF];
            row[i + 1] = table[(int) (eight >>> 8) & 0xFF];
            row[i + 2] = table[(int) (eight >>> 16) & 0xFF];
            row[i + 3] = table[(int) (eight >>> 24) & 0xFF];
            row[i + 4] = table[(int) (eight >>> 32) & 0xFF];
            row[i + 5] = table[(int) (eight >>> 40) & 0xFF];
            row[i + 6] = table[(int) (eight >>> 48) & 0xFF];
            row[i + 7] = table[(int) (eight >>> 56)];
        }
        for (; i < row.length; i++) {
            row[i] = table[samples[offset + i] & 0xFF];
        }
    }

    private static void putPremultiplied(byte[] samples, int offset, float[] row, float[] table) {
        for (int i = 0; i < row.length; i += 4) {
            int pixel = (int) INTS.get(samples, offset + i);
            float opacity = pixel >>> 24;
            row[i] = table[pixel & 0xFF] * opacity;
            row[i + 1] = table[pixel >>> 8 & 0xFF] * opacity;
            row[i + 2] = table[pixel >>> 16 & 0xFF] * opacity;
            row[i + 3] = opacity;
        }
    }
}
