package dev.pictor.testkit;

import static dev.pictor.pipeline.Needs.needs;
import static dev.pictor.testkit.TraceAssertions.assertThat;
import static dev.pictor.testkit.TraceAssertions.assertThatEvents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.image.Sha256;
import dev.pictor.pipeline.DeadlineExceededException;
import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.RunCancelledException;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.pipeline.RunResult;
import dev.pictor.pipeline.StageKey;
import dev.pictor.trace.DirectoryRunStore;
import dev.pictor.trace.MemoryRunStore;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunStatus;
import dev.pictor.trace.StoredRunException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that is started twice under one key runs once. */
@Timeout(60)
class IdempotentStartTest {

    private static final StageKey<String> FIRST = StageKey.of("first", String.class);
    private static final StageKey<String> DONE = StageKey.of("done", String.class);
    private static final RunOptions KEYED =
            RunOptions.builder().tenant("acme").idempotencyKey("order-7").build();

    private final MemoryRunStore store = new MemoryRunStore();
    private final PipelineRunner runner =
            PipelineRunner.builder().traceSink(store).journal(store).build();
    private final AtomicInteger firsts = new AtomicInteger();
    private final AtomicInteger dones = new AtomicInteger();
    private final CountDownLatch release = new CountDownLatch(1);
    private volatile boolean fails;
    private volatile boolean stalls;

    private final Pipeline<String, String> pipeline = Pipeline.named("sample", String.class)
            .stage(FIRST, (run, in) -> {
                firsts.incrementAndGet();
                run.degrade("it is small");
                return in + "!";
            })
            .stage(DONE, needs(FIRST), (run, in, first) -> {
                dones.incrementAndGet();
                if (stalls) {
                    release.await();
                }
                if (fails) {
                    throw new IllegalStateException("no");
                }
                return first + "?";
            })
            .returning(DONE);

    @AfterEach
    void close() {
        release.countDown();
        runner.close();
    }

    @ParameterizedTest
    @EnumSource
    void givesTheFirstRunsResultBackWithoutRunningAnything(Form form) throws Exception {
        RunResult<String> first = form.start(runner, pipeline, "x", KEYED).await();

        RunResult<String> second = form.start(runner, pipeline, "x", KEYED).await();

        assertThat(second.value()).isEqualTo("x!?");
        assertThat(second.runId()).isEqualTo(first.runId());
        assertThat(second.degradations()).isEqualTo(first.degradations()).hasSize(1);
        assertThat(second.duration()).isZero();
        assertThat(firsts).hasValue(1);
        assertThat(store.newest(10)).containsExactly(first.runId());
        assertThat(store.events(first.runId()).stream()
                        .filter(event -> event.type().equals("run.start"))
                        .findFirst()
                        .orElseThrow()
                        .attributes())
                .containsEntry("pictor.idempotency_key", "order-7");
    }

    @ParameterizedTest
    @EnumSource
    void resumesTheFirstRunIfItFailed(Form form) throws Exception {
        fails = true;
        assertThatThrownBy(() -> form.start(runner, pipeline, "x", KEYED).await())
                .hasMessageContaining("stage done");
        fails = false;

        RunResult<String> second = form.start(runner, pipeline, "x", KEYED).await();

        assertThat(second.value()).isEqualTo("x!?");
        assertThat(firsts).hasValue(1);
        assertThat(dones).hasValue(2);
        assertThat(store.newest(10)).containsExactly(second.runId());
        assertThat(store.find(second.runId()).orElseThrow()).hasStatus(RunStatus.SUCCEEDED);
        assertThatEvents(store.events(second.runId())).isWellFormed();
    }

