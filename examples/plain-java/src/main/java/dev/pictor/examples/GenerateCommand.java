package dev.pictor.examples;

import dev.pictor.generation.Detail;
import dev.pictor.generation.Enhancement;
import dev.pictor.generation.GenerationOutcome;
import dev.pictor.generation.GenerationRequest;
import dev.pictor.generation.GenerationRequestBuilder;
import dev.pictor.image.AspectRatio;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.PixelSize;
import dev.pictor.pipeline.RunOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code generate PROMPT}: draws pictures. */
@Command(name = "generate", mixinStandardHelpOptions = true, description = "Draws pictures from a wish.")
final class GenerateCommand implements Callable<Integer> {

    private final Models models;
    private final Output output;

    @Mixin
    private OutputFolder folder = new OutputFolder();

    @Parameters(paramLabel = "PROMPT", description = "The wish, in plain words.")
    private String prompt = "";

    @Option(names = "--size", paramLabel = "WxH", description = "Size in pixels, such as 1024x768.")
    private @Nullable String size;

    @Option(names = "--aspect", paramLabel = "W:H", description = "Proportion, such as 16:9.")
    private @Nullable String aspect;

    @Option(names = "--count", paramLabel = "N", defaultValue = "1", description = "How many pictures, 1 to 10.")
    private int count = 1;

    @Option(names = "--seed", paramLabel = "N", description = "The same seed gives the same picture, if the model can.")
    private @Nullable Long seed;

    @Option(
            names = "--detail",
            paramLabel = "LEVEL",
            defaultValue = "detailed",
            description = "How much craft is added to the wish: basic, detailed or expert.")
    private String detail = "detailed";

    @Option(
            names = "--enhance",
            paramLabel = "HOW",
            defaultValue = "template",
            description = "What makes a prompt of the wish: none, template, model or both.")
    private String enhance = "template";

    @Option(names = "--tier", paramLabel = "NAME", description = "The user's tier, which routing rules go by.")
    private @Nullable String tier;

    @Option(
            names = "--judge",
            description = "Let the reasoning model judge the picture, and draw again if it is no good.")
    private boolean judge;

    @Option(
            names = "--ask",
            description = "Ask back where the wish is not clear, instead of guessing; \"answer\" goes on with the run.")
    private boolean ask;

    @Option(names = "--reference", paramLabel = "FILE", description = "A picture to draw after. May be repeated.")
    private List<Path> references = new ArrayList<>();

    @Option(names = "--model", paramLabel = "ID", description = "An image model of Gemini or OpenAI; needs a key.")
    private @Nullable String model;

    @Option(names = "--tenant", paramLabel = "ID", description = "The tenant it is for.")
    private @Nullable String tenant;

    @Option(names = "--user", paramLabel = "ID", description = "The user it is for.")
    private @Nullable String user;

    @Option(names = "--label", paramLabel = "NAME=VALUE", description = "A label of the run. May be repeated.")
    private Map<String, String> labels = new LinkedHashMap<>();

    GenerateCommand(Models models, Output output) {
        this.models = models;
        this.output = output;
    }

    @Override
    public Integer call() {
        GenerationRequest request = request();
        try (OpenPictor open = OpenPictor.of(folder, folder.create(), models, Optional.ofNullable(model))) {
            RunOptions options = open.options(output)
                    .tenant(Optional.ofNullable(tenant))
                    .user(Optional.ofNullable(user))
                    .labels(labels)
                    .build();
            output.print(ask ? asked(open, request, options) : drawn(open, request, options), folder.isJson());
        }
        return 0;
    }

    private static Map<String, Object> drawn(OpenPictor open, GenerationRequest request, RunOptions options) {
        return open.write(open.pictor().images().generate(request, options));
    }

    private static Map<String, Object> asked(OpenPictor open, GenerationRequest request, RunOptions options) {
        GenerationOutcome outcome = open.pictor().images().start(request, options);
        if (outcome instanceof GenerationOutcome.Generated generated) {
            return open.write(generated.images());
        }
        Map<String, Object> said = new LinkedHashMap<>();
        if (outcome instanceof GenerationOutcome.Suggested suggested) {
            said.put("run", suggested.runId().value());
            said.put("suggestion", suggested.message());
        } else if (outcome instanceof GenerationOutcome.Unclear unclear) {
            said.put("run", unclear.runId().value());
            said.put(
                    "questions",
                    unclear.questions().stream()
                            .map(question -> question.text() + " (" + String.join(" | ", question.choices()) + ")")
                            .toList());
        }
        return said;
    }

    private GenerationRequest request() {
        GenerationRequestBuilder request = GenerationRequest.builder(prompt)
                .detail(Detail.parse(detail))
                .enhancement(Enhancement.parse(enhance))
                .tier(Optional.ofNullable(tier))
                .isJudged(judge)
                .count(count)
                .size(Optional.ofNullable(size).map(PixelSize::parse))
                .aspectRatio(Optional.ofNullable(aspect).map(AspectRatio::parse))
                .references(references.stream().map(ImageBytes::read).toList());
        if (seed != null) {
            request.seed(seed);
        }
        return request.build();
    }
}
