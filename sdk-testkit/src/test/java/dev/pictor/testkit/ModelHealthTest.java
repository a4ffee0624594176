package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.gateway.routing.HealthSettings;
import dev.pictor.gateway.routing.HealthSignal;
import dev.pictor.gateway.routing.HealthState;
import dev.pictor.gateway.routing.HealthTracker;
import dev.pictor.gateway.routing.ModelHealth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ModelHealthTest {

    private static final String MODEL = "vendor/model";
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualTime time = VirtualTime.create();
    private final HealthTracker tracker = HealthTracker.create(HealthSettings.ofDefaults(), time);

    private void record(HealthSignal signal, int count) {
        for (int i = 0; i < count; i++) {
            tracker.record(MODEL, signal, SECOND);
        }
    }

    private HealthState state() {
        return tracker.health(MODEL).state();
    }

    @Nested
    class States {

        @Test
        void aModelThatWasNotCalledIsUnknown() {
            assertThat(tracker.health(MODEL)).isEqualTo(ModelHealth.unknown());
        }

        @Test
        void fewCallsAreNotJudged() {
            record(HealthSignal.FAILED, 4);

            assertThat(state()).isEqualTo(HealthState.UNKNOWN);
        }

        @Test
        void aModelThatAnswersIsHealthy() {
            record(HealthSignal.ANSWERED, 5);

            assertThat(state()).isEqualTo(HealthState.HEALTHY);
        }

        @Test
        void fromOneInTenFailuresOnItIsDegradedAndFromHalfOnItIsDown() {
            record(HealthSignal.ANSWERED, 9);
            record(HealthSignal.FAILED, 1);
            assertThat(state()).isEqualTo(HealthState.DEGRADED);

            record(HealthSignal.FAILED, 7);
            assertThat(state()).isEqualTo(HealthState.DEGRADED);

            record(HealthSignal.FAILED, 1);
            assertThat(state()).isEqualTo(HealthState.DOWN);
        }

        @Test
        void callsThatWereTurnedAwayForTheirRateDoNotCountAgainstIt() {
            record(HealthSignal.ANSWERED, 5);
            record(HealthSignal.RATE_LIMITED, 50);

            assertThat(tracker.health(MODEL))
                    .isEqualTo(ModelHealth.builder()
                            .state(HealthState.HEALTHY)
                            .calls(5)
                            .rateLimited(50)
                            .p50(tracker.health(MODEL).p50())
                            .p95(tracker.health(MODEL).p95())
                            .build());
        }

        @Test
        void whatIsForgottenIsUnknown() {
            record(HealthSignal.FAILED, 10);
            tracker.forget(MODEL);
            tracker.forget("nobody");

            assertThat(tracker.health(MODEL)).isEqualTo(ModelHealth.unknown());
        }
    }

    @Nested
    class Window {

        @Test
        void callsLeaveTheWindowInTenths() {
            record(HealthSignal.FAILED, 10);
            time.advance(Duration.ofSeconds(30));
            record(HealthSignal.ANSWERED, 10);

            time.advance(Duration.ofSeconds(29));
            assertThat(tracker.health(MODEL).calls()).isEqualTo(20);
            assertThat(state()).isEqualTo(HealthState.DOWN);

            time.advance(SECOND);
            assertThat(tracker.health(MODEL).calls()).isEqualTo(10);
            assertThat(state()).isEqualTo(HealthState.HEALTHY);

            time.advance(Duration.ofSeconds(30));
            assertThat(tracker.health(MODEL)).isEqualTo(ModelHealth.unknown());
        }

        @Test
        void aLongSilenceEmptiesIt() {
            record(HealthSignal.ANSWERED, 10);
            time.advance(Duration.ofDays(300));
            record(HealthSignal.FAILED, 1);

            assertThat(tracker.health(MODEL).calls()).isEqualTo(1);
            assertThat(tracker.health(MODEL).p50()).isEmpty();
        }
    }

    @Nested
    class Latencies {

        @Test
        void ofAnswersAloneCount() {
            tracker.record(MODEL, HealthSignal.FAILED, Duration.ofMinutes(2));

            assertThat(tracker.health(MODEL).p50()).isEmpty();
        }

        @Test
        void beyondTheClassesCountInTheOutermost() {
            tracker.record(MODEL, HealthSignal.ANSWERED, Duration.ZERO);
            assertThat(tracker.health(MODEL).p50().orElseThrow()).isLessThan(Duration.ofNanos(100_000));

            tracker.record(MODEL, HealthSignal.ANSWERED, Duration.ofDays(1));
            assertThat(tracker.health(MODEL).p95().orElseThrow())
                    .isBetween(Duration.ofMinutes(15), Duration.ofMinutes(19));
        }
    }

    @Nested
    class Bounds {

        @Test
        void theModelThatWasCalledLongestAgoIsDropped() {
            HealthTracker small =
                    HealthTracker.create(HealthSettings.builder().maxModels(2).build(), time);
            for (String model : List.of("first", "second", "first", "third")) {
                small.record(model, HealthSignal.ANSWERED, SECOND);
                time.advance(SECOND);
            }

            assertThat(small.health("second")).isEqualTo(ModelHealth.unknown());
            assertThat(small.health("first").calls()).isEqualTo(2);
            assertThat(small.health("third").calls()).isEqualTo(1);
        }

        @Test
        void settingsOutsideTheirRangeAreRefused() {
            assertThatThrownBy(() -> HealthSettings.builder()
                            .window(Duration.ofMillis(999))
                            .build())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("window must be PT1S to PT1H, was PT0.999S");
            assertThatThrownBy(() -> HealthSettings.builder().degradedRate(0.6).build())
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> HealthSettings.builder().minCalls(0).build())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("minCalls must be 1 or more, was 0");
        }

        @Test
        void noCallOfManyThreadsIsLost() throws Exception {
            int threads = 8;
            int callsEach = 5_000;
            CountDownLatch start = new CountDownLatch(1);
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            try {
                List<Future<?>> done = new ArrayList<>();
                for (int t = 0; t < threads; t++) {
                    done.add(pool.submit(() -> {
                        start.await();
                        record(HealthSignal.ANSWERED, callsEach);
                        record(HealthSignal.FAILED, callsEach);
                        return null;
                    }));
                }
                start.countDown();
                for (Future<?> each : done) {
                    each.get(60, TimeUnit.SECONDS);
                }
            } finally {
                pool.shutdownNow();
            }

            assertThat(tracker.health(MODEL).calls()).isEqualTo(2 * threads * callsEach);
            assertThat(tracker.health(MODEL).errorRate()).isEqualTo(0.5);
        }
    }

    static List<Long> seeds() {
        return Seeds.hundreds().boxed().toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void percentilesAreTrueToAnEighth(long seed) {
        Random random = new Random(seed);
        long[] nanos = new long[1 + random.nextInt(500)];
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = (long) (1e6 * Math.exp(random.nextDouble() * 10));
            tracker.record(MODEL, HealthSignal.ANSWERED, Duration.ofNanos(nanos[i]));
        }
        Arrays.sort(nanos);
        ModelHealth health = tracker.health(MODEL);

        assertTrueToAnEighth(health.p50().orElseThrow(), nanos, 0.5, seed);
        assertTrueToAnEighth(health.p95().orElseThrow(), nanos, 0.95, seed);
    }

    private static void assertTrueToAnEighth(Duration measured, long[] sorted, double share, long seed) {
        long exact = sorted[(int) Math.ceil(sorted.length * share) - 1];
        assertThat((double) measured.toNanos() / exact).as("seed %s", seed).isBetween(0.875, 1.125);
    }
}