    @Test
    void runsOnceForSixteenThreadsAtOnce() throws Exception {
        int threads = 16;
        CyclicBarrier together = new CyclicBarrier(threads);
        var executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<RunResult<String>>> results = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                results.add(executor.submit(() -> {
                    together.await(30, TimeUnit.SECONDS);
                    return runner.run(pipeline, "x", KEYED);
                }));
            }
            Set<RunId> runs = ConcurrentHashMap.newKeySet();
            for (Future<RunResult<String>> result : results) {
                RunResult<String> got = result.get(30, TimeUnit.SECONDS);
                assertThat(got.value()).isEqualTo("x!?");
                runs.add(got.runId());
            }
            assertThat(runs).hasSize(1);
        } finally {
            executor.shutdownNow();
        }
        assertThat(firsts).hasValue(1);
        assertThat(dones).hasValue(1);
    }

    @Test
    void isARunOfItsOwnForEachKeyTenantAndPipeline() {
        Pipeline<String, String> other = Pipeline.named("other", String.class)
                .stage(DONE, (run, in) -> in)
                .returning(DONE);

        List<RunId> runs = List.of(
                runner.run(pipeline, "x", KEYED).runId(),
                runner.run(pipeline, "x", key("order-8").tenant("acme").build()).runId(),
                runner.run(pipeline, "x", key("order-7").tenant("blue").build()).runId(),
                runner.run(pipeline, "x", key("order-7").build()).runId(),
                runner.run(other, "x", KEYED).runId());

        assertThat(runs).doesNotHaveDuplicates();
    }

    private static dev.pictor.pipeline.RunOptionsBuilder key(String key) {
        return RunOptions.builder().idempotencyKey(key);
    }

    @Nested
    class Refuses {

        @Test
        void anotherInputUnderTheSameKey() {
            RunId first = runner.run(pipeline, "x", KEYED).runId();

            assertRefused(() -> runner.run(pipeline, "y", KEYED), StoredRunException.Reason.OTHER_INPUT, first);

            assertThat(firsts).hasValue(1);
        }

        @Test
        void anotherInputWhileTheFirstRunIsUnderWay() throws Exception {
            stalls = true;
            var running = runner.runAsync(pipeline, "x", KEYED);

            assertRefused(
                    () -> runner.run(pipeline, "y", KEYED), StoredRunException.Reason.OTHER_INPUT, running.runId());

            release.countDown();
            assertThat(running.await(Duration.ofSeconds(30)).value()).isEqualTo("x!?");
        }

        @Test
        void anotherDefinitionOfThePipeline() {
            RunId first = runner.run(pipeline, "x", KEYED).runId();
            Pipeline<String, String> changed = Pipeline.named("sample", String.class)
                    .stage(DONE, (run, in) -> in)
                    .returning(DONE);

            assertRefused(() -> runner.run(changed, "x", KEYED), StoredRunException.Reason.OTHER_DEFINITION, first);
        }

        @Test
        void aKeyWithoutAJournal() {
            try (PipelineRunner bare = PipelineRunner.builder().build()) {
                assertThatIllegalStateException()
                        .isThrownBy(() -> bare.run(pipeline, "x", KEYED))
                        .withMessage("an idempotency key needs a journal: give the runner one, such as a "
                                + "DirectoryRunStore");
            }
        }

        @Test
        void anInputThatCannotBeKept() {
            @SuppressWarnings("rawtypes")
            Pipeline<Optional, String> vague = Pipeline.named("vague", Optional.class)
                    .stage(DONE, (run, in) -> "x")
                    .returning(DONE);

            assertThatThrownBy(() -> runner.run(vague, Optional.empty(), KEYED))
                    .isInstanceOfSatisfying(
                            StoredRunException.class,
                            refusal -> assertThat(refusal.reason()).isEqualTo(StoredRunException.Reason.WITHHELD));
            assertThat(store.newest(10)).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 257})
        void aKeyOfAnotherLength(int length) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> key("k".repeat(length)).build())
                    .withMessage("idempotencyKey must have 1 to 256 characters, had " + length);
        }
    }

    @Nested
    class WhileTheFirstRunIsUnderWay {

        @Test
        void waitsNoLongerThanItsOwnDeadline() throws Exception {
            stalls = true;
            var running = runner.runAsync(pipeline, "x", KEYED);

            assertThatThrownBy(() -> runner.run(
                            pipeline,
                            "x",
                            RunOptions.builder()
                                    .from(KEYED)
                                    .deadline(Duration.ofMillis(20))
                                    .build()))
                    .isInstanceOf(DeadlineExceededException.class);

            release.countDown();
            assertThat(running.await(Duration.ofSeconds(30)).value()).isEqualTo("x!?");
            assertThat(dones).hasValue(1);
        }

        @ParameterizedTest
        @EnumSource
        void stopsWaitingWhenItsCallerLeavesAndTheRunGoesOn(Form form) throws Exception {
            stalls = true;
            var running = runner.runAsync(pipeline, "x", KEYED);

            Form.Running<String> waiting = form.start(runner, pipeline, "x", KEYED);
            waiting.cancel();

            assertThatThrownBy(waiting::await).isInstanceOf(RunCancelledException.class);
            release.countDown();
            assertThat(running.await(Duration.ofSeconds(30)).value()).isEqualTo("x!?");
        }

        @Test
        void failsAsTheFirstRunFails() throws Exception {
            stalls = true;
            fails = true;
            var running = runner.runAsync(pipeline, "x", KEYED);
            var waiting = runner.runAsync(pipeline, "x", KEYED);
            assertThat(waiting.runId()).isEqualTo(running.runId());
            release.countDown();

            assertThatThrownBy(() -> waiting.await(Duration.ofSeconds(30))).hasMessageContaining("stage done");
            assertThatThrownBy(() -> running.await(Duration.ofSeconds(30))).hasMessageContaining("stage done");
        }

        @Test
        void isStoppedByTheHandleOfWhoeverStartedIt() throws Exception {
            stalls = true;
            var running = runner.runAsync(pipeline, "x", KEYED);
            await(() -> dones.get() == 1);

            running.cancel();

            assertThatThrownBy(() -> running.await(Duration.ofSeconds(30))).isInstanceOf(RunCancelledException.class);
            stalls = false;
            assertThat(runner.run(pipeline, "x", KEYED).value()).isEqualTo("x!?");
            assertThat(firsts).hasValue(1);
        }

        private void await(BooleanSupplier condition) {
            while (!condition.getAsBoolean()) {
                Thread.onSpinWait();
            }
        }

        @Test
        void isRefusedToAnotherRunnerOnTheSameStore() throws Exception {
            stalls = true;
            var running = runner.runAsync(pipeline, "x", KEYED);
            awaitBegun(running.runId());
            try (PipelineRunner other =
                    PipelineRunner.builder().traceSink(store).journal(store).build()) {

                assertRefused(() -> other.run(pipeline, "x", KEYED), StoredRunException.Reason.IN_USE, running.runId());

                release.countDown();
                assertThat(running.await(Duration.ofSeconds(30)).value()).isEqualTo("x!?");
                assertThat(other.run(pipeline, "x", KEYED).runId()).isEqualTo(running.runId());
            }
            assertThat(firsts).hasValue(1);
        }

        private void awaitBegun(RunId runId) {
            await(() -> store.read(runId).isPresent());
        }
    }

    /** Whoever claimed a key may be gone before its run began. */
    @Test
    void beginsTheRunThatAKeyWasClaimedForAndThatNeverBegan() {
        RunId claimed = RunId.create();
        Sha256 key = Sha256.of("4 acme\n6 sample\norder-7".getBytes(StandardCharsets.UTF_8));
        assertThat(store.claim(key, claimed)).isEqualTo(claimed);

        RunResult<String> result = runner.run(pipeline, "x", KEYED);

        assertThat(result.runId()).isEqualTo(claimed);
        assertThat(result.value()).isEqualTo("x!?");
        assertThatEvents(store.events(claimed)).isWellFormed();
        assertThat(store.find(claimed).orElseThrow().pipeline()).isEqualTo("sample");
    }

    @Test
    void knowsTheKeyInAnotherProcess(@TempDir Path directory) {
        RunId first;
        try (DirectoryRunStore kept = DirectoryRunStore.open(directory);
                PipelineRunner before =
                        PipelineRunner.builder().traceSink(kept).journal(kept).build()) {
            first = before.run(pipeline, "x", KEYED).runId();
        }
        try (DirectoryRunStore kept = DirectoryRunStore.open(directory);
                PipelineRunner after =
                        PipelineRunner.builder().traceSink(kept).journal(kept).build()) {
            RunResult<String> second = after.run(pipeline, "x", KEYED);

            assertThat(second.runId()).isEqualTo(first);
            assertThat(second.value()).isEqualTo("x!?");
            assertRefused(() -> after.run(pipeline, "y", KEYED), StoredRunException.Reason.OTHER_INPUT, first);
        }
        assertThat(firsts).hasValue(1);
    }

    private static void assertRefused(ThrowingCallable start, StoredRunException.Reason reason, RunId names) {
        assertThatThrownBy(start).isInstanceOfSatisfying(StoredRunException.class, refusal -> {
            assertThat(refusal.reason()).isEqualTo(reason);
            assertThat(refusal).hasMessageContaining(names.toString());
        });
    }

    /** Inputs are the same if their JSON is, whatever order its names stand in. */
    @Test
    void takesAnInputOfEqualContentForTheSame() {
        Pipeline<Order, String> orders = Pipeline.named("orders", Order.class)
                .stage(DONE, (run, order) -> {
                    firsts.incrementAndGet();
                    return order.id();
                })
                .returning(DONE);

        String first =
                runner.run(orders, new Order("7", 2.0f, List.of("a")), KEYED).value();
        String second = runner.run(orders, new Order("7", 2.0f, Collections.singletonList("a")), KEYED)
                .value();

        assertThat(second).isEqualTo(first).isEqualTo("7");
        assertThat(firsts).hasValue(1);
    }

    record Order(String id, float weight, List<String> lines) {}
}
