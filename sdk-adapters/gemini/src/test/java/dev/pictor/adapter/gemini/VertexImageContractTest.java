package dev.pictor.adapter.gemini;

import dev.pictor.model.ImageModelAdapter;
import dev.pictor.testkit.wire.GeminiWire;
import dev.pictor.testkit.wire.ImageWire;
import dev.pictor.testkit.wire.WireImageModelAdapterContract;
import java.net.URI;

class VertexImageContractTest extends WireImageModelAdapterContract {

    @Override
    public ImageWire wire() {
        return GeminiWire.images();
    }

    @Override
    public ImageModelAdapter adapter(URI server, String key) {
        return GeminiImageAdapter.vertex("acme", "global", () -> key)
                .baseUrl(server)
                .build();
    }
}
