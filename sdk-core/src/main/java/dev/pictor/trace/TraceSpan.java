package dev.pictor.trace;

import dev.pictor.image.Sha256;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
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

    private final ContentLevel content;

    private TraceSpan(Log log, String id, @Nullable String parentId, ContentLevel content) {
        this.log = log;
        this.id = id;
        this.parentId = parentId;
        this.content = content;
    }

    /**
     * Returns the span of a whole run with all of its content, under the default redaction.
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
        return ofRun(runId, sink, TraceRules.ofDefaults(), clock, ticker, resumedAfter, lastSequence);
    }

    /**
     * Returns the span of a whole run.
     *
     * @param runId the run
     * @param sink where its events go; what it throws is logged once and dropped
     * @param rules what of it is recorded
     * @param clock tells when things happen
     * @param ticker a nanosecond counter for measuring, such as {@code System::nanoTime}
     * @param resumedAfter how long ago the run began, zero for a new one
     * @param lastSequence the number of its last event so far, 0 for a new run
     * @return the outermost span
     */
    public static TraceSpan ofRun(
            RunId runId,
            TraceSink sink,
            TraceRules rules,
            Clock clock,
            LongSupplier ticker,
            Duration resumedAfter,
            long lastSequence) {
        long begin = ticker.getAsLong() - resumedAfter.toNanos();
        TraceSink guarded = GuardedTraceSink.of(sink);
        boolean isHeld = !sink.equals(TraceSink.none()) && !rules.sampling().chooses(runId);
        @Nullable SampledRun held = isHeld ? new SampledRun(guarded, rules.sampling()) : null;
        Log log = new Log(
                runId,
                held == null ? guarded : GuardedTraceSink.of(held),
                held,
                rules,
                rules.traceParent().map(TraceParent::traceId).orElse(null),
                clock,
                ticker,
                begin,
                new AtomicLong(lastSequence),
                new AtomicBoolean());
        return new TraceSpan(
                log, newId(), rules.traceParent().map(TraceParent::spanId).orElse(null), rules.content());
    }

    private static String newId() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    /**
     * Returns a new span inside this one.
     *
     * @return with an id of its own
     */
    public TraceSpan child() {
        return new TraceSpan(log, newId(), id, content);
    }

    /**
     * Returns this span for work of which no more content is recorded than some.
     *
     * @param most the most that is recorded of it; a higher level than this span's changes nothing
     * @return the same span, with that level
     */
    public TraceSpan atMost(ContentLevel most) {
        ContentLevel lower = content.atMost(most);
        return lower == content ? this : new TraceSpan(log, id, parentId, lower);
    }

    /**
     * Returns what events call this span by.
     *
     * @return 16 lower-case hexadecimal characters
     */
    public String id() {
        return id;
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
     * Returns whether content is recorded. Where it is not, callers skip the work of describing, hashing and copying it.
     *
     * @param wanted {@link ContentLevel#REFERENCES} for what is named or hashed, {@link ContentLevel#FULL} for texts and
     *     bytes as they are
     * @return false if nobody listens or the level of this span is lower
     */
    public boolean keeps(ContentLevel wanted) {
        return isRecording() && content.keeps(wanted);
    }

    /**
     * Returns how much content is recorded.
     *
     * @return the level, whether anyone listens or not
     */
    public ContentLevel content() {
        return content;
    }

    /**
     * Notes that something happened now in this span. Does nothing if nobody listens. What must not be recorded is taken
     * out first, and then what is beyond the content level.
     *
     * @param type such as {@link TraceEvent#DECISION}
     * @param attributes flat facts; handed over, not to be changed afterwards
     * @param body content; handed over, not to be changed afterwards; nothing of it but figures is looked at below
     *     {@link ContentLevel#REFERENCES}
     */
    public void emit(String type, Map<String, ?> attributes, Map<String, ?> body) {
        if (isRecording() && !log.over.get()) {
            EventCleaner cleaner = new EventCleaner(log.rules.redaction());
            boolean isFull = content == ContentLevel.FULL;
            Map<String, ?> facts = cleaner.clean("attributes", attributes);
            Map<String, ?> kept =
                    cleaner.clean("body", content == ContentLevel.NONE ? References.body(content, body) : body);
            if (!isFull) {
                facts = References.attributes(content, facts);
                kept = References.body(content, kept);
            }
            log.sink.accept(new EmittedEvent(
                    log.runId,
                    type,
                    log.clock.instant(),
                    log.sequence.incrementAndGet(),
                    Math.max(0, log.ticker.getAsLong() - log.begin),
                    id,
                    parentId,
                    marked(type, facts, cleaner),
                    kept,
                    log.traceId,
                    cleaner.redactions()));
            if (type.equals(TraceEvent.RUN_END)) {
                log.over.set(true);
            }
        }
    }

    /**
     * Keeps the bytes of a picture or document for this run's trace, before the event that names them. Does nothing below
     * {@link ContentLevel#FULL} or if nobody listens. Where sampling holds the run back, so it does the bytes.
     *
     * @param artifacts where they are kept
     * @param sha256 the SHA-256 of the bytes
     * @param bytes what to keep, not to be changed afterwards
     */
    public void keep(ArtifactStore artifacts, Sha256 sha256, ByteBuffer bytes) {
        if (!keeps(ContentLevel.FULL)) {
            return;
        }
        if (log.held == null) {
            artifacts.put(sha256, bytes);
        } else {
            log.held.put(artifacts, sha256, bytes);
        }
    }

    /** Says where less is recorded than of the run around it, and where too little is left to replay a call. */
    private Map<String, ?> marked(String type, Map<String, ?> facts, EventCleaner cleaner) {
        boolean ofCall = type.equals(TraceEvent.MODEL_CALL_START) || type.equals(TraceEvent.MODEL_CALL_END);
        boolean isLower = type.equals(TraceEvent.MODEL_CALL_START) && content != log.rules.content();
        boolean isStart = type.equals(TraceEvent.RUN_START) || type.equals(TraceEvent.RUN_RESUME);
        boolean isSampled = isStart && log.rules.sampling().isPartial();
        boolean isBroken = cleaner.changesContent() && (ofCall || type.equals(TraceEvent.PROMPT_RENDER));
        if (!isLower && !isBroken && !isSampled) {
            return facts;
        }
        Map<String, Object> marked = new LinkedHashMap<>(facts);
        if (isLower) {
            marked.put(TraceAttributes.CONTENT, content.name().toLowerCase(Locale.ROOT));
        }
        if (isBroken) {
            marked.put(TraceAttributes.REPLAYABLE, false);
            marked.remove(TraceAttributes.PROMPT_RENDERED_SHA256); // of a text that is left out in part
        }
        if (isSampled) {
            marked.put(TraceAttributes.SAMPLING_PERCENT, log.rules.sampling().percent());
        }
        return marked;
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
            @Nullable SampledRun held,
            TraceRules rules,
            @Nullable String traceId,
            Clock clock,
            LongSupplier ticker,
            long begin,
            AtomicLong sequence,
            AtomicBoolean over) {}
}
