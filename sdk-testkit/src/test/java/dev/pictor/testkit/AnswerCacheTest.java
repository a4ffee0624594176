package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.gateway.cache.AnswerCache;
import dev.pictor.gateway.cache.CacheEntry;
import dev.pictor.gateway.cache.CacheHit;
import dev.pictor.gateway.cache.CacheKey;
import dev.pictor.gateway.cache.CacheLevel;
import dev.pictor.gateway.cache.CacheSettings;
import dev.pictor.gateway.cache.CacheStore;
import dev.pictor.gateway.cache.MemoryCacheStore;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.PixelSize;
import dev.pictor.model.ImageResult;
import dev.pictor.pipeline.CallScope;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AnswerCacheTest {

    private static final CacheKey KEY = key(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int PICTURE_BYTES = 2 << 20;

    private final VirtualTime time = VirtualTime.create();
    private final MemoryCacheStore shared = MemoryCacheStore.create(100L << 20, time);
    private final CallScope caller = CallScope.open(time, Duration.ofDays(1));

    @AfterEach
    void endTime() {
        caller.close();
        time.close();
    }

    @Nested
    class Memory {

        private final AnswerCache cache =
                cache(CacheSettings.builder().timeToLive(HOUR).build());

        @Test
        void givesTheVeryObjectsThatWereKept() throws Exception {
            CacheEntry entry = entry(1);
            cache.store(KEY, entry);

            CacheHit hit = find(cache, KEY).orElseThrow();

            assertThat(hit.level()).isEqualTo(CacheLevel.MEMORY);
            assertThat(hit.entry()).isSameAs(entry);
            assertThat(cache.peek(KEY)).contains(hit);
            assertThat(find(cache, key(2))).isEmpty();
            assertThat(cache.statistics().memoryHits()).isEqualTo(1);
            assertThat(cache.statistics().misses()).isEqualTo(1);
        }

        @Test
        void givesOutNothingThatIsTooOld() throws Exception {
            cache.store(KEY, entry(1));

            time.advance(HOUR.minusNanos(1));
            assertThat(find(cache, KEY)).isPresent();
            time.advance(Duration.ofNanos(1));
            assertThat(find(cache, KEY)).isEmpty();
        }

        @Test
        void countsTheAgeFromTheAnswer() throws Exception {
            CacheEntry old = entry(1);
            time.advance(HOUR.minusMinutes(1));
            cache.store(KEY, old);
            assertThat(find(cache, KEY)).isPresent();

            time.advance(Duration.ofMinutes(1));
            assertThat(find(cache, KEY)).isEmpty();
            cache.store(KEY, old);
            assertThat(find(cache, KEY)).isEmpty();
        }

        @Test
        void keepsTheNewestAnswer() throws Exception {
            cache.store(KEY, entry(1));
            CacheEntry newer = entry(2);
            cache.store(KEY, newer);

            assertThat(find(cache, KEY).orElseThrow().entry()).isSameAs(newer);
        }

        @Test
        void dropsOneOrAll() throws Exception {
            cache.store(KEY, entry(1));
            cache.store(key(2), entry(2));
            cache.store(key(3), entry(3));

            cache.invalidate(KEY);
            assertThat(find(cache, KEY)).isEmpty();
            assertThat(find(cache, key(2))).isPresent();
            cache.invalidateAll();
            assertThat(find(cache, key(2))).isEmpty();
            assertThat(cache.statistics().entries()).isZero();
        }

        @Test
        void keepsNothingWhenItIsToKeepNothing() throws Exception {
            AnswerCache none = cache(CacheSettings.none());
            none.store(KEY, entry(1));

            assertThat(none.isEnabled()).isFalse();
            assertThat(find(none, KEY)).isEmpty();
            assertThat(none.statistics().misses()).isZero();
        }
    }

    @Nested
    @DisplayName("R22: memory is bounded by bytes")
    class Bound {

        private final List<WeakReference<ImageBytes>> pictures = Collections.synchronizedList(new ArrayList<>());

        @Test
        void holdsWhileManyThreadsPutLargePictures() throws Exception {
            long bound = 32L << 20;
            AnswerCache cache = cache(CacheSettings.builder().maxBytes(bound).build());

            fill(cache, 100);

            assertThat(cache.statistics().bytes()).isBetween(bound / 2, bound);
            assertThat(cache.statistics().evictions()).isGreaterThan(700);
            assertThat(reachableBytes()).isBetween(bound / 2, bound);
            assertThat(cache.statistics().entries()).isPositive();
        }

        @Test
        void countsWhatIsOnItsWayToTheStore() throws Exception {
            long bound = 64L << 20;
            Faulty store = new Faulty();
            store.stall = new CountDownLatch(1);
            try (AnswerCache cache =
                    cache(CacheSettings.builder().maxBytes(bound).store(store).build())) {
                fill(cache, 50);

                assertThat(cache.statistics().waitingBytes()).isBetween(1L, bound / 8);
                assertThat(cache.statistics().bytes() + cache.statistics().waitingBytes())
                        .isLessThanOrEqualTo(bound);
                assertThat(cache.statistics().droppedWrites()).isGreaterThan(300);
                assertThat(reachableBytes()).isBetween(bound / 2, bound);
                store.stall.countDown();
            }
        }

        @Test
        void keepsNoAnswerThatIsLargerThanAllOfIt() throws Exception {
            AnswerCache cache =
                    cache(CacheSettings.builder().maxBytes(PICTURE_BYTES).build());

            cache.store(KEY, entry(1, PICTURE_BYTES));

            assertThat(find(cache, KEY)).isEmpty();
            assertThat(cache.statistics().bytes()).isZero();
        }

        private void fill(AnswerCache cache, int eachThread) throws Exception {
            SideBySide.run(thread -> {
                for (int i = 0; i < eachThread; i++) {
                    CacheEntry entry = entry(i, PICTURE_BYTES);
                    pictures.add(new WeakReference<>(
                            ((ImageResult) entry.result()).images().get(0)));
                    cache.store(key(thread * 1_000 + i), entry);
                }
            });
        }

        /** What the garbage collector must leave, whatever it rounds up to. */
        private long reachableBytes() {
            System.gc();
            return pictures.stream().filter(picture -> picture.get() != null).count() * PICTURE_BYTES;
        }
    }

    @Nested
    class Store {

        @Test
        void isSharedByProcesses() throws Exception {
            CacheEntry entry = entry(1);
            try (AnswerCache one = cache(withStore(shared))) {
                one.store(KEY, entry);
            }
            try (AnswerCache other = cache(withStore(shared))) {
                CacheHit first = find(other, KEY).orElseThrow();
                CacheHit second = find(other, KEY).orElseThrow();

                assertThat(first).isEqualTo(new CacheHit(entry, CacheLevel.STORE));
                assertThat(second.level()).isEqualTo(CacheLevel.MEMORY);
                assertThat(second.entry()).isSameAs(first.entry());
                assertThat(other.statistics().storeHits()).isEqualTo(1);
            }
        }

        @Test
        void givesAnAnswerOutNoLongerThanItsProcessWould() throws Exception {
            try (AnswerCache one = cache(withStore(shared))) {
                one.store(KEY, entry(1));
            }
            time.advance(HOUR.minusMinutes(1));
            try (AnswerCache other = cache(withStore(shared))) {
                assertThat(find(other, KEY)).isPresent();
                time.advance(Duration.ofMinutes(1));
                assertThat(find(other, KEY)).isEmpty();
            }
        }

        @Test
        void keepsVersionsApart() throws Exception {
            try (AnswerCache one = cache(withStore(shared))) {
                one.store(KEY, entry(1));
            }
            try (AnswerCache other =
                    cache(CacheSettings.builder().store(shared).version("2").build())) {
                assertThat(find(other, KEY)).isEmpty();
            }
        }

        @Test
        void losesWhatIsDropped() throws Exception {
            try (AnswerCache one = cache(withStore(shared))) {
                one.store(KEY, entry(1));
                one.store(key(2), entry(2));
                one.store(key(3), entry(3));
            }
            try (AnswerCache other = cache(withStore(shared))) {
                other.invalidate(KEY);
                assertThat(find(other, KEY)).isEmpty();
                assertThat(find(other, key(2))).isPresent();
                other.invalidateAll();
                assertThat(find(other, key(2))).isEmpty();
                assertThat(find(other, key(3))).isEmpty();
            }
        }

        @Test
        void isNotWrittenWhatWasDroppedMeanwhile() throws Exception {
            Faulty store = new Faulty();
            store.stall = new CountDownLatch(1);
            try (AnswerCache cache = cache(withStore(store))) {
                cache.store(KEY, entry(1));
                assertThat(store.stalled.await(10, TimeUnit.SECONDS)).isTrue(); // in the middle of it
                cache.store(key(2), entry(2)); // behind it
                cache.invalidateAll();
                cache.store(key(3), entry(3)); // after it
                store.stall.countDown();
            }
            try (AnswerCache other = cache(withStore(store))) {
                assertThat(find(other, KEY)).isEmpty();
                assertThat(find(other, key(2))).isEmpty();
                assertThat(find(other, key(3))).isPresent();
            }
        }

        @Test
        @DisplayName("R20: what is damaged is no answer, and is counted")
        void isNotBelievedWhenItIsDamaged() throws Exception {
            try (AnswerCache cache = cache(withStore(shared))) {
                shared.put("pictor-1", KEY, ByteBuffer.wrap(new byte[100]), HOUR);

                assertThat(find(cache, KEY)).isEmpty();
                assertThat(cache.statistics().damaged()).isEqualTo(1);
                assertThat(cache.statistics().storeFailures()).isZero();
            }
        }

        @Test
        void failsNoCall() throws Exception {
            Faulty store = new Faulty();
            store.failing = true;
            try (AnswerCache cache = cache(withStore(store))) {
                assertThat(find(cache, KEY)).isEmpty();
                cache.store(KEY, entry(1));
                assertThat(find(cache, KEY)).isPresent();
                assertThatThrownBy(cache::invalidateAll).hasMessage("no connection");
            }
        }

        @Test
        void delaysNoCallBeyondItsLimitThoughItHonoursNoInterruption() throws Exception {
            Faulty store = new Faulty();
            store.stall = new CountDownLatch(1);
            ExecutorService threads = Executors.newCachedThreadPool();
            try (AnswerCache cache = cache(CacheSettings.builder()
                    .store(store)
                    .storeTimeLimit(Duration.ofMillis(50))
                    .build())) {
                Future<Optional<CacheHit>> waiting = threads.submit(() -> find(cache, KEY));
                assertThat(store.stalled.await(10, TimeUnit.SECONDS)).isTrue();
                time.advance(Duration.ofMillis(49));
                assertThat(waiting.isDone()).isFalse();

                time.advance(Duration.ofMillis(1));

                assertThat(waiting.get(10, TimeUnit.SECONDS)).isEmpty();
                assertThat(cache.statistics().storeFailures()).isEqualTo(1);
                store.stall.countDown();
            } finally {
                threads.shutdownNow();
            }
        }

        @Test
        void isWaitedForNoLongerThanTheCallerHasTime() throws Exception {
            Faulty store = new Faulty();
            store.stall = new CountDownLatch(1);
            ExecutorService threads = Executors.newCachedThreadPool();
            CallScope hasty = CallScope.open(time, Duration.ofMillis(10));
            try (AnswerCache cache = cache(withStore(store))) {
                Future<Optional<CacheHit>> waiting = threads.submit(() -> cache.find(KEY, hasty));
                assertThat(store.stalled.await(10, TimeUnit.SECONDS)).isTrue();

                time.advance(Duration.ofMillis(10));

                assertThat(waiting.get(10, TimeUnit.SECONDS)).isEmpty();
                assertThat(cache.statistics().storeFailures()).isZero();
                store.stall.countDown();
            } finally {
                threads.shutdownNow();
            }
        }

        @Test
        void isLeftAloneAfterFailuresAndTriedAgain() throws Exception {
            Faulty store = new Faulty();
            store.failing = true;
            try (AnswerCache cache = cache(withStore(store))) {
                for (int i = 0; i < 20; i++) {
                    assertThat(find(cache, KEY)).isEmpty();
                }
                assertThat(store.calls).hasValue(5);
                assertThat(cache.statistics().isStorePaused()).isTrue();
                cache.store(KEY, entry(1));
                assertThat(cache.statistics().droppedWrites()).isEqualTo(1);

                time.advance(Duration.ofSeconds(10));
                for (int i = 0; i < 20; i++) {
                    assertThat(find(cache, key(2))).isEmpty();
                }
                assertThat(store.calls).hasValue(6);

                store.failing = false;
                time.advance(Duration.ofSeconds(10));
                assertThat(find(cache, key(2))).isEmpty();
                assertThat(find(cache, key(2))).isEmpty();
                assertThat(store.calls).hasValue(8);
                assertThat(cache.statistics().isStorePaused()).isFalse();
            }
        }

        @Test
        void letsGoOfACallerWhoIsInterrupted() throws Exception {
            Faulty store = new Faulty();
            store.stall = new CountDownLatch(1);
            ExecutorService threads = Executors.newCachedThreadPool();
            try (AnswerCache cache = cache(withStore(store))) {
                CountDownLatch interrupted = new CountDownLatch(1);
                Future<?> waiting = threads.submit(() -> {
                    assertThatThrownBy(() -> find(cache, KEY)).isInstanceOf(InterruptedException.class);
                    interrupted.countDown();
                });
                assertThat(store.stalled.await(10, TimeUnit.SECONDS)).isTrue();
                waiting.cancel(true);

                assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
                assertThat(cache.statistics().storeFailures()).isZero();
                store.stall.countDown();
            } finally {
                threads.shutdownNow();
            }
        }
    }

    @Test
    void saysWhatSettingsMayBe() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheSettings.builder().maxBytes(-1).build())
                .withMessage("maxBytes must be 0 or more, was -1");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> CacheSettings.builder().maxBytes(0).store(shared).build())
                .withMessage("maxBytes must be at least 1 with a store, was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> CacheSettings.builder().timeToLive(Duration.ZERO).build())
                .withMessage("timeToLive must be 1 ms to PT8760H, was PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheSettings.builder().version("a b").build())
                .withMessage("version must be 1 to 100 printable ASCII characters without spaces, was \"a b\"");
        assertThat(CacheSettings.none().isEnabled()).isFalse();
        assertThat(CacheSettings.ofDefaults().isEnabled()).isTrue();
    }

    private AnswerCache cache(CacheSettings settings) {
        return AnswerCache.create(settings, time);
    }

    private static CacheSettings withStore(CacheStore store) {
        return CacheSettings.builder().timeToLive(HOUR).store(store).build();
    }

    private Optional<CacheHit> find(AnswerCache cache, CacheKey key) throws InterruptedException {
        return cache.find(key, caller);
    }

    private CacheEntry entry(int number) {
        return entry(number, 1_000);
    }

    private CacheEntry entry(int number, int bytes) {
        byte[] small = FakePicture.of(new PixelSize(4, 3), number).toByteArray();
        ImageBytes picture = ImageBytes.wrap(Arrays.copyOf(small, bytes));
        return CacheEntry.builder(
                        ImageResult.builder("painter-" + number, List.of(picture))
                                .build(),
                        time.clock().instant())
                .build();
    }

    private static CacheKey key(int number) {
        return CacheKey.parse(String.format(Locale.ROOT, "%08x%056x", number, 0));
    }

    /** Fails or stalls when it is told to, whatever the caller's thread is told meanwhile. */
    private final class Faulty implements CacheStore {

        private final AtomicInteger interruptions = new AtomicInteger();
        private final AtomicInteger calls = new AtomicInteger();
        private final CountDownLatch stalled = new CountDownLatch(1);
        private volatile boolean failing;
        private volatile CountDownLatch stall = new CountDownLatch(0);

        @Override
        public Optional<ByteBuffer> get(String namespace, CacheKey key) {
            begin();
            return shared.get(namespace, key);
        }

        @Override
        public void put(String namespace, CacheKey key, ByteBuffer bytes, Duration timeToLive) {
            begin();
            shared.put(namespace, key, bytes, timeToLive);
        }

        @Override
        public void invalidate(String namespace, CacheKey key) {
            shared.invalidate(namespace, key);
        }

        @Override
        public void invalidateAll(String namespace) {
            if (failing) {
                throw new IllegalStateException("no connection");
            }
            shared.invalidateAll(namespace);
        }

        private void begin() {
            calls.incrementAndGet();
            stalled.countDown();
            while (stall.getCount() > 0) {
                try {
                    stall.await();
                } catch (InterruptedException e) {
                    interruptions.incrementAndGet(); // a store that ignores them is the point
                }
            }
            if (failing) {
                throw new IllegalStateException("no connection");
            }
        }
    }
}
