package dev.pictor.gateway.resilience;

import dev.pictor.time.TimeSource;
import java.time.Duration;

/**
 * Keeps calls away from a model in trouble, and tries it again after a while. One breaker is for one model with one
 * key: what it learns holds for no other.
 *
 * <p>It is closed as long as calls succeed, and opens when too many of the recent ones fail (see
 * {@link BreakerPolicy}). An open breaker refuses every call. After {@link BreakerPolicy#openFor()} it is half open: it
 * admits exactly {@link BreakerPolicy#probes()} calls. When all of them have succeeded it is closed, and when one has
 * failed it is open again. A probe that is given back, that says nothing of the model or that nobody hears of for
 * {@link BreakerPolicy#probeTimeout()} makes room for another, so that the breaker cannot stay half open for want of an
 * answer. What a call admitted earlier says after the state has changed counts for nothing.
 *
 * <p><b>Threads.</b> Called from many threads at once.
 *
 * <p><b>Blocking.</b> Never.
 *
 * <p><b>Errors.</b> It throws nothing.
 */
public interface CircuitBreaker {

    /**
     * Creates a breaker, closed, that nobody listens to.
     *
     * @param policy when it opens
     * @param time measures the window, the pause and the probes
     * @return a new breaker
     */
    static CircuitBreaker create(BreakerPolicy policy, TimeSource time) {
        return create(policy, time, BreakerListener.none());
    }

    /**
     * Creates a breaker, closed.
     *
     * @param policy when it opens
     * @param time measures the window, the pause and the probes
     * @param listener hears of every change
     * @return a new breaker
     */
    static CircuitBreaker create(BreakerPolicy policy, TimeSource time, BreakerListener listener) {
        return new WindowBreaker(policy, time, listener);
    }

    /**
     * Asks whether a call may go on.
     *
     * @return the answer; to be closed
     */
    BreakerPermit tryAcquire();

    /**
     * Returns the state.
     *
     * @return {@link State#HALF_OPEN} as soon as the next call would be a probe
     */
    State state();

    /**
     * Returns how long calls will be refused.
     *
     * @return the wait from now: zero if a call would be admitted. When all probes are under way nobody knows; the wait is
     *     that of an open breaker then, or as long as the oldest probe may still take if that is less
     */
    Duration retryAfter();

    /** Whether calls pass. */
    enum State {
        /** Every call passes. */
        CLOSED,
        /** No call passes. */
        OPEN,
        /** A few calls pass, to see whether the model is well again. */
        HALF_OPEN
    }
}
