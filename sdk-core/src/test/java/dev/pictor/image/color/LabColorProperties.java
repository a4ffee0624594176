package dev.pictor.image.color;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The difference of colours is that of the definition, the same both ways, and nothing for the same colour. */
class LabColorProperties {

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void differenceIsTheSameBothWaysAndZeroOnlyForEqualColors(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 20; i++) {
            LabColor one = any(random);
            LabColor two = any(random);

            assertThat(one.deltaE2000(two))
                    .as("seed %s: %s, %s", seed, one, two)
                    .isEqualTo(two.deltaE2000(one))
                    .isPositive();
            assertThat(one.deltaE2000(one)).as("seed %s: %s", seed, one).isZero();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void differenceIsThatOfTheDefinitionByAngles(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 20; i++) {
            LabColor one = any(random);
            LabColor two = i % 4 == 0 ? opposite(one, random) : any(random);

            assertThat(one.deltaE2000(two))
                    .as("seed %s: %s, %s", seed, one, two)
                    .isCloseTo(byAngles(one, two), within(1e-6));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void bothSpacesTakeAColorOfSrgbBackExactly(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 20; i++) {
            RgbColor color = RgbColor.ofPacked(random.nextInt());

            assertThat(LabColor.of(color).toRgb()).as("seed %s", seed).isEqualTo(color);
            assertThat(OklabColor.of(color).toRgb()).as("seed %s", seed).isEqualTo(color);
        }
    }

    private static LabColor any(Random random) {
        return LabColor.of(RgbColor.ofPacked(random.nextInt()));
    }

    /** Nearly, so that the definition has one answer: exactly opposite hues have no middle. */
    private static LabColor opposite(LabColor color, Random random) {
        double turn = random.nextBoolean() ? 0.01 : -0.01;
        return new LabColor(color.l(), -color.a() + turn * color.b(), -color.b() - turn * color.a());
    }

    private static double byAngles(LabColor one, LabColor two) {
        double c7 = Math.pow((Math.hypot(one.a(), one.b()) + Math.hypot(two.a(), two.b())) / 2, 7);
        double g = 0.5 * (1 - Math.sqrt(c7 / (c7 + Math.pow(25, 7))));
        double a1 = (1 + g) * one.a();
        double a2 = (1 + g) * two.a();
        double c1 = Math.hypot(a1, one.b());
        double c2 = Math.hypot(a2, two.b());
        double h1 = (Math.toDegrees(Math.atan2(one.b(), a1)) + 360) % 360;
        double h2 = (Math.toDegrees(Math.atan2(two.b(), a2)) + 360) % 360;
        double dh = c1 * c2 == 0 ? 0 : h2 - h1;
        double mean = c1 * c2 == 0 ? h1 + h2 : (h1 + h2) / 2;
        if (Math.abs(dh) > 180) {
            mean += h1 + h2 < 360 ? 180 : -180;
            dh -= Math.signum(dh) * 360;
        }
        double deltaH = 2 * Math.sqrt(c1 * c2) * Math.sin(Math.toRadians(dh) / 2);
        double l50 = Math.pow((one.l() + two.l()) / 2 - 50, 2);
        double c = (c1 + c2) / 2;
        double t = 1
                - 0.17 * Math.cos(Math.toRadians(mean - 30))
                + 0.24 * Math.cos(Math.toRadians(2 * mean))
                + 0.32 * Math.cos(Math.toRadians(3 * mean + 6))
                - 0.20 * Math.cos(Math.toRadians(4 * mean - 63));
        double turn = 30 * Math.exp(-Math.pow((mean - 275) / 25, 2));
        double rc = 2 * Math.sqrt(Math.pow(c, 7) / (Math.pow(c, 7) + Math.pow(25, 7)));
        double x = (two.l() - one.l()) / (1 + 0.015 * l50 / Math.sqrt(20 + l50));
        double y = (c2 - c1) / (1 + 0.045 * c);
        double z = deltaH / (1 + 0.015 * c * t);
        return Math.sqrt(x * x + y * y + z * z - Math.sin(Math.toRadians(2 * turn)) * rc * y * z);
    }
}
