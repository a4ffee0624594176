package dev.pictor.benchmarks.peers;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import org.springframework.ai.image.ImageGeneration;
import org.springframework.ai.image.ImagePrompt;
import org.springframework.ai.openai.OpenAiImageModel;
import org.springframework.ai.openai.OpenAiImageOptions;

/** The image call through Spring AI's model for OpenAI, with retries off and nobody observing. Thread-safe. */
public final class SpringAiClient {

    private final OpenAiImageOptions options;
    private final OpenAiImageModel model;

    /** Sends to the image API of a server. */
    public SpringAiClient(URI server) {
        OpenAiImageOptions.Builder builder = OpenAiImageOptions.builder();
        builder.baseUrl(server.resolve("/v1").toString());
        builder.apiKey("none");
        builder.model("http-image-model");
        builder.timeout(Duration.ofSeconds(60));
        builder.maxRetries(0);
        options = builder.n(1).build();
        model = OpenAiImageModel.builder().options(options).build();
    }

    /** Draws, and returns the bytes of the picture: Spring AI hands out text in Base64. */
    public byte[] draw(String prompt) {
        ImageGeneration drawn = model.call(new ImagePrompt(prompt, options)).getResult();
        String picture = drawn == null ? null : drawn.getOutput().getB64Json();
        return Base64.getDecoder().decode(requireNonNull(picture, "an answer without a picture"));
    }
}
