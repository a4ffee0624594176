package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.gateway.resilience.BreakerPermit;
import dev.pictor.gateway.resilience.BreakerPolicy;
import dev.pictor.gateway.resilience.CallOutcome;
import dev.pictor.gateway.resilience.CircuitBreaker;
import dev.pictor.gateway.resilience.CircuitBreaker.State;
import dev.pictor.gateway.resilience.GatewayRefusedException;
import dev.pictor.gateway.resilience.GatewayRefusedException.Reason;
import dev.pictor.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The tests that every {@link CircuitBreaker} passes. Extend it and make the breaker. Not thread-safe.
 */
public abstract class CircuitBreakerContract {

    private static final Duration OPEN_FOR = Duration.ofSeconds(30);
    private static final Duration PROBE_TIMEOUT = Duration.ofMinutes(2);
    private static final int PROBES = 3;
    private static final BreakerPolicy POLICY = BreakerPolicy.builder()
            .window(Duration.ofSeconds(10))
            .minimumCalls(4)
            .failureRate(0.5)
            .openFor(OPEN_FOR)
            .probes(PROBES)
            .probeTimeout(PROBE_TIMEOUT)
            .build();

    private final VirtualTime time = VirtualTime.create();
    private CircuitBreaker breaker = CircuitBreaker.create(POLICY, time);

    /** For subclasses. */
    protected CircuitBreakerContract() {}

    /**
     * Makes the breaker under test.
     *
     * @param policy when it opens
     * @param time to measure with
     * @return a new breaker, closed
     */
    protected abstract CircuitBreaker create(BreakerPolicy policy, TimeSource time);

    @BeforeEach
    void makeTheBreaker() {
        breaker = create(POLICY, time);
    }

