package dev.pictor.benchmarks.load;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.benchmarks.Gateways;
import dev.pictor.benchmarks.NoOpModel;
import dev.pictor.benchmarks.OpenRun;
import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.cache.SingleFlight;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.testkit.HttpImageModel;
import java.net.URI;

/** A gateway with everything on, to two models of one provider, and the run that its calls are in. Thread-safe. */
final class HttpGateway implements AutoCloseable {

    private final HttpImageModel dear;
    private final HttpImageModel cheap;
    private final Gateway gateway;
    private final OpenRun run;

    HttpGateway(URI provider, SingleFlight.Mode sharing) throws InterruptedException {
        dear = HttpImageModel.to(provider).profile(NoOpModel.profile("dear", "0.040"));
        cheap = HttpImageModel.to(provider).profile(NoOpModel.profile("cheap", "0.020"));
        gateway = Gateways.everythingOn(dear, cheap).singleFlight(sharing).build();
        run = OpenRun.start();
    }

    /** Draws what was not drawn before. */
    @CanIgnoreReturnValue
    ImageResult draw(String prompt) throws InterruptedException {
        return gateway.generate(run.context(), ImageRequest.builder(prompt).build())
                .result();
    }

    @Override
    public void close() {
        gateway.close();
        run.close();
        dear.close();
        cheap.close();
    }
}
