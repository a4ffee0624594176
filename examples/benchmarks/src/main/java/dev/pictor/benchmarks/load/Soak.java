package dev.pictor.benchmarks.load;

import dev.pictor.benchmarks.NoOpModel;
import dev.pictor.error.PictorException;
import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.budget.Budget;
import dev.pictor.gateway.budget.Budgets;
import dev.pictor.gateway.budget.MemoryLedger;
import dev.pictor.gateway.cache.CacheSettings;
import dev.pictor.gateway.resilience.BreakerPolicy;
import dev.pictor.gateway.resilience.BulkheadPolicy;
import dev.pictor.gateway.resilience.GatewayRefusedException;
import dev.pictor.gateway.resilience.RetryPolicy;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ModelException;
import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.RunHandle;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.pipeline.StageKey;
import dev.pictor.testkit.FakeProvider;
import dev.pictor.testkit.Fault;
import dev.pictor.testkit.FaultPlan;
import dev.pictor.testkit.HttpImageModel;
import dev.pictor.testkit.Latency;
import dev.pictor.time.TimeSource;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;

/**
 * Uses one gateway for a long time, to two providers that fail in every way there is: runs with a deadline of their own,
 * some cancelled, some equal to others. At the end nothing may be left of it but what the providers charged, to the cent.
 */
final class Soak implements Scenario {

    private static final double PER_SECOND = 200;
    private static final int CALLERS = 256;
    private static final int PROMPTS = 5_000;
    private static final int CANCELLED_SHARE = 50;
    private static final Duration DEADLINE = Duration.ofSeconds(4);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final StageKey<String> DRAW = StageKey.of("draw", String.class);

    private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();
    private final LongAdder runs = new LongAdder();
    private final LongAdder cancelled = new LongAdder();
    private final LongAdder unexpected = new LongAdder();

    @Override
    public void run(Options options, Figures figures) throws Exception {
        int threads = ThisProcess.threads();
        long sockets = ThisProcess.sockets();
        Set<String> names = ThisProcess.threadNames();
        use(Duration.ofMillis((long) (options.number("minutes", 5) * 60_000)), figures);
        figures.add(
                Figure.atMost("R28", "threads left", ThisProcess.left(threads, ThisProcess::threads), "threads", 0));
        figures.add(
                Figure.atMost("R28", "sockets left", ThisProcess.left(sockets, ThisProcess::sockets), "sockets", 0));
        Set<String> more = ThisProcess.threadNames();
        more.removeAll(names);
        System.err.println("threads left: " + more);
    }

    private void use(Duration length, Figures figures) throws InterruptedException {
        ExecutorService callers = Callers.open(CALLERS);
        try (TimeSource time = TimeSource.system();
                FakeProvider one = FakeProvider.start().plan(faults(1));
                FakeProvider other = FakeProvider.start().plan(faults(2));
                HttpImageModel first = HttpImageModel.to(one.uri()).profile(NoOpModel.profile("first", "0.040"));
                HttpImageModel second = HttpImageModel.to(other.uri()).profile(NoOpModel.profile("second", "0.067"));
                PipelineRunner runner =
                        PipelineRunner.builder().traceSink(event -> {}).build()) {
            CountingModel counted = new CountingModel(first);
            CountingModel countedToo = new CountingModel(second);
            Budgets budgets = budgets(time);
            double drift;
            try (Gateway gateway = gateway(counted, countedToo, budgets)) {
                Call call = number -> draw(runner, gateway, number);
                new FixedRate(PER_SECOND, length.dividedBy(10)).run(callers, call);
                long before = ThisProcess.heapAfterCollection();
                new FixedRate(PER_SECOND, length.multipliedBy(9).dividedBy(10)).run(callers, call);
                drift = 100.0 * (ThisProcess.heapAfterCollection() - before) / before;
            }
            Money money = new Money(
                    budgets,
                    time,
                    List.of(
                            new Money.Account("first", 40_000_000, counted, one),
                            new Money.Account("second", 67_000_000, countedToo, other)));
            money.tell(figures);
            tellFailures(figures, money);
            figures.add(Figure.atMost("R28", "heap after a collection, more than after a tenth", drift, "%", 5));
        }
        callers.shutdownNow();
    }

    private static Budgets budgets(TimeSource time) {
        return Budgets.builder(MemoryLedger.create(time, Duration.ofHours(1)))
                .add(Budget.usd("1000000"))
                .add(Budget.usd("1000000").perTenant().perMonth(ZoneOffset.UTC))
                .add(Budget.usd("1000000").perUser().perMonth(ZoneOffset.UTC))
                .add(Budget.usd("1000000").perModel())
                .build();
    }

