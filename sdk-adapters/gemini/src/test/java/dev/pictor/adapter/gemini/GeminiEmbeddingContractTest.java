package dev.pictor.adapter.gemini;

import dev.pictor.model.EmbeddingModelAdapter;
import dev.pictor.testkit.wire.EmbeddingWire;
import dev.pictor.testkit.wire.GeminiWire;
import dev.pictor.testkit.wire.WireEmbeddingModelAdapterContract;
import java.net.URI;

class GeminiEmbeddingContractTest extends WireEmbeddingModelAdapterContract {

    @Override
    public EmbeddingWire wire() {
        return GeminiWire.embeddings(8);
    }

    @Override
    public EmbeddingModelAdapter adapter(URI server, String key) {
        return GeminiEmbeddingAdapter.builder(key).dimensions(8).baseUrl(server).build();
    }
}
