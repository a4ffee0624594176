package dev.pictor.benchmarks.jmh;

import dev.failsafe.Bulkhead;
import dev.failsafe.CircuitBreaker;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import dev.pictor.gateway.resilience.BreakerPermit;
import dev.pictor.gateway.resilience.BreakerPolicy;
import dev.pictor.gateway.resilience.BulkheadPolicy;
import dev.pictor.gateway.resilience.CallOutcome;
import dev.pictor.gateway.resilience.Permit;
import dev.pictor.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A call that succeeds, under retry, breaker and bulkhead: Failsafe's and our own. Our retry decides only after a
 * failure, so that a success costs nothing there.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ResilienceParts {

    private static final int PLACES = 64;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final TimeSource time = TimeSource.system();
    private final dev.pictor.gateway.resilience.CircuitBreaker breaker =
            dev.pictor.gateway.resilience.CircuitBreaker.create(BreakerPolicy.ofDefaults(), time);
    private final dev.pictor.gateway.resilience.Bulkhead bulkhead = dev.pictor.gateway.resilience.Bulkhead.create(
            BulkheadPolicy.builder(PLACES).build(), time);
    private final FailsafeExecutor<Object> failsafe = Failsafe.with(
            RetryPolicy.builder().withMaxRetries(2).build(),
            CircuitBreaker.builder().withFailureRateThreshold(50, 10, MINUTE).build(),
            Bulkhead.builder(PLACES).withMaxWaitTime(MINUTE).build());
    private int answer;

    @TearDown
    public void close() {
        time.close();
    }

    @Benchmark
    public Object failsafe() {
        return failsafe.get(this::call);
    }

    @Benchmark
    public Object pictor() throws InterruptedException {
        try (BreakerPermit admitted = breaker.tryAcquire();
                Permit place = bulkhead.acquire(MINUTE)) {
            if (!admitted.isAdmitted() || !place.isAdmitted()) {
                throw new IllegalStateException("refused");
            }
            Object result = call();
            admitted.record(CallOutcome.SUCCESS);
            return result;
        }
    }

    private Object call() {
        return answer++ & 0x7F;
    }
}
