package dev.pictor.testkit;

import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ImageRequest;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

/** {@link HttpImageModel} is an adapter like every other. */
class HttpImageModelContractTest extends RemoteImageModelAdapterContract {

    private final FakeProvider provider = FakeProvider.start();
    private final HttpImageModel model = HttpImageModel.to(provider.uri());

    @AfterEach
    void close() {
        model.close();
        provider.close();
    }

    @Override
    protected ImageModelAdapter adapter() {
        return model;
    }

    @Override
    protected ImageRequest request() {
        return ImageRequest.builder("a brass lamp").build();
    }

    @Override
    protected void stall() {
        provider.enqueue(Fault.stall());
    }

    @Override
    protected void awaitStalled(Duration within) throws InterruptedException {
        provider.awaitRequests(1, within);
    }

    @Override
    protected void awaitReleased(Duration within) throws InterruptedException {
        provider.awaitAbandoned(1, within);
    }
}
