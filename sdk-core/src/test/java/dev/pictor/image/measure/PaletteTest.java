package dev.pictor.image.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.pictor.image.Picture;
import dev.pictor.image.PixelSize;
import dev.pictor.image.color.LabColor;
import dev.pictor.image.color.RgbColor;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PaletteTest {

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    private static Picture pixels(boolean alpha, int... samples) {
        byte[] bytes = new byte[samples.length];
        for (int i = 0; i < samples.length; i++) {
            bytes[i] = (byte) samples[i];
        }
        return Picture.wrap(new PixelSize(samples.length / (alpha ? 4 : 3), 1), alpha, bytes);
    }

    @Test
    void isTheColorsOfAFlatPictureByShare() {
        Picture picture = pixels(false, 0, 87, 184, 255, 255, 255, 255, 255, 255, 255, 255, 255);

        assertThat(Palette.of(picture, 8).swatches())
                .containsExactly(new Swatch(RgbColor.WHITE, 0.75), new Swatch(RgbColor.parse("#0057B8"), 0.25));
    }

    @Test
    void doesNotCountTransparentPixelsAndWeighsTheOthers() {
        Picture picture = pixels(true, 255, 0, 0, 255, 0, 255, 0, 0, 0, 0, 255, 85);

        assertThat(Palette.of(picture, 8).swatches())
                .containsExactly(
                        new Swatch(RgbColor.parse("#FF0000"), 0.75), new Swatch(RgbColor.parse("#0000FF"), 0.25));
    }

    @Test
    void isEmptyWhereNothingIsVisible() {
        assertThat(Palette.of(pixels(true, 1, 2, 3, 0), 3).swatches()).isEmpty();
    }

    @Test
    void isTheMeanWhereOneColorIsAskedFor() {
        Picture picture = pixels(false, 100, 100, 100, 140, 140, 140);

        assertThat(Palette.of(picture, 1).swatches()).singleElement().satisfies(swatch -> {
            assertThat(swatch.share()).isEqualTo(1);
            assertThat(swatch.color().red()).isBetween(118, 122);
        });
    }

    @Test
    void findsAnAccentBesideManyShadesOfAGround() {
        Random random = new Random(1);
        int[] samples = new int[300 * 3];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = 200 + random.nextInt(40);
        }
        for (int i = 0; i < 9; i++) {
            samples[i * 3] = 214;
            samples[i * 3 + 1] = 30;
            samples[i * 3 + 2] = 40;
        }

        LabColor accent = LabColor.of(RgbColor.parse("#D61E28"));
        assertThat(Palette.of(pixels(false, samples), 4).swatches()).anySatisfy(swatch -> {
            assertThat(LabColor.of(swatch.color()).deltaE2000(accent)).isLessThan(2);
            assertThat(swatch.share()).isCloseTo(0.03, within(1e-9));
        });
    }

    @Test
    void refusesCountsOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Palette.of(pixels(false, 0, 0, 0), 65))
                .withMessage("maxColors must be 1 to 64, was 65");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void sharesAddUpToOneLargestFirstAndAlwaysTheSame(long seed) {
        Random random = new Random(seed);
        Picture picture = RandomPictures.any(random);
        int maxColors = 1 + random.nextInt(12);

        List<Swatch> swatches = Palette.of(picture, maxColors).swatches();

        assertThat(swatches).as("seed %s", seed).hasSizeBetween(1, maxColors);
        assertThat(swatches.stream().mapToDouble(Swatch::share).sum())
                .as("seed %s", seed)
                .isCloseTo(1, within(1e-9));
        assertThat(swatches)
                .as("seed %s", seed)
                .isSortedAccordingTo((one, two) -> Double.compare(two.share(), one.share()));
        assertThat(swatches).extracting(Swatch::color).as("seed %s", seed).doesNotHaveDuplicates();
        assertThat(Palette.of(picture, maxColors).swatches())
                .as("seed %s", seed)
                .isEqualTo(swatches);
    }
}
