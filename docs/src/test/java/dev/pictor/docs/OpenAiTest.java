package dev.pictor.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.Pictor;
import dev.pictor.adapter.openai.OpenAiImageAdapter;
import dev.pictor.adapter.openai.OpenAiReasoningAdapter;
import dev.pictor.generation.GeneratedImages;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.testkit.FaultAnswer;
import dev.pictor.testkit.FaultServer;
import dev.pictor.testkit.TestCallContext;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** The code of docs/adapters/openai.md. */
class OpenAiTest {

    private static final String PIXEL =
            "iVBORw0KGgoAAAANSUhEUgAAAEAAAABAAQAAAACCEkxzAAAAD0lEQVR42mNgGAWjgHwAAAJAAAHgTR1EAAAAAElFTkSuQmCC";
    private static final String WISH =
            "{\\\"subject\\\":\\\"brass lamp\\\",\\\"facts\\\":[],\\\"colours\\\":[],\\\"mood\\\":null,\\\"purpose\\\":null,\\\"reasoning\\\":\\\"it says so\\\","
                    + "\\\"domain\\\":\\\"products\\\",\\\"style\\\":\\\"ecommerce\\\",\\\"questions\\\":[],\\\"suggestion\\\":null,\\\"confidence\\\":0.9}";

    private final String apiKey = "sk-made-up";

    @Test
    void drawing() {
        try (FaultServer answers = FaultServer.start()) {
            answers.enqueue(
                    FaultAnswer.json(
                            200,
                            "{\"output\":[{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\""
                                    + WISH + "\"}]}]}"),
                    FaultAnswer.json(200, "{\"data\":[{\"b64_json\":\"" + PIXEL + "\"}]}"));
            URI address = answers.uri().resolve("/v1");
            // @start region="drawing"
            try (OpenAiImageAdapter painter = OpenAiImageAdapter.builder(apiKey)
                            .model("gpt-image-2.6-flare")
                            .baseUrl(address)
                            .build();
                    OpenAiReasoningAdapter reader = OpenAiReasoningAdapter.builder(apiKey)
                            .model("fast")
                            .baseUrl(address)
                            .build();
                    Pictor pictor =
                            Pictor.builder(painter).reasoningModel(reader).build()) {
                GeneratedImages lamp = pictor.images().generate("a brass lamp");
                assertThat(lamp.model()).isEqualTo("gpt-image-2.6-flare");
            }
            // @end
            assertThat(answers.requests())
                    .extracting(request -> request.path())
                    .containsExactly("/v1/responses", "/v1/images/generations");
        }
    }

    @Test
    void goingOn() throws InterruptedException {
        String turn =
                "{\"id\":\"resp_1\",\"output\":[{\"type\":\"image_generation_call\",\"status\":\"completed\",\"result\":\""
                        + PIXEL + "\"}]}";
        try (FaultServer answers = FaultServer.start();
                TestCallContext call = TestCallContext.unbounded();
                OpenAiImageAdapter painter = OpenAiImageAdapter.builder(apiKey)
                        .baseUrl(answers.uri().resolve("/v1"))
                        .build()) {
            answers.enqueue(FaultAnswer.json(200, turn), FaultAnswer.json(200, turn));
            // @start region="going-on"
            ImageRequest lamp =
                    ImageRequest.builder("a brass lamp").continuable(true).build();
            ImageResult first = painter.generate(lamp, call);
            ImageRequest night = ImageRequest.builder("now at night")
                    .continuation(first.continuation())
                    .build();
            ImageResult second = painter.generate(night, call);
            // @end
            assertThat(second.images()).hasSize(1);
            assertThat(answers.requests().get(1).bodyText()).contains("\"previous_response_id\":\"resp_1\"");
        }
    }
}
