package dev.pictor.image.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.pictor.image.Picture;
import dev.pictor.image.PixelSize;
import dev.pictor.image.color.LabColor;
import dev.pictor.image.color.RgbColor;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ColorSharesTest {

    private static final RgbColor WHITE = RgbColor.WHITE;
    private static final RgbColor BLUE = RgbColor.parse("#0057B8");
    private static final RgbColor ORANGE = RgbColor.parse("#FF6600");
    private static final RgbColor GREY = RgbColor.parse("#808080");

    private static Picture stripes(int width, int height, RgbColor... columns) {
        byte[] samples = new byte[width * height * 3];
        for (int i = 0; i < width * height; i++) {
            RgbColor color = columns[i % width];
            samples[i * 3] = (byte) color.red();
            samples[i * 3 + 1] = (byte) color.green();
            samples[i * 3 + 2] = (byte) color.blue();
        }
        return Picture.wrap(new PixelSize(width, height), false, samples);
    }

    private static RgbColor[] columns(Object... colorsAndCounts) {
        return IntStream.range(0, colorsAndCounts.length / 2)
                .boxed()
                .flatMap(i ->
                        Collections.nCopies((Integer) colorsAndCounts[2 * i + 1], (RgbColor) colorsAndCounts[2 * i])
                                .stream())
                .toArray(RgbColor[]::new);
    }

    @Nested
    class FlatAreas {

        @Test
        void areExact() {
            Picture picture = stripes(100, 40, columns(WHITE, 60, BLUE, 30, ORANGE, 10));

            ColorShares shares = ColorShares.of(picture, List.of(WHITE, BLUE, ORANGE));

            assertThat(shares.share(WHITE)).isCloseTo(0.6, within(1e-12));
            assertThat(shares.share(BLUE)).isCloseTo(0.3, within(1e-12));
            assertThat(shares.share(ORANGE)).isCloseTo(0.1, within(1e-12));
            assertThat(shares.other()).isZero();
        }

        @Test
        void ofNoGivenColorAreOther() {
            Picture picture = stripes(100, 40, columns(WHITE, 60, GREY, 25, BLUE, 15));

            ColorShares shares = ColorShares.of(picture, List.of(WHITE, ORANGE, BLUE));

            assertThat(shares.shares()).extracting(Swatch::color).containsExactly(WHITE, ORANGE, BLUE);
            assertThat(shares.share(ORANGE)).isZero();
            assertThat(shares.other()).isCloseTo(0.25, within(1e-12));
        }

        @Test
        void countUpToTheToleranceAndNoFurther() {
            RgbColor nearly = RgbColor.parse("#0A5CBB");
            double difference = LabColor.of(nearly).deltaE2000(LabColor.of(BLUE));
            Picture picture = stripes(8, 8, columns(nearly, 8));

            assertThat(ColorShares.of(picture, List.of(BLUE), difference).share(BLUE))
                    .isEqualTo(1);
            assertThat(ColorShares.of(picture, List.of(BLUE), difference - 1e-6).other())
                    .isEqualTo(1);
        }

        @Test
        void countForTheNearestOfTwoColors() {
            Picture picture = stripes(8, 8, columns(RgbColor.parse("#FDFDFD"), 8));

            assertThat(ColorShares.of(picture, List.of(RgbColor.parse("#F8F8F8"), WHITE))
                            .share(WHITE))
                    .isEqualTo(1);
        }
    }

    @Nested
    class Edges {

        @Test
        void areDividedInProportion() {
            RgbColor quarter = new RgbColor(191, 213, 237);
            Picture picture = stripes(20, 10, columns(WHITE, 9, quarter, 1, BLUE, 10));

            ColorShares shares = ColorShares.of(picture, List.of(WHITE, BLUE));

            assertThat(shares.share(WHITE)).isCloseTo(9.75 / 20, within(5e-4));
            assertThat(shares.share(BLUE)).isCloseTo(10.25 / 20, within(5e-4));
            assertThat(shares.other()).isZero();
        }

        @Test
        void areNoThirdColor() {
            Picture picture = stripes(20, 10, columns(WHITE, 9, GREY, 1, RgbColor.BLACK, 10));

            ColorShares shares = ColorShares.of(picture, List.of(WHITE, RgbColor.BLACK, GREY));

            assertThat(shares.share(GREY)).isZero();
            assertThat(shares.share(WHITE)).isCloseTo(9.5 / 20, within(5e-4));
        }

        @Test
        void areNoLinesOfTwoPixels() {
            Picture picture = stripes(20, 10, columns(WHITE, 8, GREY, 2, RgbColor.BLACK, 10));

            ColorShares shares = ColorShares.of(picture, List.of(WHITE, RgbColor.BLACK, GREY));

            assertThat(shares.share(GREY)).isCloseTo(0.1, within(1e-12));
        }

        @Test
        void areNoLinesOfAnotherColor() {
            Picture picture = stripes(20, 10, columns(WHITE, 9, ORANGE, 1, RgbColor.BLACK, 10));

            ColorShares shares = ColorShares.of(picture, List.of(WHITE, RgbColor.BLACK));

            assertThat(shares.other()).isCloseTo(0.05, within(1e-12));
        }

        @Test
        void areNotSeenFarFromBothColors() {
            RgbColor[] ramp = IntStream.range(0, 256)
                    .mapToObj(i -> new RgbColor(255 - i, 255 - i, 255 - i))
                    .toArray(RgbColor[]::new);

            ColorShares shares = ColorShares.of(stripes(256, 4, ramp), List.of(WHITE, RgbColor.BLACK));

            assertThat(shares.other()).isGreaterThan(0.8);
        }
    }

    @Nested
    class Alpha {

        @Test
        void leavesTransparentPixelsOutAndWeighsTheOthers() {
            byte[] samples = {
                -1, -1, -1, -1, // white, opaque
                -1, -1, -1, 51, // white, a fifth
                0, 0, 0, 0, // nothing
                0, 0, 0, -1, // black, opaque
            };
            Picture picture = Picture.wrap(new PixelSize(4, 1), true, samples);

            ColorShares shares = ColorShares.of(picture, List.of(WHITE, RgbColor.BLACK));

            assertThat(shares.share(WHITE)).isCloseTo(1.2 / 2.2, within(1e-12));
            assertThat(shares.share(RgbColor.BLACK)).isCloseTo(1 / 2.2, within(1e-12));
        }

        @Test
        void givesNoSharesWhereNothingIsVisible() {
            ColorShares shares =
                    ColorShares.of(Picture.wrap(new PixelSize(2, 2), true, new byte[16]), List.of(RgbColor.BLACK));

            assertThat(shares.share(RgbColor.BLACK)).isZero();
            assertThat(shares.other()).isZero();
        }
    }

    @Nested
    class Arguments {

        private final Picture picture = stripes(1, 1, WHITE);

        @Test
        void mustBeDifferentColors() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ColorShares.of(picture, List.of(WHITE, WHITE)))
                    .withMessage("colors must be different, were [#FFFFFF, #FFFFFF]");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ColorShares.of(picture, List.of()))
                    .withMessage("colors must be 1 to 30, were 0");
        }

        @Test
        void mustHaveATolerance() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ColorShares.of(picture, List.of(WHITE), 0))
                    .withMessage("tolerance must be above 0 to 100, was 0.0");
        }

        @Test
        void ofShareMustHaveBeenLookedFor() {
            ColorShares shares = ColorShares.of(picture, List.of(WHITE));

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> shares.share(BLUE))
                    .withMessage("#0057B8 was not looked for");
        }
    }
}
