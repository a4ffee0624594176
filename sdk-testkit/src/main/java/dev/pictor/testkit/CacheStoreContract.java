package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.gateway.cache.CacheKey;
import dev.pictor.gateway.cache.CacheStore;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The tests that every {@link CacheStore} passes that keeps something. Extend it and give the store, empty or not, with
 * room for 10 MB, and a way to let time pass. Not thread-safe.
 */
public abstract class CacheStoreContract {

    private static final String OURS = "pictor-contract-1";
    private static final String OTHERS = "pictor-contract-2";
    private static final Duration HOUR = Duration.ofHours(1);
    private static final byte[] LAMP = {1, 2, 3};
    private static final byte[] DESK = {4, 5};
    private static final int ENTRIES = 20;

    /** For subclasses. */
    protected CacheStoreContract() {}

    /**
     * Returns the store under test.
     *
     * @return the same store throughout a test; the subclass closes it
     */
    protected abstract CacheStore store();

    /**
     * Lets time pass for the store, or waits.
     *
     * @param time how much, 2 s at most
     * @throws InterruptedException if the thread was interrupted meanwhile
     */
    protected abstract void pass(Duration time) throws InterruptedException;

    @Test
    void givesBackTheBytes() throws Exception {
        put(OURS, 1, LAMP);

        assertThat(get(OURS, 1)).contains(LAMP);
    }

    @Test
    void givesBackNoBytesAtAll() throws Exception {
        put(OURS, 1, new byte[0]);

        assertThat(get(OURS, 1)).contains(new byte[0]);
    }

    @Test
    void isEmptyForAKeyThatItDoesNotKnow() throws Exception {
        assertThat(get(OURS, 999)).isEmpty();
    }

    @Test
    void keepsWhatWasPutLast() throws Exception {
        put(OURS, 1, LAMP);
        put(OURS, 1, DESK);

        assertThat(get(OURS, 1)).contains(DESK);
    }

    @Test
    void keepsKeysAndNamespacesApart() throws Exception {
        put(OURS, 1, LAMP);
        put(OTHERS, 1, DESK);
        store().invalidate(OURS, key(2));

        assertThat(get(OURS, 1)).contains(LAMP);
        assertThat(get(OTHERS, 1)).contains(DESK);
        assertThat(get(OURS, 2)).isEmpty();
    }

    @Test
    void takesABufferFromPositionToLimitAndLeavesItAsItWas() throws Exception {
        ByteBuffer around = ByteBuffer.allocateDirect(LAMP.length + 10);
        around.position(3).put(LAMP);
        around.position(3).limit(3 + LAMP.length);

        store().put(OURS, key(1), around, HOUR);

        assertThat(get(OURS, 1)).contains(LAMP);
        assertThat(around.position()).isEqualTo(3);
        assertThat(around.limit()).isEqualTo(3 + LAMP.length);
    }

    @Test
    void doesNotSeeWhatTheCallerDoesToItsArrayLater() throws Exception {
        byte[] given = LAMP.clone();
        put(OURS, 1, given);

        Arrays.fill(given, (byte) 0);

        assertThat(get(OURS, 1)).contains(LAMP);
    }

    @Test
    void givesEachCallerAReadOnlyViewOfItsOwn() throws Exception {
        put(OURS, 1, LAMP);
        ByteBuffer first = store().get(OURS, key(1)).orElseThrow();

        assertThat(first.isReadOnly()).isTrue();
        assertThatThrownBy(() -> first.put(0, (byte) 0)).isInstanceOf(ReadOnlyBufferException.class);
        first.position(first.limit());
        assertThat(get(OURS, 1)).contains(LAMP);
    }

    @Test
    void givesOutNothingWhoseTimeIsOver() throws Exception {
        store().put(OURS, key(1), ByteBuffer.wrap(LAMP), Duration.ofSeconds(1));
        put(OURS, 2, DESK);

        pass(Duration.ofSeconds(2));

        assertThat(get(OURS, 1)).isEmpty();
        assertThat(get(OURS, 2)).contains(DESK);
    }

    @Test
    void countsTheTimeAnewWithEachPut() throws Exception {
        store().put(OURS, key(1), ByteBuffer.wrap(LAMP), Duration.ofSeconds(1));
        put(OURS, 1, DESK);

        pass(Duration.ofSeconds(2));

        assertThat(get(OURS, 1)).contains(DESK);
    }

    @Test
    void dropsWhatIsUnderAKey() throws Exception {
        put(OURS, 1, LAMP);
        put(OURS, 2, DESK);

        store().invalidate(OURS, key(1));

        assertThat(get(OURS, 1)).isEmpty();
        assertThat(get(OURS, 2)).contains(DESK);
    }

    @Test
    void dropsAllOfANamespaceAndTakesNewAnswersAtOnce() throws Exception {
        put(OURS, 1, LAMP);
        put(OURS, 2, DESK);
        put(OTHERS, 1, DESK);

        store().invalidateAll(OURS);

        assertThat(get(OURS, 1)).isEmpty();
        assertThat(get(OURS, 2)).isEmpty();
        assertThat(get(OTHERS, 1)).contains(DESK);
        put(OURS, 1, DESK);
        assertThat(get(OURS, 1)).contains(DESK);
    }

    /** All threads put all entries in the same order, so they meet; whoever gets one gets all of it. */
    @Test
    void takesTheSameKeysFromManyThreadsAtOnce() throws Exception {
        store().invalidateAll(OURS);
        SideBySide.run(thread -> {
            for (int i = 0; i < ENTRIES; i++) {
                byte[] bytes = new byte[20_000 + i];
                Arrays.fill(bytes, (byte) i);
                get(OURS, i).ifPresent(seen -> assertThat(seen).isEqualTo(bytes));
                put(OURS, i, bytes);
                assertThat(get(OURS, i)).contains(bytes);
            }
        });
    }

    private void put(String namespace, int key, byte[] bytes) throws InterruptedException {
        store().put(namespace, key(key), ByteBuffer.wrap(bytes), HOUR);
    }

    private Optional<byte[]> get(String namespace, int key) throws InterruptedException {
        return store().get(namespace, key(key)).map(buffer -> {
            byte[] array = new byte[buffer.remaining()];
            buffer.get(array);
            return array;
        });
    }

    private static CacheKey key(int number) {
        return CacheKey.parse(String.format(Locale.ROOT, "%064x", number));
    }
}
