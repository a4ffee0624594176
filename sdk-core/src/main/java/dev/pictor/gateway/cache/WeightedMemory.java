package dev.pictor.gateway.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.pictor.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A table bounded by the weight of its values, each with a time of its own. Room is made on the thread that puts, so that
 * the bound holds whatever other threads do. Thread-safe.
 *
 * @param <K> the names
 * @param <V> what is kept
 */
final class WeightedMemory<K, V> {

    private record Held<V>(V value, int weightBytes, Duration timeToLive) {}

    private final Cache<K, Held<V>> cache;
    private final long maxBytes;
    private final LongAdder evictions = new LongAdder();

    WeightedMemory(long maxBytes, TimeSource time) {
        this.maxBytes = maxBytes;
        this.cache = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher((K key, Held<V> held) -> held.weightBytes())
                .expireAfter(Expiry.writing((K key, Held<V> held) -> held.timeToLive()))
                .evictionListener((key, held, cause) -> {
                    if (cause == RemovalCause.SIZE) {
                        evictions.increment();
                    }
                })
                .ticker(time::nanoTime)
                .executor(Runnable::run)
                .build();
    }

    @Nullable
    V get(K key) {
        Held<V> held = cache.getIfPresent(key);
        return held == null ? null : held.value();
    }

    /** Keeps a value, unless it alone is too heavy or its time is over: then nothing is there any more. */
    void put(K key, V value, long weightBytes, Duration timeToLive) {
        if (fits(weightBytes, timeToLive)) {
            cache.put(key, new Held<>(value, (int) weightBytes, timeToLive));
        } else {
            cache.invalidate(key);
        }
    }

    private boolean fits(long weightBytes, Duration timeToLive) {
        return weightBytes <= Math.min(maxBytes, Integer.MAX_VALUE) && !timeToLive.isZero() && !timeToLive.isNegative();
    }

    /** Keeps a value if none is there. Returns the one that is there afterwards. */
    V putIfAbsent(K key, V value, long weightBytes, Duration timeToLive) {
        if (!fits(weightBytes, timeToLive)) {
            return value;
        }
        Held<V> held = new Held<>(value, (int) weightBytes, timeToLive);
        Held<V> there = cache.asMap().putIfAbsent(key, held);
        return there == null ? value : there.value();
    }

    void removeIf(Predicate<K> which) {
        cache.asMap().keySet().removeIf(which);
    }

    void remove(K key) {
        cache.invalidate(key);
    }

    void clear() {
        cache.invalidateAll();
    }

    long entries() {
        return cache.estimatedSize();
    }

    long bytes() {
        return cache.policy().eviction().orElseThrow().weightedSize().orElse(0);
    }

    long evictions() {
        return evictions.sum();
    }
}
