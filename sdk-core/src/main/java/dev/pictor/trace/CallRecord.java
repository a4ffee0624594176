package dev.pictor.trace;

import dev.pictor.model.Cost;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/** A call to a model. Immutable. */
@Value.Immutable
public abstract class CallRecord {

    CallRecord() {}

    /**
     * The stage that called.
     *
     * @return its path
     */
    public abstract String stage();

    /**
     * What was asked for.
     *
     * @return {@code generate_content}, {@code chat} or {@code embeddings}
     */
    public abstract String operation();

    /**
     * Who serves the model.
     *
     * @return the provider
     */
    public abstract String provider();

    /**
     * The model that was asked.
     *
     * @return its id
     */
    public abstract String requestedModel();

    /**
     * The model that answered.
     *
     * @return its id, or empty if there was no answer
     */
    public abstract Optional<String> servedBy();

    /**
     * Which attempt at the model it is. Default: 1.
     *
     * @return 1 or more
     */
    @Value.Default
    public int attempt() {
        return 1;
    }

    /**
     * When the call began.
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
     * What was sent: {@code messages}, each with role and parts, and {@code parameters}. Pictures are artifact references.
     *
     * @return JSON
     */
    @Value.Redacted
    public abstract Map<String, Object> request();

    /**
     * What came back: {@code text} and {@code images}. Pictures are artifact references.
     *
     * @return JSON, empty if there was no answer
     */
    @Value.Redacted
    public abstract Map<String, Object> response();

    /**
     * What the vendor counted.
     *
     * @return the usage; nothing reported if there was no answer
     */
    @Value.Default
    public Usage usage() {
        return Usage.none();
    }

    /**
     * What it cost.
     *
     * @return the cost, or empty if it has not ended
     */
    public abstract Optional<Cost> cost();

    /**
     * The options that were not honoured.
     *
     * @return one for each option
     */
    public abstract List<OptionWarning> warnings();

    /**
     * How much of its content is recorded, if less than of the run. Default: empty, as much as of the run.
     *
     * @return the level
     */
    public abstract Optional<ContentLevel> content();

    /**
     * Whether the recorded request and response can stand for the call. Default: true.
     *
     * @return false if {@link Redaction} took out more than credentials
     */
    @Value.Default
    public boolean replayable() {
        return true;
    }

    /**
     * The kind of failure.
     *
     * @return such as {@code rate_limited}, or empty if it did not fail
     */
    public abstract Optional<String> errorType();

    /**
     * What went wrong.
     *
     * @return a message, or empty if nothing did
     */
    public abstract Optional<String> error();
}
