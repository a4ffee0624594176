package dev.pictor.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pictor.image.Picture;
import dev.pictor.image.PixelSize;
import org.junit.jupiter.api.Test;

class ColorGridTest {

    private static final String BLACK = "000000";
    private static final String WHITE = "ffffff";

    private static Picture row(boolean alpha, int... samples) {
        byte[] bytes = new byte[samples.length];
        for (int i = 0; i < samples.length; i++) {
            bytes[i] = (byte) samples[i];
        }
        int width = samples.length / (alpha ? 4 : 3);
        return Picture.wrap(new PixelSize(width, 1), alpha, bytes);
    }

    @Test
    void onePixelFillsEveryBox() {
        assertThat(ColorGrid.of(row(false, 0x7f, 0x80, 0x27))).hasToString("7f8027".repeat(16));
    }

    @Test
    void threePixelsAreCutAsRoundedDownQuartersOfThree() {
        ColorGrid grid = ColorGrid.of(row(false, 1, 1, 1, 2, 2, 2, 3, 3, 3));

        assertThat(grid).hasToString("010101010101020202030303".repeat(4));
    }

    @Test
    void sevenPixelsAreCutAtOneThreeAndFive() {
        Picture picture = row(false, 8, 0, 0, 1, 0, 0, 3, 0, 0, 10, 0, 0, 20, 0, 0, 40, 0, 0, 60, 0, 0);

        assertThat(ColorGrid.of(picture)).hasToString("0800000200000f0000320000".repeat(4));
    }

    @Test
    void halvesAreRoundedToTheEvenNumber() {
        Picture picture =
                row(false, 1, 3, 0, 2, 4, 0, 1, 3, 0, 2, 4, 0, 1, 3, 0, 2, 4, 0, 1, 3, 0, 2, 4, 0); // means 1.5 and 3.5

        assertThat(ColorGrid.of(picture)).hasToString("020400".repeat(16));
    }

    @Test
    void alphaIsLaidOverWhite() {
        Picture picture = row(true, 0, 0, 0, 255, 0, 0, 0, 0, 0, 0, 0, 127, 255, 0, 0, 255);

        assertThat(ColorGrid.of(picture)).hasToString((BLACK + WHITE + "808080" + "ff0000").repeat(4));
    }

    @Test
    void distanceIsTheMeanOverAllChannels() {
        ColorGrid black = ColorGrid.parse(BLACK.repeat(16));
        ColorGrid almost = ColorGrid.parse(BLACK.repeat(15) + "000060");

        assertThat(black.distance(almost)).isEqualTo(2.0);
        assertThat(black.distance(ColorGrid.parse(WHITE.repeat(16)))).isEqualTo(255.0);
    }

    @Test
    void digitsAreReadAndWrittenAlike() {
        String hex = "00010210a0ff".repeat(8);

        assertThat(ColorGrid.parse(hex)).hasToString(hex);
    }

    @Test
    void anotherNumberOfDigitsIsNoGrid() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ColorGrid.parse("00ff"))
                .withMessage("a grid of colours has 96 hex digits, was 4");
    }
}