    @Test
    void isClosedAtFirst() {
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
        assertThat(breaker.retryAfter()).isZero();
        try (BreakerPermit permit = breaker.tryAcquire()) {
            assertThat(permit.isAdmitted()).isTrue();
            assertThat(permit.retryAfter()).isZero();
            assertThatThrownBy(() -> permit.refusal("some-model")).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    @DisplayName("R14: opens when the share of provider faults is reached, not before")
    void opensAtTheShareOfFailures() {
        call(CallOutcome.SUCCESS, 3);
        call(CallOutcome.PROVIDER_FAULT, 2);
        assertThat(breaker.state()).isEqualTo(State.CLOSED);

        call(CallOutcome.PROVIDER_FAULT, 1);
        assertThat(breaker.state()).isEqualTo(State.OPEN);
    }

    @Test
    void concludesNothingFromTooFewCalls() {
        call(CallOutcome.PROVIDER_FAULT, 3);
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void forgetsWhatIsLongAgo() {
        call(CallOutcome.PROVIDER_FAULT, 3);
        time.advance(POLICY.window());
        call(CallOutcome.PROVIDER_FAULT, 3);
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }

    @Test
    @DisplayName("R14: what is no fault of the provider never opens it")
    void neverOpensForWhatIsNoFault() {
        for (CallOutcome outcome : List.of(CallOutcome.SUCCESS, CallOutcome.RATE_LIMITED, CallOutcome.IGNORED)) {
            call(outcome, 100);
            assertThat(breaker.state()).as("after %s", outcome).isEqualTo(State.CLOSED);
        }
    }

    @Test
    @DisplayName("R14: a refused key opens it at once and is told as such")
    void opensAtOnceForARefusedKey() {
        call(CallOutcome.SUCCESS, 100);
        call(CallOutcome.KEY_REFUSED, 1);

        assertThat(breaker.state()).isEqualTo(State.OPEN);
        assertThat(refusal().reason()).isEqualTo(Reason.KEY_REFUSED);
    }

    @Test
    @DisplayName("R14: one key's breaker knows nothing of another's")
    void opensForOneKeyAlone() {
        CircuitBreaker other = create(POLICY, time);
        call(CallOutcome.KEY_REFUSED, 1);

        assertThat(other.state()).isEqualTo(State.CLOSED);
    }

    @Test
    @DisplayName("R15: an open breaker refuses at once and says when to try again")
    void refusesWhileOpen() {
        open();
        time.advance(Duration.ofSeconds(12));

        assertThat(breaker.retryAfter()).isEqualTo(Duration.ofSeconds(18));
        GatewayRefusedException refusal = refusal();
        assertThat(refusal.reason()).isEqualTo(Reason.BREAKER_OPEN);
        assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(18));
    }

    @Test
    @DisplayName("R13: half-open admits exactly k probes")
    void admitsExactlyAsManyProbes() {
        halfOpen();

        List<BreakerPermit> probes = probes(PROBES);
        assertThat(probes).allMatch(BreakerPermit::isAdmitted);
        assertThat(refusal().reason()).isEqualTo(Reason.BREAKER_OPEN);
    }

    @Test
    @DisplayName("R15: who comes while the probes are under way is told to come back as from an open breaker")
    void saysWhenToComeBackWhileProbesAreUnderWay() {
        halfOpen();
        List<BreakerPermit> probes = probes(PROBES);

        assertThat(breaker.retryAfter()).isEqualTo(OPEN_FOR);
        assertThat(refusal().retryAfter()).contains(OPEN_FOR);

        time.advance(PROBE_TIMEOUT.minusSeconds(1)); // the probes are given up before that
        assertThat(breaker.retryAfter()).isEqualTo(Duration.ofSeconds(1));
        probes.forEach(BreakerPermit::close);
    }

    @Test
    @DisplayName("R13: half-open admits exactly k probes of 1,000 concurrent callers")
    void admitsExactlyAsManyProbesOfManyThreads() throws Exception {
        halfOpen();
        Queue<BreakerPermit> admitted = new ConcurrentLinkedQueue<>();

        SideBySide.run(thread -> {
            for (int i = 0; i < 1_000 / SideBySide.THREADS; i++) {
                BreakerPermit permit = breaker.tryAcquire();
                if (permit.isAdmitted()) {
                    admitted.add(permit);
                }
            }
        });

        assertThat(admitted).hasSize(PROBES);
    }

    @Test
    @DisplayName("R13: closes when all probes have succeeded, not before")
    void closesWhenAllProbesHaveSucceeded() {
        halfOpen();
        List<BreakerPermit> probes = probes(PROBES);

        probes.subList(1, PROBES).forEach(probe -> probe.record(CallOutcome.SUCCESS));
        assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
        assertThat(breaker.tryAcquire().isAdmitted()).isFalse();

        probes.get(0).record(CallOutcome.SUCCESS);
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
        assertThat(breaker.retryAfter()).isZero();
    }

    @Test
    void beginsANewWindowWhenItCloses() {
        halfOpen();
        probes(PROBES).forEach(probe -> probe.record(CallOutcome.SUCCESS));

        call(CallOutcome.PROVIDER_FAULT, 3);
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }

    @Test
    @DisplayName("R13: one failed probe opens it again for the whole time")
    void opensAgainWhenAProbeFails() {
        halfOpen();
        List<BreakerPermit> probes = probes(PROBES);
        probes.get(0).record(CallOutcome.PROVIDER_FAULT);

        assertThat(breaker.state()).isEqualTo(State.OPEN);
        assertThat(breaker.retryAfter()).isEqualTo(OPEN_FOR);
    }

    @Test
    @DisplayName("R13: a probe that says nothing of the model makes room for another")
    void givesThePlaceOfAnIgnoredProbeToAnother() {
        halfOpen();
        for (int i = 0; i < 100; i++) {
            List<BreakerPermit> probes = probes(PROBES);
            assertThat(probes).allMatch(BreakerPermit::isAdmitted);
            CallOutcome outcome = i % 2 == 0 ? CallOutcome.IGNORED : CallOutcome.RATE_LIMITED;
            probes.forEach(probe -> probe.record(outcome));
        }
        assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
    }

    @Test
    @DisplayName("R13: a cancelled probe makes room for another")
    void givesThePlaceOfACancelledProbeToAnother() {
        halfOpen();
        List<BreakerPermit> probes = probes(PROBES);
        probes.get(1).close();
        probes.get(1).close();

        assertThat(breaker.tryAcquire().isAdmitted()).isTrue();
        assertThat(breaker.tryAcquire().isAdmitted()).isFalse();
    }

    @Test
    @DisplayName("R13: a lost probe expires, so that the state cannot stick, and its late answer counts for nothing")
    void givesThePlaceOfALostProbeToAnother() {
        halfOpen();
        List<BreakerPermit> lost = probes(PROBES);
        time.advance(PROBE_TIMEOUT.minusNanos(1));
        assertThat(breaker.tryAcquire().isAdmitted()).isFalse();

        time.advance(Duration.ofNanos(1));
        assertThat(breaker.retryAfter()).isZero();
        List<BreakerPermit> others = probes(PROBES);
        assertThat(others).allMatch(BreakerPermit::isAdmitted);
        lost.forEach(probe -> probe.record(CallOutcome.PROVIDER_FAULT));
        assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
        others.forEach(probe -> probe.record(CallOutcome.SUCCESS));
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }

    @Test
    @DisplayName("R13: what was admitted before the state changed counts for nothing")
    void takesNoNoteOfLateAnswers() {
        BreakerPermit early = breaker.tryAcquire();
        halfOpen();
        early.record(CallOutcome.PROVIDER_FAULT);
        assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);

        List<BreakerPermit> probes = probes(PROBES);
        probes.get(0).record(CallOutcome.PROVIDER_FAULT);
        time.advance(OPEN_FOR);
        probes.get(1).record(CallOutcome.PROVIDER_FAULT);
        assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
    }

    @Test
    void countsACallOnce() {
        BreakerPermit permit = breaker.tryAcquire();
        for (int i = 0; i < 10; i++) {
            permit.record(CallOutcome.PROVIDER_FAULT);
        }
        permit.close();
        permit.record(CallOutcome.KEY_REFUSED);
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void countsNothingThatWasClosedFirst() {
        BreakerPermit permit = breaker.tryAcquire();
        permit.close();
        permit.record(CallOutcome.KEY_REFUSED);
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void takesNothingFromARefusedCall() {
        open();
        BreakerPermit refused = breaker.tryAcquire();
        time.advance(OPEN_FOR);
        refused.record(CallOutcome.PROVIDER_FAULT);
        refused.close();
        assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
        assertThat(probes(PROBES)).allMatch(BreakerPermit::isAdmitted);
    }

    @Test
    void neverOpensWithoutAPolicy() {
        breaker = create(BreakerPolicy.none(), time);
        call(CallOutcome.PROVIDER_FAULT, 1_000);
        call(CallOutcome.KEY_REFUSED, 1_000);
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }

    private void open() {
        call(CallOutcome.PROVIDER_FAULT, 4);
        assertThat(breaker.state()).isEqualTo(State.OPEN);
    }

    private void halfOpen() {
        open();
        time.advance(OPEN_FOR);
        assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
    }

    private void call(CallOutcome outcome, int times) {
        for (int i = 0; i < times; i++) {
            try (BreakerPermit permit = breaker.tryAcquire()) {
                permit.record(outcome);
            }
        }
    }

    private List<BreakerPermit> probes(int count) {
        List<BreakerPermit> probes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            probes.add(breaker.tryAcquire());
        }
        return probes;
    }

    private GatewayRefusedException refusal() {
        BreakerPermit permit = breaker.tryAcquire();
        assertThat(permit.isAdmitted()).isFalse();
        return permit.refusal("some-model");
    }
}
