package dev.pictor.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every picture and every size. */
class ResamplerProperties {

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void leavesOneColourAsItIs(long seed) {
        Random random = new Random(seed);
        int[] samples = random.ints(random.nextInt(3, 5), 1, 256).toArray();
        Picture plain = DrawnPictures.plain(side(random), side(random), samples);
        Resize resize = ResamplerTest.exact(side(random), side(random), random.nextBoolean());
        Picture resized = plain.resized(resize);
        assertThat(resized)
                .as("%s to %s", plain, resize)
                .isEqualTo(DrawnPictures.plain(resized.width(), resized.height(), samples));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void knowsNoLeftAndRight(long seed) {
        Random random = new Random(seed);
        Picture picture = DrawnPictures.noise(side(random), side(random), false, seed);
        Resize resize = ResamplerTest.exact(side(random), side(random), random.nextBoolean());
        Picture mirroredFirst = DrawnPictures.mirrored(picture).resized(resize);
        Picture mirroredLast = DrawnPictures.mirrored(picture.resized(resize));
        assertThat(DrawnPictures.largestDifference(mirroredFirst, mirroredLast))
                .as("%s to %s", picture, resize)
                .isLessThanOrEqualTo(1);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void isExactForNoiseOfAnySize(long seed) {
        Random random = new Random(seed);
        Picture picture = DrawnPictures.noise(side(random), side(random), false, seed);
        Resize resize = ResamplerTest.exact(side(random), side(random), random.nextBoolean());
        double[] exact = ExactLanczos.resized(picture, ResizePlan.of(picture.size(), resize));
        Picture resized = picture.resized(resize);
        for (int i = 0; i < exact.length; i++) {
            assertThat(Math.abs((resized.samples()[i] & 0xFF) - exact[i]))
                    .as("sample %s of %s to %s", i, picture, resize)
                    .isLessThan(0.51);
        }
    }

    /** The bytes that every JVM comes to, whatever its compiler makes of the loops. */
    @Test
    void comesToTheSameBytesOnEveryJvm() {
        assertThat(hash(DrawnPictures.noise(1531, 217, false, 12), ResamplerTest.exact(411, 53, false)))
                .isEqualTo("1712e41663db53ff03ae386a7f350fa1afedccbd3df5304cfd51babd836d59c2");
        assertThat(hash(DrawnPictures.noise(217, 1531, true, 13), ResamplerTest.exact(300, 400, true)))
                .isEqualTo("d531d8dbc22a7fb011ab053a044219861d2ce3864c0b96de4c54ddbe617f552b");
    }

    private static String hash(Picture picture, Resize resize) {
        return Sha256.of(picture.resized(resize).asByteBuffer()).hex();
    }

    private static int side(Random random) {
        return 1 + random.nextInt(1 << random.nextInt(8));
    }
}
