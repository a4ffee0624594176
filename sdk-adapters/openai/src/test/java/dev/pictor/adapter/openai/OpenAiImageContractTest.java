package dev.pictor.adapter.openai;

import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ImageRequest;
import dev.pictor.testkit.FakeProvider;
import dev.pictor.testkit.Fault;
import dev.pictor.testkit.RemoteImageModelAdapterContract;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

class OpenAiImageContractTest extends RemoteImageModelAdapterContract {

    private final FakeProvider provider = FakeProvider.start();
    private final OpenAiImageAdapter adapter = OpenAiImageAdapter.builder("test-key")
            .baseUrl(provider.uri().resolve("/v1"))
            .build();

    @AfterEach
    void close() {
        adapter.close();
        provider.close();
    }

    @Override
    protected ImageModelAdapter adapter() {
        return adapter;
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
