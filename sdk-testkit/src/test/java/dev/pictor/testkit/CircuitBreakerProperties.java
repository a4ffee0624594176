package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.gateway.resilience.BreakerPermit;
import dev.pictor.gateway.resilience.BreakerPolicy;
import dev.pictor.gateway.resilience.CallOutcome;
import dev.pictor.gateway.resilience.CircuitBreaker;
import dev.pictor.gateway.resilience.CircuitBreaker.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The breaker does what a plain account of its rules does, whatever happens in whatever order. */
class CircuitBreakerProperties {

    private static final List<CallOutcome> OUTCOMES = List.of(CallOutcome.values());

    private static final int STEPS = 1_000;

    @ParameterizedTest
    @MethodSource("dev.pictor.testkit.Seeds#hundreds")
    @DisplayName("R13: every transition is the one of the model")
    void goesThroughTheStatesOfTheModel(long seed) {
        Random random = new Random(seed);
        VirtualTime time = VirtualTime.create();
        BreakerPolicy policy = policy(random);
        CircuitBreaker breaker = CircuitBreaker.create(policy, time);
        Model model = new Model(policy);
        Map<Integer, BreakerPermit> underWay = new HashMap<>();
        int calls = 0;
        for (int step = 0; step < STEPS; step++) {
            String at = "seed " + seed + ", step " + step;
            switch (random.nextInt(4)) {
                case 0 -> {
                    Duration by = Duration.ofMillis(random.nextInt(random.nextInt(5) == 0 ? 3_000 : 100));
                    time.advance(by);
                    model.now += by.toNanos();
                }
                case 1 -> {
                    if (!underWay.isEmpty()) {
                        int call = new ArrayList<>(underWay.keySet()).get(random.nextInt(underWay.size()));
                        CallOutcome outcome = OUTCOMES.get(random.nextInt(OUTCOMES.size()));
                        if (random.nextInt(5) == 0) {
                            Objects.requireNonNull(underWay.remove(call)).close();
                            model.end(call, CallOutcome.IGNORED);
                        } else {
                            Objects.requireNonNull(underWay.remove(call)).record(outcome);
                            model.end(call, outcome);
                        }
                    }
                }
                default -> {
                    int call = calls++;
                    BreakerPermit permit = breaker.tryAcquire();
                    assertThat(permit.isAdmitted()).as(at).isEqualTo(model.begin(call));
                    if (permit.isAdmitted()) {
                        underWay.put(call, permit);
                    }
                }
            }
            assertThat(breaker.state()).as(at).isEqualTo(model.seen());
            assertThat(breaker.retryAfter().toNanos()).as(at).isEqualTo(model.retryAfter());
        }
    }

    private static BreakerPolicy policy(Random random) {
        return BreakerPolicy.builder()
                .window(Duration.ofSeconds(1 + random.nextInt(3)))
                .minimumCalls(1 + random.nextInt(6))
                .failureRate(0.1 + random.nextDouble() * 0.9)
                .openFor(Duration.ofMillis(100 + random.nextInt(900)))
                .probes(1 + random.nextInt(4))
                .probeTimeout(Duration.ofMillis(100 + random.nextInt(2_000)))
                .build();
    }

    /** The rules once more, with lists and without threads. */
    private static final class Model {

        private record Counted(long part, boolean failed) {}

        private final BreakerPolicy policy;
        private final long partNanos;
        private final Map<Integer, Integer> phaseOf = new HashMap<>();
        private final List<Counted> window = new ArrayList<>();
        private final Map<Integer, Long> probes = new HashMap<>(); // call, when it began
        private State state = State.CLOSED;
        private int phase;
        private int successes;
        private long opened;
        private long now;

        Model(BreakerPolicy policy) {
            this.policy = policy;
            this.partNanos = policy.window().toNanos() / 10;
        }

        State seen() {
            return state == State.OPEN && now - opened >= policy.openFor().toNanos() ? State.HALF_OPEN : state;
        }

        long retryAfter() {
            return switch (state) {
                case CLOSED -> 0;
                case OPEN -> Math.max(0, opened + policy.openFor().toNanos() - now);
                case HALF_OPEN ->
                    living() + successes < policy.probes()
                            ? 0
                            : probes.values().stream()
                                    .mapToLong(began ->
                                            began + policy.probeTimeout().toNanos() - now)
                                    .filter(left -> left > 0)
                                    .map(left -> Math.min(left, policy.openFor().toNanos()))
                                    .min()
                                    .orElseThrow();
            };
        }

        boolean begin(int call) {
            if (state == State.OPEN && seen() == State.HALF_OPEN) {
                moveTo(State.HALF_OPEN);
            }
            boolean admitted = retryAfter() == 0;
            if (admitted) {
                phaseOf.put(call, phase);
                if (state == State.HALF_OPEN) {
                    probes.put(call, now);
                }
            }
            return admitted;
        }

        void end(int call, CallOutcome outcome) {
            if (Objects.requireNonNull(phaseOf.get(call)) != phase || (state == State.HALF_OPEN && !isProbe(call))) {
                return;
            }
            switch (outcome) {
                case KEY_REFUSED -> moveTo(State.OPEN);
                case PROVIDER_FAULT -> {
                    window.add(new Counted(now / partNanos, true));
                    if (state == State.HALF_OPEN || isFailing()) {
                        moveTo(State.OPEN);
                    }
                }
                case SUCCESS -> {
                    window.add(new Counted(now / partNanos, false));
                    if (state == State.HALF_OPEN && ++successes == policy.probes()) {
                        moveTo(State.CLOSED);
                    }
                }
                default -> {}
            }
        }

        private boolean isProbe(int call) {
            return Objects.requireNonNull(probes.remove(call))
                            + policy.probeTimeout().toNanos()
                    > now;
        }

        private boolean isFailing() {
            List<Counted> recent = window.stream()
                    .filter(one -> one.part > now / partNanos - 10)
                    .toList();
            long failed = recent.stream().filter(Counted::failed).count();
            return recent.size() >= policy.minimumCalls() && failed >= policy.failureRate() * recent.size();
        }

        private long living() {
            return probes.values().stream()
                    .filter(began -> began + policy.probeTimeout().toNanos() > now)
                    .count();
        }

        private void moveTo(State to) {
            state = to;
            phase++;
            successes = 0;
            opened = now;
            window.clear();
            probes.clear();
        }
    }
}
