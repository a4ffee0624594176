package dev.pictor.examples;

import dev.pictor.trace.DirectoryRunStore;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunReport;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code report RUN}: writes the report of a run. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "Writes the report of a run, one HTML page that opens without a network.")
final class ReportCommand implements Callable<Integer> {

    private final Output output;

    @Mixin
    private OutputFolder folder = new OutputFolder();

    @Parameters(paramLabel = "RUN", description = "The run's id.")
    private String run = "";

    @Option(names = "--to", paramLabel = "FILE", description = "The page. Default: report.html in the folder.")
    private @Nullable Path to;

    ReportCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() {
        try (DirectoryRunStore store = folder.existing()) {
            RunId runId = new RunId(run);
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("run", run);
            facts.put("report", write(store, runId).toString());
            output.print(facts, folder.isJson());
        }
        return 0;
    }

    private Path write(DirectoryRunStore store, RunId runId) {
        if (to == null) {
            return folder.report(store, runId);
        }
        RunReport.of(OutputFolder.find(store, runId), store).writeTo(to);
        return to;
    }
}
