package dev.pictor.adapter.openai;

import dev.pictor.model.ReasoningModelAdapter;
import dev.pictor.testkit.wire.OpenAiWire;
import dev.pictor.testkit.wire.ReasoningWire;
import dev.pictor.testkit.wire.WireReasoningModelAdapterContract;
import java.net.URI;

class OpenAiChatContractTest extends WireReasoningModelAdapterContract {

    @Override
    public ReasoningWire wire() {
        return OpenAiWire.chat();
    }

    @Override
    public ReasoningModelAdapter adapter(URI server, String key) {
        return OpenAiReasoningAdapter.builder(key)
                .baseUrl(server.resolve("/v1"))
                .api(OpenAiApi.CHAT_COMPLETIONS)
                .build();
    }
}
