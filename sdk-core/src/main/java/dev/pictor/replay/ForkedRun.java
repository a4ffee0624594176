package dev.pictor.replay;

import dev.pictor.trace.RunComparison;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunRecord;
import java.util.Optional;
import org.immutables.value.Value;

/** A past run and its fork. Immutable. */
@Value.Immutable
public abstract class ForkedRun {

    ForkedRun() {}

    /**
     * The past run.
     *
     * @return its id
     */
    public abstract RunId pastRunId();

    /**
     * What came of it.
     *
     * @return the outcome
     */
    public abstract ForkOutcome outcome();

    /**
     * The past run as its events tell it.
     *
     * @return the record, or empty if there is no such run
     */
    public abstract Optional<RunRecord> before();

    /**
     * The fork as its events tell it.
     *
     * @return the record, or empty if no fork was begun or its runner keeps no trace in this store
     */
    public abstract Optional<RunRecord> after();

    /**
     * Why there is no result.
     *
     * @return a message, or empty if there is one
     */
    public abstract Optional<String> reason();

    /**
     * Returns the past run and its fork beside each other.
     *
     * @return what differs, or empty if one of the records is not there
     */
    public final Optional<RunComparison> comparison() {
        return before().flatMap(a -> after().map(b -> RunComparison.of(a, b)));
    }
}