    private static FaultPlan faults(long seed) {
        Duration longStall = Duration.ofSeconds(3);
        return FaultPlan.none()
                .seed(seed)
                .latency(Latency.percentiles(
                        Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofMillis(60), Duration.ofMillis(200)))
                .fault(Fault.status(500).billed(true), 0.01) // nobody can know how far it got
                .fault(Fault.status(503), 0.01)
                .fault(Fault.status(400), 0.005)
                .fault(Fault.rateLimited(Duration.ofMillis(50)), 0.001)
                .fault(Fault.errorAfterHeaders(), 0.01)
                .fault(Fault.stall(), 0.005)
                .fault(Fault.stallInBody(), 0.005)
                .fault(Fault.drip(8, Duration.ofMillis(5)), 0.01)
                .fault(Fault.reset(), 0.01)
                .fault(Fault.resetInBody(), 0.01)
                .fault(Fault.cutOff(), 0.01)
                .fault(Fault.malformedJson(), 0.01)
                .fault(Fault.truncatedBase64(), 0.01)
                .fault(Fault.safetyBlock(), 0.01)
                .fault(Fault.missingPicture(), 0.01)
                .window(Fault.status(503), longStall, longStall.plusSeconds(2));
    }

    private static Gateway gateway(CountingModel first, CountingModel second, Budgets budgets) {
        return Gateway.builder(first)
                .addImageModel(second)
                .cache(CacheSettings.builder()
                        .maxBytes(1 << 20)
                        .timeToLive(Duration.ofSeconds(5))
                        .build())
                .retry(RetryPolicy.builder()
                        .attemptLimit(Duration.ofSeconds(1))
                        .baseDelay(Duration.ofMillis(20))
                        .build())
                .breaker(BreakerPolicy.builder()
                        .window(Duration.ofSeconds(5))
                        .openFor(Duration.ofMillis(500))
                        .build())
                .bulkhead(BulkheadPolicy.builder(128).build())
                .budgets(budgets)
                .build();
    }

    private void draw(PipelineRunner runner, Gateway gateway, int number) throws InterruptedException {
        runs.increment();
        Random chance = new Random(number);
        String prompt = "picture " + chance.nextInt(PROMPTS);
        RunOptions options = RunOptions.builder()
                .tenant("tenant")
                .user("user " + chance.nextInt(10))
                .deadline(DEADLINE)
                .build();
        RunHandle<String> run = runner.runAsync(pipeline(gateway), prompt, options);
        try {
            if (chance.nextInt(CANCELLED_SHARE) == 0) {
                TimeUnit.MILLISECONDS.sleep(chance.nextInt(30));
                run.cancel();
                cancelled.increment();
            }
            var unused = run.await(PATIENCE);
        } catch (PictorException e) {
            failures.computeIfAbsent(kind(e), key -> new LongAdder()).increment();
            throw e;
        } catch (RuntimeException | TimeoutException e) {
            unexpected.increment();
            throw new IllegalStateException("a call ended as none should", e);
        }
    }

    private static String kind(PictorException failure) {
        if (failure instanceof ModelException model) {
            return model.reason().name();
        }
        return failure instanceof GatewayRefusedException refusal
                ? refusal.reason().name()
                : failure.getClass().getSimpleName();
    }

    private static Pipeline<String, String> pipeline(Gateway gateway) {
        return Pipeline.named("soak", String.class)
                .stage(
                        DRAW,
                        (run, prompt) -> gateway.generate(
                                        run, ImageRequest.builder(prompt).build())
                                .result()
                                .servedBy())
                .returning(DRAW);
    }

    private void tellFailures(Figures figures, Money money) {
        figures.add(Figure.told("R28", "attempts that reached a provider", money.requests(), "calls"));
        figures.add(Figure.told("R28", "runs begun", runs.sum(), "runs"));
        new TreeMap<>(failures)
                .forEach((kind, count) ->
                        figures.add(Figure.told("R28", "runs that failed: " + kind, count.sum(), "runs")));
        figures.add(Figure.told("R28", "runs cancelled by their callers", cancelled.sum(), "runs"));
        figures.add(Figure.atMost(
                "R28",
                "failed attempts without a fault put in, of all",
                100.0 * money.unexplained() / Math.max(1, money.requests()),
                "%",
                0.01));
        figures.add(Figure.atMost("R28", "runs that ended as none should", unexpected.sum(), "runs", 0));
    }
}
