package dev.pictor.pipeline;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.trace.ContentLevel;
import dev.pictor.trace.TraceParent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/** Whom a run is for, how long it may take and who listens. Immutable. */
@Value.Immutable
public abstract class RunOptions {

    /** The longest deadline: 1 day. */
    public static final Duration MAX_DEADLINE = Duration.ofDays(1);

    /** How many labels a run may have: 32. */
    public static final int MAX_LABELS = 32;

    /** How long a label's name may be: 64 characters. */
    public static final int MAX_LABEL_NAME = 64;

    /** How long a label's value or an asset's id may be: 256 characters. */
    public static final int MAX_LABEL_VALUE = 256;

    /** How many assets a run may be about: 64. */
    public static final int MAX_ASSETS = 64;

    private static final int MAX_KEY_CHARS = 256;

    private static final RunOptions DEFAULTS = builder().build();

    RunOptions() {}

    /**
     * Returns the defaults.
     *
     * @return no tenant, no user, no labels, no assets, the runner's deadline, no listener
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
     * Words of your own by which runs are found again, such as {@code campaign} and {@code spring}. They are in the trace
     * as they are. Default: none.
     *
     * @return at most 32 values of at most 256 characters each, by names of 1 to 64 characters
     */
    public abstract Map<String, String> labels();

    /**
     * Your ids of what the run is about, such as products or pictures: runs are found by them. Default: none.
     *
     * @return at most 64 ids of 1 to 256 characters
     */
    public abstract List<String> assets();

    /**
     * Bounds the whole run: every stage, every call and the waits between them. Default: empty, which means the
     * runner's.
     *
     * @return time from the start of the run, 1 ms to 1 day
     */
    public abstract Optional<Duration> deadline();

    /**
     * How much of the run's content is in its trace. What the journal keeps is not changed by it. Default: empty, which
     * means the runner's.
     *
     * @return the level
     */
    public abstract Optional<ContentLevel> content();

    /**
     * The place in the caller's own trace that the run is part of. Default: empty; the run is a trace of its own then.
     *
     * @return the caller's trace and span, as {@link TraceParent#parse} reads them
     */
    public abstract Optional<TraceParent> traceParent();

    /**
     * What the caller calls this start by, such as the id of an order or of a message from a queue. Of all starts of a
     * pipeline for a tenant under the same key, one runs; the others get its result: from the journal if the run is
     * finished, by joining it if it is under way in the same runner, by resuming it if it failed or its process is gone.
     * Needs a journal, and an input with a JSON form. Default: empty, which means that each start is a run of its own.
     *
     * @return 1 to 256 characters
     */
    public abstract Optional<String> idempotencyKey();

    /**
     * Hears of the run as it goes on. Default: nobody.
     *
     * @return the listener
     */
    @Value.Default
    public RunListener listener() {
        return RunListener.none();
    }

    /**
     * What the run carries for parts of the program that the engine does not know. Default: nothing.
     *
     * @return extensions, at most one of each kind
     */
    @Value.Auxiliary
    public abstract List<RunExtension> extensions();

    @Value.Check
    void check() {
        deadline().ifPresent(RunOptions::checkDeadline);
        idempotencyKey().ifPresent(key -> checkLength(key, 1, MAX_KEY_CHARS, "idempotencyKey"));
        checkAtMost(labels().size(), MAX_LABELS, "labels");
        labels().forEach((name, value) -> {
            checkLength(name, 1, MAX_LABEL_NAME, "the name of a label");
            checkLength(value, 0, MAX_LABEL_VALUE, "the value of label " + name);
        });
        checkAtMost(assets().size(), MAX_ASSETS, "assets");
        assets().forEach(asset -> checkLength(asset, 1, MAX_LABEL_VALUE, "the id of an asset"));
    }

    private static void checkAtMost(int count, int most, String what) {
        if (count > most) {
            throw new IllegalArgumentException("there must be at most " + most + " " + what + ", were " + count);
        }
    }

    private static void checkLength(String text, int least, int most, String what) {
        if (text.length() < least || text.length() > most) {
            throw new IllegalArgumentException(
                    what + " must have " + least + " to " + most + " characters, had " + text.length());
        }
    }

    @CanIgnoreReturnValue
    static Duration checkDeadline(Duration deadline) {
        if (deadline.toMillis() < 1 || deadline.compareTo(MAX_DEADLINE) > 0) {
            throw new IllegalArgumentException("deadline must be 1 ms to 1 day, was " + deadline);
        }
        return deadline;
    }
}
