package dev.pictor.gateway.routing;

/** How a model is, by its recent calls. */
public enum HealthState {
    /** Nothing is known: no recent call. */
    UNKNOWN,
    /** Calls succeed. */
    HEALTHY,
    /** Some calls fail, or they are much slower than usual. */
    DEGRADED,
    /** Calls fail, or its breaker is open. */
    DOWN
}
