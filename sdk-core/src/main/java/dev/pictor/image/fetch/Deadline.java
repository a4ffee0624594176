package dev.pictor.image.fetch;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** When a fetch must be over, all redirects included. Immutable. */
final class Deadline {

    private final long endNanos;

    private Deadline(long endNanos) {
        this.endNanos = endNanos;
    }

    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** Tells the time left, rounded up: a wait that ends by it ends when the deadline is over. */
    int millisLeft() throws SocketTimeoutException {
        long nanos = endNanos - System.nanoTime();
        if (nanos <= 0) {
            throw new SocketTimeoutException("time is over");
        }
        return Math.toIntExact(TimeUnit.NANOSECONDS.toMillis(nanos) + 1);
    }

    boolean isOver() {
        return endNanos - System.nanoTime() <= 0;
    }
}
