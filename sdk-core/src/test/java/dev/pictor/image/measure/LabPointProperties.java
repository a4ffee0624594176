package dev.pictor.image.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pictor.image.color.LabColor;
import dev.pictor.image.color.RgbColor;
import dev.pictor.image.color.Srgb;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The quick bounds never contradict CIEDE2000. */
class LabPointProperties {

    private static final int PAIRS = 200_000;

    private static LabPoint point(RgbColor color) {
        LabPoint point = new LabPoint();
        point.set(LabColor.of(color));
        return point;
    }

    /** Another colour, near or far. */
    private static RgbColor other(Random random, RgbColor color) {
        int spread = 1 + random.nextInt(255);
        return new RgbColor(
                moved(random, color.red(), spread),
                moved(random, color.green(), spread),
                moved(random, color.blue(), spread));
    }

    private static int moved(Random random, int value, int spread) {
        return Math.max(0, Math.min(255, value + random.nextInt(2 * spread + 1) - spread));
    }

    @Test
    void boundsHoldForAnyTwoColors() {
        Random random = new Random(1);
        int further = 0;
        int within = 0;
        for (int i = 0; i < PAIRS; i++) {
            RgbColor one = RgbColor.ofPacked(random.nextInt());
            RgbColor two = other(random, one);
            double difference = LabColor.of(one).deltaE2000(LabColor.of(two));
            double limit = 1 + random.nextInt(40);
            if (point(one).isFurther(point(two), limit)) {
                further++;
                assertThat(difference).as("%s, %s", one, two).isGreaterThan(limit);
            }
            if (point(one).isWithin(point(two), limit)) {
                within++;
                assertThat(difference).as("%s, %s", one, two).isLessThanOrEqualTo(limit);
            }
        }
        assertThat(further).isGreaterThan(PAIRS / 10);
        assertThat(within).isGreaterThan(PAIRS / 20);
    }

    @Test
    void lightGivesTheSameAsTheExactWay() {
        Random random = new Random(2);
        LabPoint point = new LabPoint();
        for (int i = 0; i < PAIRS; i++) {
            RgbColor color = RgbColor.ofPacked(random.nextInt());
            LabColor exact = LabColor.of(color);

            point.setLight(Srgb.toLinear(color.red()), Srgb.toLinear(color.green()), Srgb.toLinear(color.blue()));

            LabColor found = point.color();
            assertThat(found.l()).isCloseTo(exact.l(), within(0.01));
            assertThat(found.a()).isCloseTo(exact.a(), within(0.01));
            assertThat(found.b()).isCloseTo(exact.b(), within(0.01));
        }
    }
}
