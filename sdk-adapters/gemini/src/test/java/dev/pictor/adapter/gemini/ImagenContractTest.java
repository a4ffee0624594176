package dev.pictor.adapter.gemini;

import dev.pictor.model.ImageModelAdapter;
import dev.pictor.testkit.wire.ImageWire;
import dev.pictor.testkit.wire.VertexImagenWire;
import dev.pictor.testkit.wire.WireImageModelAdapterContract;
import java.net.URI;

class ImagenContractTest extends WireImageModelAdapterContract {

    @Override
    public ImageWire wire() {
        return new VertexImagenWire();
    }

    @Override
    public ImageModelAdapter adapter(URI server, String key) {
        return ImagenAdapter.builder("acme", "us-central1", () -> key)
                .baseUrl(server)
                .build();
    }
}
