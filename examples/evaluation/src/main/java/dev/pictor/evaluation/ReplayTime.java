package dev.pictor.evaluation;

import dev.pictor.time.TimeSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Time that stands still until it is set, for one thread. Nothing happens by itself: there is nothing to wait for. */
final class ReplayTime implements TimeSource {

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private Duration elapsed = Duration.ZERO;

    /** Sets the time, counted from the beginning. */
    void moveTo(Duration since) {
        elapsed = since;
    }

    @Override
    public Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return BEGIN.plus(elapsed);
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this; // only instants are asked for
            }
        };
    }

    @Override
    public long nanoTime() {
        return elapsed.toNanos();
    }

    @Override
    public void sleep(Duration time) {
        elapsed = elapsed.plus(time);
    }

    @Override
    public Pending after(Duration delay, Runnable action) {
        return () -> {};
    }

    @Override
    public void close() {}
}
