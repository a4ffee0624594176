package dev.pictor.benchmarks.peers;

import dev.langchain4j.model.openai.OpenAiImageModel;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;

/** The image call through LangChain4j's model for OpenAI, with retries off and no logs. Thread-safe. */
public final class LangChain4jClient {

    private final OpenAiImageModel model;

    /** Sends to the image API of a server. */
    public LangChain4jClient(URI server) {
        model = OpenAiImageModel.builder()
                .baseUrl(server.resolve("/v1").toString())
                .apiKey("none")
                .modelName("http-image-model")
                .timeout(Duration.ofSeconds(60))
                .maxRetries(0)
                .build();
    }

    /** Draws, and returns the bytes of the picture: LangChain4j hands out text in Base64. */
    public byte[] draw(String prompt) {
        return Base64.getDecoder().decode(model.generate(prompt).content().base64Data());
    }
}
