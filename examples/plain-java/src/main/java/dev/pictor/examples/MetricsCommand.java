package dev.pictor.examples;

import dev.pictor.model.Money;
import dev.pictor.trace.DirectoryRunStore;
import dev.pictor.trace.MetricsGrouping;
import dev.pictor.trace.MetricsRow;
import dev.pictor.trace.QualityMetrics;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code metrics}: how runs fared. */
@Command(
        name = "metrics",
        mixinStandardHelpOptions = true,
        description = "Tells how runs fared: how many, how well, how quick and at what cost.")
final class MetricsCommand implements Callable<Integer> {

    /** What the rows are told apart by, in the words of the command line. */
    private enum By {
        PIPELINE(MetricsGrouping.PIPELINE),
        STAGE(MetricsGrouping.STAGE),
        MODEL(MetricsGrouping.MODEL),
        PROMPT(MetricsGrouping.PROMPT_VERSION),
        TENANT(MetricsGrouping.TENANT);

        private final MetricsGrouping grouping;

        By(MetricsGrouping grouping) {
            this.grouping = grouping;
        }
    }

    private final Output output;

    @Mixin
    private OutputFolder folder = new OutputFolder();

    @Mixin
    private RunFilters filters = new RunFilters();

    @Option(
            names = "--by",
            paramLabel = "WHAT",
            defaultValue = "pipeline",
            description = "One row for each pipeline, stage, model, prompt or tenant. Default: pipeline.")
    private By by = By.PIPELINE;

    MetricsCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() {
        try (DirectoryRunStore store = folder.existing()) {
            QualityMetrics metrics = store.metrics(filters.query().build(), by.grouping);
            if (folder.isJson()) {
                Map<String, Object> facts = new LinkedHashMap<>();
                facts.put("by", ImageInfoCommand.lower(by));
                facts.put(
                        "rows",
                        metrics.rows().stream().map(MetricsCommand::facts).toList());
                facts.put("total", facts(metrics.total()));
                output.line(Output.json(facts));
            } else {
                Table table = new Table(
                        ImageInfoCommand.lower(by),
                        "count",
                        "failed",
                        "success",
                        "p50",
                        "p95",
                        "p99",
                        "cost",
                        "retries",
                        "fallbacks");
                metrics.rows().forEach(row -> add(row, table));
                add(metrics.total(), table);
                table.print(output);
            }
        }
        return 0;
    }

    private static void add(MetricsRow row, Table table) {
        table.add(
                row.key().isEmpty() ? "-" : row.key(),
                row.count() + "",
                row.failed() + "",
                row.successRate().isPresent()
                        ? String.format(
                                Locale.ROOT, "%.1f%%", 100 * row.successRate().getAsDouble())
                        : "-",
                time(row.p50()),
                time(row.p95()),
                time(row.p99()),
                cost(row),
                row.retries() + "",
                row.fallbacks() + "");
    }

    private static String time(Optional<Duration> time) {
        return time.map(took -> took.toMillis() + " ms").orElse("-");
    }

    private static String cost(MetricsRow row) {
        if (row.costs().isEmpty()) {
            return row.unpricedCalls() > 0 ? "unknown" : "-";
        }
        return (row.unpricedCalls() > 0 ? "at least " : "")
                + row.costs().values().stream().map(Money::toString).collect(Collectors.joining(" + "));
    }

    private static Map<String, Object> facts(MetricsRow row) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("key", row.key());
        facts.put("count", row.count());
        facts.put("succeeded", row.succeeded());
        facts.put("failed", row.failed());
        row.successRate().ifPresent(rate -> facts.put("success_rate", rate));
        facts.put("errors", row.errors());
        row.p50().ifPresent(time -> facts.put("p50_ms", time.toMillis()));
        row.p95().ifPresent(time -> facts.put("p95_ms", time.toMillis()));
        row.p99().ifPresent(time -> facts.put("p99_ms", time.toMillis()));
        facts.put("cost", cost(row));
        facts.put("unpriced_calls", row.unpricedCalls());
        facts.put("tokens_in", row.usage().inputTokens().orElse(0));
        facts.put("tokens_out", row.usage().outputTokens().orElse(0));
        facts.put("pictures", row.usage().images());
        facts.put("answers", row.answers());
        facts.put("fallbacks", row.fallbacks());
        facts.put("retries", row.retries());
        facts.put("degradations", row.degradations());
        return facts;
    }
}
