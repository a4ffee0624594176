package dev.pictor.adapter.openai;

import dev.pictor.model.EmbeddingModelAdapter;
import dev.pictor.testkit.wire.EmbeddingWire;
import dev.pictor.testkit.wire.OpenAiWire;
import dev.pictor.testkit.wire.WireEmbeddingModelAdapterContract;
import java.net.URI;

class OpenAiEmbeddingContractTest extends WireEmbeddingModelAdapterContract {

    @Override
    public EmbeddingWire wire() {
        return OpenAiWire.embeddingsInBase64(4);
    }

    @Override
    public EmbeddingModelAdapter adapter(URI server, String key) {
        return OpenAiEmbeddingAdapter.builder(key)
                .baseUrl(server.resolve("/v1"))
                .dimensions(4)
                .build();
    }
}
