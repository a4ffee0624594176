package dev.pictor.benchmarks.jmh;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.benchmarks.NoOpModel;
import dev.pictor.benchmarks.OpenRun;
import dev.pictor.error.PictorException;
import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.GatewayBuilder;
import dev.pictor.gateway.budget.Budget;
import dev.pictor.gateway.budget.BudgetExceededException;
import dev.pictor.gateway.budget.Budgets;
import dev.pictor.gateway.budget.MemoryLedger;
import dev.pictor.gateway.budget.Spender;
import dev.pictor.gateway.resilience.BreakerPermit;
import dev.pictor.gateway.resilience.BreakerPolicy;
import dev.pictor.gateway.resilience.CallOutcome;
import dev.pictor.gateway.resilience.CircuitBreaker;
import dev.pictor.gateway.resilience.GatewayRefusedException;
import dev.pictor.gateway.resilience.RetryPolicy;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.Money;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.testkit.FakeImageModel;
import dev.pictor.time.TimeSource;
import dev.pictor.trace.TraceSink;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** P8: what it costs to be told no, by the part that says it, and by a gateway as a whole that nobody listens to. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls what is marked as set-up first
public class Rejection {

    private static final Money PRICE = Money.usd(134_000_000);
    private static final Spender WHO = Spender.of("tenant", "user", "model", "run");

    private final TimeSource time = TimeSource.system();
    private final CircuitBreaker breaker = CircuitBreaker.create(neverAgain(), time);
    private final Budgets budgets = tight();
    private final ImageRequest request = ImageRequest.builder("a brass lamp").build();
    private OpenRun run;
    private Gateway open;
    private Gateway poor;

    private static BreakerPolicy neverAgain() {
        return BreakerPolicy.builder().openFor(Duration.ofDays(1)).build();
    }

    private static Budgets tight() {
        return Budgets.builder(MemoryLedger.create()).add(Budget.usd("0.10")).build();
    }

    @Setup
    public void open() throws InterruptedException {
        try (BreakerPermit permit = breaker.tryAcquire()) {
            permit.record(CallOutcome.KEY_REFUSED);
        }
        run = OpenRun.start(PipelineRunner.builder().traceSink(TraceSink.none()));
        FakeImageModel locked = FakeImageModel.create().thenFail(Reason.UNAUTHORIZED, Billed.REJECTED);
        open = builder(locked).build();
        poor = builder(NoOpModel.create("dear", "0.134")).budgets(tight()).build();
        refused(open);
    }

    private static GatewayBuilder builder(ImageModelAdapter model) {
        return Gateway.builder(model).retry(RetryPolicy.none()).breaker(neverAgain());
    }

    @TearDown
    public void close() {
        open.close();
        poor.close();
        run.close();
        time.close();
    }

    @Benchmark
    public GatewayRefusedException openBreaker() {
        try (BreakerPermit permit = breaker.tryAcquire()) {
            return permit.refusal("model");
        }
    }

    @Benchmark
    public BudgetExceededException overBudget() {
        try {
            throw new IllegalStateException(
                    "held " + budgets.reserve(WHO, PRICE, time).amount());
        } catch (BudgetExceededException e) {
            return e;
        }
    }

    @Benchmark
    public PictorException openBreakerGateway() throws InterruptedException {
        return refused(open);
    }

    @Benchmark
    public PictorException overBudgetGateway() throws InterruptedException {
        return refused(poor);
    }

    @CanIgnoreReturnValue
    private PictorException refused(Gateway gateway) throws InterruptedException {
        try {
            throw new IllegalStateException("drew " + gateway.generate(run.context(), request));
        } catch (PictorException e) {
            return e;
        }
    }
}
