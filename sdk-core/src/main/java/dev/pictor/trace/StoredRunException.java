package dev.pictor.trace;

import dev.pictor.error.PictorException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A saved run cannot be read, written or resumed. What was saved before is untouched. Thread-safe. */
public final class StoredRunException extends PictorException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /**
     * Creates an exception.
     *
     * @param reason why
     * @param message which run, what is wrong and what to do
     * @param cause what led to it, or null if it began here
     */
    public StoredRunException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Why a saved run is of no use. More may come; keep a {@code default} branch. */
    public enum Reason {
        /** No run of that id is saved here. */
        NOT_FOUND,
        /** It is over: there is nothing to resume. */
        FINISHED,
        /** Another process or thread is running it. */
        IN_USE,
        /** It was started with another input under the same idempotency key. */
        OTHER_INPUT,
        /** The pipeline it was started with is not the one given. */
        OTHER_DEFINITION,
        /** A value it needs was withheld from the journal, or cannot be read as its type. */
        WITHHELD,
        /** It has not ended, so its record is not whole. */
        NOT_ENDED,
        /** Something of it was not recorded that is needed: content that was left out, or lines that were lost. */
        NOT_RECORDED,
        /** Something of it that is needed was redacted. */
        REDACTED,
        /** An artifact it needs is missing. */
        ARTIFACT_MISSING,
        /** The store's files have a form that this version does not know. */
        OTHER_FORM,
        /** What it was started with is kept, but damaged. */
        DAMAGED,
        /** It could not be written. */
        NOT_WRITTEN
    }

    /**
     * Returns why.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }

    @Override
    public boolean isRetryable() {
        return reason == Reason.IN_USE;
    }
}
