package dev.pictor.trace;

import java.time.Instant;
import java.util.Optional;
import org.immutables.value.Value;

/** How a {@link DirectoryRunStore} fares, since it was opened. Immutable. */
@Value.Immutable
public abstract class StoreHealth {

    StoreHealth() {}

    /**
     * Whether it could do what it was asked to do last.
     *
     * @return false if the last write failed
     */
    public abstract boolean isHealthy();

    /**
     * How many events it was given as a {@link TraceSink} and could not keep. They are counted in their runs too, as far
     * as those could be written later: see {@link TraceEvent#DROPPED}.
     *
     * @return 0 or more
     */
    public abstract long eventsLost();

    /**
     * What went wrong last.
     *
     * @return a message without content, or empty if nothing did
     */
    public abstract Optional<String> lastFailure();

    /**
     * When that was.
     *
     * @return by the wall clock, or empty if nothing went wrong
     */
    public abstract Optional<Instant> lastFailureAt();
}
