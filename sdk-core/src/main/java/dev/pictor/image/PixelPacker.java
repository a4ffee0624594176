package dev.pictor.image;

import dev.pictor.image.color.Srgb;

/**
 * Turns computed samples back into bytes: the nearest of 0 to 255, with alpha divided out again. A pixel whose alpha
 * rounds to 0 becomes 0 in all four samples. Immutable.
 */
final class PixelPacker {

    private static final int BUCKETS = 4096;
    /** At index n the least amount of light that is n + 1, and above all light at the end. */
    private static final float[] NEXT = new float[256];
    /** The number of the least amount of light in each bucket. */
    private static final byte[] LEAST = new byte[BUCKETS + 1];

    static {
        for (int value = 0; value < 255; value++) {
            NEXT[value] = firstAbove(value);
        }
        NEXT[255] = Float.POSITIVE_INFINITY;
        for (int bucket = 0, value = 0; bucket <= BUCKETS; bucket++) {
            while ((float) bucket / BUCKETS >= NEXT[value]) {
                value++;
            }
            LEAST[bucket] = (byte) value;
        }
    }

    private final boolean alpha;
    private final boolean linearLight;

    PixelPacker(boolean alpha, boolean linearLight) {
        this.alpha = alpha;
        this.linearLight = linearLight;
    }

    /** Packs whole pixels. */
    void pack(float[] row, byte[] out) {
        if (alpha) {
            packPremultiplied(row, out);
        } else if (linearLight) {
            for (int i = 0; i < row.length; i++) {
                out[i] = encoded(row[i]);
            }
        } else {
            for (int i = 0; i < row.length; i++) {
                out[i] = rounded(row[i]);
            }
        }
    }

    private void packPremultiplied(float[] row, byte[] out) {
        for (int i = 0; i < row.length; i += 4) {
            float opacity = row[i + 3];
            byte rounded = rounded(opacity);
            for (int channel = 0; channel < 3; channel++) {
                float value = rounded == 0 ? 0 : row[i + channel] / opacity;
                out[i + channel] = linearLight ? encoded(value) : rounded(value);
            }
            out[i + 3] = rounded;
        }
    }

    private static byte rounded(float value) {
        return (byte) Math.max(0, Math.min(255, (int) (value + 0.5f)));
    }

    private static byte encoded(float light) {
        int value = LEAST[(int) (Math.max(0, Math.min(1, light)) * BUCKETS)] & 0xFF;
        while (light >= NEXT[value]) {
            value++;
        }
        return (byte) value;
    }

    /** Halves the range down to the one float: from there on amounts of light are above the value. */
    private static float firstAbove(int value) {
        int below = Float.floatToIntBits(0);
        int above = Float.floatToIntBits(1);
        while (above - below > 1) {
            int middle = (below + above) >>> 1;
            if (Srgb.fromLinear(Float.intBitsToFloat(middle)) > value) {
                above = middle;
            } else {
                below = middle;
            }
        }
        return Float.intBitsToFloat(above);
    }
}
