package dev.pictor.gateway.semantic;

import dev.pictor.model.Embedding;

/** A vector in whole numbers of one byte, and what turns a product of two back into a cosine. Immutable. */
final class UnitVector {

    private static final int MAX = 127;

    private final byte[] numbers;
    private final double length; // of the whole numbers, so that their rounding does not count twice

    private UnitVector(byte[] numbers, double length) {
        this.numbers = numbers;
        this.length = length;
    }

    static UnitVector of(Embedding embedding) {
        float[] vector = embedding.toArray();
        float largest = 0;
        for (float number : vector) {
            largest = Math.max(largest, Math.abs(number));
        }
        byte[] numbers = new byte[vector.length];
        double square = 0;
        for (int i = 0; i < vector.length && largest > 0; i++) {
            numbers[i] = (byte) Math.round(vector[i] / largest * MAX);
            square += numbers[i] * numbers[i];
        }
        return new UnitVector(numbers, Math.sqrt(square));
    }

    /** The cosine, or -1 where the two cannot be compared: other dimensions, no direction. */
    double cosine(UnitVector other) {
        if (numbers.length != other.numbers.length || length == 0 || other.length == 0) {
            return -1;
        }
        return dot(numbers, other.numbers) / (length * other.length);
    }

    private static int dot(byte[] a, byte[] b) {
        int sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
