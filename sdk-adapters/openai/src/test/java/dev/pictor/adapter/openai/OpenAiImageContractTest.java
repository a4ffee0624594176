package dev.pictor.adapter.openai;

import dev.pictor.model.ImageModelAdapter;
import dev.pictor.testkit.wire.ImageWire;
import dev.pictor.testkit.wire.OpenAiWire;
import dev.pictor.testkit.wire.WireImageModelAdapterContract;
import java.net.URI;

class OpenAiImageContractTest extends WireImageModelAdapterContract {

    @Override
    public ImageWire wire() {
        return OpenAiWire.images();
    }

    @Override
    public ImageModelAdapter adapter(URI server, String key) {
        return OpenAiImageAdapter.builder(key).baseUrl(server.resolve("/v1")).build();
    }
}
