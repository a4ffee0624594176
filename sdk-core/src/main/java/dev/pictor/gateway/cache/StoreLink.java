package dev.pictor.gateway.cache;

import dev.pictor.model.CallContext;
import dev.pictor.pipeline.CallScope;
import dev.pictor.time.TimeSource;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The way to a store that may fail, stall and ignore interruption: reads are waited for within a limit, writes are made
 * later, and after failures the store is left alone for a while. Thread-safe.
 */
final class StoreLink implements AutoCloseable {

    static final int READERS = 8;
    static final int WAITING_READS = 64;
    static final int WAITING_WRITES = 1_000;

    private static final Duration WRITE_LIMIT = Duration.ofSeconds(5);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
    private static final long IDLE_SECONDS = 30;
    private static final AtomicInteger THREADS = new AtomicInteger();

    private final CacheStore store;
    private final String namespace;
    private final Duration readLimit;
    private final long maxWaitingBytes;
    private final TimeSource time;
    private final StorePause pause;

    private final ThreadPoolExecutor readers = threads(READERS, WAITING_READS);
    private final ThreadPoolExecutor writer = threads(1, WAITING_WRITES);
    private final ConcurrentHashMap<CacheKey, Write> writes = new ConcurrentHashMap<>();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final LongAdder damaged = new LongAdder();
    private final LongAdder dropped = new LongAdder();

    StoreLink(CacheSettings settings, CacheStore store, long maxWaitingBytes, TimeSource time) {
        this.store = store;
        this.namespace = "pictor-" + settings.version();
        this.readLimit = settings.storeTimeLimit();
        this.maxWaitingBytes = maxWaitingBytes;
        this.time = time;
        this.pause = new StorePause(time);
    }

    /** Returns what the store has, or null if it has nothing, cannot say or does not say in time. */
    @Nullable
    CacheEntry read(CacheKey key, Duration timeLeft) throws InterruptedException {
        if (!pause.mayTry()) {
            return null;
        }
        boolean isBrief = timeLeft.compareTo(readLimit) < 0;
        Duration limit = isBrief ? timeLeft : readLimit;
        CountDownLatch over = new CountDownLatch(1);
        AtomicReference<@Nullable Reading> reading = new AtomicReference<>();
        try (CallScope scope = CallScope.open(time, limit)) {
            CallContext.Registration unused = scope.onCancel(over::countDown);
            readers.execute(() -> {
                try {
                    reading.set(read(key, scope));
                } finally {
                    over.countDown();
                }
            });
            awaitOrCancel(over, scope);
        } catch (RejectedExecutionException e) {
            reading.set(new Reading(null, e)); // all readers are busy, stalled ones most likely
        }
        Reading result = reading.get();
        if (result == null && isBrief) {
            return null; // the caller had no time, which is not the store's fault
        }
        if (result == null || result.failure() != null) {
            pause.failed(result == null ? null : result.failure());
            return null;
        }
        pause.succeeded();
        return result.entry();
    }

    /** Writes later, unless too much waits already. */
    void write(CacheKey key, CacheEntry entry, Duration timeToLive) {
        Write write = new Write(key, entry, timeToLive);
        if (!pause.mayTry() || !reserve(entry.weightBytes())) {
            dropped.increment();
            return;
        }
        writes.put(key, write);
        try {
            writer.execute(write);
        } catch (RejectedExecutionException e) {
            writes.remove(key, write);
            waitingBytes.addAndGet(-entry.weightBytes());
            dropped.increment();
        }
    }

    void invalidate(CacheKey key) throws InterruptedException {
        Write waiting = writes.remove(key);
        if (waiting != null) {
            waiting.revoked = true;
        }
        store.invalidate(namespace, key);
    }

    void invalidateAll() throws InterruptedException {
        writes.forEach((key, write) -> {
            write.revoked = true;
            writes.remove(key, write);
        });
        store.invalidateAll(namespace);
    }

    long waitingBytes() {
        return waitingBytes.get();
    }

    long damaged() {
        return damaged.sum();
    }

    long dropped() {
        return dropped.sum();
    }

    StorePause pause() {
        return pause;
    }

    @Override
    public void close() {
        readers.shutdownNow();
        writer.shutdown();
        try {
            if (writer.awaitTermination(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        dropped.add(writer.shutdownNow().size());
    }

    private record Reading(
            @Nullable CacheEntry entry, @Nullable Exception failure) {}

    private Reading read(CacheKey key, CallScope scope) {
        try {
            Optional<ByteBuffer> bytes = scope.call(() -> store.get(namespace, key));
            if (bytes.isEmpty()) {
                return new Reading(null, null);
            }
            Optional<CacheEntry> entry = EntryFormat.decode(bytes.get());
            if (entry.isEmpty()) {
                damaged.increment();
            }
            return new Reading(entry.orElse(null), null);
        } catch (Exception e) {
            return new Reading(null, e); // told to the one who waits, and counted there
        }
    }

    private static void awaitOrCancel(CountDownLatch over, CallScope scope) throws InterruptedException {
        try {
            over.await();
        } catch (InterruptedException e) {
            scope.cancel();
            throw e;
        }
    }

    /** One entry always goes in, however large. */
    private boolean reserve(long bytes) {
        while (true) {
            long now = waitingBytes.get();
            if (now > 0 && now + bytes > maxWaitingBytes) {
                return false;
            }
            if (waitingBytes.compareAndSet(now, now + bytes)) {
                return true;
            }
        }
    }

    private static ThreadPoolExecutor threads(int count, int waiting) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                count, count, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(waiting), task -> {
                    Thread thread = new Thread(task, "sdk-core-cache-" + THREADS.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** An answer on its way to the store, until somebody takes it back. */
    private final class Write implements Runnable {

        private final CacheKey key;
        private final CacheEntry entry;
        private final Duration timeToLive;
        private volatile boolean revoked;

        Write(CacheKey key, CacheEntry entry, Duration timeToLive) {
            this.key = key;
            this.entry = entry;
            this.timeToLive = timeToLive;
        }

        @Override
        public void run() {
            try {
                if (equals(writes.get(key))) { // else revoked, or a newer answer is on its way
                    put();
                }
            } finally {
                writes.remove(key, this);
                waitingBytes.addAndGet(-entry.weightBytes());
            }
        }

        private void put() {
            try (CallScope scope = CallScope.open(time, WRITE_LIMIT)) {
                CacheKey unused = scope.call(() -> {
                    store.put(namespace, key, EntryFormat.encode(entry), timeToLive);
                    if (revoked) {
                        store.invalidate(namespace, key); // taken back while it was written
                    }
                    return key;
                });
                pause.succeeded();
            } catch (Exception e) {
                dropped.increment();
                pause.failed(e);
            }
        }
    }
}
