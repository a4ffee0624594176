package dev.pictor.gateway.cache;

import static java.util.Objects.requireNonNull;

/**
 * An answer that was found. Immutable.
 *
 * @param entry the answer
 * @param level where it was found
 */
public record CacheHit(CacheEntry entry, CacheLevel level) {

    /** Checks that both are given. */
    public CacheHit {
        requireNonNull(entry, "entry");
        requireNonNull(level, "level");
    }
}
