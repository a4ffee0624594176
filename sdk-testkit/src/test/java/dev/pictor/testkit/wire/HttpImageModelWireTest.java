package dev.pictor.testkit.wire;

import dev.pictor.model.ImageModelAdapter;
import dev.pictor.testkit.HttpImageModel;
import java.net.URI;

/** {@link HttpImageModel} does what every adapter over a network does. */
class HttpImageModelWireTest extends WireImageModelAdapterContract {

    @Override
    public ImageWire wire() {
        return OpenAiWire.images();
    }

    @Override
    public ImageModelAdapter adapter(URI server, String key) {
        return HttpImageModel.to(server).apiKey(key);
    }
}
