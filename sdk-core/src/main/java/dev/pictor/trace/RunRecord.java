package dev.pictor.trace;

import dev.pictor.model.Cost;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * A run as its events tell it: a fold of the log, never stored. A run that is under way or whose process is gone has
 * the status {@link RunStatus#RUNNING}, unless the store knows that it is {@link RunStatus#CRASHED}. Immutable.
 */
@Value.Immutable
public abstract class RunRecord {

    RunRecord() {}

    /**
     * Folds a log.
     *
     * @param events all events of one run, in any order, at least one
     * @return the record
     * @throws IllegalArgumentException if there is no event
     */
    public static RunRecord of(List<TraceEvent> events) {
        return of(events, 0);
    }

    /** Folds a log some of whose lines could not be read. */
    static RunRecord of(List<TraceEvent> events, int damagedLines) {
        return new RunFold().apply(events, damagedLines);
    }

    /**
     * The run.
     *
     * @return its id
     */
    public abstract RunId runId();

    /**
     * The pipeline's name. Default: {@code unknown}, where the first line is lost.
     *
     * @return its name
     */
    @Value.Default
    public String pipeline() {
        return "unknown";
    }

    /**
     * How it stands.
     *
     * @return the status
     */
    @Value.Default
    public RunStatus status() {
        return RunStatus.RUNNING;
    }

    /**
     * When it began.
     *
     * @return by the wall clock
     */
    public abstract Instant startedAt();

    /**
     * How long it took.
     *
     * @return the time, or empty if it has not ended
     */
    public abstract Optional<Duration> duration();

    /**
     * The tenant it is for.
     *
     * @return the tenant's id, or empty
     */
    public abstract Optional<String> tenant();

    /**
     * The user it is for.
     *
     * @return the user's id, or empty
     */
    public abstract Optional<String> user();

    /**
     * The caller's labels. Default: none.
     *
     * @return values by name
     */
    public abstract Map<String, String> labels();

    /**
     * The caller's ids of what it is about. Default: none.
     *
     * @return in the caller's order
     */
    public abstract List<String> assets();

    /**
     * What it was started with, as the journal has it.
     *
     * @return the value, or empty if no journal was kept beside the trace
     */
    @Value.Redacted
    public abstract Optional<JournaledValue> input();

    /**
     * Its stages.
     *
     * @return in the order in which they began
     */
    public abstract List<StageRecord> stages();

    /**
     * Its calls to models.
     *
     * @return in the order in which they began
     */
    public abstract List<CallRecord> calls();

    /**
     * What its calls to the gateway came to, each after all its attempts.
     *
     * @return in the order in which they ended
     */
    public abstract List<AnswerRecord> answers();

    /**
     * Its prompts.
     *
     * @return in the order in which they were rendered
     */
    public abstract List<PromptRecord> prompts();

    /**
     * Its decisions.
     *
     * @return in order
     */
    public abstract List<DecisionRecord> decisions();

    /**
     * Its pictures and documents.
     *
     * @return in the order in which they were stored
     */
    public abstract List<ArtifactRecord> artifacts();

    /**
     * Its checks.
     *
     * @return in order
     */
    public abstract List<EvaluationRecord> evaluations();

    /**
     * What it cost so far.
     *
     * @return the sum over its calls
     */
    @Value.Default
    public Cost cost() {
        return Cost.nothing();
    }

    /**
     * Its figures over all calls, also where sampling left the calls themselves out.
     *
     * @return the totals
     */
    @Value.Default
    public RunTotals totals() {
        return RunTotals.none();
    }

    /**
     * Of which past run it is a replay or a fork. Default: empty, which means of none.
     *
     * @return where it comes from
     */
    public abstract Optional<RunLineage> lineage();

    /**
     * What someone thinks of it. Default: nothing.
     *
     * @return in the order in which it was stored, each with its time
     */
    public abstract List<RunFeedback> feedback();

    /**
     * How much of its content is in the trace. Default: {@link ContentLevel#FULL}.
     *
     * @return the level
     */
    @Value.Default
    public ContentLevel content() {
        return ContentLevel.FULL;
    }

    /**
     * Whether everything was recorded. Default: true.
     *
     * @return false if sampling left out what is between start and end
     */
    @Value.Default
    public boolean sampled() {
        return true;
    }

    /**
     * What {@link Redaction} left out. Default: nothing.
     *
     * @return the places, in the order of the events
     */
    public abstract List<RedactionRecord> redactions();

    /**
     * The W3C trace that it is part of: its caller's, else its own.
     *
     * @return 32 lower-case hexadecimal characters
     */
    @Value.Default
    public String traceId() {
        return runId().traceId();
    }

    /**
     * Where it ran.
     *
     * @return such as {@code production}, or empty if nobody said
     */
    public abstract Optional<String> environment();

    /**
     * The version of Pictor that ran.
     *
     * @return such as {@code 1.0.0}, or empty if it is not known
     */
    public abstract Optional<String> sdkVersion();

    /**
     * Why it failed.
     *
     * @return a message, or empty if it did not
     */
    public abstract Optional<String> error();

    /**
     * The kind of failure that ended it.
     *
     * @return the name of an exception's class, or empty if it did not fail
     */
    public abstract Optional<String> errorType();

    /**
     * The stage that failed first, and with it the run: of stages within stages the innermost.
     *
     * @return its path, or empty if none failed or a fallback took over
     */
    public abstract Optional<String> failedStage();

    /**
     * How often it was taken up again after its process had ended. Default: 0.
     *
     * @return 0 or more
     */
    @Value.Default
    public int resumes() {
        return 0;
    }

    /**
     * How many events are missing from the log, by the gaps in their numbers. Default: 0.
     *
     * @return 0 if nothing was lost
     */
    @Value.Default
    public long missingEvents() {
        return 0;
    }

    /**
     * How many lines of the log could not be read, because a disk or a crash damaged them. While the run is under way, the
     * line that is just being written may be one. Default: 0.
     *
     * @return 0 if nothing is damaged
     */
    @Value.Default
    public int damagedLines() {
        return 0;
    }

    /**
     * How many bytes of torn lines were cut off before the log went on, see {@link TraceEvent#RECOVERED}. Default: 0.
     *
     * @return 0 if no line was torn
     */
    @Value.Default
    public long recoveredBytes() {
        return 0;
    }

    /**
     * How many events the store could not write when they happened, see {@link TraceEvent#DROPPED}. They are missing too.
     * Default: 0.
     *
     * @return 0 if all could be written
     */
    @Value.Default
    public long droppedEvents() {
        return 0;
    }
}
