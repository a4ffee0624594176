package dev.pictor.feedback;

import static java.util.Objects.requireNonNull;

import dev.pictor.trace.RunQuery;
import dev.pictor.trace.RunStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Learns from the runs of a window, such as of a week. A look at the evidence: it changes nothing, and the same runs give the
 * same report. Thread-safe.
 */
public final class FeedbackAnalysis {

    private final AnalysisOptions options;
    private final DataFileLayout layout;

    private FeedbackAnalysis(AnalysisOptions options, DataFileLayout layout) {
        this.options = requireNonNull(options, "options");
        this.layout = requireNonNull(layout, "layout");
    }

    /**
     * Returns an analysis.
     *
     * @param options what counts as evidence
     * @param layout where in data files stands what may be proposed to change
     * @return the analysis
     */
    public static FeedbackAnalysis of(AnalysisOptions options, DataFileLayout layout) {
        return new FeedbackAnalysis(options, layout);
    }

    /**
     * Looks at runs of a store.
     *
     * @param store where runs are kept
     * @param query which runs, such as those of a week
     * @return what is learned from them
     * @throws java.io.UncheckedIOException if the store cannot be read
     */
    public LearningReport report(RunStore store, RunQuery query) {
        return report(RatedRuns.read(store, query));
    }

    /**
     * Looks at runs.
     *
     * @param runs the runs, in any order
     * @return what is learned from them
     */
    public LearningReport report(List<RatedRun> runs) {
        List<RatedRun> all = runs.stream()
                .sorted(Comparator.comparing(RatedRun::time).thenComparing(RatedRun::runId))
                .toList();
        List<NewKeyword> keywords = Keywords.of(all, options, layout.knownTerms());
        List<ThresholdChange> thresholds = Thresholds.of(all, options);
        List<ProposedChange> changes = new ArrayList<>(layout.ofKeywords(keywords));
        changes.addAll(layout.ofThresholds(thresholds));
        List<TierCalibration> calibrations = Calibrations.of(all, options);
        changes.addAll(layout.ofCalibrations(calibrations));
        Proportion rated = new Proportion(
                all.stream().filter(run -> run.rating().isPresent()).count(), all.size());
        return new LearningReportBuilder()
                .firstRun(time(all, 0))
                .lastRun(time(all, all.size() - 1))
                .rated(rated)
                .satisfied(Templates.satisfied(all))
                .regenerated(Templates.regenerated(all))
                .withoutText(
                        (int) all.stream().filter(run -> run.wish().isEmpty()).count())
                .keywords(keywords)
                .thresholds(thresholds)
                .calibrations(calibrations)
                .weakTemplates(Templates.weak(all, options))
                .misroutes(Misroutes.of(all, options))
                .changes(changes)
                .notes(notes(all, rated))
                .build();
    }

    private static Optional<Instant> time(List<RatedRun> runs, int index) {
        return runs.isEmpty() ? Optional.empty() : Optional.of(runs.get(index).time());
    }

    private List<String> notes(List<RatedRun> runs, Proportion rated) {
        List<String> notes = new ArrayList<>();
        if (rated.successes() < options.minRuns()) {
            notes.add("only " + rated.successes() + " runs are rated, nothing is judged by less than "
                    + options.minRuns());
        }
        if (runs.stream().noneMatch(run -> run.wish().isPresent())) {
            notes.add("no run has a text to learn words from");
        }
        if (options.cheapModels().isEmpty()) {
            notes.add("no cheap model is named, so nothing is said of complexity");
        }
        options.cheapModels().stream()
                .filter(model -> runs.stream()
                        .noneMatch(run -> run.model().filter(model::equals).isPresent()))
                .sorted()
                .forEach(model -> notes.add("no run was drawn by the cheap model " + model
                        + ", so nothing is learned of it; models go by the id of their profile"));
        if (runs.size() == RatedRuns.MAX_RUNS) {
            notes.add("there may be more runs: only the newest " + RatedRuns.MAX_RUNS + " were read");
        }
        return notes;
    }
}
