package dev.pictor.testkit;

import dev.pictor.trace.RunRecord;
import dev.pictor.trace.TraceEvent;
import java.util.List;

/** AssertJ assertions on traces, for {@code import static}. They stand beside AssertJ's own. */
public final class TraceAssertions {

    private TraceAssertions() {}

    /**
     * Begins assertions on a run.
     *
     * @param actual the run
     * @return its assertions
     */
    public static RunRecordAssert assertThat(RunRecord actual) {
        return new RunRecordAssert(actual);
    }

    /**
     * Begins assertions on the events of one run. It has a name of its own, so that AssertJ's assertions on lists stay
     * in reach.
     *
     * @param actual the events, in any order
     * @return their assertions
     */
    public static EventsAssert assertThatEvents(List<TraceEvent> actual) {
        return new EventsAssert(actual);
    }
}
