package dev.pictor.trace;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.immutables.value.Value;

/**
 * How runs fared: counts, times, money and checks. Runs that were sampled out count too: their start and end are kept, and what
 * their calls took together. Of single stages and models of theirs nothing is known. Immutable.
 */
@Value.Immutable
@ClosedStyle
public abstract class QualityMetrics {

    QualityMetrics() {}

    /**
     * Counts. For stores.
     *
     * @param query which runs are counted; limit and cursor mean nothing
     * @param grouping what they are told apart by
     * @param runs those at least that the query finds, in any order
     * @return the figures
     */
    public static QualityMetrics of(RunQuery query, MetricsGrouping grouping, Iterable<RunSummary> runs) {
        requireNonNull(grouping, "grouping");
        MetricsTally total = new MetricsTally();
        Map<String, MetricsTally> groups = new HashMap<>();
        Function<String, MetricsTally> group = key -> groups.computeIfAbsent(key, unseen -> new MetricsTally());
        RunFilter filter = RunFilter.of(query);
        for (RunSummary run : runs) {
            if (filter.test(run)) {
                total.run(run);
                count(run, grouping, group);
            }
        }
        QualityMetricsBuilder metrics =
                new QualityMetricsBuilder().grouping(grouping).total(total.row("total"));
        groups.entrySet().stream()
                .map(entry -> entry.getValue().row(entry.getKey()))
                .sorted(Comparator.comparingLong(MetricsRow::count).reversed().thenComparing(MetricsRow::key))
                .forEach(metrics::addRows);
        return metrics.build();
    }

    private static void count(RunSummary run, MetricsGrouping grouping, Function<String, MetricsTally> group) {
        switch (grouping) {
            case PIPELINE -> group.apply(run.pipeline()).run(run);
            case TENANT -> group.apply(run.tenant().orElse("")).run(run);
            case PROMPT_VERSION ->
                run.prompts().stream()
                        .map(PromptUse::key)
                        .distinct()
                        .forEach(key -> group.apply(key).run(run));
            case STAGE -> {
                run.rows().stages().stream()
                        .filter(stage -> stage.outcome() != StageOutcome.RESTORED)
                        .forEach(stage -> group.apply(stage.path()).stage(stage));
                run.rows().calls().forEach(call -> group.apply(call.stage()).spent(call));
                run.rows()
                        .answers()
                        .forEach(answer -> group.apply(answer.stage()).answer(answer));
                run.rows().checks().forEach(check -> group.apply(check.stage()).check(check));
            }
            case MODEL -> {
                run.rows().calls().forEach(call -> group.apply(call.asked()).call(call));
                run.rows().answers().forEach(answer -> {
                    if (answer.served() != null) {
                        group.apply(answer.served()).answer(answer);
                    }
                });
            }
        }
    }

    /**
     * What the rows are told apart by.
     *
     * @return the grouping
     */
    public abstract MetricsGrouping grouping();

    /**
     * All runs together, whatever they are told apart by.
     *
     * @return the figures of the runs, with the key {@code total}
     */
    public abstract MetricsRow total();

    /**
     * The figures of each.
     *
     * @return those with the highest count first
     */
    public abstract List<MetricsRow> rows();

    /**
     * Returns the figures of one.
     *
     * @param key a pipeline, stage, model, prompt version or tenant
     * @return its row, or empty if there is none
     */
    public final Optional<MetricsRow> row(String key) {
        return rows().stream().filter(row -> row.key().equals(key)).findFirst();
    }
}
