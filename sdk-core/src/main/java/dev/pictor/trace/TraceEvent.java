package dev.pictor.trace;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.immutables.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * One line of a run's log. Immutable. Types grow: readers keep what they do not know and need a {@code default} branch.
 *
 * <p>{@link #attributes()} are flat and cheap, by the OpenTelemetry names where there are such; {@link #body()} holds
 * content. Pictures and other large things are in neither: both name artifacts.
 */
@Value.Immutable
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({
    "v",
    "seq",
    "ts",
    "mono_ns",
    "type",
    "run_id",
    "trace_id",
    "span_id",
    "parent_span_id",
    "attributes",
    "body",
    "redactions"
})
@JsonDeserialize(builder = TraceEventBuilder.class)
public abstract class TraceEvent {

    /** {@code run.start}: a run begins. */
    public static final String RUN_START = "run.start";

    /** {@code run.resume}: a run goes on in another process, after the last finished stage. */
    public static final String RUN_RESUME = "run.resume";

    /** {@code run.end}: a run is over. */
    public static final String RUN_END = "run.end";

    /** {@code stage.start}: a stage begins. */
    public static final String STAGE_START = "stage.start";

    /** {@code stage.end}: a stage is over. */
    public static final String STAGE_END = "stage.end";

    /** {@code model_call.start}: a model is called. */
    public static final String MODEL_CALL_START = "model_call.start";

    /** {@code model_call.end}: a model answered or failed. */
    public static final String MODEL_CALL_END = "model_call.end";

    /** {@code answer}: a call to the gateway is over, after all its attempts. */
    public static final String ANSWER = "answer";

    /** {@code prompt.render}: a prompt file became text. */
    public static final String PROMPT_RENDER = "prompt.render";

    /** {@code artifact}: a picture or document was stored. */
    public static final String ARTIFACT = "artifact";

    /** {@code decision}: one of several ways was taken. */
    public static final String DECISION = "decision";

    /** {@code evaluation}: something was checked. */
    public static final String EVALUATION = "evaluation";

    /** {@code journal.start}: what a run was started with, written for {@link RunJournal}. */
    public static final String JOURNAL_START = "journal.start";

    /** {@code journal.stage}: what a finished stage gave, written for {@link RunJournal}. */
    public static final String JOURNAL_STAGE = "journal.stage";

    /** {@code journal.end}: nothing is left to resume, written for {@link RunJournal}. */
    public static final String JOURNAL_END = "journal.end";

    /** {@code feedback}: what someone thinks of a run, mostly after it has ended. */
    public static final String FEEDBACK = "feedback";

    /** {@code dropped}: events were lost before they reached the store, and how many. */
    public static final String DROPPED = "dropped";

    /** {@code recovered}: a torn last line was cut off before the log went on. */
    public static final String RECOVERED = "recovered";

    /** The version of the form that is written now. */
    static final int FORM = 1;

    TraceEvent() {}

    /**
     * Returns a builder.
     *
     * @param runId the run it belongs to
     * @param type one of the constants of this class, or a word of your own with a dot in it
     * @param time when it happened
     * @return a new builder
     */
    public static TraceEventBuilder builder(RunId runId, String type, Instant time) {
        return new TraceEventBuilder().runId(runId).type(type).time(time);
    }

    /**
     * The version of this record's form. Now: 1.
     *
     * @return 1 or more
     */
    @Value.Default
    @JsonProperty("v")
    public int version() {
        return FORM;
    }

    /**
     * The place in the run's log, without gaps from 1. Events of parallel stages may reach a sink slightly out of order.
     * Default: 0, for lines that are no telemetry (the journal's).
     *
     * @return 0 or more
     */
    @Value.Default
    @JsonProperty("seq")
    public long sequence() {
        return 0;
    }

    /**
     * When it happened, by the wall clock.
     *
     * @return a UTC time
     */
    @JsonProperty("ts")
    public abstract Instant time();

    /**
     * Time since the run began, by a clock that no correction moves. Default: 0.
     *
     * @return nanoseconds
     */
    @Value.Default
    @JsonProperty("mono_ns")
    public long elapsedNanos() {
        return 0;
    }

    /**
     * What happened.
     *
     * @return such as {@code stage.end}
     */
    @JsonProperty("type")
    public abstract String type();

    /**
     * The run it belongs to.
     *
     * @return the run's id
     */
    @JsonProperty("run_id")
    public abstract RunId runId();

    /**
     * The W3C trace of the caller that the run is part of. Default: empty, which means a trace of its own, named by
     * {@link RunId#traceId()}.
     *
     * @return 32 lower-case hexadecimal characters
     */
    @JsonProperty("trace_id")
    public abstract Optional<String> traceId();

    /**
     * The span it belongs to: the run, a stage or a model call. Default: empty, for the journal's lines.
     *
     * @return 16 lower-case hexadecimal characters
     */
    @JsonProperty("span_id")
    public abstract Optional<String> spanId();

    /**
     * The span around that one. Default: empty, for the run itself.
     *
     * @return 16 lower-case hexadecimal characters
     */
    @JsonProperty("parent_span_id")
    public abstract Optional<String> parentSpanId();

    /**
     * Flat facts.
     *
     * @return names and JSON scalars or lists of them
     */
    @JsonProperty("attributes")
    public abstract Map<String, Object> attributes();

    /**
     * Content: messages, values, candidates.
     *
     * @return names and JSON values
     */
    @Value.Redacted
    @JsonProperty("body")
    public abstract Map<String, Object> body();

    /**
     * What was left out of it by {@link Redaction}. Default: nothing.
     *
     * @return at most 100 places, in the order in which they stand
     */
    @JsonProperty("redactions")
    public abstract List<RedactedField> redactions();

    /**
     * Returns whether another object is the same event.
     *
     * @param other an object
     * @return true if everything about it is the same
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TraceEvent that
                && version() == that.version()
                && sequence() == that.sequence()
                && elapsedNanos() == that.elapsedNanos()
                && type().equals(that.type())
                && runId().equals(that.runId())
                && time().equals(that.time())
                && spanId().equals(that.spanId())
                && parentSpanId().equals(that.parentSpanId())
                && attributes().equals(that.attributes())
                && body().equals(that.body())
                && traceId().equals(that.traceId())
                && redactions().equals(that.redactions());
    }

    @Override
    public int hashCode() {
        return Objects.hash(version(), sequence(), elapsedNanos(), type(), runId(), time(), spanId());
    }

    /** Leaves the body out: it is content. */
    @Override
    public String toString() {
        return "TraceEvent{v=" + version() + ", seq=" + sequence() + ", ts=" + time() + ", type=" + type() + ", run_id="
                + runId() + ", span_id=" + spanId().orElse("") + ", attributes=" + attributes() + "}";
    }
}
