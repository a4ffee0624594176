package dev.pictor.testkit;

import static dev.pictor.testkit.GatewayCalls.inRun;
import static dev.pictor.testkit.GatewayCalls.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.gateway.AnswerSource;
import dev.pictor.gateway.Attempt;
import dev.pictor.gateway.CallOptions;
import dev.pictor.gateway.CostLimitException;
import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.GatewayBuilder;
import dev.pictor.gateway.ModelAnswer;
import dev.pictor.gateway.PictureCheck;
import dev.pictor.gateway.budget.Budget;
import dev.pictor.gateway.budget.BudgetExceededException;
import dev.pictor.gateway.budget.BudgetState;
import dev.pictor.gateway.budget.Budgets;
import dev.pictor.gateway.budget.MemoryLedger;
import dev.pictor.gateway.cache.CacheSettings;
import dev.pictor.gateway.resilience.RetryPolicy;
import dev.pictor.model.CallContext;
import dev.pictor.model.Cost;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.Money;
import dev.pictor.model.OptionWarning;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.RunHandle;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.trace.TraceAttributes;
import dev.pictor.trace.TraceEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a request for more pictures than its model draws at once. */
@Timeout(60)
class GatewaySplittingTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final RecordingTraceSink sink = RecordingTraceSink.create();

    @RegisterExtension
    final TraceLifecycle lifecycle = TraceLifecycle.of(sink);

    private final PipelineRunner runner =
            PipelineRunner.builder().traceSink(sink).build();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final FakeImageModel drawing = FakeImageModel.create().profile(profile("painter", 1));

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
        runner.close();
    }

    private static ModelProfile profile(String id, int maxCount) {
        return GatewayCalls.profile(id, "0.10").toBuilder().maxCount(maxCount).build();
    }

    private Gateway open(GatewayBuilder builder) {
        Gateway gateway = builder.pictureCheck(PictureCheck.none()).build();
        open.add(gateway);
        return gateway;
    }

    private Gateway single(ImageModelAdapter model) {
        return open(Gateway.builder(model)
                .retry(RetryPolicy.none())
                .budgets(Budgets.builder(MemoryLedger.create())
                        .add(Budget.usd("1000"))
                        .build()));
    }

    private BudgetState state(Gateway gateway) {
        return inRun(runner, RunOptions.ofDefaults(), gateway::budgets).get(0);
    }

    private static ImageRequest lamps(int count) {
        return ImageRequest.builder("a lamp").count(count).seed(10).build();
    }

    @CanIgnoreReturnValue
    private ModelAnswer<ImageResult> draw(Gateway gateway, int count) {
        return draw(gateway, count, CallOptions.ofDefaults());
    }

    private ModelAnswer<ImageResult> draw(Gateway gateway, int count, CallOptions options) {
        return inRun(runner, RunOptions.ofDefaults(), run -> gateway.generate(run, lamps(count), options));
    }

    /** What happens to the request with this seed, of those from 10 on. */
    @FunctionalInterface
    private interface Part {
        void before(long seed) throws Exception;
    }

    private ImageModelAdapter painter(Part part) {
        return painter(drawing, part);
    }

    private static ImageModelAdapter painter(FakeImageModel drawing, Part part) {
        return new ImageModelAdapter() {
            @Override
            public ModelProfile profile() {
                return drawing.profile();
            }

            @Override
            public ImageResult generate(ImageRequest request, CallContext call) throws InterruptedException {
                ImageResult result = drawing.generate(request, call);
                try {
                    part.before(request.seed().orElse(-1));
                } catch (InterruptedException | RuntimeException e) {
                    throw e;
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
                return result;
            }
        };
    }

    private static ModelException failure(Reason reason, Billed billed) {
        return new ModelException(ModelFailure.builder("painter", reason, billed, "painter failed")
                .build());
    }

    private List<Map<String, Object>> attributes(String type) {
        return sink.events().stream()
                .filter(event -> event.type().equals(type))
                .map(TraceEvent::attributes)
                .toList();
    }

    static Stream<Arguments> counts() {
        return IntStream.rangeClosed(1, ImageRequest.MAX_COUNT)
                .boxed()
                .flatMap(count ->
                        IntStream.rangeClosed(1, ImageRequest.MAX_COUNT).mapToObj(most -> Arguments.of(count, most)));
    }

    @ParameterizedTest(name = "R31: {0} pictures of a model that draws {1} at once")
    @MethodSource("counts")
    void makesAsFewRequestsAsItTakes(int count, int most) {
        drawing.profile(profile("painter", most));
        Gateway gateway = single(drawing);

        ModelAnswer<ImageResult> answer = draw(gateway, count);

        int requests = (count + most - 1) / most;
        assertThat(drawing.requests()).hasSize(requests).allMatch(request -> request.count() <= most);
        assertThat(drawing.requests().stream().mapToInt(ImageRequest::count).sum())
                .isEqualTo(count);
        assertThat(drawing.requests().stream().map(request -> request.seed().getAsLong()))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, requests)
                        .mapToObj(part -> 10L + (long) part * most)
                        .toList());
        assertThat(answer.result().images()).hasSize(count).doesNotHaveDuplicates();
        assertThat(answer.result().usage().images()).isEqualTo(count);
        assertThat(answer.attempts())
                .hasSize(requests)
                .allMatch(attempt -> attempt.error().isEmpty());
        assertThat(answer.cost()).isEqualTo(Cost.of(new Money(100_000_000L * count, "USD")));
        assertThat(answer.warnings()).isEmpty();
        assertThat(state(gateway).committed()).isEqualTo(new Money(100_000_000L * count, "USD"));
        assertThat(state(gateway).held()).isEqualTo(usd("0"));
    }

    @Test
    @DisplayName("R31: pictures are in the order of the parts, whichever came first")
    void picturesAreInOrder() {
        CountDownLatch others = new CountDownLatch(3);
        Gateway gateway = single(painter(seed -> {
            if (seed == 10) {
                others.await();
            } else {
                others.countDown();
            }
        }));

        ModelAnswer<ImageResult> answer = draw(gateway, 4);

        assertThat(answer.result().images())
                .containsExactlyElementsOf(IntStream.range(0, 4)
                        .mapToObj(part -> inRun(
                                        runner,
                                        RunOptions.ofDefaults(),
                                        run -> gateway.generate(
                                                run,
                                                ImageRequest.builder("a lamp")
                                                        .seed(10 + part)
                                                        .build()))
                                .result()
                                .images()
                                .get(0))
                        .toList());
    }

    @Test
    @DisplayName("R31: parts are drawn side by side, each with a name, a span and a record of its own")
    void partsAreDrawnSideBySide() {
        CyclicBarrier all = new CyclicBarrier(4);
        Gateway gateway = single(painter(seed -> all.await(20, TimeUnit.SECONDS)));

        ModelAnswer<ImageResult> answer = draw(gateway, 4);

        assertThat(answer.result().images()).hasSize(4);
        assertThat(attributes(TraceEvent.MODEL_CALL_START))
                .hasSize(4)
                .extracting(attributes -> attributes.get(TraceAttributes.IDEMPOTENCY_KEY))
                .doesNotHaveDuplicates();
        assertThat(attributes(TraceEvent.MODEL_CALL_END)).hasSize(4);
        assertThat(attributes(TraceEvent.ANSWER)).hasSize(1);
        assertThat(attributes(TraceEvent.DECISION))
                .extracting(attributes -> attributes.get(TraceAttributes.DECISION_KIND))
                .containsExactly("split");
    }

    @Test
    void aPartThatFailsInPassingIsAskedForAgainByItself() {
        Set<Long> failed = ConcurrentHashMap.newKeySet();
        Gateway gateway = open(Gateway.builder(painter(seed -> {
                    if (seed == 12 && failed.add(seed)) {
                        throw failure(Reason.UNAVAILABLE, Billed.REJECTED);
                    }
                }))
                .retry(RetryPolicy.builder().baseDelay(Duration.ZERO).build()));

        ModelAnswer<ImageResult> answer = draw(gateway, 4);

        assertThat(answer.result().images()).hasSize(4);
        assertThat(answer.attempts()).hasSize(5);
        assertThat(drawing.requests()).hasSize(5);
        assertThat(attributes(TraceEvent.MODEL_CALL_START).stream()
                        .map(attributes -> attributes.get(TraceAttributes.IDEMPOTENCY_KEY))
                        .distinct())
                .hasSize(4); // the part and its repetition have one name
    }

    @Test
    @DisplayName("R31, R20: what some parts drew is kept when others fail, with a warning, and not in the cache")
    void whatSomePartsDrewIsKept() {
        Gateway gateway = open(Gateway.builder(painter(seed -> {
                    if (seed % 2 == 1) {
                        throw failure(
                                seed == 11 ? Reason.MALFORMED_ANSWER : Reason.UNAVAILABLE,
                                seed == 11 ? Billed.BILLED_UNUSABLE : Billed.REJECTED);
                    }
                }))
                .retry(RetryPolicy.none())
                .cache(CacheSettings.ofDefaults())
                .budgets(Budgets.builder(MemoryLedger.create())
                        .add(Budget.usd("1000"))
                        .build()));

        ModelAnswer<ImageResult> answer = draw(gateway, 4);

        assertThat(answer.result().images()).hasSize(2);
        assertThat(answer.warnings()).hasSize(1).allSatisfy(warning -> {
            assertThat(warning.option()).isEqualTo("count");
            assertThat(warning.message())
                    .startsWith("asked for 4 pictures, got 2: 2 of 4 requests failed with ")
                    .contains("malformed_answer", "unavailable");
        });
        assertThat(answer.attempts().stream().flatMap(attempt -> attempt.error().stream()))
                .containsExactlyInAnyOrder("malformed_answer", "unavailable");
        assertThat(state(gateway).committed()).isEqualTo(usd("0.30"));
        assertThat(state(gateway).unknown()).isEqualTo(usd("0.10"));
        assertThat(draw(gateway, 4).source()).isEqualTo(AnswerSource.MODEL);
        assertThat(drawing.requests()).hasSize(8);
    }

    @Test
    void aWholeAnswerIsKeptAsOne() {
        Gateway gateway = open(Gateway.builder(drawing).cache(CacheSettings.ofDefaults()));

        ModelAnswer<ImageResult> first = draw(gateway, 4);
        ModelAnswer<ImageResult> second = draw(gateway, 4);

        assertThat(second.source()).isEqualTo(AnswerSource.MEMORY_CACHE);
        assertThat(second.result().images()).isEqualTo(first.result().images());
        assertThat(drawing.requests()).hasSize(4);
    }

    @Test
    void theFailureThatMayHaveCostMostCounts() {
        Gateway gateway = single(painter(seed -> {
            throw failure(
                    Reason.UNAVAILABLE,
                    seed == 12 ? Billed.BILLED_UNUSABLE : seed == 11 ? Billed.UNKNOWN_OUTCOME : Billed.REJECTED);
        }));

        assertThatThrownBy(() -> draw(gateway, 4)).isInstanceOfSatisfying(ModelException.class, failure -> {
            assertThat(failure.billed()).isEqualTo(Billed.BILLED_UNUSABLE);
            assertThat(failure.getSuppressed()).hasSize(3);
        });
        assertThat(state(gateway).unknown()).isEqualTo(usd("0.20"));
        assertThat(drawing.requests()).hasSize(4);
    }

    @Test
    @DisplayName("R16: what a policy refused is not sent elsewhere because another part failed otherwise")
    void aRefusalByPolicyComesFirst() {
        FakeImageModel other = FakeImageModel.create().profile(profile("other", 1));
        Gateway gateway = open(Gateway.builder(painter(seed -> {
                    throw seed == 11
                            ? failure(Reason.BLOCKED_BY_POLICY, Billed.REJECTED)
                            : failure(Reason.UNAVAILABLE, Billed.UNKNOWN_OUTCOME);
                }))
                .addImageModel(other)
                .retry(RetryPolicy.none()));

        assertThatThrownBy(() -> draw(gateway, 3))
                .isInstanceOfSatisfying(
                        ModelException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.BLOCKED_BY_POLICY));
        assertThat(other.requests()).isEmpty();
    }

    @Test
    @DisplayName("R16: a model that fails every part is left for the next one, which splits by its own measure")
    void theNextModelIsAskedWhenAllPartsFail() {
        FakeImageModel other = FakeImageModel.create().profile(profile("other", 3));
        Gateway gateway = open(Gateway.builder(painter(seed -> {
                    throw failure(Reason.UNAVAILABLE, Billed.REJECTED);
                }))
                .addImageModel(other)
                .retry(RetryPolicy.none()));

        ModelAnswer<ImageResult> answer = draw(gateway, 4);

        assertThat(answer.isFallback()).isTrue();
        assertThat(answer.result().images()).hasSize(4);
        assertThat(other.requests()).extracting(ImageRequest::count).containsExactlyInAnyOrder(3, 1);
        assertThat(answer.attempts().stream().map(Attempt::model))
                .containsExactlyInAnyOrder("painter", "painter", "painter", "painter", "other", "other");
    }

    @Test
    @DisplayName("R1: a budget that ends in the middle lets through the parts that fit, and no more")
    void aBudgetThatEndsInTheMiddle() {
        Gateway gateway = open(Gateway.builder(drawing)
                .budgets(Budgets.builder(MemoryLedger.create())
                        .add(Budget.usd("0.25"))
                        .build()));

        ModelAnswer<ImageResult> answer = draw(gateway, 4);

        assertThat(answer.result().images()).hasSize(2);
        assertThat(answer.warnings()).extracting(OptionWarning::option).containsExactly("count");
        assertThat(drawing.requests()).hasSize(2);
        assertThat(state(gateway).committed()).isEqualTo(usd("0.20"));
        assertThat(state(gateway).held()).isEqualTo(usd("0"));
        assertThatThrownBy(() -> draw(gateway, 2)).isInstanceOf(BudgetExceededException.class);
        assertThat(drawing.requests()).hasSize(2);
    }

    @Test
    void allPartsTogetherCostNoMoreThanACallMay() {
        Gateway gateway = open(Gateway.builder(drawing));
        CallOptions limited = CallOptions.builder().maxCost(usd("0.35")).build();

        assertThatThrownBy(() -> draw(gateway, 4, limited))
                .isInstanceOfSatisfying(
                        CostLimitException.class,
                        limit -> assertThat(limit.estimate()).contains(usd("0.40")));
        assertThat(drawing.requests()).isEmpty();
        assertThat(draw(gateway, 3, limited).result().images()).hasSize(3);
    }

    @Test
    @DisplayName("R24, R4: whoever stops the call stops all parts, and what may have been charged stays charged")
    void whoeverStopsTheCallStopsAllParts() throws Exception {
        drawing.thenStall().thenStall().thenStall().thenStall();
        Gateway gateway = single(drawing);
        RunHandle<String> call = GatewayCalls.start(
                runner, RunOptions.ofDefaults(), run -> gateway.generate(run, lamps(4), CallOptions.ofDefaults()));
        drawing.awaitRequests(4, LONG);

        call.cancel();

        assertThatThrownBy(() -> GatewayCalls.join(call)).isInstanceOf(RuntimeException.class);
        assertThat(state(gateway).unknown()).isEqualTo(usd("0.40"));
        assertThat(state(gateway).held()).isEqualTo(usd("0"));
        assertThat(attributes(TraceEvent.MODEL_CALL_END)).hasSize(4);
    }

    @Test
    @DisplayName("R9: the deadline of the run ends parts that stall, wherever they run")
    void theDeadlineEndsAllParts() {
        drawing.thenStall().thenStall().thenStall();
        Gateway gateway = single(drawing);

        assertThatThrownBy(() -> inRun(
                        runner,
                        RunOptions.builder().deadline(Duration.ofMillis(300)).build(),
                        run -> gateway.generate(run, lamps(3))))
                .isInstanceOf(dev.pictor.pipeline.DeadlineExceededException.class);
        assertThat(state(gateway).held()).isEqualTo(usd("0"));
    }

    @Test
    void aBrokenAdapterEndsTheCallAtOnce() {
        CountDownLatch never = new CountDownLatch(1);
        Gateway gateway = single(painter(seed -> {
            if (seed == 12) {
                throw new IllegalStateException("invented");
            }
            never.await();
        }));

        Throwable thrown = catchThrowable(() -> draw(gateway, 4));

        assertThat(thrown).hasRootCauseInstanceOf(IllegalStateException.class).hasRootCauseMessage("invented");
    }

    @Test
    @DisplayName("R17: a request that is split is shared like any other")
    void aSplitRequestIsShared() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Gateway gateway = open(Gateway.builder(painter(seed -> go.await())).cache(CacheSettings.ofDefaults()));
        List<RunHandle<String>> calls = new ArrayList<>();
        for (int call = 0; call < 3; call++) {
            calls.add(GatewayCalls.start(runner, RunOptions.ofDefaults(), run -> gateway.generate(run, lamps(4))));
        }
        drawing.awaitRequests(4, LONG);
        go.countDown();

        calls.forEach(GatewayCalls::join);

        assertThat(drawing.requests()).hasSize(4);
    }

    @Test
    void whatGoesOnFromAPictureIsNotSplit() {
        drawing.profile(
                profile("painter", 1).toBuilder().supportsContinuation(true).build());
        Gateway gateway = single(drawing);

        assertThatThrownBy(() -> inRun(
                        runner,
                        RunOptions.ofDefaults(),
                        run -> gateway.generate(
                                run,
                                ImageRequest.builder("a lamp")
                                        .count(2)
                                        .continuable(true)
                                        .build())))
                .isInstanceOfSatisfying(
                        ModelException.class,
                        failure -> assertThat(failure.billed()).isEqualTo(Billed.NOT_SENT));
        assertThat(drawing.requests()).isEmpty();
    }

    @Test
    @DisplayName(
            "R26, R4: a vendor is sent one request for each part, under its own name, and charges what is committed")
    void aVendorIsSentOneRequestForEachPart() throws Exception {
        try (FakeProvider provider = FakeProvider.start();
                HttpImageModel model = HttpImageModel.to(provider.uri()).profile(profile("painter", 2))) {
            provider.enqueue(Fault.status(500).billed(true));
            Gateway gateway = single(model);

            ModelAnswer<ImageResult> answer = draw(gateway, 7);

            assertThat(answer.result().images().size()).isBetween(5, 6);
            assertThat(provider.requests()).isEqualTo(4);
            assertThat(provider.recent().stream()
                            .map(call -> call.idempotencyKey().orElseThrow())
                            .distinct())
                    .hasSize(4);
            assertThat(state(gateway).committed()).isEqualTo(usd("0.70"));
            assertThat(state(gateway).unknown().nanos()).isPositive();
        }
    }
}
