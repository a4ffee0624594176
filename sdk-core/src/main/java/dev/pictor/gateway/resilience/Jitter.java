package dev.pictor.gateway.resilience;

/** How much of a back-off is left to chance, so that callers that failed together do not come back together. */
public enum Jitter {
    /** Nothing: the whole back-off. */
    NONE,
    /** Half of it: from half the back-off to all of it. */
    EQUAL,
    /** All of it: from nothing to the whole back-off. */
    FULL
}
