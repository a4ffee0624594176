package dev.pictor.examples;

import dev.pictor.trace.DirectoryRunStore;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunRecord;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code show RUN}: says what happened in a run and writes its report. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Says what happened in a run and writes its report.")
final class ShowCommand implements Callable<Integer> {

    private final Output output;

    @Mixin
    private OutputFolder folder = new OutputFolder();

    @Parameters(paramLabel = "RUN", description = "The run's id.")
    private String run = "";

    ShowCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() {
        try (DirectoryRunStore store = folder.existing()) {
            RunRecord record = OutputFolder.find(store, new RunId(run));
            Map<String, Object> facts = RunsCommand.summary(record);
            facts.put(
                    "stage",
                    record.stages().stream()
                            .map(stage -> stage.path() + " "
                                    + stage.outcome()
                                            .map(outcome -> outcome.name().toLowerCase(Locale.ROOT))
                                            .orElse("interrupted")
                                    + stage.duration()
                                            .map(took -> " " + took.toMillis() + " ms")
                                            .orElse(""))
                            .toList());
            facts.put(
                    "decision",
                    record.decisions().stream()
                            .map(made -> made.decision().kind() + ": "
                                    + made.decision().chosen() + " ("
                                    + made.decision().reason() + ")")
                            .toList());
            record.error().ifPresent(error -> facts.put("error", error));
            facts.put("report", folder.report(store, record.runId()).toString());
            output.print(facts, folder.isJson());
        }
        return 0;
    }
}
