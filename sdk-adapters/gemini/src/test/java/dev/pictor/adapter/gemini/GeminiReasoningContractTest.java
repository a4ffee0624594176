package dev.pictor.adapter.gemini;

import dev.pictor.model.ReasoningModelAdapter;
import dev.pictor.testkit.wire.GeminiWire;
import dev.pictor.testkit.wire.ReasoningWire;
import dev.pictor.testkit.wire.WireReasoningModelAdapterContract;
import java.net.URI;

class GeminiReasoningContractTest extends WireReasoningModelAdapterContract {

    @Override
    public ReasoningWire wire() {
        return GeminiWire.reasoning();
    }

    @Override
    public ReasoningModelAdapter adapter(URI server, String key) {
        return GeminiReasoningAdapter.builder(key).baseUrl(server).build();
    }
}
