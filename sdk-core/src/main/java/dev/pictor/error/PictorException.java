package dev.pictor.error;

import java.io.Serial;
import java.io.Serializable;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The root of everything Pictor throws of its own accord. Caller mistakes are not in this tree: they are the JDK's
 * {@link NullPointerException}, {@link IllegalArgumentException} and {@link IllegalStateException}.
 *
 * <p>Messages name who failed, the value and what to do. They never hold a key, a prompt, picture bytes or a response
 * body. An exception that leaves a run also names the run and the stage.
 *
 * <p>Thread-safe.
 */
public abstract class PictorException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** A field updater, since a refusal is to be small. */
    private static final AtomicReferenceFieldUpdater<PictorException, @Nullable Location> LOCATION =
            AtomicReferenceFieldUpdater.newUpdater(PictorException.class, Location.class, "location");

    private final @Nullable String message;
    private volatile @Nullable Location location;

    /**
     * Creates an exception.
     *
     * @param message who, what, the value and what to do; no secret, prompt or body
     * @param cause what led to it, or null if it began here
     */
    protected PictorException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.message = message;
    }

    /**
     * Creates a refusal: an exception that says no to a call before anything happened. Refusals come in floods, so it has
     * no stack trace, and its message is put together when somebody reads it.
     */
    protected PictorException() {
        super(null, null, false, false);
        this.message = null;
    }

    /**
     * Returns the message of an exception that was created without one. Called by {@link #getMessage}, each time.
     *
     * @return who, what, the value and what to do; no secret, prompt or body
     */
    protected String describe() {
        return getClass().getSimpleName();
    }

    /**
     * Returns whether the same call may succeed when it is made again. Decided where the failure is understood.
     *
     * @return true if another try makes sense
     */
    public abstract boolean isRetryable();

    /**
     * Returns the run in which this happened.
     *
     * @return the run id in its 26-character form, or empty outside a run
     */
    public final Optional<String> runId() {
        return Optional.ofNullable(location).map(Location::runId);
    }

    /**
     * Returns the stage in which this happened.
     *
     * @return the stage's path, such as {@code generate}, or empty outside a stage
     */
    public final Optional<String> stage() {
        return Optional.ofNullable(location).map(Location::stage).filter(stage -> !stage.isEmpty());
    }

    /**
     * Notes where this happened. The engine calls it as the exception leaves a stage; the first call counts.
     *
     * @param runId the run's id
     * @param stage the stage's path, empty outside a stage
     */
    public final void locate(String runId, String stage) {
        LOCATION.compareAndSet(this, null, new Location(runId, stage));
    }

    /**
     * Returns this failure for another run that it happened to as well, as when several wait for one call. The runs then
     * do not share what is noted of either, such as {@link #runId()}.
     *
     * @return a new exception of the same type that tells the same and has this one as its cause, or this very exception
     *     if its type has no such copy
     */
    public PictorException forAnotherRun() {
        return this;
    }

    @Override
    public String getMessage() {
        String text = message == null ? describe() : message;
        Location at = location;
        if (at == null) {
            return text;
        }
        return text + " [run " + at.runId() + (at.stage().isEmpty() ? "]" : ", stage " + at.stage() + "]");
    }

    private record Location(String runId, String stage) implements Serializable {}
}
