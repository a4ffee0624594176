package dev.pictor.adapter.gemini;

import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ImageRequest;
import dev.pictor.testkit.FaultAnswer;
import dev.pictor.testkit.FaultServer;
import dev.pictor.testkit.RemoteImageModelAdapterContract;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

class GeminiContractTest extends RemoteImageModelAdapterContract {

    private final FaultServer server = FaultServer.start();
    private final GeminiImageAdapter adapter =
            GeminiImageAdapter.builder("test-key").baseUrl(server.uri()).build();

    @AfterEach
    void close() {
        adapter.close();
        server.close();
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
    protected void prepare(int calls) {
        for (int i = 0; i < calls; i++) {
            server.enqueue(FaultAnswer.json(200, Answers.success()));
        }
    }

    @Override
    protected void stall() {
        server.enqueue(FaultAnswer.stall());
    }

    @Override
    protected void awaitStalled(Duration within) throws InterruptedException {
        server.takeRequest(within);
    }

    @Override
    protected void awaitReleased(Duration within) throws InterruptedException {
        server.awaitClientClosed(1, within);
    }
}
