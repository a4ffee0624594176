package dev.pictor.benchmarks.load;

import dev.pictor.benchmarks.Gateways;
import dev.pictor.benchmarks.NoOpModel;
import dev.pictor.benchmarks.OpenRun;
import dev.pictor.benchmarks.ProviderProcess;
import dev.pictor.gateway.CallOptions;
import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.cache.CacheSettings;
import dev.pictor.model.ImageRequest;
import dev.pictor.testkit.HttpImageModel;
import java.util.Locale;
import java.util.Set;

/**
 * P14: a million calls through one gateway, each with another prompt; every hundredth goes over HTTP, so that sockets
 * would leak too. The cache is small and full before the first measurement.
 */
final class MillionCalls implements Scenario {

    private static final int CALLS = 1_000_000;
    private static final int SHARE_OVER_HTTP = 100;
    private static final long CACHE_BYTES = 1 << 20;

    @Override
    public void run(Options options, Figures figures) throws Exception {
        int calls = (int) options.number("calls", CALLS);
        try (ProviderProcess provider = ProviderProcess.start();
                HttpImageModel http = HttpImageModel.to(provider.uri()).profile(NoOpModel.profile("http", "0.000001"));
                OpenRun run = OpenRun.start();
                Gateway gateway = Gateways.everythingOn(NoOpModel.create("no-op", "0.000001"), http)
                        .cache(CacheSettings.builder().maxBytes(CACHE_BYTES).build())
                        .build()) {
            int warmUp = calls / 10;
            draw(gateway, run, 0, warmUp);
            long heap = ThisProcess.heapAfterCollection();
            int threads = ThisProcess.threads();
            Set<String> names = ThisProcess.threadNames();
            long sockets = ThisProcess.sockets();
            draw(gateway, run, warmUp, calls);
            long after = ThisProcess.heapAfterCollection();
            String what = String.format(Locale.ROOT, "after %,d calls, ", calls);
            Set<String> more = ThisProcess.threadNames();
            more.removeAll(names);
            System.err.println("new threads: " + more);
            figures.add(Figure.told("P14", what + "heap before", heap / 1e6, "MB"));
            figures.add(Figure.atMost("P14", what + "heap more than before", 100.0 * (after - heap) / heap, "%", 5));
            figures.add(Figure.atMost(
                    "P14",
                    what + "threads more than before",
                    ThisProcess.left(threads, ThisProcess::threads),
                    "threads",
                    0));
            figures.add(Figure.atMost(
                    "P14",
                    what + "sockets more than before",
                    ThisProcess.left(sockets, ThisProcess::sockets),
                    "sockets",
                    0));
        }
    }

    private static void draw(Gateway gateway, OpenRun run, int from, int count) throws InterruptedException {
        CallOptions here = CallOptions.builder().forceModel("no-op").build();
        CallOptions over = CallOptions.builder().forceModel("http").build();
        for (int i = from; i < from + count; i++) {
            ImageRequest request = ImageRequest.builder("a lamp, number " + i).build();
            CallOptions to = i % SHARE_OVER_HTTP == 0 ? over : here;
            if (gateway.generate(run.context(), request, to).result().images().isEmpty()) {
                throw new IllegalStateException("an answer without a picture");
            }
        }
    }
}
