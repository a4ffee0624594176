package dev.pictor.examples;

import dev.pictor.trace.ComparisonReport;
import dev.pictor.trace.DirectoryRunStore;
import dev.pictor.trace.RunComparison;
import dev.pictor.trace.RunId;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code compare RUN RUN}: how two runs differ. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = "Tells how two runs differ: totals, stages, prompts that changed and decisions that are others.")
final class CompareCommand implements Callable<Integer> {

    private final Output output;

    @Mixin
    private OutputFolder folder = new OutputFolder();

    @Parameters(index = "0", paramLabel = "A", description = "A run's id.")
    private String first = "";

    @Parameters(index = "1", paramLabel = "B", description = "Another run's id.")
    private String second = "";

    @Option(names = "--to", paramLabel = "FILE", description = "Also write both beside each other as an HTML page.")
    private @Nullable Path to;

    CompareCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() {
        try (DirectoryRunStore store = folder.existing()) {
            RunComparison comparison = RunComparison.of(
                    OutputFolder.find(store, new RunId(first)), OutputFolder.find(store, new RunId(second)));
            if (to != null) {
                ComparisonReport.of(comparison, store).writeTo(to);
            }
            ComparedRuns compared = new ComparedRuns(comparison);
            if (folder.isJson()) {
                Map<String, Object> facts = compared.facts();
                if (to != null) {
                    facts.put("report", to.toString());
                }
                output.line(Output.json(facts));
            } else {
                compared.print(output);
                if (to != null) {
                    output.line("report    " + to);
                }
            }
        }
        return 0;
    }
}
