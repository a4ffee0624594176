package dev.pictor.trace;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.immutables.value.Value;

/**
 * Which runs a {@link DirectoryRunStore} may forget. With nothing set it forgets no run, and only pictures that no run
 * names. Immutable.
 */
@Value.Immutable
public abstract class RetentionPolicy {

    /** How long a picture that no run names is left alone, unless it is set: 1 hour. */
    public static final Duration DEFAULT_GRACE = Duration.ofHours(1);

    private static final Duration LEAST_GRACE = Duration.ofMinutes(1);

    RetentionPolicy() {}

    /**
     * Returns a builder for a policy that forgets no run.
     *
     * @return a new builder
     */
    public static RetentionPolicyBuilder builder() {
        return new RetentionPolicyBuilder();
    }

    /**
     * How old runs get, by the time in their id. Default: empty, any age.
     *
     * @return more than zero
     */
    public abstract Optional<Duration> maxAge();

    /**
     * How many bytes the files of runs and pictures may have together. When they have more, the oldest runs go first; those
     * that {@link #keepFailedFor()} protects go after all others. Default: empty, any number.
     *
     * @return 0 or more
     */
    public abstract Optional<Long> maxBytes();

    /**
     * How old runs get that did not succeed, if that is longer than {@link #maxAge()}. Those are runs that failed, were
     * cancelled, or never ended. Default: empty, as old as others.
     *
     * @return more than zero
     */
    public abstract Optional<Duration> keepFailedFor();

    /**
     * Runs that are never forgotten. Default: none.
     *
     * @return their ids
     */
    public abstract Set<RunId> pins();

    /**
     * How long a picture that no run names is left alone: whoever keeps or reads one may name it in a run within that time.
     * Pictures that were kept since the oldest run under way began are left alone anyway. Default: 1 hour.
     *
     * @return 1 minute or more
     */
    @Value.Default
    public Duration grace() {
        return DEFAULT_GRACE;
    }

    @Value.Check
    void check() {
        maxAge().ifPresent(age -> positive("maxAge", age));
        keepFailedFor().ifPresent(age -> positive("keepFailedFor", age));
        maxBytes().filter(bytes -> bytes < 0).ifPresent(bytes -> {
            throw new IllegalArgumentException("maxBytes must be at least 0, was " + bytes);
        });
        if (grace().compareTo(LEAST_GRACE) < 0) {
            throw new IllegalArgumentException("grace must be at least " + LEAST_GRACE + ", was " + grace());
        }
    }

    private static void positive(String name, Duration age) {
        if (age.isNegative() || age.isZero()) {
            throw new IllegalArgumentException(name + " must be more than zero, was " + age);
        }
    }
}
