package dev.pictor.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.StructuredAnswer;
import dev.pictor.gateway.StructuredRequest;
import dev.pictor.gateway.UnusableAnswerException;
import dev.pictor.image.ImageBytes;
import dev.pictor.model.Cost;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.MessagePart;
import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.RunContext;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.pipeline.StageKey;
import dev.pictor.prompts.AnswerProblem;
import dev.pictor.prompts.AnswerReading;
import dev.pictor.prompts.AnswerSchema;
import dev.pictor.prompts.PromptRegistry;
import dev.pictor.prompts.PromptSelection;
import dev.pictor.prompts.PromptSource;
import dev.pictor.prompts.RenderedPrompt;
import dev.pictor.testkit.FakeImageModel;
import dev.pictor.testkit.FakeReasoningModel;
import dev.pictor.testkit.TestCallContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The code of docs/answers.md. */
class AnswersGuideTest {

    private static final Logger LOG = LoggerFactory.getLogger(AnswersGuideTest.class);
    private static final StageKey<String> LOOK = StageKey.of("look", String.class);

    private final FakeReasoningModel model = FakeReasoningModel.create();
    private final Gateway gateway =
            Gateway.builder(FakeImageModel.create()).reasoningModel(model).build();

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("thing.prompt"), """
                ---
                output:
                  schema:
                    name: string
                    colour?: string
                    materials(array): string
                ---
                What is this? {{section "photo"}}""");
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    private RenderedPrompt prompt() {
        return PromptRegistry.of(PromptSource.ofDirectory(folder))
                .resolve("thing", PromptSelection.none())
                .render(Map.of());
    }

    private interface Work {
        Object in(RunContext run) throws Exception;
    }

    private static String inRun(Work work) {
        try (PipelineRunner runner = PipelineRunner.builder().build()) {
            return runner.run(
                            Pipeline.named("look", String.class)
                                    .stage(LOOK, (run, input) -> String.valueOf(work.in(run)))
                                    .returning(LOOK),
                            "",
                            RunOptions.ofDefaults())
                    .value();
        }
    }

    private static ImageBytes photo() throws InterruptedException {
        try (TestCallContext call = TestCallContext.unbounded()) {
            return FakeImageModel.create()
                    .generate(ImageRequest.builder("a lamp").build(), call)
                    .images()
                    .get(0);
        }
    }

    @Test
    void ask() throws InterruptedException {
        model.thenReturn("{\"name\":\"lamp\",\"colour\":null,\"materials\":\"brass\"}")
                .thenReturn("{\"name\":\"lamp\",\"colour\":null,\"materials\":[\"brass\"]}");
        RenderedPrompt prompt = prompt();
        ImageBytes photo = photo();

        String told = inRun(run -> {
            // @start region="ask"
            record Thing(String name, Optional<String> colour, List<String> materials) {}

            StructuredRequest<Thing> question = StructuredRequest.builder(prompt, Thing.class)
                    .putSections("photo", List.of(new MessagePart.Picture(photo)))
                    .maxOutputTokens(2_000)
                    .build();
            StructuredAnswer<Thing> answer = gateway.ask(run, question);

            Thing thing = answer.value();
            Cost cost = answer.cost(); // of both calls, if it took two
            // @end
            return thing + " " + cost + " " + answer.isRepaired();
        });

        assertThat(told).isEqualTo("Thing[name=lamp, colour=Optional.empty, materials=[brass]] $0 true");
    }

    @Test
    void read() {
        RenderedPrompt prompt = prompt();
        // @start region="read"
        AnswerSchema schema = prompt.answerSchema().orElseThrow();
        AnswerReading reading = schema.read("Here you are: {\"name\":\"lamp\",\"materials\":[7]}");

        List<AnswerProblem> problems = reading.problems(); // /materials/0 must be string, is number
        // @end
        assertThat(problems).hasToString("[/materials/0 must be string, is number]");
    }

    @Test
    void unusable() {
        model.thenReturn("no").thenReturn("no idea");
        StructuredRequest<Map<String, Object>> question = StructuredRequest.builder(prompt())
                .putSections("photo", List.of())
                .build();

        assertThat(inRun(run -> named(run, question))).isEqualTo("{name=no idea}");
    }

    private Map<String, Object> named(RunContext run, StructuredRequest<Map<String, Object>> question)
            throws InterruptedException {
        // @start region="unusable"
        try {
            return gateway.ask(run, question).value();
        } catch (UnusableAnswerException e) {
            LOG.warn("{} cost {}", e.getMessage(), e.cost()); // places and rules, nothing of the answer
            return fromText(e.rawText()); // what the model said: think before you log it
        }
        // @end
    }

    private static Map<String, Object> fromText(String text) {
        return Map.of("name", text);
    }
}
