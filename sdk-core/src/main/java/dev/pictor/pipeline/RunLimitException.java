package dev.pictor.pipeline;

import static java.util.Objects.requireNonNull;

import dev.pictor.error.PictorException;
import java.io.Serial;
import java.time.Duration;

/**
 * A run was not started, since its user or tenant started as many as it may. Nothing happened and nothing is charged. It is
 * made for being thrown often: it has no stack trace. The message says no id; {@link #who()} does. Thread-safe.
 */
public final class RunLimitException extends PictorException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Whose limit it is. More may come; keep a {@code default} branch. */
    public enum Scope {
        /** One user of a tenant. */
        USER,
        /** All users of a tenant together. */
        TENANT
    }

    private final Scope scope;
    private final String who;
    private final RunRate limit;
    private final long retryAfterNanos;

    /**
     * Creates an exception.
     *
     * @param scope whose limit it is
     * @param who the user's or tenant's id
     * @param limit how often it may start a run
     * @param retryAfter the time after which it may start the next
     */
    public RunLimitException(Scope scope, String who, RunRate limit, Duration retryAfter) {
        this.scope = requireNonNull(scope, "scope");
        this.who = requireNonNull(who, "who");
        this.limit = requireNonNull(limit, "limit");
        this.retryAfterNanos = retryAfter.toNanos();
    }

    /**
     * Returns whose limit it is.
     *
     * @return user or tenant
     */
    public Scope scope() {
        return scope;
    }

    /**
     * Returns whom it is about.
     *
     * @return the id, as the run's options have it
     */
    public String who() {
        return who;
    }

    /**
     * Returns the limit.
     *
     * @return how often runs may start
     */
    public RunRate limit() {
        return limit;
    }

    /**
     * Returns when the next run may start, if nobody else starts one before.
     *
     * @return time from the refusal on
     */
    public Duration retryAfter() {
        return Duration.ofNanos(retryAfterNanos);
    }

    /**
     * Returns whether another try makes sense.
     *
     * @return true, after {@link #retryAfter()}
     */
    @Override
    public boolean isRetryable() {
        return true;
    }

    @Override
    protected String describe() {
        long millis = (retryAfterNanos + 999_999) / 1_000_000;
        return "the run was not started: its " + (scope == Scope.USER ? "user" : "tenant") + " may start " + limit
                + "; try again in " + millis + " ms";
    }
}
