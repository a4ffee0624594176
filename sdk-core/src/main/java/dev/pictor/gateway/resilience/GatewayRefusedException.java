package dev.pictor.gateway.resilience;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.error.PictorException;
import java.io.Serial;
import java.time.Duration;
import java.util.Optional;

/**
 * Pictor itself did not let a call through; nothing was sent and nothing is charged. What the vendor refuses is a
 * {@link dev.pictor.model.ModelException} instead. It is made for being thrown often: it has no stack trace, and its
 * message is put together when somebody reads it. Thread-safe.
 */
public final class GatewayRefusedException extends PictorException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final String modelId;
    private final long retryAfterNanos;

    /** Why a call was not let through. More reasons may come; keep a {@code default} branch. */
    public enum Reason {
        /** Too many of the model's recent calls failed, or it is being tried and enough calls are doing that. */
        BREAKER_OPEN("failed too often of late"),
        /** The vendor refused the key, so that every call with it would fail. */
        KEY_REFUSED("refused the key; check it, and what it may do and use"),
        /** So many calls are in flight and so many wait that no more may. */
        BULKHEAD_FULL("has as many calls in flight and waiting as it may have"),
        /** A call waited for its turn and did not get it in time. */
        WAITED_TOO_LONG("had no place free for this call in time"),
        /** So little time is left for the call that an attempt would be of no use, maybe because it waited. */
        TOO_LITTLE_TIME("would have had less time than an attempt needs"),
        /** The rate set here is used up for longer than a call may wait. The vendor was not asked. */
        RATE_LIMITED_HERE("is called as often as the rate set here allows"),
        /** The vendor asked for a pause that is not over. */
        COOLING_DOWN("asked for a pause that is not over");

        private final String words;

        Reason(String words) {
            this.words = words;
        }
    }

    /**
     * Creates an exception.
     *
     * @param reason why
     * @param modelId the model that was to be called
     * @param retryAfter the time after which another call may pass; zero if that is unknown
     */
    public GatewayRefusedException(Reason reason, String modelId, Duration retryAfter) {
        this(reason, modelId, retryAfter.toNanos());
    }

    GatewayRefusedException(Reason reason, String modelId, long retryAfterNanos) {
        super("", null);
        this.reason = requireNonNull(reason, "reason");
        this.modelId = requireNonNull(modelId, "modelId");
        this.retryAfterNanos = retryAfterNanos;
    }

    /**
     * Returns why the call was not let through.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }

    /**
     * Returns the model that was to be called.
     *
     * @return its id
     */
    public String modelId() {
        return modelId;
    }

    /**
     * Returns the time after which another call may pass.
     *
     * @return the wait from the time of the refusal, or empty if it is unknown
     */
    public Optional<Duration> retryAfter() {
        return retryAfterNanos > 0 ? Optional.of(Duration.ofNanos(retryAfterNanos)) : Optional.empty();
    }

    /**
     * Returns whether another try makes sense.
     *
     * @return true: nothing was sent, and another model may take the call at once
     */
    @Override
    public boolean isRetryable() {
        return true;
    }

    @Override
    public GatewayRefusedException forAnotherRun() {
        return new GatewayRefusedException(reason, modelId, retryAfterNanos);
    }

    @Override
    public String getMessage() {
        String when = retryAfter()
                .map(wait -> "; try again in " + wait.toMillis() + " ms")
                .orElse("");
        return modelId + " was not called: it " + reason.words + when + super.getMessage();
    }

    /** Leaves out the stack trace: it costs more than all the rest of a refusal and says nothing that a caller needs. */
    @Override
    @CanIgnoreReturnValue
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // there is no state to guard
    public Throwable fillInStackTrace() {
        return this;
    }
}
