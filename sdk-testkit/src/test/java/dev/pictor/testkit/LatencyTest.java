package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("R29: latency has percentiles, spikes, ramps and steps")
class LatencyTest {

    private static final Duration FAST = Duration.ofMillis(20);
    private static final Duration SLOW = Duration.ofSeconds(2);

    private final RandomGenerator random = new Random(7);

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void keepsToItsPercentiles(long seed) {
        Latency latency =
                Latency.percentiles(FAST, Duration.ofMillis(60), Duration.ofMillis(200), Duration.ofMillis(900));
        SplittableRandom chance = new SplittableRandom(seed);
        long[] nanos = IntStream.range(0, 20_000)
                .mapToLong(i -> latency.next(Duration.ZERO, chance).toNanos())
                .sorted()
                .toArray();
        assertThat(nanos[0]).isGreaterThanOrEqualTo(10_000_000);
        assertThat(nanos[10_000] / 1e6).isBetween(19.0, 21.0);
        assertThat(nanos[19_000] / 1e6).isBetween(57.0, 68.0);
        assertThat(nanos[19_800] / 1e6).isBetween(180.0, 240.0);
        assertThat(nanos[19_999]).isLessThanOrEqualTo(900_000_000);
    }

    @ParameterizedTest(name = "after {0} ms: {1} ms")
    @CsvSource({"0, 100", "500, 150", "1000, 200", "90000, 200"})
    void climbsARampAndStaysAtItsEnd(long sinceMillis, long expectedMillis) {
        Latency ramp = Latency.ramp(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofSeconds(1));
        assertThat(ramp.next(Duration.ofMillis(sinceMillis), random)).isEqualTo(Duration.ofMillis(expectedMillis));
    }

    @Test
    void fallsToo() {
        Latency ramp = Latency.ramp(SLOW, Duration.ZERO, Duration.ofSeconds(1));
        assertThat(ramp.next(Duration.ofMillis(500), random)).isEqualTo(Duration.ofSeconds(1));
        assertThat(ramp.next(Duration.ofMillis(1_500), random)).isZero();
    }

    @Test
    void goesUpAndDownInStepsWhoseTimeBeginsWithThem() {
        Latency steps = Latency.fixed(FAST)
                .thenFrom(Duration.ofSeconds(1), Latency.ramp(FAST, SLOW, Duration.ofSeconds(1)))
                .thenFrom(Duration.ofSeconds(5), Latency.none());
        assertThat(steps.next(Duration.ofMillis(999), random)).isEqualTo(FAST);
        assertThat(steps.next(Duration.ofSeconds(1), random)).isEqualTo(FAST);
        assertThat(steps.next(Duration.ofSeconds(3), random)).isEqualTo(SLOW);
        assertThat(steps.next(Duration.ofSeconds(5), random)).isZero();
    }

    @Test
    void spikesAsOftenAsItIsTold() {
        Latency spiky = Latency.fixed(FAST).withSpikes(0.1, Latency.fixed(SLOW));
        long spikes = IntStream.range(0, 10_000)
                .filter(i -> spiky.next(Duration.ZERO, random).equals(SLOW))
                .count();
        assertThat(spikes).isBetween(900L, 1_100L);
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatThrownBy(() -> Latency.fixed(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("time must not be negative, was PT-0.001S");
        assertThatThrownBy(() -> Latency.percentiles(SLOW, FAST, SLOW, SLOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("percentiles must rise, were PT2S, PT0.02S, PT2S and PT2S");
        assertThatThrownBy(() -> Latency.ramp(FAST, SLOW, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("over must be more than zero, was PT0S");
        assertThatThrownBy(() -> Latency.none().withSpikes(1.5, Latency.none()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("share must be 0 to 1, was 1.5");
        assertThatThrownBy(() -> Latency.none().withSpikes(Double.NaN, Latency.none()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
