package dev.pictor.gateway.cache;

import static java.util.Objects.requireNonNull;

import dev.pictor.time.TimeSource;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/**
 * Keeps answers in this process's memory: for gateways of one process that share answers, and for tests. When the bound is
 * reached, those go that are asked for least. Thread-safe.
 */
public final class MemoryCacheStore implements CacheStore {

    /** What an entry takes beside its bytes, roughly. */
    private static final int FRAME_BYTES = 256;

    private final WeightedMemory<Name, byte[]> memory;

    private record Name(String namespace, CacheKey key) {}

    private MemoryCacheStore(WeightedMemory<Name, byte[]> memory) {
        this.memory = memory;
    }

    /**
     * Returns an empty store. It holds nothing that must be closed.
     *
     * @param maxBytes how much memory entries may take, 1 or more; an entry takes its bytes and 256
     * @param time by which entries grow old
     * @return a new store
     * @throws IllegalArgumentException if {@code maxBytes} is less than 1
     */
    public static MemoryCacheStore create(long maxBytes, TimeSource time) {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes must be 1 or more, was " + maxBytes);
        }
        return new MemoryCacheStore(new WeightedMemory<>(maxBytes, requireNonNull(time, "time")));
    }

    @Override
    public Optional<ByteBuffer> get(String namespace, CacheKey key) {
        return Optional.ofNullable(memory.get(new Name(namespace, key)))
                .map(bytes -> ByteBuffer.wrap(bytes).asReadOnlyBuffer());
    }

    @Override
    public void put(String namespace, CacheKey key, ByteBuffer bytes, Duration timeToLive) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        memory.put(new Name(namespace, key), copy, (long) copy.length + FRAME_BYTES, timeToLive);
    }

    @Override
    public void invalidate(String namespace, CacheKey key) {
        memory.remove(new Name(namespace, key));
    }

    @Override
    public void invalidateAll(String namespace) {
        memory.removeIf(name -> name.namespace().equals(namespace));
    }

    /**
     * Returns how much memory the entries take.
     *
     * @return bytes, at most those given when the store was made
     */
    public long bytes() {
        return memory.bytes();
    }
}
