package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.pictor.gateway.alert.Alert;
import dev.pictor.gateway.alert.Alert.Kind;
import dev.pictor.gateway.alert.Alert.State;
import dev.pictor.gateway.alert.AlertRules;
import dev.pictor.gateway.alert.Alerts;
import dev.pictor.gateway.alert.ModelFigures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AlertsTest {

    private static final String MODEL = "vendor/model";

    private final VirtualTime time = VirtualTime.at(Instant.parse("2026-01-01T00:00:00Z"));
    private final List<Alert> heard = Collections.synchronizedList(new ArrayList<>());
    private final AlertRules rules =
            AlertRules.builder().latencyP95(Duration.ofSeconds(20)).build();
    private final Alerts alerts = Alerts.create(rules, heard::add, time);

    private void errorRate(double rate) {
        alerts.observeModel(MODEL, ModelFigures.builder(100, rate).build());
    }

    private List<State> states() {
        return heard.stream().map(Alert::state).toList();
    }

    @Nested
    class Raising {

        @Test
        void anErrorRateFromFivePercentOnIsToldOnce() {
            errorRate(0.049);
            assertThat(heard).isEmpty();

            errorRate(0.05);
            errorRate(0.5);

            assertThat(heard)
                    .extracting(Alert::kind, Alert::state, Alert::subject, Alert::value, Alert::bound, Alert::at)
                    .containsExactly(tuple(
                            Kind.ERROR_RATE, State.RAISED, MODEL, 0.05, 0.05, Instant.parse("2026-01-01T00:00:00Z")));
        }

        @Test
        void fewCallsAreNotJudged() {
            alerts.observeModel(
                    MODEL,
                    ModelFigures.builder(19, 1).p95(Duration.ofMinutes(5)).build());

            assertThat(heard).isEmpty();
        }

        @Test
        void slowAnswersAreToldInMilliseconds() {
            alerts.observeModel(
                    MODEL,
                    ModelFigures.builder(20, 0).p95(Duration.ofMillis(20_500)).build());

            assertThat(heard)
                    .extracting(Alert::kind, Alert::value, Alert::bound)
                    .containsExactly(tuple(Kind.LATENCY_P95, 20_500.0, 20_000.0));
        }

        @Test
        void slowAnswersAreNotToldWithoutABound() {
            Alerts unbound = Alerts.create(AlertRules.ofDefaults(), heard::add, time);
            unbound.observeModel(
                    MODEL, ModelFigures.builder(20, 0).p95(Duration.ofHours(1)).build());

            assertThat(heard).isEmpty();
        }

        @Test
        void aStormOfRateLimitsIsToldHoweverFewCallsWereAnswered() {
            alerts.observeModel(MODEL, ModelFigures.builder(0, 0).rateLimited(9).build());
            assertThat(heard).isEmpty();

            alerts.observeModel(
                    MODEL, ModelFigures.builder(0, 0).rateLimited(10).build());
            assertThat(heard).extracting(Alert::kind).containsExactly(Kind.RATE_LIMIT_STORM);
        }

        @Test
        void theShareOfABudgetIsToldForEachAccount() {
            alerts.observeBudget("user ada, per day", 0.79);
            alerts.observeBudget("user ada, per day", 0.8);
            alerts.observeBudget("user bob, per day", 1.2);

            assertThat(heard)
                    .extracting(Alert::kind, Alert::subject, Alert::value)
                    .containsExactly(
                            tuple(Kind.BUDGET_SHARE, "user ada, per day", 0.8),
                            tuple(Kind.BUDGET_SHARE, "user bob, per day", 1.2));
            assertThat(alerts.raised()).isEqualTo(heard);
        }

        @Test
        void noAlertsAreNeverRaised() {
            Alerts none = Alerts.none();
            none.observeBudget("user ada", 2);
            none.observeModel(MODEL, ModelFigures.builder(100, 1).build());

            assertThat(none.raised()).isEmpty();
        }
    }

    @Nested
    class Clearing {

        @Test
        void takesAValueWellBelowTheBound() {
            errorRate(0.06);
            time.advance(Duration.ofHours(1));
            errorRate(0.041);
            assertThat(states()).containsExactly(State.RAISED);

            errorRate(0.039);
            assertThat(states()).containsExactly(State.RAISED, State.CLEARED);
            assertThat(heard.get(1).at()).isEqualTo(Instant.parse("2026-01-01T01:00:00Z"));
            assertThat(alerts.raised()).isEmpty();
        }

        @Test
        void takesAnAlertThatIsOldEnough() {
            errorRate(0.06);
            time.advance(Duration.ofSeconds(59));
            errorRate(0);
            assertThat(states()).containsExactly(State.RAISED);

            time.advance(Duration.ofSeconds(1));
            errorRate(0);
            assertThat(states()).containsExactly(State.RAISED, State.CLEARED);
        }

        @Test
        void isFollowedByRaisingAnew() {
            errorRate(0.06);
            time.advance(Duration.ofMinutes(2));
            errorRate(0);
            errorRate(0.06);

            assertThat(states()).containsExactly(State.RAISED, State.CLEARED, State.RAISED);
        }

        @Test
        void aValueThatFluttersAroundTheBoundIsToldOnce() {
            for (int i = 0; i < 1_000; i++) {
                errorRate(i % 2 == 0 ? 0.055 : 0.045);
                time.advance(Duration.ofMinutes(1));
            }

            assertThat(states()).containsExactly(State.RAISED);
        }

        @Test
        void aBudgetClearsInItsNextPeriod() {
            alerts.observeBudget("user ada, per day", 0.9);
            time.advance(Duration.ofDays(1));
            alerts.observeBudget("user ada, per day", 0.01);

            assertThat(states()).containsExactly(State.RAISED, State.CLEARED);
        }
    }

    @Nested
    class Listening {

        @Test
        void whatAListenerThrowsDoesNotReachTheCall() {
            AtomicInteger told = new AtomicInteger();
            Alerts failing = Alerts.create(
                    rules,
                    alert -> {
                        told.incrementAndGet();
                        throw new IllegalStateException("no mail today");
                    },
                    time);
            failing.observeBudget("user ada", 1);
            failing.observeBudget("user bob", 1);

            assertThat(told).hasValue(2);
            assertThat(failing.raised()).hasSize(2);
        }

        @Test
        void aListenerMayObserveItself() {
            List<String> subjects = new ArrayList<>();
            Alerts[] itself = new Alerts[1];
            itself[0] = Alerts.create(
                    rules,
                    alert -> {
                        subjects.add(alert.subject());
                        if (subjects.size() < 3) {
                            itself[0].observeBudget("account " + subjects.size(), 1);
                        }
                    },
                    time);
            itself[0].observeBudget("account 0", 1);

            assertThat(subjects).containsExactly("account 0", "account 1", "account 2");
        }

        @Test
        void oneAlertAtATimeAndInOrderHoweverManyThreadsCall() throws Exception {
            AlertRules flutters = AlertRules.builder().minRaised(Duration.ZERO).build();
            Map<String, State> last = new HashMap<>();
            AtomicInteger inside = new AtomicInteger();
            List<String> faults = Collections.synchronizedList(new ArrayList<>());
            Alerts busy = Alerts.create(
                    flutters,
                    alert -> {
                        if (inside.incrementAndGet() != 1) {
                            faults.add("two at a time");
                        }
                        if (last.put(alert.subject(), alert.state()) == alert.state()) {
                            faults.add("out of order");
                        }
                        inside.decrementAndGet();
                    },
                    time);
            int threads = 4;
            CountDownLatch start = new CountDownLatch(1);
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            try {
                List<Future<?>> done = new ArrayList<>();
                for (int t = 0; t < threads; t++) {
                    Random random = new Random(t);
                    done.add(pool.submit(() -> {
                        start.await();
                        for (int i = 0; i < 5_000; i++) {
                            busy.observeBudget("account " + random.nextInt(3), random.nextInt(2));
                        }
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

            assertThat(faults).isEmpty();
            assertThat(busy.raised())
                    .allSatisfy(alert -> assertThat(last).containsEntry(alert.subject(), State.RAISED));
        }
    }

    @Nested
    class Bounds {

        @Test
        void theOldestAlertGivesWayToANewOne() {
            Alerts two = Alerts.create(AlertRules.builder().maxRaised(2).build(), heard::add, time);
            two.observeBudget("first", 1);
            two.observeBudget("second", 1);
            two.observeBudget("third", 1);

            assertThat(two.raised()).extracting(Alert::subject).containsExactly("second", "third");
            assertThat(heard).hasSize(3);
        }

        @Test
        void rulesOutsideTheirRangeAreRefused() {
            assertThatThrownBy(() -> AlertRules.builder().errorRate(0).build())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("errorRate must be more than 0 and at most 1, was 0.0");
            assertThatThrownBy(() -> AlertRules.builder().rateLimited(0).build())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("rateLimited must be 1 or more, was 0");
            assertThatThrownBy(
                            () -> AlertRules.builder().latencyP95(Duration.ZERO).build())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("latencyP95 must be more than zero, was PT0S");
            assertThatThrownBy(() -> ModelFigures.builder(1, 1.1).build())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("errorRate must be 0 to 1, was 1.1");
        }
    }
}
