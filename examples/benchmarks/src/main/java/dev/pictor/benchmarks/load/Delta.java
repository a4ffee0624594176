package dev.pictor.benchmarks.load;

import dev.pictor.benchmarks.NoOpModel;
import dev.pictor.benchmarks.OpenRun;
import dev.pictor.benchmarks.ProviderProcess;
import dev.pictor.benchmarks.peers.BareClient;
import dev.pictor.gateway.cache.SingleFlight;
import dev.pictor.model.ImageRequest;
import dev.pictor.testkit.HttpImageModel;
import java.time.Duration;
import java.util.concurrent.ExecutorService;

/**
 * P3: what the gateway adds to a call over HTTP. The same calls at the same rate to the same provider, in turns: through
 * the JDK's client alone, through the adapter alone, through the gateway with everything on.
 */
final class Delta implements Scenario {

    private static final double PER_SECOND = 1_000;
    private static final int TURNS = 6;

    @Override
    public void run(Options options, Figures figures) throws Exception {
        double seconds = options.number("seconds", 60);
        Duration turn = Duration.ofMillis((long) (seconds * 1_000 / TURNS));
        FixedRate rate = new FixedRate(PER_SECOND, turn);
        Latencies bare = new Latencies(TURNS * rate.calls());
        Latencies adapter = new Latencies(TURNS * rate.calls());
        Latencies gateway = new Latencies(TURNS * rate.calls());
        Latencies handedOver = new Latencies(TURNS * rate.calls());
        try (ProviderProcess provider = ProviderProcess.start();
                HttpGateway through = new HttpGateway(provider.uri(), SingleFlight.Mode.ON_CALLERS_THREAD);
                HttpGateway shared = new HttpGateway(provider.uri(), SingleFlight.Mode.ON_OWN_THREAD);
                HttpImageModel model = HttpImageModel.to(provider.uri()).profile(NoOpModel.profile("cheap", "0.020"));
                OpenRun run = OpenRun.start()) {
            ExecutorService callers = Callers.open(64);
            BareClient client = new BareClient(provider.uri());
            Call byClient = number -> keep(client.draw("a lamp, number " + number).length);
            Call byAdapter = number -> keep(model.generate(
                            ImageRequest.builder("a lamp, number " + number).build(), run.context())
                    .images()
                    .size());
            int[] turnNumber = {0};
            Call byGateway = number -> keep(through.draw("a lamp, turn " + turnNumber[0] + ", number " + number)
                    .images()
                    .size());
            Call byShared = number -> keep(shared.draw("a lamp, turn " + turnNumber[0] + ", number " + number)
                    .images()
                    .size());
            FixedRate warmUp = new FixedRate(PER_SECOND, turn);
            warmUp.run(callers, byClient);
            warmUp.run(callers, byAdapter);
            warmUp.run(callers, byGateway);
            warmUp.run(callers, byShared);
            for (turnNumber[0] = 1; turnNumber[0] <= TURNS; turnNumber[0]++) {
                rate.run(callers, byClient, bare);
                rate.run(callers, byAdapter, adapter);
                rate.run(callers, byGateway, gateway);
                rate.run(callers, byShared, handedOver);
            }
            callers.shutdown();
        }
        figures.addAll(bare, "P3", "JDK client alone, 1,000 calls/s");
        figures.addAll(adapter, "P3", "adapter alone, 1,000 calls/s");
        figures.addAll(gateway, "P3", "gateway, 1,000 calls/s");
        figures.addAll(handedOver, "P3", "gateway with calls on threads of their own, 1,000 calls/s");
        double p50 = gateway.micros(0.5);
        double p99 = gateway.micros(0.99);
        figures.add(Figure.atMost("P3", "gateway less JDK client, p50", p50 - bare.micros(0.5), "us", 25));
        figures.add(Figure.atMost("P3", "gateway less JDK client, p99", p99 - bare.micros(0.99), "us", 200));
        figures.add(Figure.told("P3", "gateway less adapter, p50", p50 - adapter.micros(0.5), "us"));
        figures.add(Figure.told(
                "P3",
                "gateway with calls on threads of their own less JDK client, p50",
                handedOver.micros(0.5) - bare.micros(0.5),
                "us"));
        figures.add(Figure.told("P3", "gateway less adapter, p99", p99 - adapter.micros(0.99), "us"));
        figures.add(Figure.atMost("P3", "gateway, failed", gateway.failures(), "calls", 0));
    }

    private static void keep(int count) {
        if (count == 0) {
            throw new IllegalStateException("an answer without a picture");
        }
    }
}
