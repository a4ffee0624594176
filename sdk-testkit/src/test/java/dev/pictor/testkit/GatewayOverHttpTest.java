package dev.pictor.testkit;

import static dev.pictor.testkit.GatewayCalls.draw;
import static dev.pictor.testkit.GatewayCalls.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.error.PictorException;
import dev.pictor.gateway.CallOptions;
import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.GatewayBuilder;
import dev.pictor.gateway.ModelAnswer;
import dev.pictor.gateway.PictureCheck;
import dev.pictor.gateway.budget.Budget;
import dev.pictor.gateway.budget.BudgetState;
import dev.pictor.gateway.budget.Budgets;
import dev.pictor.gateway.budget.MemoryLedger;
import dev.pictor.gateway.cache.CacheSettings;
import dev.pictor.gateway.resilience.BreakerPolicy;
import dev.pictor.gateway.resilience.BulkheadPolicy;
import dev.pictor.gateway.resilience.GatewayRefusedException;
import dev.pictor.gateway.resilience.RateLimit;
import dev.pictor.gateway.resilience.RetryPolicy;
import dev.pictor.image.PixelSize;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.Money;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.http.ModelHttp;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.RunHandle;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.trace.TraceAttributes;
import dev.pictor.trace.TraceEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole way from a call to a vendor's socket and back. */
@Timeout(60)
@DisplayName("R24, R29: the whole way to a vendor that fails, without a leak")
class GatewayOverHttpTest {

    /** Neither threads nor sockets stay behind. */
    @RegisterExtension
    static final LeakDetector LEAKS = new LeakDetector().within(Duration.ofSeconds(30));

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(250);
    private static final ImageRequest LAMP = ImageRequest.builder("a lamp").build();

    private final FakeProvider provider = FakeProvider.start();
    private final RecordingTraceSink sink = RecordingTraceSink.create();

    @RegisterExtension
    final TraceLifecycle lifecycle = TraceLifecycle.of(sink);

