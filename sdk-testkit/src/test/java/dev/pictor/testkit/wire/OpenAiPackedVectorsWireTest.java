package dev.pictor.testkit.wire;

import dev.pictor.model.EmbeddingModelAdapter;
import java.net.URI;

class OpenAiPackedVectorsWireTest extends WireEmbeddingModelAdapterContract {

    @Override
    public EmbeddingWire wire() {
        return OpenAiWire.embeddingsInBase64(3);
    }

    @Override
    public EmbeddingModelAdapter adapter(URI server, String key) {
        return new VectorModel(server, key);
    }
}
