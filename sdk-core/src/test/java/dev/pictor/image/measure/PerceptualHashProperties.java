package dev.pictor.image.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.image.Picture;
import dev.pictor.image.Resize;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A hash stays the same through encoding, resizing, noise and blur, and tells other pictures apart. */
class PerceptualHashProperties {

    private static final int WIDTH = 160;
    private static final int HEIGHT = 120;

    static LongStream seeds() {
        return LongStream.range(0, 20);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void isTheSameThroughJpegResizingNoiseAndBlur(long seed) {
        Picture picture = Scenery.of(seed, WIDTH, HEIGHT);
        PerceptualHash hash = PerceptualHash.of(picture);

        assertSame(hash, Scenery.jpeg(picture, 0.4f), "JPEG, seed " + seed);
        assertSame(hash, picture.resized(Resize.fit(100, 100)), "resized, seed " + seed);
        assertSame(hash, Scenery.of(seed, WIDTH * 2, HEIGHT * 2), "drawn twice as large, seed " + seed);
        assertSame(hash, Scenery.noisy(picture, 3, seed), "noisy, seed " + seed);
        assertSame(hash, Scenery.blurred(picture, 1), "blurred, seed " + seed);
    }

    private static void assertSame(PerceptualHash hash, Picture changed, String what) {
        assertThat(hash.distance(PerceptualHash.of(changed))).as(what).isLessThanOrEqualTo(PerceptualHash.MAX_SAME);
    }

    @Test
    void differentPicturesDifferInAboutHalfTheBits() {
        PerceptualHash[] hashes = LongStream.range(0, 60)
                .mapToObj(seed -> PerceptualHash.of(Scenery.of(seed, 64, 48)))
                .toArray(PerceptualHash[]::new);
        int[] distances = IntStream.range(0, hashes.length)
                .flatMap(i -> IntStream.range(0, i).map(j -> hashes[i].distance(hashes[j])))
                .sorted()
                .toArray();

        assertThat(distances[0]).isGreaterThan(PerceptualHash.MAX_SIMILAR);
        assertThat(distances[distances.length / 2]).isBetween(28, 36);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void distanceIsAMetric(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 20; i++) {
            PerceptualHash a = new PerceptualHash(random.nextLong());
            PerceptualHash b = new PerceptualHash(a.bits() & random.nextLong());
            PerceptualHash c = new PerceptualHash(random.nextLong());

            assertThat(a.distance(a)).as("seed %s", seed).isZero();
            assertThat(a.distance(b))
                    .as("seed %s", seed)
                    .isEqualTo(b.distance(a))
                    .isBetween(0, 64);
            assertThat(a.distance(c)).as("seed %s", seed).isLessThanOrEqualTo(a.distance(b) + b.distance(c));
            assertThat(PerceptualHash.parse(a.toString())).as("seed %s", seed).isEqualTo(a);
        }
    }
}
