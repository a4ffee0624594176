package dev.pictor.model;

import java.io.Serial;
import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.immutables.value.Value;

/** How a call to a model failed: what a {@link ModelException} carries. Immutable. */
@Value.Immutable
public abstract class ModelFailure implements Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final int MAX_VENDOR_MESSAGE_CHARS = 2_000;

    ModelFailure() {}

    /**
     * Returns a builder.
     *
     * @param modelId the model that was called
     * @param reason what went wrong
     * @param billed whether the vendor may have charged for it
     * @param message who, what and what to do; no key, prompt or body
     * @return a new builder
     */
    public static ModelFailureBuilder builder(String modelId, Reason reason, Billed billed, String message) {
        return new ModelFailureBuilder()
                .modelId(modelId)
                .reason(reason)
                .billed(billed)
                .message(message);
    }

    /** What went wrong. More reasons may come; keep a {@code default} branch. */
    public enum Reason {
        /** Too many calls at this rate. The same call may pass later, see {@link ModelFailure#retryAfter()}. */
        RATE_LIMITED(true),
        /** The account has used up what it may use. Waiting a little does not help. */
        QUOTA_EXHAUSTED(false),
        /** The key is missing, wrong or expired. */
        UNAUTHORIZED(false),
        /** The key is good but may not do this. */
        FORBIDDEN(false),
        /** The vendor has no such model, or no longer. */
        MODEL_NOT_FOUND(false),
        /** The request cannot be served as it is. */
        INVALID_REQUEST(false),
        /** The vendor's content policy refused the request or the answer. */
        BLOCKED_BY_POLICY(false),
        /** No complete answer came in time. */
        TIMED_OUT(true),
        /** The vendor failed or could not be reached. */
        UNAVAILABLE(true),
        /** An answer came, but it was broken or had no picture in it. */
        MALFORMED_ANSWER(false),
        /** An answer came, but a check found its picture to be of no use: broken, blank or not what was asked for. */
        UNUSABLE_PICTURE(false),
        /** The caller insists on every option, and the model does not honour one. */
        OPTION_NOT_HONOURED(false),
        /** The caller stopped the call. */
        CANCELLED(false);

        private final boolean retryable;

        Reason(boolean retryable) {
            this.retryable = retryable;
        }

        /**
         * Returns whether the same call may succeed when it is made again.
         *
         * @return true if another try makes sense
         */
        public boolean isRetryable() {
            return retryable;
        }
    }

    /** Whether the vendor may have charged for a call that failed. */
    public enum Billed {
        /** The request did not leave this machine. */
        NOT_SENT,
        /** The vendor refused the request before it did any work. */
        REJECTED,
        /** The request was sent and its outcome is unknown: it may have been charged. */
        UNKNOWN_OUTCOME,
        /** The vendor did the work, but what came is of no use. */
        BILLED_UNUSABLE
    }

    /** In which way a model declined to serve, the same words for every vendor. More may come. */
    public enum Refusal {
        /** A policy refused the prompt or a picture that was sent, before anything was made. */
        BLOCKED_INPUT,
        /** A policy held back what was made. */
        BLOCKED_OUTPUT,
        /** The model itself declined, in words. */
        REFUSED,
        /** The model was done without a picture, and no policy was named. */
        NO_PICTURE
    }

    /**
     * The model that was called.
     *
     * @return its id
     */
    public abstract String modelId();

    /**
     * What went wrong.
     *
     * @return the reason
     */
    public abstract Reason reason();

    /**
     * Whether the vendor may have charged.
     *
     * @return the state
     */
    public abstract Billed billed();

    /**
     * Who, what and what to do.
     *
     * @return a sentence without key, prompt or body
     */
    public abstract String message();

    /**
     * In which way the model declined, where it did. Default: empty.
     *
     * @return the kind
     */
    public abstract Optional<Refusal> refusal();

    /**
     * The HTTP status, if an answer came. Default: empty.
     *
     * @return 100 to 599
     */
    public abstract OptionalInt httpStatus();

    /**
     * How long the vendor asks to wait before the next call. Default: not said.
     *
     * @return the wait, from the time of the answer
     */
    public abstract Optional<Duration> retryAfter();

    /**
     * The vendor's own words. They may quote the request, so they are in neither {@link #message()} nor the exception's
     * message. Default: empty.
     *
     * @return at most 2,000 characters; more are cut off
     */
    @Value.Redacted
    public abstract Optional<String> vendorMessage();

    @Value.Check
    ModelFailure shortened() {
        int length = vendorMessage().map(String::length).orElse(0);
        return length <= MAX_VENDOR_MESSAGE_CHARS
                ? this
                : new ModelFailureBuilder()
                        .from(this)
                        .vendorMessage(vendorMessage().map(words -> words.substring(0, MAX_VENDOR_MESSAGE_CHARS)))
                        .build();
    }

    /**
     * The vendor's name for this request, for its support desk. Default: empty.
     *
     * @return the id
     */
    public abstract Optional<String> vendorRequestId();
}
