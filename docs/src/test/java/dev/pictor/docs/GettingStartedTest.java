package dev.pictor.docs;

import static dev.pictor.pipeline.Needs.needs;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.Pictor;
import dev.pictor.adapter.embedded.ProceduralPainter;
import dev.pictor.adapter.embedded.RuleBasedReasoner;
import dev.pictor.adapter.gemini.GeminiImageAdapter;
import dev.pictor.generation.GeneratedImages;
import dev.pictor.generation.GenerationRequest;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.PixelSize;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ModelException;
import dev.pictor.pipeline.DeadlineExceededException;
import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.pipeline.RunResult;
import dev.pictor.pipeline.StageKey;
import dev.pictor.prompts.PromptRegistry;
import dev.pictor.prompts.PromptSource;
import dev.pictor.trace.DirectoryRunStore;
import dev.pictor.trace.RunRecord;
import dev.pictor.trace.RunReport;
import dev.pictor.trace.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/getting-started.md. */
class GettingStartedTest {

    @TempDir
    Path folder;

    @Test
    void request() {
        try (Pictor pictor = Pictor.builder(new ProceduralPainter())
                .reasoningModel(new RuleBasedReasoner())
                .build()) {
            // @start region="request"
            GenerationRequest request = GenerationRequest.builder("flowchart of an order process")
                    .size(new PixelSize(640, 360))
                    .seed(7)
                    .build();
            RunOptions options = RunOptions.builder()
                    .tenant("acme")
                    .user("u-17")
                    .deadline(Duration.ofSeconds(45))
                    .build();
            GeneratedImages result = pictor.images().generate(request, options);
            // @end
            assertThat(result.first().size()).isEqualTo(new PixelSize(640, 360));
        }
    }

    @Test
    void store() {
        RunRecord record;
        // @start region="store"
        try (DirectoryRunStore store = DirectoryRunStore.open(folder.resolve("store"));
                Pictor pictor = Pictor.builder(new ProceduralPainter())
                        .reasoningModel(new RuleBasedReasoner())
                        .store(store)
                        .build()) {
            GeneratedImages result = pictor.images().generate("a red chair");
            record = store.find(result.runId()).orElseThrow();
            RunReport.of(record, store).writeTo(folder.resolve("report.html"));
        }
        // @end
        assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(folder.resolve("report.html"))
                .content()
                .contains(record.runId().value());
    }

    @Test
    void gemini() {
        String apiKey = "AIza-made-up";
        // @start region="gemini"
        try (GeminiImageAdapter gemini = GeminiImageAdapter.builder(apiKey).build();
                Pictor pictor = Pictor.builder(gemini)
                        .reasoningModel(new RuleBasedReasoner())
                        .build()) {
            assertThat(pictor.images()).isNotNull();
        }
        // @end
    }

    @Test
    void prompts() throws IOException {
        Path prompts = Files.createDirectories(folder.resolve("generation"));
        Files.writeString(prompts.resolve("enhance.products.prompt"), "{{wish}}, on our grey studio sweep");
        // @start region="prompts"
        PromptRegistry registry = PromptRegistry.of(PromptSource.ofDirectory(folder), PromptSource.builtIn());
        try (Pictor pictor = Pictor.builder(new ProceduralPainter())
                .reasoningModel(new RuleBasedReasoner())
                .prompts(registry)
                .build()) {
            GeneratedImages mug = pictor.images().generate("product photo of a ceramic mug");
            assertThat(mug.enhancedPrompt()).endsWith("on our grey studio sweep");
        }
        // @end
    }

    @Test
    void pipeline() {
        try (Pictor pictor = Pictor.builder(new FlatColourAdapter()).build()) {
            // @start region="pipeline"
            StageKey<List<String>> moods = StageKey.listOf("moods", String.class);
            StageKey<List<ImageBytes>> swatches = StageKey.listOf("swatches", ImageBytes.class);

            Pipeline<String, List<ImageBytes>> pipeline = Pipeline.named("swatches", String.class)
                    .stage(moods, (run, colour) -> List.of("pale " + colour, "deep " + colour, "dusty " + colour))
                    .forEach(
                            swatches,
                            needs(moods),
                            2,
                            (run, colour, mood) -> pictor.gateway()
                                    .generate(run, ImageRequest.builder(mood).build())
                                    .result()
                                    .images()
                                    .get(0))
                    .weight(10)
                    .returning(swatches);

            RunResult<List<ImageBytes>> result = pictor.runner().run(pipeline, "green");
            // @end
            assertThat(result.value()).hasSize(3);
        }
    }

    @Test
    void failures() {
        String said = "";
        try (Pictor pictor = Pictor.builder(new FlatColourAdapter()).build()) {
            // @start region="failures"
            try {
                GeneratedImages result = pictor.images()
                        .generate(GenerationRequest.builder("a quiet blue")
                                .size(new PixelSize(4096, 4096))
                                .build());
                said = result.model();
            } catch (ModelException e) {
                said = switch (e.reason()) {
                    case RATE_LIMITED, UNAVAILABLE, TIMED_OUT -> "try again later";
                    case BLOCKED_BY_POLICY -> "ask for something else";
                    case INVALID_REQUEST -> "the request cannot be served: " + e.billed();
                    default -> e.getMessage();
                };
            } catch (DeadlineExceededException e) {
                said = "took longer than " + e.deadline();
            }
            // @end
        }
        assertThat(said).isEqualTo("the request cannot be served: NOT_SENT");
    }
}
