package dev.pictor.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.Pictor;
import dev.pictor.adapter.gemini.GeminiImageAdapter;
import dev.pictor.adapter.gemini.GeminiModels;
import dev.pictor.adapter.gemini.GeminiReasoningAdapter;
import dev.pictor.adapter.gemini.ImagenAdapter;
import dev.pictor.gateway.routing.Candidate;
import dev.pictor.generation.GeneratedImages;
import dev.pictor.model.CallContext;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.testkit.FaultAnswer;
import dev.pictor.testkit.FaultServer;
import dev.pictor.testkit.TestCallContext;
import dev.pictor.testkit.wire.GeminiWire;
import dev.pictor.testkit.wire.VertexImagenWire;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The code of docs/adapters/gemini.md, and its table of models, which is that of the catalogues. */
class GeminiGuideTest {

    private final FaultServer answers = FaultServer.start();
    private final URI address = answers.uri();
    private final String apiKey = "made-up";

    @AfterEach
    void close() {
        answers.close();
    }

    @Test
    void both() {
        answers.enqueue(
                GeminiWire.reasoning()
                        .text(
                                "{\"subject\": \"garden\", \"facts\": [], \"colours\": [], \"mood\": null, \"purpose\": null, \"reasoning\": \"it says so\", \"domain\": \"art\", \"style\": \"impressionist\", \"questions\": [], \"suggestion\": null, \"confidence\": 0.9}"),
                GeminiWire.images().success());
        // @start region="both"
        try (GeminiImageAdapter painter = GeminiImageAdapter.builder(apiKey)
                        .model("best")
                        .baseUrl(address)
                        .build();
                GeminiReasoningAdapter reader = GeminiReasoningAdapter.builder(apiKey)
                        .model("fast")
                        .baseUrl(address)
                        .build();
                Pictor pictor = Pictor.builder(painter).reasoningModel(reader).build()) {
            GeneratedImages garden = pictor.images().generate("a garden like in a dream");
            assertThat(garden.first().byteCount()).isPositive();
        }
        // @end
        assertThat(answers.requestCount()).isEqualTo(2);
    }

    @Test
    void goingOn() throws InterruptedException {
        answers.enqueue(GeminiWire.images().success(), GeminiWire.images().success());
        try (GeminiImageAdapter gemini =
                        GeminiImageAdapter.builder(apiKey).baseUrl(address).build();
                TestCallContext call = TestCallContext.unbounded()) {
            assertThat(changed(gemini, call).images()).hasSize(1);
        }
        assertThat(answers.requests().get(1).bodyText()).contains("a brass lamp", "make it silver");
    }

    private static ImageResult changed(GeminiImageAdapter gemini, CallContext call) throws InterruptedException {
        // @start region="going-on"
        ImageResult lamp = gemini.generate(
                ImageRequest.builder("a brass lamp").continuable(true).build(), call);
        ImageResult silver = gemini.generate(
                ImageRequest.builder("make it silver")
                        .continuation(lamp.continuation())
                        .build(),
                call);
        // @end
        return silver;
    }

    @Test
    void vertex() throws InterruptedException {
        answers.enqueue(new VertexImagenWire().success());
        Supplier<String> accessToken = () -> "ya29.made-up";
        // @start region="vertex"
        GeminiImageAdapter gemini = GeminiImageAdapter.vertex("my-project", "europe-west4", accessToken)
                .model("best")
                .build();
        ImagenAdapter imagen = ImagenAdapter.builder("my-project", "us-central1", accessToken)
                .model("fast")
                .baseUrl(address)
                .build();
        // @end
        try (gemini;
                imagen;
                TestCallContext call = TestCallContext.unbounded()) {
            assertThat(gemini.profile().provider()).isEqualTo("gcp.vertex_ai");
            assertThat(imagen.generate(ImageRequest.builder("a brass lamp").build(), call)
                            .images())
                    .hasSize(1);
        }
    }

    @Test
    void probe() throws Exception {
        answers.enqueue(FaultAnswer.json(200, "{\"name\": \"models/gemini-nano-banana-2.1\"}"));
        try (GeminiImageAdapter gemini =
                        GeminiImageAdapter.builder(apiKey).baseUrl(address).build();
                TestCallContext call = TestCallContext.unbounded()) {
            // @start region="probe"
            boolean up = gemini.probe().isUp(Candidate.of(gemini.profile()), call);
            // @end
            assertThat(up).isTrue();
        }
    }

    @Test
    void theGuideNamesEveryModelAndTheNamesThatItAnswersTo() throws IOException {
        String guide = Files.readString(Path.of("adapters", "gemini.md"));
        List<String> rows = Stream.of(GeminiModels.catalogue(), GeminiModels.imagen())
                .flatMap(catalogue -> catalogue.models().stream())
                .map(model -> "| `" + model.profile().id() + "` | "
                        + model.kind().name().toLowerCase(Locale.ROOT) + " | "
                        + String.join(
                                ", ",
                                model.tiers().stream()
                                        .map(tier -> tier.name().toLowerCase(Locale.ROOT))
                                        .toList())
                        + " | "
                        + String.join(
                                ", ",
                                Stream.concat(
                                                model.profile().aliases().stream(),
                                                model.replaces().stream().map(old -> old.id()))
                                        .map(name -> "`" + name + "`")
                                        .toList())
                        + " | "
                        + model.profile().retiresOn().map(Object::toString).orElse("") + " |")
                .toList();
        assertThat(guide).contains(String.join("\n", rows));
    }
}
