package dev.pictor.gateway.resilience;

import static java.util.Objects.requireNonNull;

import dev.pictor.time.TimeSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The pauses that vendors asked for. They are kept under whatever shares a limit: a model, or the quota that several
 * models use together. At most 10,000 at a time; beyond that those that end first are forgotten. Thread-safe.
 */
public final class Cooldowns {

    private static final int MAX_KEYS = 10_000;

    private final TimeSource time;
    private final long begin;
    private final Object lock = new Object();

    // guarded by lock
    private final Map<String, Long> ends = new HashMap<>();

    /** Whether there may be a pause at all: mostly there is none, and nobody need take the lock to see that. */
    private volatile boolean any;

    private Cooldowns(TimeSource time) {
        this.time = requireNonNull(time, "time");
        this.begin = time.nanoTime();
    }

    /**
     * Creates an object without a pause.
     *
     * @param time measures the pauses
     * @return a new object
     */
    public static Cooldowns create(TimeSource time) {
        return new Cooldowns(time);
    }

    /**
     * Begins a pause, or extends the one there is. A pause is never cut short.
     *
     * @param key what shares the limit
     * @param pause how long from now, at most 1 day; nothing happens if it is not positive
     */
    public void coolDown(String key, Duration pause) {
        requireNonNull(key, "key");
        Duration bounded = pause.compareTo(Limits.MAX_TIME) < 0 ? pause : Limits.MAX_TIME;
        if (bounded.isZero() || bounded.isNegative()) {
            return;
        }
        long now = time.nanoTime() - begin;
        synchronized (lock) {
            if (ends.size() >= MAX_KEYS && !ends.containsKey(key)) {
                makeRoom(now);
            }
            ends.merge(key, now + bounded.toNanos(), Math::max);
            any = true;
        }
    }

    /**
     * Returns what is left of a pause.
     *
     * @param key what shares the limit
     * @return zero if there is none
     */
    public Duration left(String key) {
        if (!any) {
            return Duration.ZERO;
        }
        long now = time.nanoTime() - begin;
        synchronized (lock) {
            Long end = ends.get(key);
            if (end == null) {
                return Duration.ZERO;
            }
            if (end > now) {
                return Duration.ofNanos(end - now);
            }
            ends.remove(key);
            any = !ends.isEmpty();
            return Duration.ZERO;
        }
    }

    /** With the lock. */
    private void makeRoom(long now) {
        ends.values().removeIf(end -> end <= now);
        if (ends.size() >= MAX_KEYS) {
            ends.entrySet().stream()
                    .min(Map.Entry.comparingByValue())
                    .map(Map.Entry::getKey)
                    .ifPresent(ends::remove);
        }
    }
}
