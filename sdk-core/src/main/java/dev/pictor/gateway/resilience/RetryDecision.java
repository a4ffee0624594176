package dev.pictor.gateway.resilience;

import java.time.Duration;

/** What to do after an attempt that failed: another one after a while, or none. Immutable. */
public sealed interface RetryDecision {

    /**
     * Another attempt makes sense.
     *
     * @param delay the wait before it, 0 or more
     */
    record Wait(Duration delay) implements RetryDecision {}

    /**
     * No other attempt at this model. Another model may still be asked.
     *
     * @param why the first of the reasons that holds, in their order
     */
    record GiveUp(Why why) implements RetryDecision {}

    /** Why there is no other attempt. More may come; keep a {@code default} branch. */
    enum Why {
        /** The same call would fail again. */
        NOT_RETRYABLE,
        /** The vendor may have charged, so that another attempt may be charged twice. */
        MAYBE_BILLED,
        /** There were as many attempts as there may be. */
        NO_ATTEMPT_LEFT,
        /** The vendor asks for a longer wait than the policy grants. */
        RETRY_AFTER_TOO_LONG,
        /** After the wait too little of the time would be left. */
        NO_TIME_LEFT
    }
}