    private final PipelineRunner runner =
            PipelineRunner.builder().traceSink(sink).build();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
        runner.close();
        provider.close();
    }

    private HttpImageModel model(FakeProvider server, String id, Duration idle) {
        HttpImageModel model = HttpImageModel.to(
                        server.uri(),
                        ModelHttp.builder()
                                .sendsIdempotencyKey(true)
                                .idleTimeout(idle)
                                .putErrorCode("content_policy_violation", Reason.BLOCKED_BY_POLICY)
                                .putErrorCode("moderation_blocked", Reason.BLOCKED_BY_POLICY)
                                .build())
                .profile(GatewayCalls.profile(id, "0.10"));
        open.add(model);
        return model;
    }

    private HttpImageModel model() {
        return model(provider, "painter", LONG);
    }

    private Gateway open(GatewayBuilder builder) {
        Gateway gateway = builder.breaker(
                        BreakerPolicy.builder().minimumCalls(1_000).build())
                .budgets(Budgets.builder(MemoryLedger.create())
                        .add(Budget.usd("1000"))
                        .build())
                .build();
        open.add(0, gateway);
        return gateway;
    }

    private BudgetState state(Gateway gateway) {
        return GatewayCalls.inRun(runner, RunOptions.ofDefaults(), gateway::budgets)
                .get(0);
    }

    /** What the provider charges, at 0.10 a picture. */
    private Money charged() {
        return Money.usd(provider.billed() * 100_000_000L);
    }

    private RunHandle<String> start(Gateway gateway, CallOptions options) {
        return GatewayCalls.start(runner, RunOptions.ofDefaults(), run -> gateway.generate(run, LAMP, options));
    }

    private static void assertFails(RunHandle<String> call) {
        assertThatThrownBy(() -> GatewayCalls.join(call)).isInstanceOf(RuntimeException.class);
    }

    static Stream<Arguments> outcomes() {
        return Stream.of(
                Arguments.of(Fault.none(), "0.10", "0"),
                Arguments.of(Fault.stall(), "0.10", "0.10"),
                Arguments.of(Fault.stallInBody(), "0.10", "0.10"),
                Arguments.of(Fault.reset(), "0.10", "0.10"),
                Arguments.of(Fault.resetInBody(), "0.10", "0.10"),
                Arguments.of(Fault.cutOff(), "0.10", "0.10"),
                Arguments.of(Fault.status(500), "0.10", "0.10"),
                Arguments.of(Fault.status(500).billed(true), "0.10", "0.10"),
                Arguments.of(Fault.errorAfterHeaders(), "0.10", "0.10"),
                Arguments.of(Fault.malformedJson(), "0.10", "0.10"),
                Arguments.of(Fault.truncatedBase64(), "0.10", "0"), // it came whole, with its usage
                Arguments.of(Fault.status(400), "0", "0"),
                Arguments.of(Fault.safetyBlock(), "0", "0"),
                Arguments.of(Fault.rateLimited(Duration.ofMinutes(5)), "0", "0"));
    }

    @ParameterizedTest(name = "R4: {0} leaves ${1} charged, ${2} of it unknown")
    @MethodSource("outcomes")
    @DisplayName("R4: the ledger after each way to fail, beside what the vendor charges")
    void theLedgerNeverHasLessThanTheVendor(Fault fault, String committed, String unknown) {
        provider.enqueue(fault);
        Gateway gateway = open(Gateway.builder(model(provider, "painter", SHORT))
                .pictureCheck(PictureCheck.builder().redraws(0).build())
                .retry(RetryPolicy.builder().attemptLimit(Duration.ofSeconds(1)).build()));

        if (fault.kind() == Fault.Kind.NONE) {
            assertThat(draw(runner, gateway, "a lamp").cost().amount()).contains(usd("0.10"));
        } else {
            assertThatThrownBy(() -> draw(runner, gateway, "a lamp")).isInstanceOf(ModelException.class);
        }

        assertThat(state(gateway).committed()).isEqualTo(usd(committed));
        assertThat(state(gateway).unknown()).isEqualTo(usd(unknown));
        assertThat(state(gateway).held()).isEqualTo(usd("0"));
        assertThat(state(gateway).committed().nanos())
                .isGreaterThanOrEqualTo(charged().nanos());
        assertThat(provider.requests()).isEqualTo(1); // what may have been charged is not sent again
    }

    @Test
    @DisplayName("R7: 120 jobs at a vendor that takes 40 a second are all served with at most 144 requests")
    void aBusyVendorIsNotStormed() {
        provider.plan(FaultPlan.none().requestsPerSecond(40));
        Gateway gateway = open(Gateway.builder(model())
                .bulkhead(BulkheadPolicy.builder(4)
                        .maxWaiting(200)
                        .maxWait(Duration.ofSeconds(40))
                        .build())
                .retry(RetryPolicy.builder()
                        .maxAttempts(10)
                        .baseDelay(Duration.ofMillis(20))
                        .build()));
        List<RunHandle<String>> jobs = new ArrayList<>();
        for (int job = 0; job < 120; job++) {
            jobs.add(start(gateway, CallOptions.ofDefaults()));
        }

        jobs.forEach(job -> assertThat(GatewayCalls.join(job)).isEqualTo("done"));

        assertThat(provider.billed()).isEqualTo(120);
        assertThat(provider.requests()).isBetween(120L, 144L);
        assertThat(state(gateway).committed()).isEqualTo(charged());
    }

    @Nested
    @DisplayName("R10: an answer that stalls or drips is ended, socket and all")
    class Stalls {

        static Stream<Arguments> stalls() {
            return Stream.of(
                    Arguments.of("in its body, by the idle limit", Fault.stallInBody(), SHORT, LONG),
                    Arguments.of("before its headers, by the attempt's limit", Fault.stall(), LONG, SHORT),
                    Arguments.of("in its body, by the attempt's limit", Fault.stallInBody(), LONG, SHORT),
                    Arguments.of(
                            "drop by drop, by the attempt's limit",
                            Fault.drip(1, Duration.ofMillis(20)),
                            Duration.ofSeconds(2),
                            SHORT));
        }

        @ParameterizedTest(name = "R10: an answer that stalls {0}")
        @MethodSource("stalls")
        void endsAndTheNextCallWorks(String name, Fault fault, Duration idle, Duration limit) throws Exception {
            provider.enqueue(fault);
            Gateway gateway = open(Gateway.builder(model(provider, "painter", idle))
                    .retry(RetryPolicy.builder().attemptLimit(limit).build()));

            assertThatThrownBy(() -> draw(runner, gateway, "a lamp"))
                    .isInstanceOfSatisfying(ModelException.class, failure -> {
                        assertThat(failure.reason()).isEqualTo(Reason.TIMED_OUT);
                        assertThat(failure.billed()).isEqualTo(Billed.UNKNOWN_OUTCOME);
                    });

            provider.awaitAbandoned(1, LONG);
            assertThat(draw(runner, gateway, "a lamp").result().images()).hasSize(1);
        }
    }

    @Test
    @DisplayName("R12: a vendor that stalls leaves the calls to another alone")
    void aStalledVendorDisturbsNoOther() throws Exception {
        try (FakeProvider stalling = FakeProvider.start()) {
            stalling.plan(FaultPlan.none().fault(Fault.stall(), 1));
            Gateway gateway = open(Gateway.builder(model(stalling, "stalled", LONG))
                    .addImageModel(model(provider, "healthy", LONG))
                    .retry(RetryPolicy.none())
                    .bulkhead(BulkheadPolicy.builder(8).maxWaiting(0).build()));
            CallOptions stalled = CallOptions.builder().forceModel("stalled").build();
            List<RunHandle<String>> stuck = new ArrayList<>();
            for (int call = 0; call < 16; call++) {
                stuck.add(start(gateway, stalled));
            }
            stalling.awaitRequests(8, LONG);

            for (int call = 0; call < 50; call++) {
                ModelAnswer<ImageResult> answer = draw(
                        runner,
                        gateway,
                        "a lamp",
                        CallOptions.builder().forceModel("healthy").build());
                assertThat(answer.latency()).isLessThan(Duration.ofSeconds(2));
            }

            assertThat(stalling.requests()).isEqualTo(8);
            assertThat(stalling.abandoned()).isZero();
            stuck.forEach(RunHandle::cancel);
            stuck.forEach(GatewayOverHttpTest::assertFails);
            stalling.awaitAbandoned(8, LONG);
        }
    }

    @Nested
    @DisplayName("R24: what is stopped stops, down to the socket")
    class Stopping {

        @Test
        @DisplayName("R24: cancelling a run closes its connection")
        void cancellingARunClosesItsConnection() throws Exception {
            provider.enqueue(Fault.stallInBody());
            RunHandle<String> call = start(open(Gateway.builder(model())), CallOptions.ofDefaults());
            provider.awaitRequests(1, LONG);

            call.cancel();

            provider.awaitAbandoned(1, LONG);
            assertFails(call);
        }

        @Test
        @DisplayName("R24: cancelling the future of a call closes its connection, and the run goes on")
        void cancellingAFutureClosesItsConnection() throws Exception {
            provider.enqueue(Fault.stall());
            Gateway gateway = open(Gateway.builder(model()));

            GatewayCalls.inRun(runner, RunOptions.ofDefaults(), run -> {
                CompletableFuture<ModelAnswer<ImageResult>> future =
                        gateway.generateAsync(run, LAMP, CallOptions.ofDefaults());
                provider.awaitRequests(1, LONG);
                assertThat(future.cancel(true)).isTrue();
                provider.awaitAbandoned(1, LONG);
                return gateway.generate(run, LAMP).result();
            });
            assertThat(provider.requests()).isEqualTo(2);
        }

        @Test
        @DisplayName("R24: the last one who leaves a shared call closes its connection")
        void theLastToLeaveASharedCallClosesItsConnection() throws Exception {
            provider.enqueue(Fault.stall());
            Gateway gateway = open(Gateway.builder(model()).cache(CacheSettings.ofDefaults()));
            List<RunHandle<String>> calls = new ArrayList<>();
            for (int call = 0; call < 5; call++) {
                calls.add(start(gateway, CallOptions.ofDefaults()));
            }
            provider.awaitRequests(1, LONG);

            calls.forEach(RunHandle::cancel);

            provider.awaitAbandoned(1, LONG);
            calls.forEach(GatewayOverHttpTest::assertFails);
        }

        @Test
        @DisplayName("R24: closing a gateway ends the calls on its own threads")
        void closingEndsCallsOnItsOwnThreads() throws Exception {
            provider.enqueue(Fault.stall());
            Gateway gateway = open(Gateway.builder(model()).cache(CacheSettings.ofDefaults()));
            RunHandle<String> call = start(gateway, CallOptions.ofDefaults());
            provider.awaitRequests(1, LONG);

            gateway.close();

            provider.awaitAbandoned(1, LONG);
            assertFails(call);
        }
    }

    @Nested
    @DisplayName("R26: one name for all attempts at one answer")
    class Names {

        private Optional<String> key(int request) {
            return provider.recent().get(request - 1).idempotencyKey();
        }

        @Test
        @DisplayName("R26: a retry has the same name, another call has another, and the trace has both")
        void aRetryHasTheSameName() {
            provider.enqueue(Fault.status(529));
            Gateway gateway = open(Gateway.builder(model())
                    .retry(RetryPolicy.builder().baseDelay(Duration.ZERO).build()));

            draw(runner, gateway, "a lamp");
            draw(runner, gateway, "a lamp");

            assertThat(key(1)).isPresent().isEqualTo(key(2)).isNotEqualTo(key(3));
            assertThat(sink.events().stream()
                            .filter(event -> event.type().equals(TraceEvent.MODEL_CALL_START))
                            .map(event -> Optional.of(
                                    String.valueOf(event.attributes().get(TraceAttributes.IDEMPOTENCY_KEY)))))
                    .containsExactly(key(1), key(2), key(3));
        }

        @Test
        @DisplayName("R26: another picture in place of one that was no good has a name of its own")
        void aRedrawHasANameOfItsOwn() {
            provider.enqueue(Fault.blankPicture());
            Gateway gateway = open(Gateway.builder(model()).pictureCheck(PictureCheck.strict()));

            draw(runner, gateway, "a lamp");

            assertThat(provider.requests()).isEqualTo(2);
            assertThat(key(1)).isPresent().isNotEqualTo(key(2));
            assertThat(state(gateway).committed()).isEqualTo(usd("0.20"));
        }
    }

    @Test
    @DisplayName("R27: a vendor's 429 and a refusal of Pictor's own are told apart")
    void refusalsAreToldApart() {
        provider.enqueue(Fault.rateLimited(Duration.ofMinutes(5)));
        Gateway asked = open(Gateway.builder(model()));
        Gateway unasked = open(Gateway.builder(model())
                .rateLimit(RateLimit.builder(1, Duration.ofMinutes(1))
                        .maxWait(Duration.ZERO)
                        .build()));

        assertThatThrownBy(() -> draw(runner, asked, "a lamp"))
                .isInstanceOfSatisfying(ModelException.class, failure -> {
                    assertThat(failure.reason()).isEqualTo(Reason.RATE_LIMITED);
                    assertThat(failure.httpStatus()).hasValue(429);
                });
        draw(runner, unasked, "a lamp");
        assertThatThrownBy(() -> draw(runner, unasked, "a lamp"))
                .isInstanceOfSatisfying(
                        GatewayRefusedException.class,
                        refusal -> assertThat(refusal.reason())
                                .isEqualTo(GatewayRefusedException.Reason.RATE_LIMITED_HERE));
        assertThat(provider.requests()).isEqualTo(2);
    }

    @Test
    @DisplayName("R29: fewer pictures and another size than asked for come with warnings")
    void lessThanWasAskedForIsWarnedOf() {
        provider.enqueue(Fault.missingPicture(), Fault.wrongSize());
        Gateway gateway = open(Gateway.builder(model()));
        ImageRequest two = LAMP.toBuilder().count(2).build();
        ImageRequest sized = LAMP.toBuilder().size(new PixelSize(96, 96)).build();

        ModelAnswer<ImageResult> fewer =
                GatewayCalls.inRun(runner, RunOptions.ofDefaults(), run -> gateway.generate(run, two));
        ModelAnswer<ImageResult> other =
                GatewayCalls.inRun(runner, RunOptions.ofDefaults(), run -> gateway.generate(run, sized));

        assertThat(fewer.warnings()).extracting(OptionWarning::option).containsExactly("count");
        assertThat(other.warnings()).extracting(OptionWarning::option).contains("size");
    }

    @Test
    @DisplayName("R29: under every fault at once, each call ends with an answer or an exception of Pictor's")
    void everyCallEnds() throws Exception {
        provider.plan(FaultPlan.none()
                .seed(29)
                .fault(Fault.stall(), 0.02)
                .fault(Fault.stallInBody(), 0.02)
                .fault(Fault.drip(64, Duration.ofMillis(5)), 0.02)
                .fault(Fault.reset(), 0.05)
                .fault(Fault.resetInBody(), 0.05)
                .fault(Fault.cutOff(), 0.05)
                .fault(Fault.status(500), 0.05)
                .fault(Fault.status(529), 0.05)
                .fault(Fault.rateLimited(Duration.ofMillis(10)), 0.05)
                .fault(Fault.errorAfterHeaders(), 0.05)
                .fault(Fault.malformedJson(), 0.05)
                .fault(Fault.truncatedBase64(), 0.05)
                .fault(Fault.safetyBlock(), 0.05)
                .fault(Fault.blankPicture(), 0.05));
        Gateway gateway = open(Gateway.builder(model(provider, "painter", SHORT))
                .pictureCheck(PictureCheck.strict())
                .retry(RetryPolicy.builder()
                        .baseDelay(Duration.ofMillis(1))
                        .attemptLimit(Duration.ofSeconds(2))
                        .build()));
        CountDownLatch go = new CountDownLatch(1);
        List<RunHandle<String>> calls = new ArrayList<>();
        for (int call = 0; call < 200; call++) {
            calls.add(GatewayCalls.start(runner, RunOptions.ofDefaults(), run -> {
                go.await();
                return gateway.generate(run, LAMP);
            }));
        }
        go.countDown();

        int served = 0;
        for (RunHandle<String> call : calls) {
            try {
                served += GatewayCalls.join(call).equals("done") ? 1 : 0;
            } catch (PictorException e) {
                assertThat(e.runId()).isPresent();
            }
        }

        assertThat(served).isBetween(60, 199);
        assertThat(state(gateway).held()).isEqualTo(usd("0"));
        assertThat(state(gateway).committed().nanos())
                .isGreaterThanOrEqualTo(charged().nanos());
    }
}
