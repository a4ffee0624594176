package dev.pictor.testkit.wire;

import dev.pictor.model.ReasoningModelAdapter;
import java.net.URI;

class ChatWireTest extends WireReasoningModelAdapterContract {

    @Override
    public ReasoningWire wire() {
        return OpenAiWire.chat();
    }

    @Override
    public ReasoningModelAdapter adapter(URI server, String key) {
        return new ChatModel(server, key);
    }
}
