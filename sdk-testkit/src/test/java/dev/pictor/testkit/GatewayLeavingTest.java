package dev.pictor.testkit;

import static dev.pictor.testkit.GatewayCalls.model;
import static dev.pictor.testkit.GatewayCalls.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.GatewayBuilder;
import dev.pictor.gateway.PictureCheck;
import dev.pictor.gateway.budget.Budget;
import dev.pictor.gateway.budget.Budgets;
import dev.pictor.gateway.budget.MemoryLedger;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
            assertThat(((Cost) answer.body().get(TraceAttributes.COST)).isComplete())
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
        return (long) of(run, TraceEvent.ANSWER).get(0).attributes().get(TraceAttributes.OVERHEAD_MICROS);
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
}
