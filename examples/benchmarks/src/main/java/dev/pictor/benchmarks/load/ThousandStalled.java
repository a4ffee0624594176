package dev.pictor.benchmarks.load;

import dev.pictor.benchmarks.Gateways;
import dev.pictor.benchmarks.NoOpModel;
import dev.pictor.benchmarks.ProviderProcess;
import dev.pictor.error.PictorException;
import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.GatewayBuilder;
import dev.pictor.gateway.cache.SingleFlight;
import dev.pictor.gateway.resilience.BulkheadPolicy;
import dev.pictor.gateway.resilience.GatewayRefusedException;
import dev.pictor.model.ImageRequest;
import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.pipeline.StageKey;
import dev.pictor.testkit.HttpImageModel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * P11: 1,000 runs at a time, each with a call that is never answered. Each must end at its own deadline, and its
 * connection with it. The callers' threads are the program's: virtual ones on JDK 21 and later, else one for each run. A
 * bulkhead keeps a program from having that many, so it is shown too.
 */
final class ThousandStalled implements Scenario {

    private static final int RUNS = 1_000;
    private static final int PLACES = 64;
    private static final Duration DEADLINE = Duration.ofSeconds(6);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final StageKey<String> DRAW = StageKey.of("draw", String.class);

    private final AtomicInteger prompts = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    @Override
    public void run(Options options, Figures figures) throws Exception {
        int runs = (int) options.number("calls", RUNS);
        try (ProviderProcess provider = ProviderProcess.start();
                HttpImageModel dear = HttpImageModel.to(provider.uri()).profile(NoOpModel.profile("dear", "0.040"));
                HttpImageModel cheap = HttpImageModel.to(provider.uri()).profile(NoOpModel.profile("cheap", "0.020"));
                PipelineRunner runner =
                        PipelineRunner.builder().traceSink(event -> {}).build()) {
            try (Gateway gateway = builder(dear, cheap).build()) {
                warmUp(provider, runner, gateway);
                stall(provider, runner, gateway, runs, figures);
            }
            try (Gateway gateway = builder(dear, cheap)
                    .bulkhead(BulkheadPolicy.builder(PLACES).maxWaiting(0).build())
                    .build()) {
                refuse(runner, gateway, runs, figures);
            }
        }
    }

    private static GatewayBuilder builder(HttpImageModel dear, HttpImageModel cheap) {
        return Gateways.everythingOn(dear, cheap).singleFlight(SingleFlight.Mode.ON_CALLERS_THREAD);
    }

    private void warmUp(ProviderProcess provider, PipelineRunner runner, Gateway gateway) throws InterruptedException {
        ExecutorService callers = Callers.open(16);
        new FixedConcurrency(16, Duration.ofSeconds(5)).run(callers, number -> {
            var unused = runner.run(pipeline(gateway), prompt(), within(PATIENCE));
        });
        callers.shutdown();
        provider.plan("stall", Duration.ZERO, 0);
    }

    private void stall(ProviderProcess provider, PipelineRunner runner, Gateway gateway, int runs, Figures figures)
            throws InterruptedException {
        long before = provider.requests();
        long heapBefore = ThisProcess.heapAfterCollection();
        int threadsBefore = ThisProcess.threads();
        Latencies late = new Latencies(runs);
        CountDownLatch over = new CountDownLatch(runs);
        ExecutorService callers = Callers.open(runs);
        long lastDeadline = 0;
        for (int i = 0; i < runs; i++) {
            lastDeadline = System.nanoTime() + DEADLINE.toNanos();
            callers.execute(() -> {
                noteLateness(runner, gateway, late);
                over.countDown();
            });
        }
        boolean allThere = provider.awaitRequests(before + runs, DEADLINE);
        long heap = ThisProcess.heapAfterCollection() - heapBefore;
        int threads = ThisProcess.threads() - threadsBefore - (Callers.areVirtual() ? 0 : runs);
        boolean whileStalled = System.nanoTime() - lastDeadline < 0;
        over.await();
        long ended = System.nanoTime();
        boolean closed = provider.awaitAbandoned(runs, PATIENCE);
        double closedMillis = closed ? (System.nanoTime() - ended) / 1e6 : Double.NaN;
        callers.shutdown();

        figures.add(
                Figure.atLeast("P11", "stalled at the same time", allThere && whileStalled ? runs : 0, "calls", runs));
        figures.add(Figure.told("P11", "after the deadline, p50", late.micros(0.5) / 1e3, "ms"));
        figures.add(Figure.atMost("P11", "after the deadline, p99", late.micros(0.99) / 1e3, "ms", 50));
        figures.add(Figure.told("P11", "after the deadline, most", late.micros(1) / 1e3, "ms"));
        figures.add(Figure.atMost("P11", "all connections closed after the last call's end", closedMillis, "ms", 100));
        figures.add(Figure.atMost("P11", "heap for a stalled call", heap / 1024.0 / runs, "KiB", 32));
        figures.add(Figure.atMost("P11", "threads beside the callers' own, more than before", threads, "threads", 0));
    }

    /** On JDK 17 each caller is a thread of the platform: a bulkhead refuses beyond its bound, at once. */
    private void refuse(PipelineRunner runner, Gateway gateway, int runs, Figures figures) throws InterruptedException {
        CountDownLatch over = new CountDownLatch(runs);
        ExecutorService callers = Callers.open(runs);
        Latencies unimportant = new Latencies(runs);
        for (int i = 0; i < runs; i++) {
            callers.execute(() -> {
                noteLateness(runner, gateway, unimportant);
                over.countDown();
            });
        }
        over.await();
        callers.shutdown();
        figures.add(Figure.atLeast(
                "P11",
                "refused by bulkheads of 2 x " + PLACES + " places",
                refused.get(),
                "calls",
                runs - 2.0 * PLACES));
    }

    private void noteLateness(PipelineRunner runner, Gateway gateway, Latencies late) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        try {
            String drawn =
                    runner.run(pipeline(gateway), prompt(), within(DEADLINE)).value();
            throw new IllegalStateException("an answer came: " + drawn);
        } catch (GatewayRefusedException e) {
            refused.incrementAndGet();
        } catch (PictorException e) {
            late.succeeded(System.nanoTime() - deadline);
        }
    }

    private String prompt() {
        return "a lamp, number " + prompts.incrementAndGet();
    }

    private static RunOptions within(Duration deadline) {
        return RunOptions.builder().deadline(deadline).build();
    }

    private static Pipeline<String, String> pipeline(Gateway gateway) {
        return Pipeline.named("stalled", String.class)
                .stage(
                        DRAW,
                        (run, prompt) -> gateway.generate(
                                        run, ImageRequest.builder(prompt).build())
                                .result()
                                .servedBy())
                .returning(DRAW);
    }
}
