package dev.pictor.gateway.resilience;

import java.time.Duration;

/**
 * The answer to whether a call may go on. Look at {@link #isAdmitted()} first, and close it when the call is over,
 * however it ended. Thread-safe.
 */
public interface Permit extends AutoCloseable {

    /**
     * Returns whether the call may go on.
     *
     * @return true if it may, false if it was refused
     */
    boolean isAdmitted();

    /**
     * Returns the time after which another call may pass.
     *
     * @return the wait from now; zero if the call was admitted or if nobody knows
     */
    Duration retryAfter();

    /**
     * Returns the exception that tells of the refusal.
     *
     * @param modelId the model that was to be called
     * @return a new exception without a stack trace
     * @throws IllegalStateException if the call was admitted
     */
    GatewayRefusedException refusal(String modelId);

    /** Gives the permit back. Nothing happens the second time, or if the call was refused. */
    @Override
    void close();
}
