package dev.pictor.trace;

import java.time.Duration;
import java.util.Optional;
import org.immutables.value.Value;

/** What a stage did. Immutable. */
@Value.Immutable
public abstract class StageRecord {

    StageRecord() {}

    /**
     * The stage.
     *
     * @return its path, such as {@code generate} or {@code audit/colours}
     */
    public abstract String path();

    /**
     * What kind of stage it is.
     *
     * @return {@code stage}, {@code for_each}, {@code loop} or {@code pipeline}
     */
    public abstract String kind();

    /**
     * How it ended.
     *
     * @return the outcome, or empty if it has not ended
     */
    public abstract Optional<StageOutcome> outcome();

    /**
     * When it began.
     *
     * @return time since the run began
     */
    public abstract Duration startedAfter();

    /**
     * How long it took.
     *
     * @return the time, or empty if it has not ended
     */
    public abstract Optional<Duration> duration();

    /**
     * What went wrong, also where a fallback took over.
     *
     * @return a message, or empty if nothing did
     */
    public abstract Optional<String> error();

    /**
     * The kind of failure, also where a fallback took over.
     *
     * @return the name of an exception's class, or empty if nothing went wrong
     */
    public abstract Optional<String> errorType();

    /**
     * What it gave, as the journal has it.
     *
     * @return the value, or empty if it has not ended or no journal was kept beside the trace
     */
    @Value.Redacted
    public abstract Optional<JournaledValue> output();
}
