package dev.pictor.trace;

import java.util.List;

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
}
