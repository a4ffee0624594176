package dev.pictor.examples;

import dev.pictor.generation.Detail;
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
            output.print(open.write(open.pictor().images().generate(request, options)), folder.isJson());
        }
        return 0;
    }

    private GenerationRequest request() {
        GenerationRequestBuilder request = GenerationRequest.builder(prompt)
                .detail(Detail.parse(detail))
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
