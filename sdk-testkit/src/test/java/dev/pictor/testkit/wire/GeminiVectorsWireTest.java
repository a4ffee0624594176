package dev.pictor.testkit.wire;

import dev.pictor.model.EmbeddingModelAdapter;
import java.net.URI;

class GeminiVectorsWireTest extends WireEmbeddingModelAdapterContract {

    @Override
    public EmbeddingWire wire() {
        return GeminiWire.embeddings(3);
    }

    @Override
    public EmbeddingModelAdapter adapter(URI server, String key) {
        return new VectorModel(server, key);
    }
}
