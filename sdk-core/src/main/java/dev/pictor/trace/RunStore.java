package dev.pictor.trace;

import java.util.List;
import java.util.Optional;

/**
 * Finds runs that were recorded. A read model of their event logs: nothing is written for it.
 *
 * <p><b>Threads.</b> Called from many threads at once, also while runs are being recorded.
 *
 * <p><b>Errors.</b> {@link java.io.UncheckedIOException} if the store cannot be read at all. A damaged line never hides
 * the rest of a run; the record says how many are missing.
 */
public interface RunStore {

    /**
     * Returns the events of a run.
     *
     * @param runId the run
     * @return in the order in which they were recorded, empty if the run is not here
     */
    List<TraceEvent> events(RunId runId);

    /**
     * Returns the newest runs.
     *
     * @param limit at most so many, at least 1
     * @return their ids, newest first by the time in them
     * @throws IllegalArgumentException if {@code limit} is below 1
     */
    List<RunId> newest(int limit);

    /**
     * Returns a run as its events tell it.
     *
     * @param runId the run
     * @return the record, or empty if the run is not here
     */
    default Optional<RunRecord> find(RunId runId) {
        List<TraceEvent> events = events(runId);
        return events.isEmpty() ? Optional.empty() : Optional.of(RunRecord.of(events));
    }

    /**
     * Returns a page of the runs that a query finds. Default: folds run after run until the page is full.
     *
     * @param query what is looked for, and where the page begins
     * @return the page, newest first
     */
    default RunPage list(RunQuery query) {
        return RunPage.of(query, RunSummaries.of(this, query));
    }

    /**
     * Returns how the runs fared that a query finds. Default: folds run after run.
     *
     * @param query which runs are counted, on whatever page; limit and cursor mean nothing
     * @param grouping what they are told apart by
     * @return the figures
     */
    default QualityMetrics metrics(RunQuery query, MetricsGrouping grouping) {
        return QualityMetrics.of(
                query,
                grouping,
                RunSummaries.of(this, query.toBuilder().cursor(Optional.empty()).build()));
    }
}
