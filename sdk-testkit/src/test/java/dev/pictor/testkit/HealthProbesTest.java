package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.gateway.routing.Candidate;
import dev.pictor.gateway.routing.HealthProbe;
import dev.pictor.gateway.routing.HealthProbes;
import dev.pictor.gateway.routing.HealthSettings;
import dev.pictor.gateway.routing.HealthSignal;
import dev.pictor.gateway.routing.HealthState;
import dev.pictor.gateway.routing.HealthTracker;
import dev.pictor.gateway.routing.ProbeSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthProbesTest {

    private static final Duration INTERVAL = ProbeSettings.ofDefaults().interval();

    private final VirtualTime time = VirtualTime.create();
    private final HealthTracker tracker = HealthTracker.create(HealthSettings.ofDefaults(), time);
    private final Candidate candidate =
            Candidate.of(RoutingScene.profile("model").build());
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicBoolean up = new AtomicBoolean();
    private final HealthProbe probe = (model, context) -> {
        asked.incrementAndGet();
        return up.get();
    };

    /** Runs probes on the thread that moves the time. */
    private final HealthProbes probes =
            HealthProbes.create(probe, tracker, ProbeSettings.ofDefaults(), Runnable::run, time);

    @AfterEach
    void close() {
        probes.close();
    }

    private void fail() {
        for (int i = 0; i < 10; i++) {
            tracker.record(candidate.id(), HealthSignal.FAILED, Duration.ZERO);
        }
    }

    @Test
    void aModelThatIsNotDownIsNotProbed() {
        probes.watch(candidate);

        assertThat(probes.watched()).isZero();
        assertThat(time.pending()).isZero();
    }

    @Test
    void aModelThatIsDownIsProbedOnceAnIntervalUntilItIsBack() {
        fail();
        probes.watch(candidate);
        probes.watch(candidate);

        time.advance(INTERVAL.minusMillis(1));
        assertThat(asked).hasValue(0);
        time.advance(Duration.ofMinutes(10));
        assertThat(asked).hasValue(60);
        assertThat(tracker.health(candidate.id()).state()).isEqualTo(HealthState.DOWN);

        up.set(true);
        time.advance(INTERVAL);
        assertThat(asked).hasValue(61);
        assertThat(tracker.health(candidate.id()).state()).isEqualTo(HealthState.UNKNOWN);
        assertThat(probes.watched()).isZero();
        assertThat(time.pending()).isZero();
    }

    @Test
    void aProbeThatThrowsMeansThatTheModelIsStillDown() {
        HealthProbe failing = (model, context) -> {
            asked.incrementAndGet();
            throw new IOException("connection refused");
        };
        try (HealthProbes others =
                HealthProbes.create(failing, tracker, ProbeSettings.ofDefaults(), Runnable::run, time)) {
            fail();
            others.watch(candidate);
            time.advance(INTERVAL.multipliedBy(3));

            assertThat(asked).hasValue(3);
            assertThat(others.watched()).isEqualTo(1);
        }
    }

    @Test
    void aModelThatCallersFoundBackIsNotProbedAnyMore() {
        fail();
        probes.watch(candidate);
        for (int i = 0; i < 100; i++) {
            tracker.record(candidate.id(), HealthSignal.ANSWERED, Duration.ofSeconds(1));
        }
        time.advance(INTERVAL);

        assertThat(asked).hasValue(0);
        assertThat(probes.watched()).isZero();
    }

    @Test
    void noMoreModelsAreProbedThanAllowed() {
        Candidate other = Candidate.of(RoutingScene.profile("other").build());
        try (HealthProbes one = HealthProbes.create(
                probe, tracker, ProbeSettings.builder().maxModels(1).build(), Runnable::run, time)) {
            fail();
            for (int i = 0; i < 10; i++) {
                tracker.record(other.id(), HealthSignal.FAILED, Duration.ZERO);
            }
            one.watch(candidate);
            one.watch(other);

            assertThat(one.watched()).isEqualTo(1);
        }
    }

    @Test
    void closingStopsThemForGood() {
        fail();
        probes.watch(candidate);
        probes.close();
        probes.watch(candidate);
        time.advance(Duration.ofHours(1));

        assertThat(asked).hasValue(0);
        assertThat(probes.watched()).isZero();
        assertThat(time.pending()).isZero();
    }

    @Test
    void anExecutorThatTakesNoMoreEndsThem() {
        HealthProbes refused = HealthProbes.create(
                probe,
                tracker,
                ProbeSettings.ofDefaults(),
                work -> {
                    throw new RejectedExecutionException("closed");
                },
                time);
        fail();
        refused.watch(candidate);
        time.advance(INTERVAL);

        assertThat(refused.watched()).isZero();
        refused.close();
    }

    @Test
    void aProbeIsInterruptedWhenItsTimeIsOverAndWhenTheyAreClosed() throws InterruptedException {
        CountDownLatch[] begun = {new CountDownLatch(1), new CountDownLatch(1)};
        CountDownLatch[] interrupted = {new CountDownLatch(1), new CountDownLatch(1)};
        HealthProbe stalled = (model, context) -> {
            int number = asked.getAndIncrement();
            begun[number].countDown();
            try {
                new CountDownLatch(1).await();
            } finally {
                interrupted[number].countDown();
            }
            return true;
        };
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            HealthProbes slow = HealthProbes.create(stalled, tracker, ProbeSettings.ofDefaults(), pool, time);
            fail();
            slow.watch(candidate);

            time.advance(INTERVAL);
            await(begun[0]);
            time.advance(ProbeSettings.ofDefaults().limit());
            await(interrupted[0]);

            time.awaitPending(1, Duration.ofSeconds(30));
            time.advance(INTERVAL);
            await(begun[1]);
            slow.close();
            await(interrupted[1]);
        } finally {
            pool.shutdown();
        }
        assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(time.pending()).isZero();
    }

    @Test
    void settingsOutsideTheirRangeAreRefused() {
        assertThatThrownBy(() ->
                        ProbeSettings.builder().interval(Duration.ofMillis(1)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("interval must be PT1S or more, was PT0.001S");
        assertThatThrownBy(() -> ProbeSettings.builder().limit(Duration.ZERO).build())
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    }
}
