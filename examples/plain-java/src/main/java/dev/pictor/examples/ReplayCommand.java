package dev.pictor.examples;

import dev.pictor.pipeline.RunOptions;
import dev.pictor.trace.RunId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code replay RUN}: the same again, without a call. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = "Runs a past run again with its recorded answers. No model is called, nothing is paid.")
final class ReplayCommand implements Callable<Integer> {

    private final Models models;
    private final Output output;

    @Mixin
    private OutputFolder folder = new OutputFolder();

    @Parameters(paramLabel = "RUN", description = "The run's id.")
    private String run = "";

    ReplayCommand(Models models, Output output) {
        this.models = models;
        this.output = output;
    }

    @Override
    public Integer call() {
        try (OpenPictor open = OpenPictor.of(folder, folder.existing(), models, Optional.empty())) {
            RunOptions options = open.options(output).build();
            Map<String, Object> facts = open.write(open.pictor()
                    .replay()
                    .replay(open.pictor().images().pipeline(), new RunId(run), options)
                    .value());
            facts.put("replay_of", run);
            output.print(facts, folder.isJson());
        }
        return 0;
    }
}
