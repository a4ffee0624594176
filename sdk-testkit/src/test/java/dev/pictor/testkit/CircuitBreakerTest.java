package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.gateway.resilience.BreakerPermit;
import dev.pictor.gateway.resilience.BreakerPolicy;
import dev.pictor.gateway.resilience.CallOutcome;
import dev.pictor.gateway.resilience.CircuitBreaker;
import dev.pictor.gateway.resilience.CircuitBreaker.State;
import dev.pictor.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest extends CircuitBreakerContract {

    private static final BreakerPolicy QUICK = BreakerPolicy.builder()
            .minimumCalls(1)
            .openFor(Duration.ofSeconds(1))
            .probes(1)
            .build();

    @Override
    protected CircuitBreaker create(BreakerPolicy policy, TimeSource time) {
        return CircuitBreaker.create(policy, time);
    }

    @Test
    void tellsEveryChangeInOrder() {
        VirtualTime time = VirtualTime.create();
        List<String> heard = new ArrayList<>();
        CircuitBreaker breaker = CircuitBreaker.create(QUICK, time, (from, to) -> heard.add(from + " to " + to));

        call(breaker, CallOutcome.PROVIDER_FAULT);
        time.advance(Duration.ofSeconds(1));
        call(breaker, CallOutcome.PROVIDER_FAULT);
        time.advance(Duration.ofSeconds(1));
        call(breaker, CallOutcome.SUCCESS);

        assertThat(heard)
                .containsExactly(
                        "CLOSED to OPEN",
                        "OPEN to HALF_OPEN",
                        "HALF_OPEN to OPEN",
                        "OPEN to HALF_OPEN",
                        "HALF_OPEN to CLOSED");
    }

    @Test
    void tellsChangesInOrderWhateverThreadsMakeThem() throws Exception {
        VirtualTime time = VirtualTime.create();
        Queue<List<State>> heard = new ConcurrentLinkedQueue<>();
        CircuitBreaker breaker = CircuitBreaker.create(QUICK, time, (from, to) -> heard.add(List.of(from, to)));

        SideBySide.run(thread -> {
            for (int i = 0; i < 500; i++) {
                call(breaker, i % 3 == 0 ? CallOutcome.SUCCESS : CallOutcome.PROVIDER_FAULT);
                time.advance(Duration.ofMillis(100));
            }
        });

        State last = State.CLOSED;
        for (List<State> change : heard) {
            assertThat(change.get(0)).isEqualTo(last);
            last = change.get(1);
        }
        assertThat(heard).hasSizeGreaterThan(10);
    }

    @Test
    void goesOnWhenTheListenerFails() {
        VirtualTime time = VirtualTime.create();
        CircuitBreaker breaker = CircuitBreaker.create(QUICK, time, (from, to) -> {
            throw new IllegalArgumentException("a listener of this test fails");
        });
        call(breaker, CallOutcome.PROVIDER_FAULT);
        time.advance(Duration.ofSeconds(1));
        call(breaker, CallOutcome.SUCCESS);
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }

    private static void call(CircuitBreaker breaker, CallOutcome outcome) {
        try (BreakerPermit permit = breaker.tryAcquire()) {
            permit.record(outcome);
        }
    }
}
