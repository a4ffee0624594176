package dev.pictor.gateway.cache;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/**
 * Keeps answers, as bytes under keys, for processes to share. {@link AnswerCache} puts it behind its own memory. What a
 * store must do is in {@code dev.pictor.testkit.CacheStoreContract}.
 *
 * <p><b>Threads.</b> Called from many threads at once, also with the same key.
 *
 * <p><b>Blocking.</b> May block; the caller sets a limit, and interrupts the thread when it is over. A store that does
 * not honour that delays nobody but later calls to itself.
 *
 * <p><b>Errors.</b> Any {@link RuntimeException}, such as {@link java.io.UncheckedIOException}. What is half-written is
 * never given out.
 *
 * <p><b>Retries.</b> None: the next call comes soon enough.
 *
 * <p><b>Closing.</b> Whoever made the store closes it.
 */
public interface CacheStore {

    /**
     * Returns bytes.
     *
     * @param namespace whose keys these are, 1 to 200 printable ASCII characters
     * @param key the name
     * @return a new read-only buffer over what was put last, with a position of its own, or empty if there is nothing, its
     *     time is over or it was dropped
     * @throws InterruptedException if the thread was interrupted meanwhile
     */
    Optional<ByteBuffer> get(String namespace, CacheKey key) throws InterruptedException;

    /**
     * Keeps bytes, in place of those that were there. A store may drop what it keeps at any time.
     *
     * @param namespace whose keys these are
     * @param key the name
     * @param bytes what to keep, from position to limit; left as it was
     * @param timeToLive how long it may be given out, positive
     * @throws InterruptedException if the thread was interrupted meanwhile
     */
    void put(String namespace, CacheKey key, ByteBuffer bytes, Duration timeToLive) throws InterruptedException;

    /**
     * Drops what is under a key. Does nothing if there is nothing.
     *
     * @param namespace whose keys these are
     * @param key the name
     * @throws InterruptedException if the thread was interrupted meanwhile
     */
    void invalidate(String namespace, CacheKey key) throws InterruptedException;

    /**
     * Drops all of a namespace: nothing that was put before is given out afterwards. A store need not look at every entry
     * for that; a generation that is part of its own keys will do.
     *
     * @param namespace whose keys these are
     * @throws InterruptedException if the thread was interrupted meanwhile
     */
    void invalidateAll(String namespace) throws InterruptedException;
}
