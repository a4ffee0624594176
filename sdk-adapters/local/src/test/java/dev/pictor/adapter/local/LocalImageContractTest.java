package dev.pictor.adapter.local;

import dev.pictor.model.CallContext;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.OptionWarning;
import dev.pictor.testkit.wire.ImageWire;
import dev.pictor.testkit.wire.OpenAiWire;
import dev.pictor.testkit.wire.WireImageModelAdapterContract;
import java.net.URI;
import java.util.List;

class LocalImageContractTest extends WireImageModelAdapterContract {

    @Override
    public ImageWire wire() {
        return OpenAiWire.images();
    }

    @Override
    public ImageModelAdapter adapter(URI server, String key) {
        LocalServer openAi = LocalServer.openAi(key).baseUrl(server).build();
        return new WithServer(openAi, openAi.images("gpt-image-2"));
    }

    /** An adapter ends with its server. */
    private record WithServer(LocalServer server, ImageModelAdapter adapter)
            implements ImageModelAdapter, AutoCloseable {

        @Override
        public ModelProfile profile() {
            return adapter.profile();
        }

        @Override
        public List<OptionWarning> unsupported(ImageRequest request) {
            return adapter.unsupported(request);
        }

        @Override
        public ImageResult generate(ImageRequest request, CallContext call) throws InterruptedException {
            return adapter.generate(request, call);
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
