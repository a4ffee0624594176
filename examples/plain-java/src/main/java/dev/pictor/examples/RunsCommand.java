package dev.pictor.examples;

import dev.pictor.trace.DirectoryRunStore;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunRecord;
import dev.pictor.trace.RunStatus;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code runs}: lists the newest runs. */
@Command(name = "runs", mixinStandardHelpOptions = true, description = "Lists the newest runs, newest first.")
final class RunsCommand implements Callable<Integer> {

    private final Output output;

    @Mixin
    private OutputFolder folder = new OutputFolder();

    @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "At most so many. Default: 20.")
    private int limit = 20;

    RunsCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() {
        try (DirectoryRunStore store = folder.existing()) {
            List<Map<String, Object>> runs = new ArrayList<>();
            for (RunId runId : store.newest(limit)) {
                runs.add(summary(OutputFolder.find(store, runId)));
            }
            if (folder.isJson()) {
                output.line(Output.json(Map.of("runs", runs)));
            } else {
                runs.forEach(run -> output.line(String.format(
                        Locale.ROOT,
                        "%s  %-10s  %s  %-10s  %s",
                        run.get("run"),
                        run.get("status"),
                        run.get("started"),
                        run.get("cost"),
                        run.get("pipeline"))));
            }
        }
        return 0;
    }

    static Map<String, Object> summary(RunRecord run) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("run", run.runId().value());
        // under way, or its process is gone: the record cannot tell
        boolean open = run.status() == RunStatus.RUNNING;
        facts.put("status", open ? "unfinished" : run.status().name().toLowerCase(Locale.ROOT));
        facts.put("started", run.startedAt().truncatedTo(ChronoUnit.SECONDS).toString());
        facts.put("pipeline", run.pipeline());
        facts.put("cost", run.cost().toString());
        return facts;
    }
}
