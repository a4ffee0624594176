package dev.pictor.image.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pictor.image.Picture;
import dev.pictor.image.PixelSize;
import dev.pictor.image.color.RgbColor;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PictureStructureTest {

    static LongStream seeds() {
        return LongStream.range(0, 12);
    }

    static Picture flat(int width, int height, RgbColor color) {
        return painted(width, height, (x, y) -> color.packed());
    }

    interface Paint {
        int at(int x, int y);
    }

    static Picture painted(int width, int height, Paint paint) {
        byte[] samples = new byte[width * height * 3];
        for (int y = 0, at = 0; y < height; y++) {
            for (int x = 0; x < width; x++, at += 3) {
                int color = paint.at(x, y);
                samples[at] = (byte) (color >> 16);
                samples[at + 1] = (byte) (color >> 8);
                samples[at + 2] = (byte) color;
            }
        }
        return Picture.wrap(new PixelSize(width, height), false, samples);
    }

    /** Returns a picture of packed colours with alpha in the highest byte. */
    static Picture withAlpha(int width, int height, Paint paint) {
        byte[] samples = new byte[width * height * 4];
        for (int y = 0, at = 0; y < height; y++) {
            for (int x = 0; x < width; x++, at += 4) {
                int color = paint.at(x, y);
                samples[at] = (byte) (color >> 16);
                samples[at + 1] = (byte) (color >> 8);
                samples[at + 2] = (byte) color;
                samples[at + 3] = (byte) (color >>> 24);
            }
        }
        return Picture.wrap(new PixelSize(width, height), true, samples);
    }

    @Nested
    class Tones {

        @Test
        void ofOneColorHaveNoRange() {
            PictureStructure structure = PictureStructure.of(flat(40, 20, RgbColor.WHITE));

            assertThat(structure.lumaRange()).isZero();
            assertThat(structure.uniformShare()).isEqualTo(1);
            assertThat(structure.aspect()).isEqualTo(2);
        }

        @Test
        void leaveOutThePercentAtEachEnd() {
            Picture mostlyGrey = painted(100, 100, (x, y) -> y == 0 ? 0 : y == 99 ? 0xFFFFFF : 0x808080);
            Picture more = painted(100, 100, (x, y) -> y < 2 ? 0 : y > 97 ? 0xFFFFFF : 0x808080);

            assertThat(PictureStructure.of(mostlyGrey).lumaRange()).isZero();
            assertThat(PictureStructure.of(more).lumaRange()).isEqualTo(255);
        }

        @Test
        void countColorsThatAreNearlyTheMostFrequent() {
            Picture picture = painted(100, 10, (x, y) -> x < 40 ? 0x7F7F7F : x < 70 ? 0x828282 : 0xFF0000);

            assertThat(PictureStructure.of(picture).uniformShare()).isCloseTo(0.7, within(1e-9));
        }
    }

    @Nested
    class Sharp {

        @Test
        void boxesAreAndOneColorIsNot() {
            Picture boxes = painted(256, 256, (x, y) -> (x / 16 + y / 16) % 2 == 0 ? 0 : 0xFFFFFF);

            assertThat(PictureStructure.of(boxes).sharpness()).isGreaterThan(1_000);
            assertThat(PictureStructure.of(flat(256, 256, RgbColor.WHITE)).sharpness())
                    .isZero();
        }

        @Test
        void isTheVarianceOfTheLaplacian() {
            // Columns of 0 and 100 levels: the Laplacian is 200 on one and -200 on the other.
            Picture columns = painted(18, 18, (x, y) -> x % 2 == 0 ? 0 : 0x646464);

            assertThat(PictureStructure.of(columns).sharpness()).isCloseTo(40_000, within(1e-6));
        }

        @Test
        void onePartIsEnough() {
            Picture corner = painted(400, 400, (x, y) -> x < 100 && y < 100 && (x / 5 + y / 5) % 2 == 0 ? 0 : 0xFFFFFF);

            assertThat(PictureStructure.of(corner).sharpness()).isGreaterThan(1_000);
        }

        @Test
        void tinyPicturesAreNot() {
            assertThat(PictureStructure.of(flat(2, 1, RgbColor.BLACK)).sharpness())
                    .isZero();
        }

        @ParameterizedTest(name = "seed {0}")
        @MethodSource("dev.pictor.image.measure.PictureStructureTest#seeds")
        void lessAndLessWithMoreBlur(long seed) {
            Picture picture = Scenery.of(seed, 160, 120);
            double last = PictureStructure.of(picture).sharpness();
            for (double sigma : new double[] {0.6, 1.2, 2.4}) {
                double sharpness =
                        PictureStructure.of(Scenery.blurred(picture, sigma)).sharpness();

                assertThat(sharpness).as("seed %s, sigma %s", seed, sigma).isLessThan(last);
                last = sharpness;
            }
        }
    }

    @Nested
    class NoiseEstimate {

        @Test
        void isThatWhichWasAddedToAFlatPicture() {
            for (double sigma : new double[] {2, 5, 10, 20}) {
                Random random = new Random(5);
                Picture picture = painted(200, 200, (x, y) -> {
                    int level = (int) Math.round(128 + sigma * random.nextGaussian());
                    return RgbColor.BLACK.packed() | level << 16 | level << 8 | level;
                });

                assertThat(PictureStructure.of(picture).noise()).isCloseTo(sigma, within(sigma * 0.05));
            }
        }

        @Test
        void doesNotCountEdges() {
            Picture boxes = painted(256, 256, (x, y) -> (x / 16 + y / 16) % 2 == 0 ? 0 : 0xFFFFFF);

            assertThat(PictureStructure.of(boxes).noise()).isZero();
        }

        @ParameterizedTest(name = "seed {0}")
        @MethodSource("dev.pictor.image.measure.PictureStructureTest#seeds")
        void growsWithTheNoise(long seed) {
            Picture picture = Scenery.of(seed, 160, 120);
            double last = PictureStructure.of(picture).noise();
            for (double sigma : new double[] {4, 8, 16}) {
                double noise =
                        PictureStructure.of(Scenery.noisy(picture, sigma, seed)).noise();

                assertThat(noise).as("seed %s, sigma %s", seed, sigma).isGreaterThan(last);
                last = noise;
            }
        }
    }

    @Nested
    class Borders {

        @Test
        void areTheLinesOfOneColorAtEachSide() {
            Picture picture = painted(
                    60,
                    50,
                    (x, y) -> x < 3 || x >= 55 || y < 7 || y >= 49 ? 0x112233 : (x * 31 + y * 17) % 2 * 0xFFFFFF);

            PictureStructure structure = PictureStructure.of(picture);

            RgbColor color = RgbColor.parse("#112233");
            assertThat(structure.leftBorder()).contains(new Border(3, color));
            assertThat(structure.rightBorder()).contains(new Border(5, color));
            assertThat(structure.topBorder()).contains(new Border(7, color));
            assertThat(structure.bottomBorder()).contains(new Border(1, color));
            assertThat(structure.borderShare()).isCloseTo(1 - 52.0 * 42 / 3_000, within(1e-12));
        }

        @Test
        void standASmallDeviation() {
            Picture picture = painted(20, 20, (x, y) -> y < 4 ? 0x101010 + 0x010101 * ((x + y) % 7) : x * 0x0C0000);

            assertThat(PictureStructure.of(picture).topBorder().orElseThrow().widthPx())
                    .isEqualTo(4);
        }

        @Test
        void areNoneInAPictureOfOneColor() {
            PictureStructure structure = PictureStructure.of(flat(20, 10, RgbColor.WHITE));

            assertThat(structure.topBorder()).contains(new Border(0, RgbColor.WHITE));
            assertThat(structure.borderShare()).isZero();
        }
    }

    @Nested
    class Alpha {

        @Test
        void isCountedAndBoxed() {
            Picture picture = withAlpha(10, 8, (x, y) -> {
                boolean inside = x >= 2 && x < 7 && y >= 3 && y < 5;
                return inside ? x == 2 ? 0x80FF0000 : 0xFF00FF00 : 0x00123456;
            });

            PictureStructure structure = PictureStructure.of(picture);

            assertThat(structure.visibleBox()).contains(new PixelBox(2, 3, 5, 2));
            assertThat(structure.transparentShare()).isEqualTo(70 / 80.0);
            assertThat(structure.translucentShare()).isEqualTo(2 / 80.0);
        }

        @Test
        void ofNothingVisibleHasNoBox() {
            PictureStructure structure = PictureStructure.of(withAlpha(10, 8, (x, y) -> x * 1_000 + y));

            assertThat(structure.visibleBox()).isEmpty();
            assertThat(structure.topBorder()).isEmpty();
            assertThat(structure.transparentShare()).isEqualTo(1);
            assertThat(structure.uniformShare()).isZero();
            assertThat(structure.sharpness()).isZero();
            assertThat(structure.noise()).isZero();
        }

        @Test
        void ofAnOpaquePictureChangesNothing() {
            Picture picture = Scenery.of(3, 60, 40);

            assertThat(PictureStructure.of(withAlpha(
                            60, 40, (x, y) -> 0xFF000000 | picture.color(x, y).packed())))
                    .isEqualTo(PictureStructure.of(picture));
        }
    }
}
