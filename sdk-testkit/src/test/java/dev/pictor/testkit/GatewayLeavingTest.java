package dev.pictor.testkit;

import static dev.pictor.testkit.GatewayCalls.draw;
import static dev.pictor.testkit.GatewayCalls.model;
import static dev.pictor.testkit.GatewayCalls.start;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.gateway.AnswerSource;
import dev.pictor.gateway.CallOptions;
import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.GatewayBuilder;
import dev.pictor.gateway.ModelAnswer;
import dev.pictor.gateway.PictureCheck;
import dev.pictor.gateway.budget.Budget;
import dev.pictor.gateway.budget.Budgets;
import dev.pictor.gateway.budget.MemoryLedger;
import dev.pictor.gateway.cache.CacheMode;
import dev.pictor.gateway.cache.CacheSettings;
import dev.pictor.gateway.cache.SingleFlight;
import dev.pictor.model.CallContext;
import dev.pictor.model.Cost;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelProfile;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.RunHandle;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.trace.RunId;
import dev.pictor.trace.TraceAttributes;
import dev.pictor.trace.TraceEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a call that its caller leaves. */
@Timeout(60)
class GatewayLeavingTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final List<TraceEvent> events = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(); // of a kind that can be looked at
    private final PipelineRunner runner =
            PipelineRunner.builder().traceSink(events::add).executor(threads).build();
    private final List<Gateway> gateways = new ArrayList<>();

    @AfterEach
    void close() {
        gateways.forEach(Gateway::close);
        runner.close();
        threads.shutdown();
    }

    private Gateway open(GatewayBuilder builder) {
        Gateway gateway = builder.pictureCheck(PictureCheck.none()).build();
        gateways.add(gateway);
        return gateway;
    }

    private RunHandle<String> ask(Gateway gateway, RunOptions options) {
        return start(
                runner,
                options,
                run -> gateway.generate(run, ImageRequest.builder("a lamp").build()));
    }

    private List<TraceEvent> of(RunId run, String type) {
        return events.stream()
                .filter(event -> event.runId().equals(run) && event.type().equals(type))
                .toList();
    }

    private void assertAttemptOfUnknownOutcome(RunId run, String why) {
        assertThat(of(run, TraceEvent.MODEL_CALL_START)).hasSize(1);
        assertThat(of(run, TraceEvent.MODEL_CALL_END)).singleElement().satisfies(end -> {
            assertThat(end.attributes())
                    .containsEntry(TraceAttributes.ERROR_TYPE, why)
                    .containsEntry(TraceAttributes.BILLED, "unknown_outcome");
        });
        assertThat(of(run, TraceEvent.ANSWER)).singleElement().satisfies(answer -> {
            assertThat(answer.attributes()).containsEntry(TraceAttributes.ATTEMPTS, 1);
            assertThat(((Cost) requireNonNull(answer.body().get(TraceAttributes.COST))).isComplete())
                    .isFalse();
        });
    }

    private void awaitEvent(RunId run, String type) {
        while (of(run, type).isEmpty()) {
            Thread.onSpinWait();
        }
    }

    private static void awaitWaiting(int callers) {
        while (Thread.getAllStackTraces().values().stream()
                        .filter(GatewayLeavingTest::waitsForACall)
                        .count()
                < callers) {
            Thread.onSpinWait();
        }
    }

    private static boolean waitsForACall(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .anyMatch(frame -> frame.getClassName().equals(SingleFlight.class.getName())
                        && frame.getMethodName().equals("await"));
    }

    /** Draws as soon as it may, and can be stopped before. */
    private static ImageModelAdapter drawing(FakeImageModel painter, CountDownLatch release) {
        return new ImageModelAdapter() {
            @Override
            public ModelProfile profile() {
                return painter.profile();
            }

            @Override
            public ImageResult generate(ImageRequest request, CallContext call) throws InterruptedException {
                release.await();
                return painter.generate(request, call);
            }
        };
    }

    private long overheadMicros(RunId run) {
        return (long)
                requireNonNull(of(run, TraceEvent.ANSWER).get(0).attributes().get(TraceAttributes.OVERHEAD_MICROS));
    }

    @Nested
    @DisplayName("R4: who leaves a shared call")
    class SharedCalls {

        @Test
        @DisplayName("R4: the last to leave a shared call hears what became of it")
        void theLastToLeaveWaitsForTheBooks() throws Exception {
            FakeImageModel painter = model("painter", "0.10").thenStall();
            Gateway gateway = open(Gateway.builder(painter)
                    .budgets(Budgets.builder(MemoryLedger.create())
                            .add(Budget.usd("10"))
                            .build())
                    .cache(CacheSettings.ofDefaults()));
            RunHandle<String> handle = ask(gateway, RunOptions.ofDefaults());
            painter.awaitRequests(1, LONG);

            handle.cancel();

            assertThatThrownBy(() -> GatewayCalls.join(handle)).isInstanceOf(RuntimeException.class);
            assertAttemptOfUnknownOutcome(handle.runId(), "cancelled");
        }

        @Test
        @DisplayName("R4: a shared call that runs out of time is in the trace as one, with its time")
        void aTimeoutIsInTheBooks() throws Exception {
            FakeImageModel painter = model("painter", "0.10").thenStall();
            Gateway gateway = open(Gateway.builder(painter).cache(CacheSettings.ofDefaults()));
            Duration limit = Duration.ofSeconds(2);
            RunHandle<String> handle =
                    ask(gateway, RunOptions.builder().deadline(limit).build());

            assertThatThrownBy(() -> GatewayCalls.join(handle)).isInstanceOf(RuntimeException.class);

            assertAttemptOfUnknownOutcome(handle.runId(), "timed_out");
            assertThat(overheadMicros(handle.runId())).isLessThan(limit.toMillis() * 1_000 / 2);
        }

        @Test
        @DisplayName("R4: who began a call and leaves it to others has an attempt of unknown outcome")
        void theFirstLeavesItToOthers() throws Exception {
            CountDownLatch release = new CountDownLatch(1);
            FakeImageModel painter = model("painter", "0.10");
            Gateway gateway = open(Gateway.builder(drawing(painter, release)).cache(CacheSettings.ofDefaults()));
            RunHandle<String> first = ask(gateway, RunOptions.ofDefaults());
            awaitEvent(first.runId(), TraceEvent.MODEL_CALL_START);
            RunHandle<String> second = ask(gateway, RunOptions.ofDefaults());
            awaitWaiting(2);

            first.cancel();

            assertThatThrownBy(() -> GatewayCalls.join(first)).isInstanceOf(RuntimeException.class);
            release.countDown();
            GatewayCalls.join(second);
            assertAttemptOfUnknownOutcome(first.runId(), "cancelled");
            assertThat(of(second.runId(), TraceEvent.MODEL_CALL_START)).isEmpty();
        }
    }

    @Nested
    @DisplayName("R17: who joins a shared call")
    class Joining {

        @Test
        @DisplayName("R17: who joins a call keeps its answer although the one who began it does not")
        void whoJoinsKeepsTheAnswer() throws Exception {
            CountDownLatch release = new CountDownLatch(1);
            FakeImageModel painter = model("painter", "0.10");
            Gateway gateway = open(Gateway.builder(drawing(painter, release)).cache(CacheSettings.ofDefaults()));
            ImageRequest request = ImageRequest.builder("a lamp").build();
            RunHandle<String> first = start(
                    runner,
                    RunOptions.ofDefaults(),
                    run -> gateway.generate(
                            run,
                            request,
                            CallOptions.builder().cacheMode(CacheMode.READ_ONLY).build()));
            awaitEvent(first.runId(), TraceEvent.MODEL_CALL_START);
            RunHandle<String> second = ask(gateway, RunOptions.ofDefaults());
            awaitWaiting(2);

            release.countDown();
            GatewayCalls.join(first);
            GatewayCalls.join(second);

            assertThat(draw(runner, gateway, "a lamp").source()).isEqualTo(AnswerSource.MEMORY_CACHE);
            assertThat(painter.requests()).hasSize(1);
        }
    }

    @Nested
    @DisplayName("R24: whoever completes the future of a call stops it")
    class Futures {

        static Stream<Named<Consumer<CompletableFuture<ModelAnswer<ImageResult>>>>> ends() {
            return Stream.of(
                    Named.of("cancel", future -> future.cancel(false)),
                    Named.of("orTimeout", future -> future.orTimeout(1, TimeUnit.MILLISECONDS)),
                    Named.of("completeOnTimeout", future -> future.completeOnTimeout(null, 1, TimeUnit.MILLISECONDS)),
                    Named.of("complete", future -> future.complete(null)),
                    Named.of(
                            "completeExceptionally",
                            future -> future.completeExceptionally(new IllegalStateException("enough"))));
        }

        @ParameterizedTest(name = "R24: {0}")
        @MethodSource("ends")
        void stopsTheCall(Consumer<CompletableFuture<ModelAnswer<ImageResult>>> end) {
            FakeImageModel painter = model("painter", "0.10").thenStall();
            Gateway gateway = open(Gateway.builder(painter));
            RunHandle<String> handle = start(runner, RunOptions.ofDefaults(), run -> {
                CompletableFuture<ModelAnswer<ImageResult>> future = gateway.generateAsync(
                        run, ImageRequest.builder("a lamp").build(), CallOptions.ofDefaults());
                painter.awaitRequests(1, LONG);
                end.accept(future);
                awaitEvent(run.runId(), TraceEvent.ANSWER); // with all that comes before it
                return "";
            });

            GatewayCalls.join(handle);

            assertAttemptOfUnknownOutcome(handle.runId(), "cancelled");
        }
    }

    @Nested
    @DisplayName("R24: a gateway that is closed")
    class Closing {

        @Test
        @DisplayName("R24: a gateway that is closed takes no more calls and says so")
        void takesNoMoreCalls() {
            FakeImageModel painter = model("painter", "0.10");
            Gateway gateway = open(Gateway.builder(painter).cache(CacheSettings.ofDefaults()));
            gateway.close();

            assertThatThrownBy(() -> draw(runner, gateway, "a lamp"))
                    .hasRootCauseInstanceOf(IllegalStateException.class)
                    .hasRootCauseMessage("the gateway is closed: it takes no more calls");
            assertThat(painter.requests()).isEmpty();
        }

        @Test
        @DisplayName("R24: a gateway that is closed waits for the calls that it stopped")
        void waitsForCallsOnItsThreads() throws Exception {
            FakeImageModel painter = model("painter", "0.10").thenStall();
            CountDownLatch stopped = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            AtomicBoolean ended = new AtomicBoolean();
            Gateway gateway = open(Gateway.builder(new ImageModelAdapter() {
                        @Override
                        public ModelProfile profile() {
                            return painter.profile();
                        }

                        @Override
                        public ImageResult generate(ImageRequest request, CallContext call)
                                throws InterruptedException {
                            try {
                                return painter.generate(request, call);
                            } catch (InterruptedException e) {
                                stopped.countDown();
                                release.await(); // it has something to put in order
                                ended.set(true);
                                throw e;
                            }
                        }
                    })
                    .cache(CacheSettings.ofDefaults()));
            RunHandle<String> handle = ask(gateway, RunOptions.ofDefaults());
            painter.awaitRequests(1, LONG);

            Future<Boolean> closing = threads.submit(() -> {
                gateway.close();
                return ended.get();
            });
            assertThat(stopped.await(20, TimeUnit.SECONDS)).isTrue();
            release.countDown();

            assertThat(closing.get(20, TimeUnit.SECONDS)).isTrue();
            assertThatThrownBy(() -> GatewayCalls.join(handle)).isInstanceOf(RuntimeException.class);
        }
    }
}
