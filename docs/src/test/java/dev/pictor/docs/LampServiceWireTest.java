package dev.pictor.docs;

import dev.pictor.model.ImageModelAdapter;
import dev.pictor.testkit.HttpImageModel;
import dev.pictor.testkit.wire.ImageWire;
import dev.pictor.testkit.wire.OpenAiWire;
import dev.pictor.testkit.wire.WireImageModelAdapterContract;
import java.net.URI;

// @start region="wire"
class LampServiceWireTest extends WireImageModelAdapterContract {

    @Override
    public ImageWire wire() {
        return OpenAiWire.images();
    }

    @Override
    public ImageModelAdapter adapter(URI server, String key) {
        return HttpImageModel.to(server).apiKey(key);
    }
}
// @end
