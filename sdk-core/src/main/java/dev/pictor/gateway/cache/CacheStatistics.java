package dev.pictor.gateway.cache;

import org.immutables.value.Value;

/** What an {@link AnswerCache} has done so far. Immutable. */
@Value.Immutable
public abstract class CacheStatistics {

    CacheStatistics() {}

    /**
     * Answers found in memory.
     *
     * @return 0 or more
     */
    public abstract long memoryHits();

    /**
     * Answers found in the store.
     *
     * @return 0 or more
     */
    public abstract long storeHits();

    /**
     * Look-ups in vain.
     *
     * @return 0 or more
     */
    public abstract long misses();

    /**
     * Entries in memory.
     *
     * @return 0 or more, roughly while others write
     */
    public abstract long entries();

    /**
     * What the entries in memory take.
     *
     * @return bytes by {@link CacheEntry#weightBytes()}, at most {@link CacheSettings#maxBytes()}
     */
    public abstract long bytes();

    /**
     * What the answers take that wait to be written to the store.
     *
     * @return bytes, part of {@link CacheSettings#maxBytes()}
     */
    @Value.Default
    public long waitingBytes() {
        return 0;
    }

    /**
     * Entries that memory dropped for others.
     *
     * @return 0 or more
     */
    public abstract long evictions();

    /**
     * Calls of the store that failed or did not end in time.
     *
     * @return 0 or more
     */
    @Value.Default
    public long storeFailures() {
        return 0;
    }

    /**
     * Entries of the store that could not be read.
     *
     * @return 0 or more
     */
    @Value.Default
    public long damaged() {
        return 0;
    }

    /**
     * Answers that were not written to the store, since too many waited or the store was left alone after failures.
     *
     * @return 0 or more
     */
    @Value.Default
    public long droppedWrites() {
        return 0;
    }

    /**
     * Whether the store is left alone after failures.
     *
     * @return true if nothing is read from it or written to it for a while
     */
    @Value.Default
    public boolean isStorePaused() {
        return false;
    }
}
