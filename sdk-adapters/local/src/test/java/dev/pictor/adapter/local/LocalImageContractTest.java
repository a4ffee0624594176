package dev.pictor.adapter.local;

import dev.pictor.image.ImageBytes;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ImageRequest;
import dev.pictor.testkit.FaultAnswer;
import dev.pictor.testkit.RemoteImageModelAdapterContract;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;

class LocalImageContractTest extends RemoteImageModelAdapterContract {

    private final Bench bench = Bench.of(LocalServer.openAi("sk-made-up"));
    private final LocalImageAdapter adapter = bench.local.images(
            bench.local.imageProfile("gpt-image-2").toBuilder().maxCount(1).build());

    @AfterEach
    void close() {
        bench.close();
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
            bench.answering(200, Bench.pictures(Bench.png(8, 6)));
        }
    }

    @Override
    protected void stall() {
        bench.server.enqueue(FaultAnswer.stall());
    }

    @Override
    protected void awaitStalled(Duration within) throws InterruptedException {
        bench.server.takeRequest(within);
    }

    @Override
    protected void awaitReleased(Duration within) throws InterruptedException {
        bench.server.awaitClientClosed(1, within);
    }
}
