package dev.pictor.gateway.semantic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pictor.model.Embedding;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UnitVectorProperties {

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("P12: seven bits a number move a cosine by less than 0.02, whatever the dimensions")
    void keepsTheCosine(long seed) {
        Random random = new Random(seed);
        int dimensions = 16 + random.nextInt(1_600);
        float[] a = random(random, dimensions);
        float[] b = random(random, dimensions);
        float near = random.nextFloat();
        for (int i = 0; i < dimensions; i++) {
            b[i] = near * a[i] + (1 - near) * b[i];
        }

        assertThat(UnitVector.of(Embedding.of(a)).mirrored().cosine(UnitVector.of(Embedding.of(b))))
                .as("seed %d", seed)
                .isCloseTo(cosine(a, b), within(0.02));
    }

    @Test
    @DisplayName("P12: the nearest of 1,000 by whole numbers is the nearest by floats in at least 99 of 100 searches")
    void findsTheNearest() {
        Random random = new Random(12);
        float[][] kept = new float[1_000][];
        UnitVector[] whole = new UnitVector[kept.length];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = random(random, 768);
            whole[i] = UnitVector.of(Embedding.of(kept[i]));
        }
        int right = 0;
        for (int search = 0; search < 100; search++) {
            float[] wanted = random(random, 768);
            UnitVector query = UnitVector.of(Embedding.of(wanted)).mirrored();
            int byFloats = 0;
            int byWhole = 0;
            for (int i = 1; i < kept.length; i++) {
                byFloats = cosine(wanted, kept[i]) > cosine(wanted, kept[byFloats]) ? i : byFloats;
                byWhole = query.cosine(whole[i]) > query.cosine(whole[byWhole]) ? i : byWhole;
            }
            boolean asNear = cosine(wanted, kept[byWhole]) > cosine(wanted, kept[byFloats]) - 0.003;
            right += asNear ? 1 : 0;
        }

        assertThat(right).isGreaterThanOrEqualTo(99);
    }

    @Test
    void survivesLargeAndTinyNumbers() {
        float[] extreme = {Float.MAX_VALUE, -Float.MAX_VALUE, 1, 0, Float.MIN_VALUE};

        UnitVector vector = UnitVector.of(Embedding.of(extreme));

        assertThat(vector.mirrored().cosine(vector)).isCloseTo(1, within(1e-9));
    }

    private static float[] random(Random random, int dimensions) {
        float[] vector = new float[dimensions];
        for (int i = 0; i < dimensions; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    private static double cosine(float[] a, float[] b) {
        double product = 0;
        double squareA = 0;
        double squareB = 0;
        for (int i = 0; i < a.length; i++) {
            product += a[i] * b[i];
            squareA += a[i] * a[i];
            squareB += b[i] * b[i];
        }
        return product / Math.sqrt(squareA * squareB);
    }
}
