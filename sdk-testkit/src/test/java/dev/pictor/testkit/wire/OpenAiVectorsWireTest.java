package dev.pictor.testkit.wire;

import dev.pictor.model.EmbeddingModelAdapter;
import java.net.URI;

class OpenAiVectorsWireTest extends WireEmbeddingModelAdapterContract {

    @Override
    public EmbeddingWire wire() {
        return OpenAiWire.embeddings(3);
    }

    @Override
    public EmbeddingModelAdapter adapter(URI server, String key) {
        return new VectorModel(server, key);
    }
}
