package dev.pictor.model;

import java.time.Duration;
import java.util.Optional;

/**
 * What an adapter must know of the run it works for: how long it may take, and when to stop. Implemented by the
 * engine, and by {@code dev.pictor.testkit} for tests of adapters. Thread-safe.
 *
 * <p>When a run is cancelled or its deadline passes, the engine interrupts the thread that is inside the adapter and
 * then runs the hooks. An adapter over a client that honours interruption needs no hook; one that does not (OkHttp)
 * closes its connection in the hook.
 */
public interface CallContext {

    /**
     * Returns how long this call may still take.
     *
     * @return time to the deadline, zero if it has passed
     */
    Duration timeLeft();

    /**
     * Returns whether the run was cancelled or its deadline has passed.
     *
     * @return true if the work should stop
     */
    boolean isCancelled();

    /**
     * Registers what stops a call in flight. The hook runs at most once, on another thread or, if the run is cancelled
     * already, at once on this one. It must be quick and must not throw. It may still run while or shortly after it is
     * removed.
     *
     * @param hook stops the call, such as {@code httpCall::cancel}
     * @return removes the hook when closed
     */
    Registration onCancel(Runnable hook);

    /**
     * Returns a name for what is asked, the same for every attempt at it, so that a vendor that understands such names
     * does the work and charges for it once. Default: empty.
     *
     * @return 1 to 255 printable ASCII characters, or empty if the call has no name
     */
    default Optional<String> idempotencyKey() {
        return Optional.empty();
    }

    /**
     * Returns who wants to know what goes over the wire. Keeping it costs a copy of request and answer, so an adapter
     * does so only if there is someone. Default: empty.
     *
     * @return the listener, or empty if nobody listens
     */
    default Optional<ExchangeListener> exchangeListener() {
        return Optional.empty();
    }

    /** A hook in place, until it is closed. */
    interface Registration extends AutoCloseable {
        /** Removes the hook. */
        @Override
        void close();
    }
}
