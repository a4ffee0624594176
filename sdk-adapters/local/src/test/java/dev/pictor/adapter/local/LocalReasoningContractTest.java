package dev.pictor.adapter.local;

import dev.pictor.model.CallContext;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.ReasoningModelAdapter;
import dev.pictor.model.ReasoningRequest;
import dev.pictor.model.ReasoningResult;
import dev.pictor.testkit.wire.OpenAiWire;
import dev.pictor.testkit.wire.ReasoningWire;
import dev.pictor.testkit.wire.WireReasoningModelAdapterContract;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** The same contract, in the words of three servers. */
class LocalReasoningContractTest {

    @Nested
    class OpenAi extends WireReasoningModelAdapterContract {

        @Override
        public ReasoningWire wire() {
            return OpenAiWire.chat();
        }

        @Override
        public ReasoningModelAdapter adapter(URI server, String key) {
            LocalServer openAi = LocalServer.openAi(key).baseUrl(server).build();
            return new WithServer(openAi, openAi.reasoning("gpt-5.4"));
        }
    }

    @Nested
    class Ollama extends WireReasoningModelAdapterContract {

        @Override
        public ReasoningWire wire() {
            return OpenAiWire.ollamaChat();
        }

        @Override
        public ReasoningModelAdapter adapter(URI server, String key) {
            LocalServer ollama =
                    LocalServer.ollama().baseUrl(server).apiKey(key).build();
            ModelProfile seeing = ollama.reasoningProfile("qwen3-vl:8b").toBuilder()
                    .readsPictures(true)
                    .build();
            return new WithServer(ollama, ollama.reasoning(seeing));
        }
    }

    @Nested
    class LmStudio extends WireReasoningModelAdapterContract {

        @Override
        public ReasoningWire wire() {
            return OpenAiWire.lmStudioChat();
        }

        @Override
        public ReasoningModelAdapter adapter(URI server, String key) {
            LocalServer lmStudio =
                    LocalServer.lmStudio().baseUrl(server).apiKey(key).build();
            return new WithServer(lmStudio, lmStudio.reasoning("chat-answers"));
        }
    }

    /** An adapter ends with its server. */
    private record WithServer(LocalServer server, ReasoningModelAdapter adapter)
            implements ReasoningModelAdapter, AutoCloseable {

        @Override
        public ModelProfile profile() {
            return adapter.profile();
        }

        @Override
        public List<OptionWarning> unsupported(ReasoningRequest request) {
            return adapter.unsupported(request);
        }

        @Override
        public ReasoningResult reason(ReasoningRequest request, CallContext call) throws InterruptedException {
            return adapter.reason(request, call);
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
