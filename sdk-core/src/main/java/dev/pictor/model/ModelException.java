package dev.pictor.model;

import dev.pictor.error.PictorException;
import java.io.Serial;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A model gave no usable answer. Thread-safe. */
public final class ModelException extends PictorException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final ModelFailure failure;

    /**
     * Creates an exception.
     *
     * @param failure what went wrong
     */
    public ModelException(ModelFailure failure) {
        this(failure, null);
    }

    /**
     * Creates an exception with a cause.
     *
     * @param failure what went wrong
     * @param cause what led to it, or null if it began here
     */
    public ModelException(ModelFailure failure, @Nullable Throwable cause) {
        super(failure.message(), cause);
        this.failure = failure;
    }

    /**
     * Returns the model that was called.
     *
     * @return its id
     */
    public String modelId() {
        return failure.modelId();
    }

    /**
     * Returns what went wrong.
     *
     * @return the reason
     */
    public ModelFailure.Reason reason() {
        return failure.reason();
    }

    /**
     * Returns whether the vendor may have charged.
     *
     * @return the state
     */
    public ModelFailure.Billed billed() {
        return failure.billed();
    }

    /**
     * Returns in which way the model declined to serve.
     *
     * @return the kind, or empty if it did not decline
     */
    public Optional<ModelFailure.Refusal> refusal() {
        return failure.refusal();
    }

    /**
     * Returns the HTTP status.
     *
     * @return 100 to 599, or empty if no answer came
     */
    public OptionalInt httpStatus() {
        return failure.httpStatus();
    }

    /**
     * Returns how long the vendor asks to wait.
     *
     * @return the wait, or empty if it did not say
     */
    public Optional<Duration> retryAfter() {
        return failure.retryAfter();
    }

    /**
     * Returns the vendor's own words. They may quote the request: think before you log them.
     *
     * @return at most 2,000 characters, or empty if it said nothing
     */
    public Optional<String> vendorMessage() {
        return failure.vendorMessage();
    }

    /**
     * Returns the vendor's name for this request.
     *
     * @return the id, or empty if there is none
     */
    public Optional<String> vendorRequestId() {
        return failure.vendorRequestId();
    }

    @Override
    public ModelException forAnotherRun() {
        return new ModelException(failure, this);
    }

    @Override
    public boolean isRetryable() {
        return failure.reason().isRetryable();
    }
}
