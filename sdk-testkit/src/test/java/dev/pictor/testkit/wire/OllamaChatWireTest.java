package dev.pictor.testkit.wire;

import dev.pictor.model.ReasoningModelAdapter;
import java.net.URI;

class OllamaChatWireTest extends WireReasoningModelAdapterContract {

    @Override
    public ReasoningWire wire() {
        return OpenAiWire.ollamaChat();
    }

    @Override
    public ReasoningModelAdapter adapter(URI server, String key) {
        return new ChatModel(server, key);
    }
}
