package dev.pictor.image.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pictor.image.Encoding;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.ImagePreset;
import dev.pictor.image.ImageRejectedException;
import dev.pictor.image.Imaging;
import dev.pictor.image.Pictures;
import dev.pictor.image.PixelSize;
import dev.pictor.image.Rendition;
import dev.pictor.image.Resize;
import dev.pictor.image.batch.BatchOutcome.Cancelled;
import dev.pictor.image.batch.BatchOutcome.Failed;
import dev.pictor.image.batch.BatchOutcome.Succeeded;
import java.io.IOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ImageBatchTest {

    private final ExecutorService pool = Executors.newFixedThreadPool(4);

    @AfterEach
    void stopThreads() throws InterruptedException {
        pool.shutdownNow();
        assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    /** Pictures whose width tells which they are: 1, 2, 3 and so on. */
    private static List<Supplier<ImageBytes>> items(int count) {
        return IntStream.rangeClosed(1, count)
                .<Supplier<ImageBytes>>mapToObj(width -> () -> Pictures.png(width, 1))
                .toList();
    }

    private static ImageBatchBuilder batch(int concurrency) {
        return ImageBatch.builder(Imaging.ofDefaults()).concurrency(concurrency);
    }

    private static int width(ImageBytes image) {
        return image.size().width();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }

    @Nested
    class Outcomes {

        @Test
        void comeInTheOrderOfTheItems() {
            CountDownLatch lastIsDone = new CountDownLatch(1);
            Function<ImageBytes, Integer> firstEndsLast = image -> {
                if (width(image) == 1) {
                    await(lastIsDone);
                } else if (width(image) == 20) {
                    lastIsDone.countDown();
                }
                return width(image);
            };

            List<BatchOutcome<Integer>> outcomes = batch(2).build().run(items(20), firstEndsLast);

            assertThat(outcomes)
                    .extracting(outcome -> outcome.value().orElseThrow())
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, 20).boxed().toList());
        }

        @Test
        void ofThoseThatFailDoNotTouchTheOthers() {
            List<Supplier<ImageBytes>> items = new ArrayList<>(items(6));
            items.set(1, () -> ImageBytes.of(new byte[] {1, 2, 3}));
            items.set(3, () -> {
                throw new IllegalStateException("no such picture");
            });

            List<BatchOutcome<Integer>> outcomes = batch(3).build().run(items, image -> {
                if (width(image) == 5) {
                    ImageBatchTest.<RuntimeException>throwUndeclared(new IOException("disk full"));
                }
                return width(image);
            });

            assertThat(outcomes.get(0)).isEqualTo(new Succeeded<>(1));
            assertThat(((Failed<Integer>) outcomes.get(1)).failure()).isInstanceOf(ImageRejectedException.class);
            assertThat(outcomes.get(2)).isEqualTo(new Succeeded<>(3));
            assertThat(((Failed<Integer>) outcomes.get(3)).failure()).hasMessage("no such picture");
            assertThat(((Failed<Integer>) outcomes.get(4)).failure()).isInstanceOf(IOException.class);
            assertThat(outcomes.get(4).value()).isEmpty();
            assertThat(outcomes.get(5)).isEqualTo(new Succeeded<>(6));
        }

        @Test
        void ofRenderingAreRenditionsInTheOrderOfThePresets() throws InterruptedException {
            List<ImagePreset> presets = List.of(
                    ImagePreset.of("small", Resize.fit(20, 20), Encoding.png()),
                    ImagePreset.of("wide", Resize.fit(30, 30), Encoding.jpeg(85)));
            List<Supplier<ImageBytes>> items =
                    List.of(() -> Pictures.png(60, 60), () -> ImageBytes.of(new byte[9]), () -> Pictures.png(60, 30));
            ImageBatch batch = batch(2).build();

            List<BatchOutcome<List<Rendition>>> outcomes = batch.render(items, presets);

            assertThat(outcomes.get(0).value().orElseThrow())
                    .extracting(rendition -> rendition.image().size())
                    .containsExactly(new PixelSize(20, 20), new PixelSize(30, 30));
            assertThat(outcomes.get(1)).isInstanceOf(Failed.class);
            assertThat(outcomes.get(2).value().orElseThrow())
                    .extracting(rendition -> rendition.image().size())
                    .containsExactly(new PixelSize(20, 10), new PixelSize(30, 15));
            assertThat(batch.start(items, presets).await().get(2)).isEqualTo(outcomes.get(2));
        }

        @Test
        void ofNoItemsAreNone() throws InterruptedException {
            assertThat(batch(3).build().run(List.of(), ImageBytes::size)).isEmpty();
            assertThat(batch(3).build().start(List.of(), ImageBytes::size).await())
                    .isEmpty();
        }

        @Test
        void areNotGivenWhereAnErrorStopsTheBatch() {
            AtomicInteger begun = new AtomicInteger();

            assertThatExceptionOfType(StackOverflowError.class)
                    .isThrownBy(() -> batch(1).build().run(items(9), image -> {
                        if (begun.incrementAndGet() == 3) {
                            throw new StackOverflowError("too deep");
                        }
                        return image;
                    }))
                    .withMessage("too deep");
            assertThat(begun).hasValue(3);
        }

        @Test
        void areNotGivenWhereSomethingStopsTheBatchThatIsNeitherErrorNorException() {
            Throwable odd = new Throwable("odd");
            Function<ImageBytes, Integer> throwing = image -> {
                ImageBatchTest.<RuntimeException>throwUndeclared(odd);
                return width(image);
            };
            ImageBatch fromWork = batch(1).build();
            ImageBatch fromListener = batch(1).listener(
                            progress -> ImageBatchTest.<RuntimeException>throwUndeclared(odd))
                    .build();

            assertThatExceptionOfType(UndeclaredThrowableException.class)
                    .isThrownBy(() -> fromWork.run(items(3), throwing))
                    .withCause(odd);
            assertThatExceptionOfType(UndeclaredThrowableException.class)
                    .isThrownBy(() ->
                            fromListener.start(items(3), ImageBatchTest::width).await())
                    .withCause(odd);
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void throwUndeclared(Throwable e) throws E {
        throw (E) e;
    }

    @Nested
    class Concurrency {

        @Test
        void isWhatWasAskedForAndNeverMore() {
            CyclicBarrier three = new CyclicBarrier(3);
            AtomicInteger atWork = new AtomicInteger();
            Queue<Integer> seen = new ConcurrentLinkedQueue<>();

            List<BatchOutcome<ImageBytes>> outcomes = batch(3).build().run(items(12), image -> {
                seen.add(atWork.incrementAndGet());
                await(three); // falls only while three are in here
                atWork.decrementAndGet();
                await(three);
                return image;
            });

            assertThat(outcomes).hasSize(12).allMatch(Succeeded.class::isInstance);
            assertThat(seen).hasSize(12);
            assertThat(Collections.max(seen)).isEqualTo(3);
        }

        @Test
        void ofOneStartsNoThread() {
            Set<Thread> workers = ConcurrentHashMap.newKeySet();

            assertThat(batch(1).build().run(items(5), image -> workers.add(Thread.currentThread())))
                    .hasSize(5);

            assertThat(workers).containsExactly(Thread.currentThread());
        }

        @Test
        void onOwnThreadsLeavesNoneBehind() throws InterruptedException {
            Set<Thread> workers = ConcurrentHashMap.newKeySet();
            CyclicBarrier three = new CyclicBarrier(3);

            BatchHandle<ImageBytes> handle = batch(3).build().start(items(3), image -> {
                workers.add(Thread.currentThread());
                await(three);
                return image;
            });
            assertThat(handle.await()).allMatch(Succeeded.class::isInstance);

            assertThat(workers)
                    .extracting(Thread::getName)
                    .containsExactlyInAnyOrder("sdk-core-images-1", "sdk-core-images-2", "sdk-core-images-3");
            for (Thread worker : workers) {
                assertThat(worker.isDaemon()).isTrue();
                worker.join(10_000);
                assertThat(worker.isAlive()).isFalse();
            }
        }

        @Test
        void holdsNoMoreEncodedPicturesThanAreAtWork() {
            AtomicInteger held = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            List<Supplier<ImageBytes>> lazy = items(50).stream()
                    .<Supplier<ImageBytes>>map(item -> () -> {
                        most.accumulateAndGet(held.incrementAndGet(), Math::max);
                        return item.get();
                    })
                    .toList();

            assertThat(batch(4).build().run(lazy, image -> held.decrementAndGet()))
                    .hasSize(50)
                    .allMatch(Succeeded.class::isInstance);

            assertThat(most.get()).isBetween(1, 4);
            assertThat(held).hasValue(0);
        }

        @Test
        void comesToItsEndThoughTheExecutorNeverRunsATask() {
            Queue<Runnable> never = new ConcurrentLinkedQueue<>();
            ImageBatch batch = batch(4).executor(never::add).build();

            List<BatchOutcome<Integer>> outcomes = batch.run(items(9), ImageBatchTest::width);

            assertThat(outcomes).hasSize(9).allMatch(Succeeded.class::isInstance);
            assertThat(never).hasSize(3);
            never.forEach(Runnable::run); // too late, and so without effect
        }

        @Test
        void isNotHadFromAnExecutorThatTakesNoTasks() {
            pool.shutdown();
            ImageBatch batch = batch(4).executor(pool).build();
            AtomicInteger begun = new AtomicInteger();

            assertThatExceptionOfType(RejectedExecutionException.class)
                    .isThrownBy(() -> batch.run(items(9), image -> begun.incrementAndGet()));
            assertThatExceptionOfType(RejectedExecutionException.class)
                    .isThrownBy(() -> batch.start(items(9), image -> begun.incrementAndGet()));
            assertThat(begun).hasValue(0);
        }

        @Test
        void isBoundedBySharedPixelsToo() throws InterruptedException {
            PixelBudget budget = PixelBudget.of(100);
            AtomicInteger inside = new AtomicInteger();
            Queue<Integer> seen = new ConcurrentLinkedQueue<>();
            CountDownLatch othersWaitOrAreIn = new CountDownLatch(1);
            Function<ImageBytes, Integer> heldInside = image -> {
                seen.add(inside.incrementAndGet());
                while (othersWaitOrAreIn.getCount() > 0) {
                    if (budget.waiting() == 4 || inside.get() > 2) {
                        othersWaitOrAreIn.countDown();
                    }
                    Thread.onSpinWait();
                }
                inside.decrementAndGet();
                return width(image);
            };
            List<Supplier<ImageBytes>> threeOf40 = Collections.nCopies(3, () -> Pictures.png(40, 1));
            ImageBatch one = batch(3).budget(budget).build();
            ImageBatch other = batch(3).budget(budget).build();

            BatchHandle<Integer> first = one.start(threeOf40, heldInside);
            BatchHandle<Integer> second = other.start(threeOf40, heldInside);

            assertThat(first.await()).allMatch(Succeeded.class::isInstance).hasSize(3);
            assertThat(second.await()).allMatch(Succeeded.class::isInstance).hasSize(3);
            assertThat(seen).hasSize(6);
            assertThat(Collections.max(seen)).isEqualTo(2);
            assertThat(budget.freePixels()).isEqualTo(100);
        }

        @Test
        void isCheckedByTheBuilder() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> batch(0))
                    .withMessage("concurrency must be 1 to 256, was 0");
            assertThatIllegalArgumentException().isThrownBy(() -> batch(257));
        }
    }

    @Nested
    class Progress {

        @Test
        void isToldOnceForEachItemWithExactCounts() {
            Queue<BatchProgress> told = new ConcurrentLinkedQueue<>();

            List<BatchOutcome<ImageBytes>> outcomes = batch(4).listener(told::add)
                    .build()
                    .run(items(40), image -> {
                        if (width(image) % 4 == 0) {
                            throw new IllegalStateException("every fourth");
                        }
                        return image;
                    });

            assertThat(outcomes).filteredOn(Succeeded.class::isInstance).hasSize(30);
            assertThat(told)
                    .extracting(BatchProgress::finished)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.rangeClosed(1, 40).boxed().toList());
            assertThat(told).contains(new BatchProgress(30, 10, 40)).allMatch(progress -> progress.total() == 40);
        }

        @Test
        void doesNotFailTheWorkWhenTheListenerDoes() {
            AtomicInteger calls = new AtomicInteger();

            List<BatchOutcome<Integer>> outcomes = batch(2).listener(progress -> {
                        calls.incrementAndGet();
                        throw new IllegalStateException("broken listener");
                    })
                    .build()
                    .run(items(7), ImageBatchTest::width);

            assertThat(outcomes).hasSize(7).allMatch(Succeeded.class::isInstance);
            assertThat(calls).hasValue(7);
        }

        @Test
        void doesNotFailTheWorkWhenTheListenerThrowsWhatItDoesNotDeclare() throws InterruptedException {
            ImageBatch batch = batch(1).listener(progress ->
                            ImageBatchTest.<RuntimeException>throwUndeclared(new IOException("broken listener")))
                    .build();

            assertThat(batch.run(items(3), ImageBatchTest::width)).hasSize(3).allMatch(Succeeded.class::isInstance);
            assertThat(batch.start(items(3), ImageBatchTest::width).await())
                    .hasSize(3)
                    .allMatch(Succeeded.class::isInstance);
        }

        @Test
        void endsForAnErrorOfTheListener() {
            AtomicInteger begun = new AtomicInteger();
            ImageBatch batch = batch(1).listener(progress -> {
                        throw new StackOverflowError("too deep");
                    })
                    .build();

            assertThatExceptionOfType(StackOverflowError.class)
                    .isThrownBy(() -> batch.run(items(3), image -> begun.incrementAndGet()));
            assertThat(begun).hasValue(1);
        }

        @Test
        void isToldBeforeTheBatchIsOver() throws InterruptedException {
            CountDownLatch inListener = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            BatchHandle<Integer> handle = batch(1).listener(progress -> {
                        inListener.countDown();
                        await(goOn);
                    })
                    .build()
                    .start(items(1), ImageBatchTest::width);

            inListener.await();
            assertThat(handle.isDone()).isFalse();
            goOn.countDown();

            assertThat(handle.await()).containsExactly(new Succeeded<>(1));
            assertThat(handle.isDone()).isTrue();
        }
    }

    @Nested
    class Cancelling {

        private final CountDownLatch atWork = new CountDownLatch(2);
        private final CountDownLatch never = new CountDownLatch(1);

        /** The first two items pass, every other waits to be interrupted. */
        private int firstTwoPass(ImageBytes image) {
            if (width(image) > 2) {
                atWork.countDown();
                await(never);
            }
            return width(image);
        }

        @Test
        void keepsWhatIsFinishedAndMarksTheRest() throws InterruptedException {
            Queue<BatchProgress> told = new ConcurrentLinkedQueue<>();
            BatchHandle<Integer> handle = batch(2).listener(told::add).build().start(items(9), this::firstTwoPass);
            atWork.await();

            handle.cancel();
            handle.cancel();

            List<BatchOutcome<Integer>> outcomes = handle.await();
            assertThat(outcomes.subList(0, 2)).containsExactly(new Succeeded<>(1), new Succeeded<>(2));
            assertThat(outcomes.subList(2, 9)).containsOnly(new Cancelled<>());
            assertThat(told).extracting(BatchProgress::finished).containsExactlyInAnyOrder(1, 2);
        }

        @Test
        void byInterruptReturnsWhatIsThereWithTheFlagSet() throws Exception {
            AtomicReference<List<BatchOutcome<Integer>>> outcomes = new AtomicReference<>();
            AtomicReference<Optional<Boolean>> flag = new AtomicReference<>(Optional.empty());
            Set<Thread> workers = ConcurrentHashMap.newKeySet();
            Thread caller = new Thread(() -> {
                outcomes.set(batch(2).build().run(items(9), image -> {
                    workers.add(Thread.currentThread());
                    return firstTwoPass(image);
                }));
                flag.set(Optional.of(Thread.currentThread().isInterrupted()));
            });
            caller.start();
            atWork.await();

            caller.interrupt();
            caller.join();

            assertThat(flag.get()).hasValue(true);
            assertThat(outcomes.get().subList(0, 2)).containsExactly(new Succeeded<>(1), new Succeeded<>(2));
            assertThat(outcomes.get().subList(2, 9)).containsOnly(new Cancelled<>());
            for (Thread worker : workers) {
                worker.join(10_000);
                assertThat(worker.isAlive()).isFalse();
            }
        }

        @Test
        void stopsThoseThatWaitForPixels() throws InterruptedException {
            PixelBudget budget = PixelBudget.of(10);
            BatchHandle<Integer> handle;
            try (PixelBudget.Permit all = budget.acquire(10)) {
                handle = batch(3).budget(budget).build().start(items(5), ImageBatchTest::width);
                while (budget.waiting() != 3) {
                    Thread.onSpinWait();
                }
                handle.cancel();
                assertThat(handle.await()).hasSize(5).containsOnly(new Cancelled<>());
            }
            assertThat(budget.freePixels()).isEqualTo(10);
        }

        @Test
        void leavesNoInterruptOnTheThreadsOfAnExecutor() throws Exception {
            ExecutorService single = Executors.newSingleThreadExecutor();
            try {
                CountDownLatch begun = new CountDownLatch(1);
                BatchHandle<Integer> handle = batch(1).executor(single).build().start(items(3), image -> {
                    begun.countDown();
                    while (!Thread.currentThread().isInterrupted()) {
                        Thread.onSpinWait();
                    }
                    return width(image); // ends well, with the flag still set
                });
                begun.await();
                handle.cancel();

                assertThat(handle.await()).containsExactly(new Succeeded<>(1), new Cancelled<>(), new Cancelled<>());
                Future<Boolean> flag =
                        single.submit(() -> Thread.currentThread().isInterrupted());
                assertThat(flag.get()).isFalse();
            } finally {
                single.shutdownNow();
            }
        }

        @Test
        void followsFromAnExecutorThatStopsItsThreads() throws InterruptedException {
            BatchHandle<Integer> handle = batch(2).executor(pool).build().start(items(9), this::firstTwoPass);
            atWork.await();

            pool.shutdownNow();

            List<BatchOutcome<Integer>> outcomes = handle.await();
            assertThat(outcomes).filteredOn(Succeeded.class::isInstance).hasSize(2);
            assertThat(outcomes.subList(2, 9)).containsOnly(new Cancelled<>());
        }

        @Test
        void countsWhatFailsAfterwardsAsCancelled() throws InterruptedException {
            CountDownLatch begun = new CountDownLatch(1);
            BatchHandle<Integer> handle = batch(1).build().start(items(1), image -> {
                begun.countDown();
                while (!Thread.interrupted()) {
                    Thread.onSpinWait();
                }
                throw new IllegalStateException("a codec's way to say that it was interrupted");
            });
            begun.await();
            handle.cancel();

            assertThat(handle.await()).containsExactly(new Cancelled<>());
        }

        @Test
        void isNotDoneByAnInterruptOfOneThatWaitsForAHandle() throws InterruptedException {
            BatchHandle<Integer> handle = batch(2).build().start(items(4), this::firstTwoPass);
            atWork.await();
            Thread.currentThread().interrupt();

            assertThatExceptionOfType(InterruptedException.class).isThrownBy(handle::await);
            assertThat(handle.isDone()).isFalse();
            never.countDown();

            assertThat(handle.await()).hasSize(4).allMatch(Succeeded.class::isInstance);
        }

        /** Runs a batch whose other thread throws an error while this one is in an item, where it then does something. */
        private void runWithAnErrorBeside(Runnable afterTheError) {
            Thread caller = Thread.currentThread();
            CountDownLatch callerIsIn = new CountDownLatch(1);
            AtomicReference<Optional<Thread>> other = new AtomicReference<>(Optional.empty());
            assertThatExceptionOfType(StackOverflowError.class)
                    .isThrownBy(() -> batch(2).build().run(items(2), image -> {
                        if (!Thread.currentThread().equals(caller)) {
                            await(callerIsIn);
                            other.set(Optional.of(Thread.currentThread()));
                            throw new StackOverflowError("too deep");
                        }
                        callerIsIn.countDown();
                        while (other.get().map(Thread::isAlive).orElse(true)) {
                            Thread.onSpinWait();
                        }
                        afterTheError.run();
                        return width(image);
                    }));
        }

        @Test
        void byAnErrorElsewhereDoesNotInterruptTheCaller() {
            AtomicReference<Optional<Boolean>> flag = new AtomicReference<>(Optional.empty());

            runWithAnErrorBeside(
                    () -> flag.set(Optional.of(Thread.currentThread().isInterrupted())));

            assertThat(flag.get()).hasValue(false);
            assertThat(Thread.interrupted()).isFalse();
        }

        @Test
        void byAnErrorElsewhereLosesNoInterruptOfTheCaller() {
            runWithAnErrorBeside(() -> Thread.currentThread().interrupt());

            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Nested
    class WaitingForAHandle {

        private final CountDownLatch goOn = new CountDownLatch(1);

        private int afterAll(ImageBytes image) {
            await(goOn);
            return width(image);
        }

        @Test
        void endsWhenTheTimeIsOver() throws InterruptedException {
            BatchHandle<Integer> handle = batch(2).build().start(items(3), this::afterAll);

            assertThat(handle.await(Duration.ofSeconds(-1))).isEmpty();
            assertThat(handle.await(Duration.ofMillis(20))).isEmpty();
            goOn.countDown();

            assertThat(handle.await(Duration.ofSeconds(Long.MAX_VALUE)))
                    .contains(List.of(new Succeeded<>(1), new Succeeded<>(2), new Succeeded<>(3)));
            assertThat(handle.await(Duration.ZERO)).isPresent();
        }

        @Test
        void endsThoughTheExecutorDropsItsTasks() throws InterruptedException {
            BatchHandle<Integer> handle = batch(2).executor(task -> {}).build().start(items(2), ImageBatchTest::width);

            assertThat(handle.await(Duration.ofMillis(20))).isEmpty();
            handle.cancel();

            assertThat(handle.await()).containsExactly(new Cancelled<>(), new Cancelled<>());
        }

        @Test
        void endsWithAnInterrupt() throws InterruptedException {
            BatchHandle<Integer> handle = batch(2).build().start(items(3), this::afterAll);
            Thread.currentThread().interrupt();

            assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> handle.await(Duration.ofMinutes(1)));
            goOn.countDown();

            assertThat(handle.await()).hasSize(3).allMatch(Succeeded.class::isInstance);
        }

        @Test
        void throwsTheErrorThatStoppedTheBatch() {
            BatchHandle<Integer> handle = batch(1).build().start(items(1), image -> {
                throw new StackOverflowError("too deep");
            });

            assertThatExceptionOfType(StackOverflowError.class)
                    .isThrownBy(() -> handle.await(Duration.ofSeconds(20)))
                    .withMessage("too deep");
        }
    }
}
