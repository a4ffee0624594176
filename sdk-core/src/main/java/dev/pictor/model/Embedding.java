package dev.pictor.model;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A vector that stands for a text. Immutable and thread-safe. */
public final class Embedding {

    private final float[] vector;

    private Embedding(float[] vector) {
        this.vector = vector;
    }

    /**
     * Returns an embedding with a copy of the given numbers.
     *
     * @param vector at least one number
     * @return the embedding
     * @throws IllegalArgumentException if there is no number
     */
    public static Embedding of(float... vector) {
        if (vector.length == 0) {
            throw new IllegalArgumentException("an embedding needs at least one number");
        }
        return new Embedding(vector.clone());
    }

    /**
     * Returns how many numbers there are.
     *
     * @return at least 1
     */
    public int dimensions() {
        return vector.length;
    }

    /**
     * Returns a copy of the numbers.
     *
     * @return a new array
     */
    public float[] toArray() {
        return vector.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Embedding that && Arrays.equals(vector, that.vector);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(vector);
    }

    @Override
    public String toString() {
        return "Embedding[" + vector.length + " dimensions]";
    }
}
