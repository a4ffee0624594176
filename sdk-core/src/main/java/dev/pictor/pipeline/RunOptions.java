package dev.pictor.pipeline;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;
import java.util.Optional;
import org.immutables.value.Value;

/** Whom a run is for, how long it may take and who listens. Immutable. */
@Value.Immutable
public abstract class RunOptions {

    /** The longest deadline: 1 day. */
    public static final Duration MAX_DEADLINE = Duration.ofDays(1);

    private static final RunOptions DEFAULTS = builder().build();

    RunOptions() {}

    /**
     * Returns the defaults.
     *
     * @return no tenant, no user, the runner's deadline, no listener
     */
    public static RunOptions ofDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns a builder with the defaults.
     *
     * @return a new builder
     */
    public static RunOptionsBuilder builder() {
        return new RunOptionsBuilder();
    }

    /**
     * The tenant the run is for. Default: empty.
     *
     * @return the tenant's id
     */
    public abstract Optional<String> tenant();

    /**
     * The user the run is for; pass a hash if the id itself must not be in traces. Default: empty.
     *
     * @return the user's id
     */
    public abstract Optional<String> user();

    /**
     * Bounds the whole run: every stage, every call and the waits between them. Default: empty, which means the
     * runner's.
     *
     * @return time from the start of the run, 1 ms to 1 day
     */
    public abstract Optional<Duration> deadline();

    /**
     * Hears of the run as it goes on. Default: nobody.
     *
     * @return the listener
     */
    @Value.Default
    public RunListener listener() {
        return RunListener.none();
    }

    @Value.Check
    void check() {
        deadline().ifPresent(RunOptions::checkDeadline);
    }

    @CanIgnoreReturnValue
    static Duration checkDeadline(Duration deadline) {
        if (deadline.toMillis() < 1 || deadline.compareTo(MAX_DEADLINE) > 0) {
            throw new IllegalArgumentException("deadline must be 1 ms to 1 day, was " + deadline);
        }
        return deadline;
    }
}
