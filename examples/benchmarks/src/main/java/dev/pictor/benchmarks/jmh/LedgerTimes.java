package dev.pictor.benchmarks.jmh;

import dev.pictor.benchmarks.Gateways;
import dev.pictor.gateway.budget.Budgets;
import dev.pictor.gateway.budget.Hold;
import dev.pictor.gateway.budget.Spender;
import dev.pictor.model.Money;
import dev.pictor.time.TimeSource;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/** P9: money held on four accounts and settled, two threads at the same accounts. */
@State(Scope.Benchmark)
@BenchmarkMode({Mode.SampleTime, Mode.AverageTime})
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Threads(2)
public class LedgerTimes {

    private static final Money ESTIMATE = Money.usd(4_000);
    private static final Money ACTUAL = Money.usd(3_000);

    private final TimeSource time = TimeSource.system();
    private final Budgets budgets = Gateways.fourBudgets("1000000000");
    private final Spender who = Spender.of("tenant", "user", "model", "run");

    @TearDown
    public void close() {
        time.close();
    }

    @Benchmark
    public Hold reserveAndSettle() {
        Hold hold = budgets.reserve(who, ESTIMATE, time);
        hold.settle(ACTUAL);
        return hold;
    }
}
