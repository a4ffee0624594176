package dev.pictor.examples;

import dev.pictor.trace.DirectoryRunStore;
import dev.pictor.trace.RunPage;
import dev.pictor.trace.RunRecord;
import dev.pictor.trace.RunSummary;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code runs}: lists runs. */
@Command(
        name = "runs",
        mixinStandardHelpOptions = true,
        description = "Lists the newest runs, newest first, or those of them that the options describe.")
final class RunsCommand implements Callable<Integer> {

    private final Output output;

    @Mixin
    private OutputFolder folder = new OutputFolder();

    @Mixin
    private RunFilters filters = new RunFilters();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "At most so many, 1 to 1000. Default: 20.")
    private int limit = 20;

    @Option(
            names = "--cursor",
            paramLabel = "CURSOR",
            description = "Go on after the last page, with its \"next\" and the same filters.")
    private @Nullable String cursor;

    RunsCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() {
        try (DirectoryRunStore store = folder.existing()) {
            RunPage page = store.list(filters.query()
                    .limit(limit)
                    .cursor(Optional.ofNullable(cursor))
                    .build());
            List<Map<String, Object>> runs =
                    page.runs().stream().map(RunsCommand::summary).toList();
            if (folder.isJson()) {
                Map<String, Object> facts = new LinkedHashMap<>();
                facts.put("runs", runs);
                page.next().ifPresent(next -> facts.put("next", next));
                output.line(Output.json(facts));
            } else {
                runs.forEach(run -> output.line(String.format(
                        Locale.ROOT,
                        "%s  %-10s  %s  %-10s  %s",
                        run.get("run"),
                        run.get("status"),
                        run.get("started"),
                        run.get("cost"),
                        run.get("pipeline"))));
                page.next().ifPresent(next -> output.line("next  " + next));
            }
        }
        return 0;
    }

    static Map<String, Object> summary(RunRecord run) {
        return summary(RunSummary.of(run));
    }

    private static Map<String, Object> summary(RunSummary run) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("run", run.runId().value());
        facts.put("status", ImageInfoCommand.lower(run.status()));
        facts.put("started", run.startedAt().truncatedTo(ChronoUnit.SECONDS).toString());
        facts.put("pipeline", run.pipeline());
        facts.put("cost", run.cost().toString());
        return facts;
    }
}
