package dev.pictor.trace;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Notes what a store could not do. Thread-safe. */
final class HealthLog {

    private record Failure(String message, Instant at) {}

    private final Clock clock;
    private final AtomicLong eventsLost = new AtomicLong();
    private volatile @Nullable Failure last;
    private volatile boolean healthy = true;

    HealthLog(Clock clock) {
        this.clock = clock;
    }

    void succeeded() {
        if (!healthy) {
            healthy = true;
        }
    }

    void failed(Exception failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        last = new Failure(failure.getMessage() + ": " + cause, clock.instant());
        healthy = false;
    }

    void lostEvent() {
        eventsLost.incrementAndGet();
    }

    StoreHealth now() {
        StoreHealthBuilder health = new StoreHealthBuilder().isHealthy(healthy).eventsLost(eventsLost.get());
        Failure failure = last;
        if (failure != null) {
            health.lastFailure(failure.message).lastFailureAt(failure.at);
        }
        return health.build();
    }
}
