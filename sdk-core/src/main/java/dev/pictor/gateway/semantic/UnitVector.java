package dev.pictor.gateway.semantic;

import dev.pictor.model.Embedding;

/**
 * A vector in whole numbers of seven bits, and what turns a product of two back into a cosine. Immutable.
 *
 * <p>Four numbers share a {@code long}, 16 bits each, so that one multiplication does four: the product of
 * {@code a0 + a1 X + a2 X^2 + a3 X^3} and {@code b3 + b2 X + b1 X^2 + b0 X^3} has the sum of the four products before
 * {@code X^3}. With {@code X = 2^16} that are its upper 16 bits, and numbers of 0 to 127 overflow nowhere. Plain byte loops take
 * eight times as long, for Java 17 does not turn them into vector instructions.
 */
final class UnitVector {

    private static final int MAX = 63;
    private static final int SHIFT = 64; // makes every number positive; 0 is left to what fills up the last long
    private static final int LANE = 16;
    private static final int LANES = 4;

    private final long[] packed;
    private final int dimensions;
    private final long sum;
    private final double length; // of the whole numbers, so that their rounding does not count twice

    private UnitVector(long[] packed, int dimensions, long sum, double length) {
        this.packed = packed;
        this.dimensions = dimensions;
        this.sum = sum;
        this.length = length;
    }

    static UnitVector of(Embedding embedding) {
        float[] vector = embedding.toArray();
        float largest = 0;
        for (float number : vector) {
            largest = Math.max(largest, Math.abs(number));
        }
        long[] packed = new long[(vector.length + LANES - 1) / LANES];
        long sum = 0;
        double square = 0;
        for (int i = 0; i < vector.length; i++) {
            int number = largest > 0 ? Math.round(vector[i] / largest * MAX) : 0;
            packed[i / LANES] |= (long) (number + SHIFT) << (i % LANES * LANE);
            sum += number;
            square += number * number;
        }
        return new UnitVector(packed, vector.length, sum, Math.sqrt(square));
    }

    /** The same with the numbers of each long in the opposite order, as one side of {@link #cosine} must be. */
    UnitVector mirrored() {
        long[] mirrored = new long[packed.length];
        for (int i = 0; i < packed.length; i++) {
            long x = packed[i];
            mirrored[i] = (x << 48) | ((x & 0xFFFF_0000L) << LANE) | ((x >>> LANE) & 0xFFFF_0000L) | (x >>> 48);
        }
        return new UnitVector(mirrored, dimensions, sum, length);
    }

    /** The cosine of this mirrored one and another, or -1 where there is none: other dimensions, no direction. */
    double cosine(UnitVector other) {
        if (dimensions != other.dimensions || length == 0 || other.length == 0) {
            return -1;
        }
        long product = dot(packed, other.packed) - SHIFT * (sum + other.sum) - (long) SHIFT * SHIFT * dimensions;
        return Math.min(1, product / (length * other.length));
    }

    private static long dot(long[] mirrored, long[] other) {
        long sum = 0;
        for (int i = 0; i < other.length; i++) {
            sum += (mirrored[i] * other[i]) >>> 48;
        }
        return sum;
    }
}
