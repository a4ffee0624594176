package dev.pictor.testkit;

import dev.pictor.trace.RunId;
import dev.pictor.trace.RunRecord;
import dev.pictor.trace.TraceEvent;
import dev.pictor.trace.TraceSink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A sink that keeps every event, for assertions on what happened. Thread-safe. It has no bound, so make one for each
 * test.
 */
public final class RecordingTraceSink implements TraceSink {

    private final Object lock = new Object();
    private final List<TraceEvent> events = new ArrayList<>();

    private RecordingTraceSink() {}

    /**
     * Returns a sink without events.
     *
     * @return a new sink
     */
    public static RecordingTraceSink create() {
        return new RecordingTraceSink();
    }

    @Override
    public void accept(TraceEvent event) {
        synchronized (lock) {
            events.add(event);
        }
    }

    /**
     * Returns the events of all runs.
     *
     * @return a copy, in order of arrival
     */
    public List<TraceEvent> events() {
        synchronized (lock) {
            return List.copyOf(events);
        }
    }

    /**
     * Returns the events of one run.
     *
     * @param runId the run
     * @return in the order of their numbers, empty if there are none
     */
    public List<TraceEvent> events(RunId runId) {
        return events().stream()
                .filter(event -> event.runId().equals(runId))
                .sorted(Comparator.comparingLong(TraceEvent::sequence))
                .toList();
    }

    /**
     * Returns what happened, in words.
     *
     * @return the type of each event of {@link #events()}
     */
    public List<String> types() {
        return events().stream().map(TraceEvent::type).toList();
    }

    /**
     * Returns a run as its events tell it.
     *
     * @param runId the run
     * @return its record
     * @throws AssertionError if there is no event of it
     */
    public RunRecord record(RunId runId) {
        List<TraceEvent> ofRun = events(runId);
        if (ofRun.isEmpty()) {
            throw new AssertionError("no event of run " + runId + " came");
        }
        return RunRecord.of(ofRun);
    }
}
