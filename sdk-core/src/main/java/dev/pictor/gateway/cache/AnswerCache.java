package dev.pictor.gateway.cache;

import static java.util.Objects.requireNonNull;

import dev.pictor.model.CallContext;
import dev.pictor.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The answers a gateway need not ask for again: in memory, and behind it in a {@link CacheStore} if there is one. Whoever
 * stores an answer has made sure that it is complete and valid. Thread-safe.
 *
 * <p>A store that fails or stalls fails no call, and delays it by {@link CacheSettings#storeTimeLimit()} at most. After
 * five such calls in a row it is left alone for 10 s. What is written to it is written later, on another thread.
 */
public final class AnswerCache implements AutoCloseable {

    /** The part of the memory that answers on their way to the store may take. */
    private static final int WAITING_PART = 8;

    private final CacheSettings settings;
    private final TimeSource time;
    private final WeightedMemory<CacheKey, CacheEntry> memory;
    private final @Nullable StoreLink store;
    private final AtomicLong invalidations = new AtomicLong();
    private final LongAdder memoryHits = new LongAdder();
    private final LongAdder storeHits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    private AnswerCache(CacheSettings settings, TimeSource time) {
        this.settings = settings;
        this.time = time;
        long waiting = settings.store().isPresent() ? settings.maxBytes() / WAITING_PART : 0;
        this.memory = new WeightedMemory<>(settings.maxBytes() - waiting, time);
        this.store = settings.store()
                .map(shared -> new StoreLink(settings, shared, waiting, time))
                .orElse(null);
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
        if (!isEnabled()) {
            return Optional.empty();
        }
        CacheEntry entry = memory.get(key);
        if (entry != null) {
            memoryHits.increment();
            return Optional.of(new CacheHit(entry, CacheLevel.MEMORY));
        }
        entry = store == null || caller.isCancelled() ? null : fromStore(store, key, caller);
        if (entry != null) {
            storeHits.increment();
            return Optional.of(new CacheHit(entry, CacheLevel.STORE));
        }
        misses.increment();
        return Optional.empty();
    }

    private @Nullable CacheEntry fromStore(StoreLink store, CacheKey key, CallContext caller)
            throws InterruptedException {
        long before = invalidations.get();
        CacheEntry read = store.read(key, caller.timeLeft());
        Duration left = read == null ? Duration.ZERO : timeLeft(read);
        if (read == null || left.isZero()) {
            return null;
        }
        CacheEntry kept = memory.putIfAbsent(key, read, read.weightBytes(), left);
        if (invalidations.get() != before) {
            memory.remove(key); // it may have been read before it was dropped
        }
        return kept;
    }

    /** How long an answer may still be given out, at most as long as a new one, however the clocks differ. */
    private Duration timeLeft(CacheEntry entry) {
        Duration age = Duration.between(entry.createdAt(), time.clock().instant());
        Duration left =
                age.isNegative() ? settings.timeToLive() : settings.timeToLive().minus(age);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /**
     * Keeps an answer in place of the one that was there, in memory at once and in the store a little later.
     *
     * @param key the request
     * @param entry a complete, valid answer
     */
    public void store(CacheKey key, CacheEntry entry) {
        Duration left = timeLeft(entry);
        if (!isEnabled() || left.isZero()) {
            return;
        }
        memory.put(key, entry, entry.weightBytes(), left);
        if (store != null) {
            store.write(key, entry, left);
        }
    }

    /**
     * Drops an answer, here and then in the store.
     *
     * @param key the request
     * @throws RuntimeException what the store throws; the answer may still be there then
     * @throws InterruptedException if the thread was interrupted while it waited for the store
     */
    public void invalidate(CacheKey key) throws InterruptedException {
        invalidations.incrementAndGet();
        memory.remove(key);
        if (store != null) {
            store.invalidate(key);
        }
    }

    /**
     * Drops all answers, here and then in the store. Other processes give out what they hold in memory until it is too old.
     *
     * @throws RuntimeException what the store throws; the answers may still be there then
     * @throws InterruptedException if the thread was interrupted while it waited for the store
     */
    public void invalidateAll() throws InterruptedException {
        invalidations.incrementAndGet();
        memory.clear();
        if (store != null) {
            store.invalidateAll();
        }
    }

    /**
     * Returns what was done so far.
     *
     * @return the figures of this moment
     */
    public CacheStatistics statistics() {
        CacheStatisticsBuilder statistics = new CacheStatisticsBuilder()
                .memoryHits(memoryHits.sum())
                .storeHits(storeHits.sum())
                .misses(misses.sum())
                .entries(memory.entries())
                .bytes(memory.bytes())
                .evictions(memory.evictions());
        if (store != null) {
            statistics
                    .waitingBytes(store.waitingBytes())
                    .storeFailures(store.pause().failures())
                    .damaged(store.damaged())
                    .droppedWrites(store.dropped())
                    .isStorePaused(store.pause().isPaused());
        }
        return statistics.build();
    }

    /** Writes what waits for the store, for 5 s at most, and ends the threads. */
    @Override
    public void close() {
        if (store != null) {
            store.close();
        }
    }
}
