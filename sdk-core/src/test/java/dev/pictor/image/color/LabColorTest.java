package dev.pictor.image.color;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class LabColorTest {

    @Nested
    class Conversion {

        @ParameterizedTest(name = "{0}")
        @CsvSource({
            "'#FFFFFF', 100, 0, 0",
            "'#000000', 0, 0, 0",
            "'#FF0000', 53.2371, 80.0880, 67.2007",
            "'#00FF00', 87.7355, -86.1830, 83.1795",
            "'#0000FF', 32.3008, 79.1953, -107.8555",
            "'#777777', 50.0343, 0, 0"
        })
        void givesThePublishedNumbers(String rgb, double l, double a, double b) {
            LabColor lab = LabColor.of(RgbColor.parse(rgb));

            assertThat(lab.l()).isCloseTo(l, within(0.01));
            assertThat(lab.a()).isCloseTo(a, within(0.02));
            assertThat(lab.b()).isCloseTo(b, within(0.02));
        }

        @Test
        void isTakenBackExactly() {
            for (int packed = 0; packed <= 0xFFFFFF; packed += 1_021) {
                RgbColor color = RgbColor.ofPacked(packed);

                assertThat(LabColor.of(color).toRgb()).isEqualTo(color);
            }
        }

        @Test
        void takesWhatIsOutsideOfSrgbAsTheNearerEnd() {
            assertThat(new LabColor(150, 0, 0).toRgb()).isEqualTo(RgbColor.WHITE);
            assertThat(new LabColor(-10, 0, 0).toRgb()).isEqualTo(RgbColor.BLACK);
            assertThat(new LabColor(50, 200, 0).toRgb().red()).isEqualTo(255);
        }

        @Test
        void refusesWhatIsNotFinite() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new LabColor(Double.NaN, 0, 0))
                    .withMessage("l, a and b must be finite, were NaN, 0.0, 0.0");
        }
    }

    @Nested
    class Difference {

        @ParameterizedTest(name = "pair {index}")
        @CsvFileSource(resources = "ciede2000-pairs.csv")
        void isThePublishedOneBothWays(
                double l1, double a1, double b1, double l2, double a2, double b2, double expected) {
            LabColor one = new LabColor(l1, a1, b1);
            LabColor two = new LabColor(l2, a2, b2);

            assertThat(one.deltaE2000(two)).isCloseTo(expected, within(1e-4));
            assertThat(two.deltaE2000(one)).isEqualTo(one.deltaE2000(two));
        }

        @Test
        void isCheckedAgainstAll34Pairs() throws IOException {
            try (InputStream in = LabColorTest.class.getResourceAsStream("ciede2000-pairs.csv")) {
                List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .toList();

                assertThat(lines).hasSize(34);
            }
        }

        @Test
        void ofBlackAndWhiteIs100() {
            assertThat(LabColor.of(RgbColor.BLACK).deltaE2000(LabColor.of(RgbColor.WHITE)))
                    .isCloseTo(100, within(1e-6));
        }
    }
}
