package dev.pictor.image.color;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OklabColorTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "'#FFFFFF', 1, 0, 0",
        "'#000000', 0, 0, 0",
        "'#FF0000', 0.62796, 0.22486, 0.12585",
        "'#00FF00', 0.86644, -0.23389, 0.17950",
        "'#0000FF', 0.45201, -0.03246, -0.31153"
    })
    void givesThePublishedNumbers(String rgb, double l, double a, double b) {
        OklabColor oklab = OklabColor.of(RgbColor.parse(rgb));

        assertThat(oklab.l()).isCloseTo(l, within(1e-4));
        assertThat(oklab.a()).isCloseTo(a, within(1e-4));
        assertThat(oklab.b()).isCloseTo(b, within(1e-4));
    }

    @Test
    void blackAndWhiteAreOneApart() {
        assertThat(OklabColor.of(RgbColor.BLACK).distance(OklabColor.of(RgbColor.WHITE)))
                .isCloseTo(1, within(1e-6));
    }

    @Test
    void refusesWhatIsNotFinite() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OklabColor(0, Double.POSITIVE_INFINITY, 0))
                .withMessage("l, a and b must be finite, were 0.0, Infinity, 0.0");
    }
}
