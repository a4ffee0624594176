package dev.pictor.image;

import static dev.pictor.image.DrawnPictures.grey;
import static dev.pictor.image.DrawnPictures.noise;
import static dev.pictor.image.DrawnPictures.photo;
import static dev.pictor.image.DrawnPictures.plain;
import static dev.pictor.image.DrawnPictures.zonePlate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.pictor.image.Resize.Fit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResamplerTest {

    @Nested
    class AgainstExactLanczos {

        @ParameterizedTest(name = "{0}x{1}, linear light: {2}")
        @CsvSource({
            "40, 30, false",
            "150, 100, false",
            "299, 224, false",
            "400, 350, false",
            "40, 30, true",
            "400, 350, true"
        })
        void isAFaithfulPhoto(int width, int height, boolean linearLight) {
            Resize resize = exact(width, height, linearLight);
            assertFaithful(photo(300, 225, false, 1), resize);
            assertFaithful(photo(300, 225, true, 2), resize);
        }

        @ParameterizedTest
        @ValueSource(ints = {50, 100, 150, 299, 450})
        void isAFaithfulZonePlate(int side) {
            assertFaithful(zonePlate(300, 300), exact(side, side, false));
        }

        @ParameterizedTest
        @CsvSource({"100, 40", "40, 100", "7, 90", "300, 299"})
        void isAFaithfulCut(int width, int height) {
            Resize resize = Resize.builder(new PixelSize(width, height))
                    .fit(Fit.FILL)
                    .isEnlarging(true)
                    .build();
            assertFaithful(photo(301, 199, false, 3), resize);
        }

        private void assertFaithful(Picture picture, Resize resize) {
            double[] exact = ExactLanczos.resized(picture, ResizePlan.of(picture.size(), resize));
            Picture resized = picture.resized(resize);
            assertThat(Likeness.psnr(resized, exact)).isGreaterThan(55);
            if (resized.width() >= 8 && resized.height() >= 8) {
                assertThat(Likeness.ssim(resized, exact)).isGreaterThan(bestSsim(resized, exact) - 0.0001);
            }
        }

        /** Even the nearest bytes differ from exact samples, and in flat parts little else is left to compare. */
        private double bestSsim(Picture resized, double[] exact) {
            byte[] nearest = new byte[exact.length];
            for (int i = 0; i < exact.length; i++) {
                nearest[i] = (byte) Math.round(exact[i]);
            }
            return Likeness.ssim(Picture.wrap(resized.size(), resized.hasAlpha(), nearest), exact);
        }
    }

    @Nested
    class Alpha {

        @ParameterizedTest
        @ValueSource(booleans = {false, true})
        void letsNoTransparentColourBleed(boolean linearLight) {
            Picture disc = noise(200, 150, true, 4);
            byte[] samples = disc.samples();
            for (int i = 0; i < samples.length; i += 4) {
                int x = i / 4 % 200 - 100;
                int y = i / 4 / 200 - 75;
                boolean inside = x * x + y * y < 3600;
                samples[i + 3] = (byte) (inside ? 255 : 0);
                if (inside) {
                    samples[i] = (byte) 200;
                    samples[i + 1] = 100;
                    samples[i + 2] = 50;
                }
            }
            for (int width : List.of(3, 20, 77, 199, 320)) {
                Picture small = disc.resized(exact(width, width, linearLight));
                int seen = 0;
                for (int i = 0; i < small.samples().length; i += 4) {
                    if (small.samples()[i + 3] != 0) {
                        seen++;
                        assertThat(List.of(
                                        small.samples()[i] & 0xFF,
                                        small.samples()[i + 1] & 0xFF,
                                        small.samples()[i + 2] & 0xFF))
                                .containsExactly(200, 100, 50);
                    }
                }
                assertThat(seen).isPositive();
            }
        }

        @Test
        void leavesNothingBehindWhereAllIsTransparent() {
            Picture clear = noise(50, 40, true, 5);
            for (int i = 3; i < clear.samples().length; i += 4) {
                clear.samples()[i] = 0;
            }
            assertThat(clear.resized(Resize.fit(13, 13)).samples()).containsOnly(0);
        }

        @Test
        void makesNoDifferenceWhereAllIsOpaque() {
            Picture photo = photo(120, 90, false, 6);
            byte[] opaque = new byte[120 * 90 * 4];
            for (int i = 0; i < opaque.length; i++) {
                opaque[i] = i % 4 == 3 ? (byte) 255 : photo.samples()[i / 4 * 3 + i % 4];
            }
            Picture resized = photo.resized(Resize.fit(50, 50));
            Picture withAlpha = Picture.wrap(photo.size(), true, opaque).resized(Resize.fit(50, 50));
            for (int y = 0; y < resized.height(); y++) {
                for (int x = 0; x < resized.width(); x++) {
                    assertThat(withAlpha.color(x, y)).isEqualTo(resized.color(x, y));
                    assertThat(withAlpha.alpha(x, y)).isEqualTo(255);
                }
            }
        }
    }

    @Nested
    class LinearLight {

        @Test
        void keepsTheBrightnessOfFinePatterns() {
            Picture checks = grey(64, 64, (x, y) -> (x + y) % 2 * 255);
            assertThat(checks.resized(exact(8, 8, true)).color(4, 4).red()).isEqualTo(188);
            assertThat(checks.resized(exact(8, 8, false)).color(4, 4).red()).isEqualTo(128);
        }

        @Test
        void keepsEveryNumber() {
            Picture steps = grey(256, 1, (x, y) -> x);
            Picture higher = steps.resized(exact(256, 9, true));
            for (int x = 0; x < 256; x++) {
                assertThat(higher.color(x, 5).red()).isEqualTo(x);
            }
        }
    }

    @Nested
    class WithoutScaling {

        @Test
        void returnsThePictureItselfIfNothingChanges() {
            Picture picture = noise(20, 10, true, 7);
            assertThat(picture.resized(Resize.fit(20, 20))).isSameAs(picture);
            assertThat(picture.resized(Resize.fit(300, 300))).isSameAs(picture);
            assertThat(picture.resized(Resize.exact(20, 10))).isSameAs(picture);
            assertThat(picture.resized(Resize.fill(40, 20))).isSameAs(picture);
        }

        @Test
        void cutsTheMiddleOutOfAPictureThatIsTooSmall() {
            Picture picture = noise(21, 10, true, 8);
            Picture square = picture.resized(Resize.fill(300, 300));
            assertThat(square.size()).isEqualTo(new PixelSize(10, 10));
            for (int y = 0; y < 10; y++) {
                for (int x = 0; x < 10; x++) {
                    assertThat(square.color(x, y)).isEqualTo(picture.color(x + 5, y));
                    assertThat(square.alpha(x, y)).isEqualTo(picture.alpha(x + 5, y));
                }
            }
        }

        @Test
        void copiesAlongAnAxisThatKeepsItsLength() {
            Picture stripes = grey(40, 40, (x, y) -> x * 97 % 256);
            Picture lower = stripes.resized(Resize.exact(40, 7));
            for (int x = 0; x < 40; x++) {
                assertThat(lower.color(x, 3)).isEqualTo(stripes.color(x, 0));
            }
        }
    }

    @Nested
    class Rows {

        @Test
        void makeSeveralSizesAtOnceJustAsOneByOne() {
            Picture picture = photo(210, 160, true, 9);
            List<Resize> resizes = List.of(
                    Resize.fit(50, 50),
                    exact(300, 20, true),
                    Resize.fit(999, 999),
                    Resize.fill(60, 100),
                    exact(17, 300, false),
                    exact(64, 64, true),
                    Resize.fill(2000, 2200));
            List<Picture> together = streamed(picture, resizes);
            for (int i = 0; i < resizes.size(); i++) {
                assertThat(together.get(i)).as("%s", resizes.get(i)).isEqualTo(picture.resized(resizes.get(i)));
            }
        }

        @Test
        void areNotNeededAfterTheCall() {
            Picture picture = photo(60, 50, false, 10);
            Resampler resampler =
                    new Resampler(picture.size(), false, List.of(ResizePlan.of(picture.size(), Resize.fit(20, 20))));
            byte[] row = new byte[3 + 60 * 3];
            for (int y = 0; y < 50; y++) {
                System.arraycopy(picture.samples(), y * 180, row, 3, 180);
                resampler.row(row, 3);
            }
            assertThat(resampler.finish()).containsExactly(picture.resized(Resize.fit(20, 20)));
        }

        @Test
        void mustAllCome() {
            Resampler resampler = new Resampler(
                    new PixelSize(4, 2), false, List.of(ResizePlan.of(new PixelSize(4, 2), Resize.fit(2, 2))));
            resampler.row(new byte[12], 0);
            assertThatIllegalStateException().isThrownBy(resampler::finish).withMessage("row 1 of 2 has not come yet");
        }

        @Test
        void mustNotBeMoreThanThereAre() {
            Resampler resampler = new Resampler(new PixelSize(4, 1), false, List.of());
            resampler.row(new byte[12], 0);
            assertThatIllegalStateException()
                    .isThrownBy(() -> resampler.row(new byte[12], 0))
                    .withMessage("all 1 rows are there already");
        }

        @Test
        void mustBeAsThePlansSay() {
            ResizePlan plan = ResizePlan.of(new PixelSize(4, 2), Resize.fit(2, 2));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Resampler(new PixelSize(2, 4), false, List.of(plan)))
                    .withMessage("a plan for 4x2 is not for 2x4");
        }

        @ParameterizedTest
        @EnumSource
        void ofAnyOrientationComeToTheSamePicture(Orientation orientation) {
            Picture stored = photo(97, 64, false, 11);
            Picture upright = PictureRows.turned(stored, orientation);
            for (Resize resize : List.of(
                    Resize.fit(40, 30),
                    Resize.fill(40, 40),
                    Resize.fill(500, 400),
                    Resize.exact(150, 31),
                    Resize.fit(500, 500))) {
                Picture turnedFirst = upright.resized(resize);
                Picture turnedLast = PictureRows.turned(
                        resampled(stored, ResizePlan.of(stored.size(), orientation, resize)), orientation);
                assertThat(turnedLast.size()).isEqualTo(turnedFirst.size());
                assertThat(DrawnPictures.largestDifference(turnedLast, turnedFirst))
                        .as("%s", resize)
                        .isLessThanOrEqualTo(1);
            }
        }
    }

    @Test
    void gathersALongWayIntoOnePixel() {
        Picture halves = grey(5000, 3, (x, y) -> x < 2500 ? 40 : 60);
        assertThat(halves.resized(Resize.exact(1, 1))).isEqualTo(plain(1, 1, 50, 50, 50));
    }

    @Test
    void refusesAResultThatNoArrayHolds() {
        Picture dot = plain(1, 1, 1, 2, 3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dot.resized(Resize.exact(100_000, 100_000)))
                .withMessage("a picture must have at most 715827879 pixels, was 100000x100000");
    }

    static Resize exact(int width, int height, boolean linearLight) {
        return Resize.builder(new PixelSize(width, height))
                .fit(Fit.EXACT)
                .isEnlarging(true)
                .isLinearLight(linearLight)
                .build();
    }

    private static Picture resampled(Picture picture, ResizePlan plan) {
        return fed(picture, List.of(plan)).get(0);
    }

    private static List<Picture> streamed(Picture picture, List<Resize> resizes) {
        List<ResizePlan> plans = new ArrayList<>();
        for (Resize resize : resizes) {
            plans.add(ResizePlan.of(picture.size(), resize));
        }
        return fed(picture, plans);
    }

    private static List<Picture> fed(Picture picture, List<ResizePlan> plans) {
        Resampler resampler = new Resampler(picture.size(), picture.hasAlpha(), plans);
        for (int y = 0; y < picture.height(); y++) {
            resampler.row(picture.samples(), y * picture.width() * picture.channels());
        }
        return resampler.finish();
    }
}
