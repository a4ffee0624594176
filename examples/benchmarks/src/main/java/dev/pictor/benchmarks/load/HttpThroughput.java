package dev.pictor.benchmarks.load;

import dev.pictor.benchmarks.ProviderProcess;
import dev.pictor.gateway.cache.SingleFlight;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * P6: calls a second through a loopback provider, with small pictures: at a fixed rate of 3,000 for processor time and
 * memory, and with 32 callers for as many as there can be. The provider is another process and uses the same processors.
 */
final class HttpThroughput implements Scenario {

    private static final double PER_SECOND = 3_000;
    private static final int CALLERS = 32;
    private static final double MEBIBYTE = 1 << 20;

    @Override
    public void run(Options options, Figures figures) throws Exception {
        Duration length = Duration.ofMillis((long) (options.number("seconds", 30) * 1_000));
        AtomicInteger prompts = new AtomicInteger();
        try (ProviderProcess provider = ProviderProcess.start();
                HttpGateway gateway = new HttpGateway(provider.uri(), SingleFlight.Mode.ON_CALLERS_THREAD)) {
            ExecutorService callers = Callers.open(64);
            Call call = number -> gateway.draw("a lamp, number " + prompts.incrementAndGet());
            new FixedRate(PER_SECOND / 3, length.dividedBy(3)).run(callers, call);

            FixedRate rate = new FixedRate(PER_SECOND, length);
            long cpu = ThisProcess.cpuNanos();
            long begin = System.nanoTime();
            Latencies fixed = rate.run(callers, call);
            double wall = System.nanoTime() - begin;
            double share = 100
                    * (ThisProcess.cpuNanos() - cpu)
                    / wall
                    / Runtime.getRuntime().availableProcessors();
            figures.addAll(fixed, "P6", "at 3,000 calls/s");
            figures.add(Figure.atLeast(
                    "P6",
                    "at 3,000 calls/s, answered a second",
                    fixed.successes() / (wall / 1e9),
                    "calls/s",
                    0.99 * PER_SECOND));
            figures.add(Figure.atMost("P6", "at 3,000 calls/s, share of all processors", share, "%", 80));

            begin = System.nanoTime();
            Latencies most = new FixedConcurrency(CALLERS, length).run(callers, call);
            double seconds = (System.nanoTime() - begin) / 1e9;
            figures.addAll(most, "P6", CALLERS + " callers");
            figures.add(Figure.told("P6", CALLERS + " callers, calls a second", most.successes() / seconds, "calls/s"));
            figures.add(Figure.atMost(
                    "P6", "most memory resident", ThisProcess.mostResidentBytes() / MEBIBYTE, "MiB", 256));
            callers.shutdown();
        }
    }
}
