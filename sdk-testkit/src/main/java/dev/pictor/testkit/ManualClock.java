package dev.pictor.testkit;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until it is moved. Thread-safe. */
public final class ManualClock extends Clock {

    /** Shared with the views in other zones. */
    private final AtomicReference<Instant> now;

    private final ZoneId zone;

    private ManualClock(AtomicReference<Instant> now, ZoneId zone) {
        this.now = now;
        this.zone = zone;
    }

    /**
     * Returns a clock in UTC.
     *
     * @param now what it shows
     * @return a new clock
     */
    public static ManualClock at(Instant now) {
        return new ManualClock(new AtomicReference<>(requireNonNull(now, "now")), ZoneOffset.UTC);
    }

    /**
     * Moves the clock.
     *
     * @param by how far; backwards if it is negative
     */
    public void advance(Duration by) {
        now.updateAndGet(instant -> instant.plus(by));
    }

    /**
     * Sets the clock.
     *
     * @param instant what it shows from now on
     */
    public void set(Instant instant) {
        now.set(requireNonNull(instant, "instant"));
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    /**
     * Returns a view of this clock in another zone, which moves with it.
     *
     * @param other the zone
     * @return the view
     */
    @Override
    public ManualClock withZone(ZoneId other) {
        return new ManualClock(now, other);
    }
}
