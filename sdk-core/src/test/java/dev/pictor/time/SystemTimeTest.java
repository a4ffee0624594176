package dev.pictor.time;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SystemTimeTest {

    private static final Duration LONG = Duration.ofDays(300);

    private final SystemTime time = new SystemTime();

    @AfterEach
    void close() {
        time.close();
    }

    @Nested
    class Happening {

        @Test
        void isNeverEarlyAndLateByNoMoreThanATickAndTheMachinesOwnDelay() throws Exception {
            int count = 300;
            long[] lateNanos = new long[count];
            CountDownLatch all = new CountDownLatch(count);
            for (int i = 0; i < count; i++) {
                int index = i;
                Duration delay = Duration.ofNanos(1_000_000L + i * 1_234_567L);
                long due = System.nanoTime() + delay.toNanos();
                time.after(delay, () -> {
                    lateNanos[index] = System.nanoTime() - due;
                    all.countDown();
                });
            }
            assertThat(all.await(30, SECONDS)).isTrue();

            Arrays.sort(lateNanos);
            assertThat(lateNanos[0]).isNotNegative();
            // a busy machine delays most of them, so the tenth that it delays least tells: a tick, and one for waking
            // up
            assertThat(Duration.ofNanos(lateNanos[count / 10])).isLessThan(SystemTime.TICK.multipliedBy(2));
        }

        @Test
        void comesAtOnceOnThisThreadWithoutADelay() {
            List<Thread> threads = new ArrayList<>();
            time.after(Duration.ZERO, () -> threads.add(Thread.currentThread()));
            time.after(Duration.ofSeconds(Long.MIN_VALUE), () -> threads.add(Thread.currentThread()));
            assertThat(threads).containsExactly(Thread.currentThread(), Thread.currentThread());
        }

        @Test
        void comesAfterATimeThatNoCounterHolds() {
            TimeSource.Pending never = time.after(Duration.ofSeconds(Long.MAX_VALUE), () -> {});
            assertThat(time.pending()).isEqualTo(1);
            never.cancel();
            assertThat(time.pending()).isZero();
        }

        @Test
        void goesOnAfterAnActionThatThrows() throws Exception {
            CountDownLatch next = new CountDownLatch(1);
            time.after(Duration.ofMillis(1), () -> {
                throw new IllegalStateException("an action of a test throws");
            });
            time.after(Duration.ofMillis(1), next::countDown);
            assertThat(next.await(10, SECONDS)).isTrue();
        }

        @Test
        void goesOnAfterAnErrorThatEndsTheThread() throws Exception {
            CountDownLatch next = new CountDownLatch(2);
            CompletableFuture<Throwable> loud = new CompletableFuture<>();
            for (int i = 0; i < 2; i++) {
                time.after(Duration.ofMillis(1), () -> {
                    Thread.currentThread().setUncaughtExceptionHandler((thread, error) -> loud.complete(error));
                    throw new AssertionError("an action of a test fails badly");
                });
                time.after(Duration.ofMillis(1), next::countDown);
            }
            assertThat(next.await(10, SECONDS)).isTrue();
            assertThat(loud.get(10, SECONDS)).isInstanceOf(AssertionError.class);
        }

        @Test
        void goesOnAfterAnInterruptThatNobodyMeant() throws Exception {
            CountDownLatch next = new CountDownLatch(1);
            time.after(Duration.ofMillis(1), () -> Thread.currentThread().interrupt());
            time.after(Duration.ofMillis(30), next::countDown);
            assertThat(next.await(10, SECONDS)).isTrue();
        }

        @Test
        @DisplayName("R11: the time is over although every thread of the common pool is busy")
        void doesNotNeedAPool() throws Exception {
            CountDownLatch release = new CountDownLatch(1);
            int parallelism = ForkJoinPool.commonPool().getParallelism() + 2;
            List<CompletableFuture<Void>> busy = new ArrayList<>();
            for (int i = 0; i < parallelism; i++) {
                busy.add(CompletableFuture.runAsync(() -> awaitQuietly(release)));
            }
            CountDownLatch happened = new CountDownLatch(1);
            time.after(Duration.ofMillis(5), happened::countDown);
            assertThat(happened.await(10, SECONDS)).isTrue();
            release.countDown();
            CompletableFuture.allOf(busy.toArray(CompletableFuture[]::new)).get(10, SECONDS);
        }
    }

    @Nested
    class TakingBack {

        @Test
        void keepsAnActionFromHappening() throws Exception {
            AtomicInteger happened = new AtomicInteger();
            TimeSource.Pending pending = time.after(Duration.ofMillis(40), happened::incrementAndGet);
            CountDownLatch later = new CountDownLatch(1);
            time.after(Duration.ofMillis(80), later::countDown);
            pending.cancel();
            pending.cancel();
            assertThat(later.await(10, SECONDS)).isTrue();
            assertThat(happened).hasValue(0);
        }

        @Test
        void leavesNothingBehind() {
            List<TimeSource.Pending> pending = new ArrayList<>();
            for (int i = 0; i < 10_000; i++) {
                pending.add(time.after(LONG.plusMillis(i), () -> {}));
            }
            assertThat(time.pending()).isEqualTo(10_000);
            pending.forEach(TimeSource.Pending::cancel);
            assertThat(time.pending()).isZero();
        }

        @Test
        void fromManyThreadsWhileTimePassesLetsEachHappenOnceOrNever() throws Exception {
            int threads = 4;
            int each = 5_000;
            AtomicInteger[] happened = new AtomicInteger[threads * each];
            Arrays.setAll(happened, i -> new AtomicInteger());
            CyclicBarrier start = new CyclicBarrier(threads);
            List<CompletableFuture<Void>> work = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int first = t * each;
                work.add(onItsOwnThread(() -> {
                    start.await();
                    for (int i = first; i < first + each; i++) {
                        TimeSource.Pending pending =
                                time.after(Duration.ofMillis(1 + i % 10), happened[i]::incrementAndGet);
                        if (i % 2 == 0) {
                            pending.cancel();
                        }
                    }
                }));
            }
            CompletableFuture.allOf(work.toArray(CompletableFuture[]::new)).get(30, SECONDS);
            CountDownLatch over = new CountDownLatch(1);
            time.after(Duration.ofMillis(60), over::countDown);
            assertThat(over.await(10, SECONDS)).isTrue();

            assertThat(time.pending()).isZero();
            for (int i = 0; i < happened.length; i++) {
                assertThat(happened[i].get()).as("action %s", i).isBetween(i % 2 == 0 ? 0 : 1, 1);
            }
        }
    }

    @Nested
    class Closing {

        @Test
        void letsAllThatIsPendingHappenOnceAndEndsTheThread() throws Exception {
            int count = 10_000;
            AtomicInteger happened = new AtomicInteger();
            CompletableFuture<Thread> thread = new CompletableFuture<>();
            for (int i = 0; i < count; i++) {
                time.after(LONG.plusMillis(i), () -> {
                    thread.complete(Thread.currentThread());
                    happened.incrementAndGet();
                });
            }
            time.close();
            SECONDS.timedJoin(thread.get(10, SECONDS), 10);
            assertThat(thread.get().isAlive()).isFalse();
            assertThat(happened).hasValue(count);
        }

        @Test
        void letsWhatIsAddedLaterHappenAtOnce() {
            time.close();
            AtomicInteger happened = new AtomicInteger();
            time.after(LONG, happened::incrementAndGet);
            assertThat(happened).hasValue(1);
        }

        @Test
        void byAnActionAndAddingInAnActionNeitherBlockNorLoseAnything() throws Exception {
            CountDownLatch happened = new CountDownLatch(3);
            time.after(LONG, () -> {
                happened.countDown();
                time.after(LONG, happened::countDown);
            });
            time.after(Duration.ofMillis(1), () -> {
                time.close();
                happened.countDown();
            });
            assertThat(happened.await(10, SECONDS)).isTrue();
        }
    }

    @Nested
    class Idling {

        @Test
        void sleepsWhileNothingIsPendingAndMissesNothingAfterwards() throws Exception {
            CompletableFuture<Thread> ticking = new CompletableFuture<>();
            time.after(Duration.ofMillis(1), () -> ticking.complete(Thread.currentThread()));
            Thread thread = ticking.get(10, SECONDS);
            for (int round = 0; round < 5; round++) {
                awaitState(thread, Thread.State.WAITING); // with no time limit: nothing wakes it
                CountDownLatch happened = new CountDownLatch(1);
                time.after(Duration.ofMillis(3), happened::countDown);
                assertThat(happened.await(10, SECONDS)).isTrue();
            }
        }

        @Test
        void startsNoThreadBeforeItIsNeeded() {
            Set<Thread> before = Thread.getAllStackTraces().keySet();
            try (SystemTime other = new SystemTime()) {
                assertThat(other.clock().getZone().getId()).isEqualTo("Z");
                assertThat(Thread.getAllStackTraces().keySet())
                        .filteredOn(thread -> !before.contains(thread))
                        .extracting(Thread::getName)
                        .noneMatch(name -> name.startsWith("sdk-core-deadline-"));
            }
        }

        private void awaitState(Thread thread, Thread.State state) throws Exception {
            long end = System.nanoTime() + SECONDS.toNanos(10);
            while (thread.getState() != state) {
                assertThat(System.nanoTime() - end)
                        .as("%s is %s", thread, thread.getState())
                        .isNegative();
                MILLISECONDS.timedJoin(thread, 1);
            }
        }
    }

    @Nested
    class Sleeping {

        @Test
        void takesItsTimeAndNoneIfNotPositive() throws Exception {
            long start = System.nanoTime();
            time.sleep(Duration.ZERO);
            time.sleep(Duration.ofMillis(-1));
            time.sleep(Duration.ofMillis(5));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(5));
        }

        @Test
        void endsWithAnInterruptThatCameBefore() {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> time.sleep(Duration.ZERO)).isInstanceOf(InterruptedException.class);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private static CompletableFuture<Void> onItsOwnThread(Work work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                        done.complete(null);
                    } catch (Exception e) {
                        done.completeExceptionally(e);
                    }
                },
                "system-time-test");
        thread.setDaemon(true);
        thread.start();
        return done;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
