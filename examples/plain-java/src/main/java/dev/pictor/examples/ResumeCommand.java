package dev.pictor.examples;

import dev.pictor.pipeline.RunOptions;
import dev.pictor.trace.RunId;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code resume RUN}: takes up a run whose process ended or that failed. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        description = "Takes up a run that was interrupted or failed, after its last finished stage.")
final class ResumeCommand implements Callable<Integer> {

    private final Models models;
    private final Output output;

    @Mixin
    private OutputFolder folder = new OutputFolder();

    @Parameters(paramLabel = "RUN", description = "The run's id.")
    private String run = "";

    @Option(names = "--model", paramLabel = "ID", description = "An image model of Gemini or OpenAI; needs a key.")
    private @Nullable String model;

    ResumeCommand(Models models, Output output) {
        this.models = models;
        this.output = output;
    }

    @Override
    public Integer call() {
        try (OpenPictor open = OpenPictor.of(folder, folder.existing(), models, Optional.ofNullable(model))) {
            RunOptions options = open.options(output).build();
            output.print(open.write(open.pictor().images().resume(new RunId(run), options)), folder.isJson());
        }
        return 0;
    }
}
