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
}
