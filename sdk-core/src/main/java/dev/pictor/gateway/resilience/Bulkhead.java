package dev.pictor.gateway.resilience;

import static java.util.Objects.requireNonNull;

import dev.pictor.gateway.resilience.GatewayRefusedException.Reason;
import dev.pictor.time.TimeSource;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * Bounds how many calls to one model are under way, so that a model that stalls takes no more than its share of
 * threads. Who comes first is served first. A call that ends hands its place to the one that waits longest; a waiter
 * that gives up or is interrupted takes no place along. Thread-safe.
 */
public final class Bulkhead {

    private static final Permit FULL = new Refused(Reason.BULKHEAD_FULL, 0);
    private static final Permit TOO_LATE = new Refused(Reason.WAITED_TOO_LONG, 0);

    private final BulkheadPolicy policy;
    private final TimeSource time;
    private final Object lock = new Object();

    // guarded by lock
    private final Set<Place> waiting = new LinkedHashSet<>(); // in the order in which they came
    private int inUse;

    private Bulkhead(BulkheadPolicy policy, TimeSource time) {
        this.policy = requireNonNull(policy, "policy");
        this.time = requireNonNull(time, "time");
    }

    /**
     * Creates an empty bulkhead.
     *
     * @param policy its bounds
     * @param time measures the waits
     * @return a new bulkhead
     */
    public static Bulkhead create(BulkheadPolicy policy, TimeSource time) {
        return new Bulkhead(policy, time);
    }

    /**
     * Takes a place, and waits for one if none is free and the queue is not full.
     *
     * @param timeLeft the time left for the whole call
     * @return the place, to be closed when the call is over; or a refusal
     * @throws InterruptedException if the thread is interrupted while it waits; it then holds no place
     */
    public Permit acquire(Duration timeLeft) throws InterruptedException {
        Duration wait = timeLeft.compareTo(policy.maxWait()) < 0 ? timeLeft : policy.maxWait();
        boolean mayWait = !wait.isZero() && !wait.isNegative();
        Place place = new Place();
        synchronized (lock) {
            if (inUse < policy.maxConcurrent()) {
                inUse++;
                place.state = PlaceState.TAKEN;
                return place;
            }
            if (!mayWait || waiting.size() >= policy.maxWaiting()) {
                return FULL;
            }
            waiting.add(place);
        }
        return place.await(wait) ? place : TOO_LATE;
    }

    /**
     * Returns how many calls are under way.
     *
     * @return 0 to {@link BulkheadPolicy#maxConcurrent()}
     */
    public int inUse() {
        synchronized (lock) {
            return inUse;
        }
    }

    /**
     * Returns how many calls wait for a place.
     *
     * @return 0 to {@link BulkheadPolicy#maxWaiting()}
     */
    public int waiting() {
        synchronized (lock) {
            return waiting.size();
        }
    }

    private enum PlaceState {
        WAITING,
        TAKEN,
        OVER
    }

    private final class Place extends Admitted {

        private PlaceState state = PlaceState.WAITING; // guarded by lock
        private final CountDownLatch served = new CountDownLatch(1);

        /** Returns whether it was served in time. */
        boolean await(Duration wait) throws InterruptedException {
            TimeSource.Pending end = time.after(wait, this::giveUp);
            boolean interrupted = true;
            try {
                served.await();
                interrupted = false;
            } finally {
                end.cancel();
                if (interrupted) {
                    close(); // it may have been served at the same moment
                }
            }
            synchronized (lock) {
                return state == PlaceState.TAKEN;
            }
        }

        private void giveUp() {
            synchronized (lock) {
                if (waiting.remove(this)) {
                    state = PlaceState.OVER;
                    served.countDown();
                }
            }
        }

        @Override
        public void close() {
            synchronized (lock) {
                boolean taken = state == PlaceState.TAKEN;
                state = PlaceState.OVER;
                if (!taken) {
                    waiting.remove(this);
                    return;
                }
                Iterator<Place> longest = waiting.iterator();
                if (!longest.hasNext()) {
                    inUse--;
                    return;
                }
                Place next = longest.next();
                longest.remove();
                next.state = PlaceState.TAKEN;
                next.served.countDown();
            }
        }
    }
}
