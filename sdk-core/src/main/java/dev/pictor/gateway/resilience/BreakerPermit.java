package dev.pictor.gateway.resilience;

/**
 * A circuit breaker's answer to whether a call may go on. Tell it how the call ended; a permit that is closed without
 * that counts as nothing, and its place is free for another call. Thread-safe.
 */
public interface BreakerPermit extends Permit {

    /**
     * Says how the call ended. The first time counts; nothing happens after that, after {@link #close()}, or if the call
     * was refused.
     *
     * @param outcome of the call
     */
    void record(CallOutcome outcome);
}
