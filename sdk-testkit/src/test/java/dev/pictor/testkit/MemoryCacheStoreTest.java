package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pictor.gateway.cache.CacheKey;
import dev.pictor.gateway.cache.CacheStore;
import dev.pictor.gateway.cache.MemoryCacheStore;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MemoryCacheStoreTest extends CacheStoreContract {

    private static final int ROOM = 10_000_000;

    private final VirtualTime time = VirtualTime.create();
    private final MemoryCacheStore store = MemoryCacheStore.create(ROOM, time);

    @Override
    protected CacheStore store() {
        return store;
    }

    @Override
    protected void pass(Duration by) {
        time.advance(by);
    }

    @Test
    @DisplayName("R22: however much is put, the bound holds")
    void staysWithinItsBound() throws Exception {
        byte[] picture = new byte[2_000_000];
        SideBySide.run(thread -> {
            for (int i = 0; i < 50; i++) {
                CacheKey key = CacheKey.parse(String.format(Locale.ROOT, "%064x", thread * 1_000 + i));
                store.put("n", key, ByteBuffer.wrap(picture), Duration.ofHours(1));
            }
        });

        assertThat(store.bytes()).isBetween(4 * 2_000_000L, (long) ROOM);
    }

    @Test
    void keepsNothingThatIsLargerThanAllOfIt() {
        CacheKey key = CacheKey.parse("0".repeat(64));
        store.put("n", key, ByteBuffer.allocate(5), Duration.ofHours(1));

        store.put("n", key, ByteBuffer.allocate(ROOM), Duration.ofHours(1));

        assertThat(store.get("n", key)).isEmpty();
    }

    @Test
    void refusesABoundOfNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MemoryCacheStore.create(0, time))
                .withMessage("maxBytes must be 1 or more, was 0");
    }
}
