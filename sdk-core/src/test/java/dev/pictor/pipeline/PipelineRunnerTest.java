package dev.pictor.pipeline;

import static dev.pictor.pipeline.Needs.needs;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.pictor.trace.DecisionRecord;
import dev.pictor.trace.MemoryRunStore;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunRecord;
import dev.pictor.trace.RunStatus;
import dev.pictor.trace.StageOutcome;
import dev.pictor.trace.StageRecord;
import dev.pictor.trace.TraceEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PipelineRunnerTest {

    private static final StageKey<String> A = StageKey.of("a", String.class);
    private static final StageKey<String> B = StageKey.of("b", String.class);
    private static final StageKey<String> C = StageKey.of("c", String.class);
    private static final StageKey<List<Integer>> NUMBERS = StageKey.listOf("numbers", Integer.class);
    private static final StageKey<List<Integer>> SQUARES = StageKey.listOf("squares", Integer.class);

    private final MemoryRunStore store = new MemoryRunStore();
    private final PipelineRunner runner =
            PipelineRunner.builder().traceSink(store).build();

    @AfterEach
    void closeRunner() {
        runner.close();
    }

    private static PipelineBuilder<String> pipeline() {
        return Pipeline.named("sample", String.class);
    }

    @SuppressWarnings("NullAway") // what careless code does
    private static String nothing() {
        return null;
    }

    private RunRecord record(RunId runId) {
        return store.find(runId).orElseThrow();
    }

    private static List<String> types(List<TraceEvent> events) {
        return events.stream().map(TraceEvent::type).toList();
    }

    @Nested
    class Graphs {

        @Test
        void handsEachStageTheInputAndWhatItDeclared() {
            Pipeline<String, String> pipeline = pipeline()
                    .stage(A, (run, in) -> in + "a")
                    .stage(B, needs(A), (run, in, a) -> in + a + "b")
                    .stage(C, needs(A, B), (run, in, a, b) -> in + a + b + "c")
                    .returning(C);

            assertThat(runner.run(pipeline, "x").value()).isEqualTo("xxaxxabc");
        }

        @Test
        void writesOneStartAndOneEndForTheRunAndEachStage() {
            Pipeline<String, String> pipeline = pipeline()
                    .stage(A, (run, in) -> in)
                    .stage(B, needs(A), (run, in, a) -> a)
                    .returning(B);

            RunResult<String> result = runner.run(pipeline, "x");

            assertThat(types(store.events(result.runId())))
                    .containsExactly("run.start", "stage.start", "stage.end", "stage.start", "stage.end", "run.end");
            assertThat(store.events(result.runId()))
                    .extracting(TraceEvent::sequence)
                    .containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        }

        @Test
        void runsIndependentStagesSideBySide() {
            CyclicBarrier both = new CyclicBarrier(2);
            Pipeline<String, String> pipeline = pipeline()
                    .stage(A, (run, in) -> "a" + both.await(10, SECONDS))
                    .stage(B, (run, in) -> "b" + both.await(10, SECONDS))
                    .stage(C, needs(A, B), (run, in, a, b) -> a.substring(0, 1) + b.substring(0, 1))
                    .returning(C);

            assertThat(runner.run(pipeline, "x").value()).isEqualTo("ab");
        }

        @Test
        void getsDoneOnTheCallersThreadWhenTheExecutorRejectsEverything() {
            PipelineRunner alone = PipelineRunner.builder()
                    .executor(task -> {
                        throw new RejectedExecutionException("full");
                    })
                    .build();
            Pipeline<String, List<Integer>> pipeline = pipeline()
                    .stage(NUMBERS, (run, in) -> List.of(1, 2, 3))
                    .forEach(SQUARES, needs(NUMBERS), 3, (run, in, n) -> n * n)
                    .returning(SQUARES);

            assertThat(alone.run(pipeline, "x").value()).containsExactly(1, 4, 9);
        }

        @Test
        void anExecutorThatWasGivenGetsNoWorkOnceTheRunnerIsClosed() {
            PipelineRunner closed =
                    PipelineRunner.builder().executor(Runnable::run).build();
            closed.close();
            Pipeline<String, List<Integer>> pipeline =
                    pipeline().stage(NUMBERS, (run, in) -> List.of(1)).returning(NUMBERS);

            assertThatExceptionOfType(RejectedExecutionException.class)
                    .isThrownBy(() -> closed.runAsync(pipeline, "x", RunOptions.ofDefaults()))
                    .withMessage("this runner is closed");
        }

        @Test
        void nestedFanOutsGetDoneOnAPoolOfOneThread() throws Exception {
            ExecutorService one = Executors.newFixedThreadPool(1);
            try (PipelineRunner small = PipelineRunner.builder().executor(one).build()) {
                Pipeline<Integer, List<Integer>> child = Pipeline.named("child", Integer.class)
                        .stage(
                                NUMBERS,
                                (run, n) -> IntStream.rangeClosed(1, n).boxed().toList())
                        .forEach(SQUARES, needs(NUMBERS), 8, (run, in, n) -> n * n)
                        .returning(SQUARES);
                StageKey<List<Integer>> left = StageKey.listOf("left", Integer.class);
                StageKey<List<Integer>> right = StageKey.listOf("right", Integer.class);
                StageKey<Integer> sum = StageKey.of("sum", Integer.class);
                Pipeline<String, Integer> parent = pipeline()
                        .pipeline(left, child, (run, in) -> 3)
                        .pipeline(right, child, (run, in) -> 4)
                        .stage(sum, needs(left, right), (run, in, l, r) -> l.size() + r.size())
                        .returning(sum);

                List<RunHandle<Integer>> handles = IntStream.range(0, 20)
                        .mapToObj(i -> small.runAsync(parent, "x", RunOptions.ofDefaults()))
                        .toList();
                for (RunHandle<Integer> handle : handles) {
                    assertThat(handle.await(Duration.ofSeconds(20)).value()).isEqualTo(7);
                }
            } finally {
                one.shutdownNow();
            }
        }

        @Test
        void asynchronousRunsAreOnDaemonsOfOurOwnWhichAreVirtualWhereThereAreSuch() throws Exception {
            StageKey<Thread> key = StageKey.of("thread", Thread.class);
            Pipeline<String, Thread> pipeline =
                    pipeline().stage(key, (run, in) -> Thread.currentThread()).returning(key);

            Thread thread = runner.runAsync(pipeline, "x", RunOptions.ofDefaults())
                    .await(Duration.ofSeconds(20))
                    .value();

            assertThat(thread.getName()).startsWith("sdk-core-run-");
            assertThat(thread.isDaemon()).isTrue();
            boolean virtual = thread.getClass().getName().contains("VirtualThread");
            assertThat(virtual).isEqualTo(Runtime.version().feature() >= 21);
        }

        @Test
        void refusesAStageThatGivesNull() {
            Pipeline<String, String> pipeline =
                    pipeline().stage(A, (run, in) -> nothing()).returning(A);

            assertThatExceptionOfType(StageException.class)
                    .isThrownBy(() -> runner.run(pipeline, "x"))
                    .withMessageContaining("stage a gave null");
        }
    }

    @Nested
    class FanOut {

        @Test
        void keepsTheOrderOfTheItemsAndTheBound() {
            AtomicInteger now = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            Pipeline<String, List<Integer>> pipeline = pipeline()
                    .stage(NUMBERS, (run, in) -> IntStream.range(0, 200).boxed().toList())
                    .forEach(SQUARES, needs(NUMBERS), 3, (run, in, n) -> {
                        most.accumulateAndGet(now.incrementAndGet(), Math::max);
                        now.decrementAndGet();
                        return n * n;
                    })
                    .returning(SQUARES);

            List<Integer> squares = runner.run(pipeline, "x").value();

            assertThat(squares)
                    .containsExactlyElementsOf(
                            IntStream.range(0, 200).map(n -> n * n).boxed().toList());
            assertThat(most.get()).isBetween(1, 3);
        }

        @Test
        void failsWithTheFirstFailureAndStopsTheOthers() {
            CountDownLatch waiting = new CountDownLatch(1);
            AtomicBoolean stopped = new AtomicBoolean();
            Pipeline<String, List<Integer>> pipeline = pipeline()
                    .stage(NUMBERS, (run, in) -> List.of(1, 2, 3, 4))
                    .forEach(SQUARES, needs(NUMBERS), 2, (run, in, n) -> {
                        if (n == 1) {
                            waiting.await();
                            throw new IOException("disk on fire");
                        }
                        waiting.countDown();
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                            stopped.set(true);
                            throw e;
                        }
                        return n;
                    })
                    .returning(SQUARES);

            assertThatExceptionOfType(StageException.class)
                    .isThrownBy(() -> runner.run(pipeline, "x"))
                    .withCause(new IOException("disk on fire"))
                    .withMessageContaining("stage squares failed");
            assertThat(stopped).isTrue();
        }

        @Test
        void givesAnEmptyListForAnEmptyList() {
            Pipeline<String, List<Integer>> pipeline = pipeline()
                    .stage(NUMBERS, (run, in) -> List.of())
                    .forEach(SQUARES, needs(NUMBERS), 2, (run, in, n) -> n)
                    .returning(SQUARES);

            assertThat(runner.run(pipeline, "x").value()).isEmpty();
        }
    }

    @Nested
    class Loops {

        private Pipeline<String, String> growing(int maxRounds) {
            return pipeline()
                    .stage(A, (run, in) -> in)
                    .loop(B, needs(A), maxRounds, text -> text.length() >= 4, (run, in, text) -> text + "!")
                    .returning(B);
        }

        @Test
        void endWhenTheValueIsGoodEnough() {
            RunResult<String> result = runner.run(growing(10), "x");

            assertThat(result.value()).isEqualTo("x!!!");
            assertThat(record(result.runId()).decisions()).isEmpty();
        }

        @Test
        void endAtTheLimitAndSaySo() {
            RunResult<String> result = runner.run(growing(2), "x");

            assertThat(result.value()).isEqualTo("x!!");
            assertThat(record(result.runId()).decisions())
                    .extracting(
                            DecisionRecord::stage,
                            decision -> decision.decision().kind())
                    .containsExactly(tuple("b", "limit"));
        }
    }

    @Nested
    class Failures {

        @Test
        void nameTheRunAndTheStage() {
            Pipeline<String, String> pipeline = pipeline()
                    .stage(A, (run, in) -> {
                        throw new IOException("no space");
                    })
                    .returning(A);

            StageException failure = catchThrowableOfType(StageException.class, () -> runner.run(pipeline, "x"));

            assertThat(failure.stage()).contains("a");
            RunRecord record = record(new RunId(failure.runId().orElseThrow()));
            assertThat(record.status()).isEqualTo(RunStatus.FAILED);
            assertThat(record.error().orElseThrow()).contains("stage a failed: java.io.IOException");
            assertThat(failure).hasRootCauseMessage("no space");
            assertThat(record.stages().get(0).outcome()).contains(StageOutcome.FAILED);
        }

        @Test
        void ofAnOptionalStageGiveTheFallbackAndShowInResultAndTrace() {
            Pipeline<String, String> pipeline = pipeline()
                    .stage(A, (run, in) -> {
                        throw new IOException("no space");
                    })
                    .fallback((run, in, failure) -> "plain " + in)
                    .returning(A);

            RunResult<String> result = runner.run(pipeline, "x");

            assertThat(result.value()).isEqualTo("plain x");
            assertThat(result.degradations()).hasSize(1);
            assertThat(result.degradations().get(0).stage()).isEqualTo("a");
            assertThat(result.degradations().get(0).reason()).contains("stage a failed: java.io.IOException");
            StageRecord stage = record(result.runId()).stages().get(0);
            assertThat(stage.outcome()).contains(StageOutcome.FALLBACK);
            assertThat(record(result.runId()).decisions().get(0).decision().kind())
                    .isEqualTo("fallback");
        }

        @Test
        void stopSiblingsAndPairEveryStartWithAnEnd() {
            CountDownLatch started = new CountDownLatch(1);
            Pipeline<String, String> pipeline = pipeline()
                    .stage(A, (run, in) -> {
                        started.countDown();
                        new CountDownLatch(1).await();
                        return in;
                    })
                    .stage(B, (run, in) -> {
                        started.await();
                        throw new IOException("no space");
                    })
                    .stage(C, needs(A, B), (run, in, a, b) -> a)
                    .returning(C);

            StageException failure = catchThrowableOfType(StageException.class, () -> runner.run(pipeline, "x"));

            assertThat(failure.stage()).contains("b");
            List<String> types = types(store.events(new RunId(failure.runId().orElseThrow())));
            assertThat(types).containsOnlyOnce("run.end").endsWith("run.end");
            assertThat(Collections.frequency(types, "stage.start")).isEqualTo(2);
            assertThat(Collections.frequency(types, "stage.end")).isEqualTo(2);
        }
    }

    @Nested
    class Deadlines {

        private final Pipeline<String, String> stalled = pipeline()
                .stage(A, (run, in) -> {
                    new CountDownLatch(1).await();
                    return in;
                })
                .fallback((run, in, failure) -> "never for a run that is over")
                .returning(A);

        @Test
        void stopAStalledStage() {
            RunOptions options =
                    RunOptions.builder().deadline(Duration.ofMillis(50)).build();

            DeadlineExceededException failure =
                    catchThrowableOfType(DeadlineExceededException.class, () -> runner.run(stalled, "x", options));

            assertThat(failure.deadline()).isEqualTo(Duration.ofMillis(50));
            assertThat(failure.stage()).contains("a");
            assertThat(Thread.interrupted()).isFalse();
        }

        @Test
        void fireWhilePoolAndCommonPoolAreBusy() {
            CountDownLatch release = new CountDownLatch(1);
            Runnable block = () -> {
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            };
            ExecutorService busy = Executors.newFixedThreadPool(1);
            try (PipelineRunner small = PipelineRunner.builder().executor(busy).build()) {
                IntStream.range(0, 50).forEach(i -> {
                    busy.execute(block);
                    ForkJoinPool.commonPool().execute(block);
                });
                RunOptions options =
                        RunOptions.builder().deadline(Duration.ofMillis(50)).build();

                assertThatExceptionOfType(DeadlineExceededException.class)
                        .isThrownBy(() -> small.run(stalled, "x", options));
            } finally {
                release.countDown();
                busy.shutdownNow();
            }
        }

        @Test
        void runHooksThatCloseCallsInFlight() {
            CountDownLatch closed = new CountDownLatch(1);
            Pipeline<String, String> pipeline = pipeline()
                    .stage(A, (run, in) -> {
                        try (var hook = run.onCancel(closed::countDown)) {
                            assertThat(hook).isNotNull();
                            // deaf to interrupts, as some clients are
                            while (closed.getCount() > 0) {
                                Thread.onSpinWait();
                            }
                            throw new IOException("socket closed");
                        }
                    })
                    .returning(A);
            RunOptions options =
                    RunOptions.builder().deadline(Duration.ofMillis(50)).build();

            assertThatExceptionOfType(DeadlineExceededException.class)
                    .isThrownBy(() -> runner.run(pipeline, "x", options))
                    .withCause(new IOException("socket closed"));
        }
    }

    @Nested
    class Cancelling {

        @Test
        void byTheHandleStopsTheRun() throws Exception {
            CountDownLatch started = new CountDownLatch(1);
            Pipeline<String, String> pipeline = pipeline()
                    .stage(A, (run, in) -> {
                        started.countDown();
                        new CountDownLatch(1).await();
                        return in;
                    })
                    .returning(A);
            RunHandle<String> handle = runner.runAsync(pipeline, "x", RunOptions.ofDefaults());
            started.await();

            handle.cancel();

            assertThatExceptionOfType(RunCancelledException.class)
                    .isThrownBy(() -> handle.await(Duration.ofSeconds(10)));
            assertThat(record(handle.runId()).status()).isEqualTo(RunStatus.CANCELLED);
        }

        @Test
        void byInterruptionStopsTheRunAndKeepsTheFlag() {
            Pipeline<String, String> pipeline = pipeline()
                    .stage(A, (run, in) -> {
                        Thread.currentThread().interrupt();
                        new CountDownLatch(1).await();
                        return in;
                    })
                    .returning(A);

            assertThatExceptionOfType(RunCancelledException.class).isThrownBy(() -> runner.run(pipeline, "x"));
            assertThat(Thread.interrupted()).isTrue();
        }

        @Test
        void aFutureTakenFromTheHandleLeavesTheRunAlone() throws Exception {
            CountDownLatch go = new CountDownLatch(1);
            Pipeline<String, String> pipeline = pipeline()
                    .stage(A, (run, in) -> {
                        go.await();
                        return in;
                    })
                    .returning(A);
            RunHandle<String> handle = runner.runAsync(pipeline, "x", RunOptions.ofDefaults());

            assertThat(handle.future().cancel(true)).isTrue();
            go.countDown();

            assertThat(handle.await(Duration.ofSeconds(10)).value()).isEqualTo("x");
        }

        @Test
        void byClosingTheRunnerStopsRunsUnderWay() throws Exception {
            CountDownLatch started = new CountDownLatch(1);
            Pipeline<String, String> pipeline = pipeline()
                    .stage(A, (run, in) -> {
                        started.countDown();
                        new CountDownLatch(1).await();
                        return in;
                    })
                    .returning(A);
            PipelineRunner closing = PipelineRunner.builder().build();
            RunHandle<String> handle = closing.runAsync(pipeline, "x", RunOptions.ofDefaults());
            started.await();

            closing.close();

            assertThatExceptionOfType(RunCancelledException.class)
                    .isThrownBy(() -> handle.await(Duration.ofSeconds(10)));
        }
    }

    @Nested
    class Progress {

        @Test
        void isTheWeightedShareOfWhatIsFinishedAndEndsAtOne() {
            List<Double> told = Collections.synchronizedList(new ArrayList<>());
            RunListener listener = new RunListener() {
                @Override
                public void progressed(RunId runId, double fraction) {
                    told.add(Math.round(fraction * 1000) / 1000.0);
                }
            };
            Pipeline<String, List<Integer>> child = Pipeline.named("child", String.class)
                    .stage(NUMBERS, (run, in) -> List.of(1, 2))
                    .forEach(SQUARES, needs(NUMBERS), 1, (run, in, n) -> n)
                    .weight(3)
                    .returning(SQUARES);
            StageKey<List<Integer>> inner = StageKey.listOf("inner", Integer.class);
            Pipeline<String, List<Integer>> pipeline = pipeline()
                    .stage(A, (run, in) -> in)
                    .pipeline(inner, child, needs(A), (run, in, a) -> a)
                    .weight(4)
                    .returning(inner);

            RunResult<List<Integer>> unused = runner.run(
                    pipeline, "x", RunOptions.builder().listener(listener).build());

            assertThat(told.stream().distinct()).containsExactly(0.2, 0.4, 0.7, 1.0);
        }

        @Test
        void aListenerThatThrowsDoesNotFailTheRun() {
            RunListener broken = new RunListener() {
                @Override
                public void stageStarted(RunId runId, String stage) {
                    throw new IllegalStateException("broken");
                }
            };
            Pipeline<String, String> pipeline =
                    pipeline().stage(A, (run, in) -> in).returning(A);

            assertThat(runner.run(
                                    pipeline,
                                    "x",
                                    RunOptions.builder().listener(broken).build())
                            .value())
                    .isEqualTo("x");
        }

        @Test
        void aSinkThatThrowsDoesNotFailTheRun() {
            PipelineRunner traced = PipelineRunner.builder()
                    .traceSink(event -> {
                        throw new IllegalStateException("broken");
                    })
                    .build();
            Pipeline<String, String> pipeline =
                    pipeline().stage(A, (run, in) -> in).returning(A);

            assertThat(traced.run(pipeline, "x").value()).isEqualTo("x");
        }
    }
}
