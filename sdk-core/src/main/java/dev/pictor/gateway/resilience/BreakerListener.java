package dev.pictor.gateway.resilience;

/**
 * Hears of the changes of a circuit breaker, in their order. It is called on the thread of the call that brought the
 * change about, or of one that came right after it, and never twice at once; it must be quick. What it throws is logged
 * once and dropped.
 */
@FunctionalInterface
public interface BreakerListener {

    /**
     * Tells of a change.
     *
     * @param from the state before
     * @param to the state after, never the same
     */
    void changed(CircuitBreaker.State from, CircuitBreaker.State to);

    /**
     * Returns one that does nothing.
     *
     * @return a listener
     */
    static BreakerListener none() {
        return NoBreakerListener.INSTANCE;
    }
}
