package dev.pictor.gateway.routing;

/** What one call said about its model. A call that said nothing of it, such as one with a bad request, is no signal. */
public enum HealthSignal {
    /** It answered. */
    ANSWERED,
    /** It failed, was not reached, did not answer in time, or refused the key. */
    FAILED,
    /** It had too many calls. */
    RATE_LIMITED
}
