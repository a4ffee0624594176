package dev.pictor.trace;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Takes the events of runs as they happen: telemetry, which may be filtered, sampled or lost. What a run resumes from is
 * {@link RunJournal}.
 *
 * <p><b>Threads.</b> Called from many threads at once, for many runs. Events of one run that happen side by side may
 * arrive slightly out of order; {@link TraceEvent#sequence()} tells the order.
 *
 * <p><b>Blocking.</b> Fast: the stage waits meanwhile. When the call returns, the sink has done what it promises for
 * that event.
 *
 * <p><b>Errors.</b> What it throws is logged once per sink and dropped; it never fails a run.
 *
 * <p><b>Pairs.</b> Every start event is followed by exactly one end event of the same span, unless the process ends.
 *
 * <p><b>Closing.</b> Whoever made the sink closes it.
 */
@FunctionalInterface
public interface TraceSink {

    /**
     * Takes an event.
     *
     * @param event what happened
     */
    void accept(TraceEvent event);

    /**
     * Returns the sink that takes nothing. With it, no work is done for events at all.
     *
     * @return always the same sink
     */
    static TraceSink none() {
        return NoTraceSink.INSTANCE;
    }

    /**
     * Returns a sink that hands each event to several, in order. One that throws does not keep it from the others.
     *
     * @param sinks any number
     * @return one sink; {@link #none()} for none, the sink itself for one
     */
    static TraceSink composite(TraceSink... sinks) {
        return CompositeTraceSink.of(List.of(sinks));
    }

    /**
     * Returns a sink that hands on some events only. A run without its last event looks as if it were under way.
     *
     * @param wanted whether an event is handed on; called on the threads that do the work
     * @param sink takes those events; the caller closes it
     * @return a sink
     */
    static TraceSink filtering(Predicate<? super TraceEvent> wanted, TraceSink sink) {
        return new FilteringTraceSink(wanted, sink);
    }

    /**
     * Returns a sink that logs one line for each run that ends, at DEBUG under {@code dev.pictor.trace.LoggingTraceSink}:
     * its names, status, time, calls, tokens and cost. No content, and no id of a user. Of runs that never end the oldest are
     * forgotten, above 10,000 at once.
     *
     * @return a new sink
     */
    static TraceSink logging() {
        return new LoggingTraceSink();
    }

    /**
     * Returns a sink that tells of each run that ends, on the thread on which it ends. The events of runs under way are
     * held in memory: 10,000 of one run, and 1,000 runs, whose oldest are forgotten. {@link RunRecord#missingEvents()} counts
     * what is beyond.
     *
     * @param listener is given the run; what it throws is logged once and dropped
     * @return a new sink
     */
    static TraceSink onRunEnd(Consumer<? super RunRecord> listener) {
        return new RunEndTraceSink(listener);
    }
}
