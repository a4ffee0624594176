package dev.pictor.examples;

import dev.pictor.generation.GeneratedImages;
import dev.pictor.generation.ImageGenerator;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.trace.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code answer RUN [ANSWER...]}: goes on with a run that asked back. */
@Command(
        name = "answer",
        mixinStandardHelpOptions = true,
        description = "Goes on with a run that asked back: with answers, or without any as it was understood.")
final class AnswerCommand implements Callable<Integer> {

    private final Models models;
    private final Output output;

    @Mixin
    private OutputFolder folder = new OutputFolder();

    @Parameters(index = "0", paramLabel = "RUN", description = "The run's id.")
    private String run = "";

    @Parameters(
            index = "1..*",
            paramLabel = "ANSWER",
            description = "Choices of its questions, or other words. None agrees to what was understood.")
    private List<String> answers = new ArrayList<>();

    @Option(names = "--model", paramLabel = "ID", description = "An image model of Gemini or OpenAI; needs a key.")
    private @Nullable String model;

    AnswerCommand(Models models, Output output) {
        this.models = models;
        this.output = output;
    }

    @Override
    public Integer call() {
        try (OpenPictor open = OpenPictor.of(folder, folder.existing(), models, Optional.ofNullable(model))) {
            RunOptions options = open.options(output).build();
            ImageGenerator images = open.pictor().images();
            RunId runId = new RunId(run);
            GeneratedImages drawn =
                    answers.isEmpty() ? images.proceed(runId, options) : images.answer(runId, answers, options);
            output.print(open.write(drawn), folder.isJson());
        }
        return 0;
    }
}
