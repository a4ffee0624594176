package dev.pictor.gateway.resilience;

import dev.pictor.model.ModelException;

/**
 * What an attempt says about the model and the way to it. Decided from the typed failure alone, but for an attempt that
 * ended with the time of the whole call: it is the vendor's fault if the model had as long as nearly all of its recent
 * answers took (else its typical latency, else 1 s), and ignored if it had less. Breakers, health and alerts count by it.
 */
public enum CallOutcome {
    /** It answered. */
    SUCCESS,
    /** The vendor failed, did not answer in time or could not be reached. Opens a breaker. */
    PROVIDER_FAULT,
    /** Too many calls. The model is well, and must be left alone for a while. */
    RATE_LIMITED,
    /** The key is wrong, may not do this or has used up its quota. Every call with it will fail. */
    KEY_REFUSED,
    /** The request was at fault, or the caller stopped it: nothing is learnt of the model. */
    IGNORED;

    /**
     * Returns what a failure says.
     *
     * @param failure of a call
     * @return the outcome
     */
    public static CallOutcome of(ModelException failure) {
        return switch (failure.reason()) {
            case UNAVAILABLE, TIMED_OUT, MALFORMED_ANSWER -> PROVIDER_FAULT;
            case RATE_LIMITED -> RATE_LIMITED;
            case UNAUTHORIZED, FORBIDDEN, QUOTA_EXHAUSTED -> KEY_REFUSED;
            case MODEL_NOT_FOUND,
                    INVALID_REQUEST,
                    BLOCKED_BY_POLICY,
                    UNUSABLE_PICTURE,
                    OPTION_NOT_HONOURED,
                    CANCELLED -> IGNORED;
        };
    }
}
