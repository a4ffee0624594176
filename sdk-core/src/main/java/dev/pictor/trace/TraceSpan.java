package dev.pictor.trace;

import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a run that events belong to: the run, a stage or a model call. It numbers and times the events and hands
 * them to the sink. Thread-safe.
 */
public final class TraceSpan {

    private final Log log;
    private final String id;
    private final @Nullable String parentId;

    private TraceSpan(Log log, @Nullable String parentId) {
        this.log = log;
        this.parentId = parentId;
        this.id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    /**
     * Returns the span of a whole run.
     *
     * @param runId the run
     * @param sink where its events go; what it throws is logged once and dropped
     * @param clock tells when things happen
     * @param ticker a nanosecond counter for measuring, such as {@code System::nanoTime}
     * @param resumedAfter how long ago the run began, zero for a new one
     * @param lastSequence the number of its last event so far, 0 for a new run
     * @return the outermost span
     */
    public static TraceSpan ofRun(
            RunId runId, TraceSink sink, Clock clock, LongSupplier ticker, Duration resumedAfter, long lastSequence) {
        long begin = ticker.getAsLong() - resumedAfter.toNanos();
        return new TraceSpan(
                new Log(
                        runId,
                        GuardedTraceSink.of(sink),
                        clock,
                        ticker,
                        begin,
                        new AtomicLong(lastSequence),
                        new AtomicBoolean()),
                null);
    }

    /**
     * Returns a new span inside this one.
     *
     * @return with an id of its own
     */
    public TraceSpan child() {
        return new TraceSpan(log, id);
    }

    /**
     * Returns whether anyone listens. Where nobody does, callers skip the work of describing what happened.
     *
     * @return false if events are thrown away
     */
    public boolean isRecording() {
        return !log.sink.equals(TraceSink.none());
    }

    /**
     * Notes that something happened now in this span. Does nothing if nobody listens.
     *
     * @param type such as {@link TraceEvent#DECISION}
     * @param attributes flat facts; handed over, not to be changed afterwards
     * @param body content; handed over, not to be changed afterwards
     */
    public void emit(String type, Map<String, ?> attributes, Map<String, ?> body) {
        if (isRecording() && !log.over.get()) {
            log.sink.accept(new EmittedEvent(
                    log.runId,
                    type,
                    log.clock.instant(),
                    log.sequence.incrementAndGet(),
                    Math.max(0, log.ticker.getAsLong() - log.begin),
                    id,
                    parentId,
                    attributes,
                    body));
            if (type.equals(TraceEvent.RUN_END)) {
                log.over.set(true);
            }
        }
    }

    /**
     * Notes that something happened now in this span, without content.
     *
     * @param type such as {@link TraceEvent#STAGE_END}
     * @param attributes flat facts; handed over, not to be changed afterwards
     */
    public void emit(String type, Map<String, ?> attributes) {
        emit(type, attributes, Map.of());
    }

    /** What all spans of a run share. */
    private record Log(
            RunId runId,
            TraceSink sink,
            Clock clock,
            LongSupplier ticker,
            long begin,
            AtomicLong sequence,
            AtomicBoolean over) {}
}
