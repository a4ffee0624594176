package dev.pictor.image.color;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WcagContrastTest {

    @ParameterizedTest(name = "{0} on white")
    @CsvSource({"'#000000', 21", "'#777777', 4.4781", "'#767676', 4.5422", "'#FFC300', 1.6082", "'#FFFFFF', 1"})
    void ratiosOnWhiteAreThePublishedOnes(String rgb, double ratio) {
        RgbColor color = RgbColor.parse(rgb);

        assertThat(color.contrastRatio(RgbColor.WHITE)).isCloseTo(ratio, within(0.001));
        assertThat(RgbColor.WHITE.contrastRatio(color)).isEqualTo(color.contrastRatio(RgbColor.WHITE));
    }

    @Test
    void luminanceGoesFromBlackToWhite() {
        assertThat(RgbColor.BLACK.relativeLuminance()).isZero();
        assertThat(RgbColor.WHITE.relativeLuminance()).isCloseTo(1, within(1e-12));
        assertThat(RgbColor.parse("#00FF00").relativeLuminance()).isCloseTo(0.7152, within(1e-12));
    }

    @ParameterizedTest(name = "{0} on white meets {1} levels")
    @CsvSource({"'#000000', 5", "'#595959', 5", "'#767676', 4", "'#777777', 2", "'#949494', 2", "'#959595', 0"})
    void levelsAreMetFromTheirRatioOn(String rgb, int levels) {
        assertThat(Arrays.stream(WcagContrast.values())
                        .filter(level -> level.isMetBy(RgbColor.parse(rgb), RgbColor.WHITE)))
                .hasSize(levels);
    }

    @Test
    void levelsAreThoseOfTheRecommendation() {
        assertThat(WcagContrast.AA_GRAPHICS.minRatio()).isEqualTo(3);
        assertThat(WcagContrast.AA_LARGE_TEXT.minRatio()).isEqualTo(3);
        assertThat(WcagContrast.AA_TEXT.minRatio()).isEqualTo(4.5);
        assertThat(WcagContrast.AAA_LARGE_TEXT.minRatio()).isEqualTo(4.5);
        assertThat(WcagContrast.AAA_TEXT.minRatio()).isEqualTo(7);
    }
}
