package dev.pictor.gateway.resilience;

import static java.util.Objects.requireNonNull;

import dev.pictor.gateway.resilience.GatewayRefusedException.Reason;
import dev.pictor.time.TimeSource;
import java.time.Duration;

/**
 * Spreads calls over time, so that a vendor's limit is not reached. A bucket of tokens: every call takes one, and they
 * come back at an even rate. Calls that wait are given their turns in order. Thread-safe.
 */
public final class RateLimiter {

    private static final Permit ADMITTED = new Turn();

    private final TimeSource time;
    private final double nanosPerCall;
    private final double burstNanos;
    private final long maxWaitNanos;
    private final long begin;

    private final Object lock = new Object();

    /** When the bucket is full again, in nanoseconds from the beginning. A fraction counts: rates do not divide evenly. */
    private double fullAt; // guarded by lock

    private RateLimiter(RateLimit limit, TimeSource time) {
        this.time = requireNonNull(time, "time");
        this.nanosPerCall = (double) limit.per().toNanos() / limit.calls();
        this.burstNanos = nanosPerCall * limit.burst().orElse(limit.calls());
        this.maxWaitNanos = limit.maxWait().toNanos();
        this.begin = time.nanoTime();
    }

    /**
     * Creates a limiter with a full bucket.
     *
     * @param limit the rate
     * @param time measures it
     * @return a new limiter
     */
    public static RateLimiter create(RateLimit limit, TimeSource time) {
        return new RateLimiter(limit, time);
    }

    /**
     * Takes a token if there is one.
     *
     * @return zero if the call may go on at once; else how long until there is one, and none is taken
     */
    public Duration tryAcquire() {
        return Duration.ofNanos(take(0));
    }

    /**
     * Takes a token, and waits for it if the wait is within bounds.
     *
     * @param timeLeft the time left for the whole call
     * @return admitted, or refused at once with the wait that would have been needed
     * @throws InterruptedException if the thread is interrupted while it waits; its turn is then used up
     */
    public Permit acquire(Duration timeLeft) throws InterruptedException {
        long most = timeLeft.compareTo(Limits.MAX_TIME) < 0 ? timeLeft.toNanos() : maxWaitNanos;
        long mostNanos = Math.max(0, Math.min(most, maxWaitNanos));
        long waitNanos = take(mostNanos);
        if (waitNanos > mostNanos) {
            return new Refused(Reason.RATE_LIMITED_HERE, waitNanos);
        }
        if (waitNanos > 0) {
            time.sleep(Duration.ofNanos(waitNanos));
        }
        return ADMITTED;
    }

    /** Returns the wait for a token, which is taken if the wait is within the bound. */
    private long take(long mostNanos) {
        double now = (double) (time.nanoTime() - begin);
        synchronized (lock) {
            double after = Math.max(fullAt, now) + nanosPerCall;
            double wait = Math.max(0, after - burstNanos - now);
            if (wait <= mostNanos) {
                fullAt = after;
            }
            return (long) Math.ceil(wait);
        }
    }

    /** There is nothing to give back: a token is used up by the call. */
    private static final class Turn extends Admitted {
        @Override
        public void close() {}
    }
}
