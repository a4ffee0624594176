package dev.pictor.testkit;

import dev.pictor.gateway.resilience.BreakerPermit;
import dev.pictor.gateway.resilience.BreakerPolicy;
import dev.pictor.gateway.resilience.CallOutcome;
import dev.pictor.gateway.resilience.CircuitBreaker;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * In whatever order threads meet, the breaker answers as if they had come one after the other. It begins half open with
 * all but one of its probes under way, which is where it can go every way.
 */
@Param(name = "probe", gen = IntGen.class, conf = "0:1")
@Param(name = "outcome", gen = IntGen.class, conf = "0:4")
public class CircuitBreakerInterleavings {

    private static final int PROBES = 3;
    private static final BreakerPolicy POLICY = BreakerPolicy.builder()
            .minimumCalls(1)
            .openFor(Duration.ofSeconds(1))
            .probes(PROBES)
            .build();

    private static final List<CallOutcome> OUTCOMES = List.of(CallOutcome.values());

    private final CircuitBreaker breaker;
    private final List<BreakerPermit> probes;

    /** Opens the breaker and lets all but one of its probes begin. */
    public CircuitBreakerInterleavings() {
        VirtualTime time = VirtualTime.create();
        breaker = CircuitBreaker.create(POLICY, time);
        try (BreakerPermit permit = breaker.tryAcquire()) {
            permit.record(CallOutcome.PROVIDER_FAULT);
        }
        time.advance(POLICY.openFor());
        probes = Stream.generate(breaker::tryAcquire).limit(PROBES - 1).toList();
    }

    @Operation
    public boolean tryAcquire() {
        return breaker.tryAcquire().isAdmitted();
    }

    @Operation
    public void record(@Param(name = "probe") int probe, @Param(name = "outcome") int outcome) {
        probes.get(probe).record(OUTCOMES.get(outcome));
    }

    @Operation
    public void close(@Param(name = "probe") int probe) {
        probes.get(probe).close();
    }

    @Operation
    public CircuitBreaker.State state() {
        return breaker.state();
    }

    @Operation
    public Duration retryAfter() {
        return breaker.retryAfter();
    }

    @Test
    @DisplayName("R30: the breaker is linearizable, by model checking")
    void isLinearizableByModelChecking() {
        new ModelCheckingOptions()
                .threads(2)
                .actorsPerThread(3)
                .iterations(20)
                .invocationsPerIteration(500)
                .check(CircuitBreakerInterleavings.class);
    }

    @Test
    @DisplayName("R30: the breaker is linearizable, under stress")
    void isLinearizableUnderStress() {
        new StressOptions()
                .threads(3)
                .actorsPerThread(3)
                .iterations(20)
                .invocationsPerIteration(2_000)
                .check(CircuitBreakerInterleavings.class);
    }
}
