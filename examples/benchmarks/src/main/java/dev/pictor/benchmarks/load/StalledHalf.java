package dev.pictor.benchmarks.load;

import dev.pictor.benchmarks.Gateways;
import dev.pictor.benchmarks.NoOpModel;
import dev.pictor.benchmarks.OpenRun;
import dev.pictor.benchmarks.ProviderProcess;
import dev.pictor.gateway.CallOptions;
import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.resilience.BreakerPolicy;
import dev.pictor.gateway.resilience.BulkheadPolicy;
import dev.pictor.gateway.resilience.RetryPolicy;
import dev.pictor.model.ImageRequest;
import dev.pictor.testkit.HttpImageModel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * P10: 100 calls a second to a provider that takes 20 ms, beside 100 calls a second to one that never ends an answer, all
 * through one gateway. No breaker: it would spare the bulkhead the work.
 */
final class StalledHalf implements Scenario {

    private static final double PER_SECOND = 100;
    private static final Duration HEALTHY_LATENCY = Duration.ofMillis(20);
    private static final Duration ATTEMPT_LIMIT = Duration.ofSeconds(2);
    private static final double MICROS_IN_MILLI = 1_000;

    private final AtomicInteger prompts = new AtomicInteger();

    @Override
    public void run(Options options, Figures figures) throws Exception {
        Duration length = Duration.ofMillis((long) (options.number("seconds", 20) * 1_000));
        try (ProviderProcess healthy = ProviderProcess.start();
                ProviderProcess stalled = ProviderProcess.start();
                HttpImageModel well = HttpImageModel.to(healthy.uri()).profile(NoOpModel.profile("well", "0.040"));
                HttpImageModel ill = HttpImageModel.to(stalled.uri()).profile(NoOpModel.profile("ill", "0.040"));
                OpenRun run = OpenRun.start();
                Gateway gateway = gateway(well, ill)) {
            healthy.plan("none", HEALTHY_LATENCY, 0);
            ExecutorService callers = Callers.open(256);
            Call toWell = number -> draw(gateway, run, "well");
            Call toIll = number -> draw(gateway, run, "ill");
            FixedRate rate = new FixedRate(PER_SECOND, length);
            new FixedRate(PER_SECOND, length.dividedBy(2)).run(callers, toWell);
            Latencies alone = rate.run(callers, toWell);
            figures.addAll(alone, "P10", "healthy provider alone");
            double bound = alone.micros(0.99) / MICROS_IN_MILLI + 10;
            for (String stall : List.of("stall", "stall-in-body", "drip")) {
                stalled.plan(stall, Duration.ZERO, 0);
                Latencies beside = beside(rate, callers, toWell, toIll);
                String what = "healthy beside " + stall + ", ";
                figures.add(Figure.atMost("P10", what + "p99", beside.micros(0.99) / MICROS_IN_MILLI, "ms", bound));
                figures.add(Figure.told("P10", what + "p50", beside.micros(0.50) / MICROS_IN_MILLI, "ms"));
                figures.add(Figure.atLeast("P10", what + "succeeded", 100 * beside.successRate(), "%", 100));
                figures.add(Figure.told("P10", what + "calls", beside.successes() + beside.failures(), "calls"));
            }
            callers.shutdown();
        }
    }

    private static Gateway gateway(HttpImageModel well, HttpImageModel ill) {
        return Gateways.everythingOn(well, ill)
                .breaker(BreakerPolicy.none())
                .bulkhead(BulkheadPolicy.builder(16).maxWaiting(16).build())
                .retry(RetryPolicy.builder().attemptLimit(ATTEMPT_LIMIT).build())
                .build();
    }

    private static Latencies beside(FixedRate rate, ExecutorService callers, Call toWell, Call toIll)
            throws InterruptedException {
        Latencies unimportant = new Latencies(rate.calls());
        Thread other = new Thread(() -> {
            try {
                rate.run(callers, toIll, unimportant);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        other.start();
        Latencies healthy = rate.run(callers, toWell);
        other.join();
        return healthy;
    }

    private void draw(Gateway gateway, OpenRun run, String model) throws InterruptedException {
        ImageRequest request = ImageRequest.builder("a lamp, number " + prompts.incrementAndGet())
                .build();
        CallOptions options = CallOptions.builder().forceModel(model).build();
        if (gateway.generate(run.context(), request, options).result().images().isEmpty()) {
            throw new IllegalStateException("an answer without a picture");
        }
    }
}
