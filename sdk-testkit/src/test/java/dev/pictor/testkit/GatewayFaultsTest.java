package dev.pictor.testkit;

import static dev.pictor.testkit.GatewayCalls.draw;
import static dev.pictor.testkit.GatewayCalls.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.gateway.CallOptions;
import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.GatewayBuilder;
import dev.pictor.gateway.ModelAnswer;
import dev.pictor.gateway.PictureCheck;
import dev.pictor.gateway.resilience.BreakerPolicy;
import dev.pictor.gateway.resilience.BulkheadPolicy;
import dev.pictor.gateway.resilience.GatewayRefusedException;
import dev.pictor.gateway.resilience.RateLimit;
import dev.pictor.gateway.resilience.RetryPolicy;
import dev.pictor.gateway.routing.Candidate;
import dev.pictor.gateway.routing.FallbackPolicy;
import dev.pictor.gateway.routing.HealthState;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.OptionWarning;
import dev.pictor.pipeline.DeadlineExceededException;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.RunHandle;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.trace.MemoryRunStore;
import dev.pictor.trace.RunRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the gateway does when models fail, stall or say that they have had enough. */
@Timeout(60)
class GatewayFaultsTest {

    private static final RetryPolicy AT_ONCE =
            RetryPolicy.builder().baseDelay(Duration.ZERO).build();
    private static final Duration LONG = Duration.ofSeconds(20);

    private final VirtualTime time = VirtualTime.create();
    private final MemoryRunStore store = new MemoryRunStore();
    private final PipelineRunner runner = PipelineRunner.builder().build();
    private final PipelineRunner virtual =
            PipelineRunner.builder().time(time).traceSink(store).build();
    private final List<Gateway> gateways = new ArrayList<>();

    @AfterEach
    void close() {
        gateways.forEach(Gateway::close);
        runner.close();
        virtual.close();
        time.close();
    }

    private Gateway open(GatewayBuilder builder) {
        Gateway gateway = builder.pictureCheck(PictureCheck.none()).build();
        gateways.add(gateway);
        return gateway;
    }

    private static ModelException rateLimited(String model, Duration retryAfter) {
        return new ModelException(
                ModelFailure.builder(model, Reason.RATE_LIMITED, Billed.REJECTED, model + " had too many calls")
                        .retryAfter(retryAfter)
                        .build());
    }

    private RunRecord onlyRun() {
        return store.find(store.newest(1).get(0)).orElseThrow();
    }

    @Nested
    class Waiting {

        @Test
        @DisplayName("R8: a short Retry-After is waited for")
        void waitsForAShortRetryAfter() throws Exception {
            FakeImageModel painter = model("painter", "0.01").thenThrow(rateLimited("painter", Duration.ofSeconds(3)));
            Gateway gateway = open(Gateway.builder(painter).retry(AT_ONCE).time(time));
            RunHandle<String> handle = GatewayCalls.start(
                    virtual,
                    RunOptions.ofDefaults(),
                    run -> gateway.generate(run, ImageRequest.builder("a lamp").build()));
            painter.awaitRequests(1, LONG);
            time.awaitPending(2, LONG); // the run's deadline and the wait

            time.advance(Duration.ofMillis(2_999));
            assertThat(painter.requests()).hasSize(1);
            time.advance(Duration.ofMillis(1));

            GatewayCalls.join(handle);
            assertThat(painter.requests()).hasSize(2);
            assertThat(onlyRun().decisions())
                    .extracting(decision -> decision.decision().kind())
                    .contains("retry");
        }

        @Test
        @DisplayName("R8: a long Retry-After moves on to the next model at once")
        void aLongRetryAfterFallsBackAtOnce() {
            FakeImageModel first = model("first", "0.01").thenThrow(rateLimited("first", Duration.ofMinutes(5)));
            FakeImageModel second = model("second", "0.01");
            Gateway gateway = open(
                    Gateway.builder(first).addImageModel(second).retry(AT_ONCE).time(time));

            ModelAnswer<ImageResult> answer = draw(virtual, gateway, "a lamp");

            assertThat(answer.result().servedBy()).isEqualTo("second");
            assertThat(answer.isFallback()).isTrue();
            assertThat(first.requests()).hasSize(1);
        }

        @Test
        @DisplayName("R7: a pause that one call was told of holds for the others too")
        void aPauseIsSharedByAllCalls() {
            FakeImageModel painter = model("painter", "0.01").thenThrow(rateLimited("painter", Duration.ofMinutes(1)));
            Gateway gateway = open(Gateway.builder(painter).time(time));
            assertThatThrownBy(() -> draw(virtual, gateway, "one")).isInstanceOf(ModelException.class);

            assertThatThrownBy(() -> draw(virtual, gateway, "two"))
                    .isInstanceOfSatisfying(GatewayRefusedException.class, refusal -> {
                        assertThat(refusal.reason()).isEqualTo(GatewayRefusedException.Reason.COOLING_DOWN);
                        assertThat(refusal.retryAfter()).contains(Duration.ofMinutes(1));
                    });
            assertThat(painter.requests()).hasSize(1);
            time.advance(Duration.ofMinutes(1));
            draw(virtual, gateway, "three");
        }

        @Test
        @DisplayName("R7: when every model was asked to pause for a short time, the first one is waited for")
        void waitsForTheFirstOfSeveralPauses() throws Exception {
            FakeImageModel first = model("first", "0.01").thenThrow(rateLimited("first", Duration.ofSeconds(5)));
            FakeImageModel second = model("second", "0.01").thenThrow(rateLimited("second", Duration.ofSeconds(3)));
            Gateway gateway = open(Gateway.builder(first)
                    .addImageModel(second)
                    .retry(RetryPolicy.builder()
                            .baseDelay(Duration.ZERO)
                            .longestRetryAfter(Duration.ofSeconds(4))
                            .build())
                    .time(time));
            RunHandle<String> told = GatewayCalls.start(
                    virtual,
                    RunOptions.ofDefaults(),
                    run -> gateway.generate(run, ImageRequest.builder("one").build()));
            second.awaitRequests(1, LONG);
            time.awaitPending(2, LONG);

            RunHandle<String> waiting = GatewayCalls.start(
                    virtual,
                    RunOptions.ofDefaults(),
                    run -> gateway.generate(run, ImageRequest.builder("two").build()));
            time.awaitPending(4, LONG);
            assertThat(second.requests()).hasSize(1);
            time.advance(Duration.ofSeconds(3));

            GatewayCalls.join(told);
            GatewayCalls.join(waiting);
            assertThat(second.requests()).hasSize(3);
        }

        @Test
        @DisplayName("R27: a refusal of Pictor's own is no failure of the model")
        void ownRefusalsAreToldApart() {
            FakeImageModel painter = model("painter", "0.01");
            Gateway gateway = open(Gateway.builder(painter)
                    .retry(RetryPolicy.none())
                    .rateLimit(RateLimit.builder(1, Duration.ofMinutes(1))
                            .maxWait(Duration.ZERO)
                            .build())
                    .time(time));
            draw(virtual, gateway, "one");

            assertThatThrownBy(() -> draw(virtual, gateway, "two"))
                    .isInstanceOfSatisfying(
                            GatewayRefusedException.class,
                            refusal -> assertThat(refusal.reason())
                                    .isEqualTo(GatewayRefusedException.Reason.RATE_LIMITED_HERE));
            assertThat(painter.requests()).hasSize(1);
        }
    }

    @Nested
    class Deadlines {

        @Test
        @DisplayName("R9: three models with three attempts each end with the run's two seconds")
        void oneDeadlineBoundsEverything() {
            FakeImageModel first = stalling("first");
            FakeImageModel second = stalling("second");
            FakeImageModel third = stalling("third");
            Gateway gateway = open(Gateway.builder(first)
                    .addImageModel(second)
                    .addImageModel(third)
                    .retry(RetryPolicy.builder()
                            .resendUnknownOutcome(true)
                            .baseDelay(Duration.ZERO)
                            .attemptLimit(Duration.ofMillis(200))
                            .build()));
            RunOptions twoSeconds =
                    RunOptions.builder().deadline(Duration.ofSeconds(2)).build();
            long begin = System.nanoTime();

            assertThatThrownBy(() -> GatewayCalls.inRun(
                            runner,
                            twoSeconds,
                            run -> gateway.generate(
                                    run, ImageRequest.builder("a lamp").build())))
                    .isInstanceOfAny(DeadlineExceededException.class, ModelException.class);

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(2_250));
            assertThat(first.requests()).hasSize(3);
        }

        @Test
        @DisplayName("R9: no attempt begins with less time than it needs")
        void noAttemptBeginsTooLate() {
            FakeImageModel painter = model("painter", "0.01");
            Gateway gateway = open(Gateway.builder(painter)
                    .retry(RetryPolicy.builder()
                            .minimumTimeLeft(Duration.ofMinutes(1))
                            .build())
                    .time(time));
            RunOptions short30 =
                    RunOptions.builder().deadline(Duration.ofSeconds(30)).build();

            assertThatThrownBy(() -> GatewayCalls.inRun(
                            virtual,
                            short30,
                            run -> gateway.generate(
                                    run, ImageRequest.builder("a lamp").build())))
                    .isInstanceOf(GatewayRefusedException.class);
            assertThat(painter.requests()).isEmpty();
        }

        @Test
        @DisplayName("R11: an attempt's limit holds while every pool is busy")
        void limitsHoldWhateverPoolsDo() throws Exception {
            CountDownLatch release = new CountDownLatch(1);
            for (int task = 0; task < 200; task++) {
                ForkJoinPool.commonPool().execute(() -> {
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
            }
            FakeImageModel stalled = stalling("stalled");
            Gateway gateway = open(Gateway.builder(stalled)
                    .retry(RetryPolicy.builder()
                            .maxAttempts(1)
                            .attemptLimit(Duration.ofMillis(200))
                            .build()));
            List<RunHandle<String>> busy = new ArrayList<>();
            try {
                for (int call = 0; call < 64; call++) {
                    busy.add(GatewayCalls.start(runner, RunOptions.ofDefaults(), run -> {
                        release.await();
                        return "done";
                    }));
                }
                long begin = System.nanoTime();

                assertThatThrownBy(() -> draw(runner, gateway, "a lamp"))
                        .isInstanceOfSatisfying(ModelException.class, failure -> {
                            assertThat(failure.reason()).isEqualTo(Reason.TIMED_OUT);
                            assertThat(failure.billed()).isEqualTo(Billed.UNKNOWN_OUTCOME);
                        });

                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
            } finally {
                release.countDown();
                busy.forEach(GatewayCalls::join);
            }
        }

        private FakeImageModel stalling(String id) {
            FakeImageModel stalled = model(id, "0.01");
            for (int call = 0; call < 10; call++) {
                stalled.thenStall();
            }
            return stalled;
        }
    }

    @Nested
    class Breakers {

        @Test
        @DisplayName("R14: bad requests and refusals by policy open no breaker")
        void theCallersOwnFaultsOpenNoBreaker() {
            FakeImageModel painter = model("painter", "0.01");
            for (int call = 0; call < 20; call++) {
                painter.thenFail(call % 2 == 0 ? Reason.INVALID_REQUEST : Reason.BLOCKED_BY_POLICY, Billed.REJECTED);
            }
            Gateway gateway = open(Gateway.builder(painter)
                    .breaker(BreakerPolicy.builder().minimumCalls(2).build())
                    .time(time));
            for (int call = 0; call < 20; call++) {
                assertThatThrownBy(() -> draw(virtual, gateway, "a lamp")).isInstanceOf(ModelException.class);
            }

            draw(virtual, gateway, "a lamp");
        }

        @Test
        @DisplayName("R15: when every breaker is open the call fails at once and says when to come back")
        void allOpenFailsFastWithTheEarliestRetry() {
            FakeImageModel first = failing("first");
            FakeImageModel second = failing("second");
            Gateway gateway = open(Gateway.builder(first)
                    .addImageModel(second)
                    .retry(RetryPolicy.none())
                    .breaker(BreakerPolicy.builder()
                            .minimumCalls(2)
                            .openFor(Duration.ofSeconds(30))
                            .build())
                    .time(time));
            for (int call = 0; call < 2; call++) {
                assertThatThrownBy(() -> draw(virtual, gateway, "a lamp")).isInstanceOf(ModelException.class);
            }
            time.advance(Duration.ofSeconds(10));

            assertThatThrownBy(() -> draw(virtual, gateway, "a lamp"))
                    .isInstanceOfSatisfying(GatewayRefusedException.class, refusal -> {
                        assertThat(refusal.reason()).isEqualTo(GatewayRefusedException.Reason.BREAKER_OPEN);
                        assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(20));
                    });
            assertThat(first.requests()).hasSize(2);
            assertThat(gateway.health().values())
                    .allSatisfy(health -> assertThat(health.state()).isIn(HealthState.UNKNOWN, HealthState.DOWN));
        }

        @Test
        @DisplayName("R12: a model that stalls takes no more than its places, and one call more is refused at once")
        void aStalledModelTakesItsPlacesOnly() throws Exception {
            FakeImageModel painter = model("painter", "0.01").thenStall().thenStall();
            Gateway gateway = open(Gateway.builder(painter)
                    .retry(RetryPolicy.none())
                    .bulkhead(BulkheadPolicy.builder(2).maxWaiting(0).build()));
            List<RunHandle<String>> stalled = new ArrayList<>();
            for (int call = 0; call < 2; call++) {
                stalled.add(GatewayCalls.start(
                        runner,
                        RunOptions.ofDefaults(),
                        run -> gateway.generate(
                                run, ImageRequest.builder("a lamp").build())));
            }
            painter.awaitRequests(2, LONG);

            assertThatThrownBy(() -> draw(runner, gateway, "a lamp"))
                    .isInstanceOfSatisfying(
                            GatewayRefusedException.class,
                            refusal -> assertThat(refusal.reason())
                                    .isEqualTo(GatewayRefusedException.Reason.BULKHEAD_FULL));

            stalled.forEach(RunHandle::cancel);
            stalled.forEach(handle ->
                    assertThatThrownBy(() -> GatewayCalls.join(handle)).isInstanceOf(RuntimeException.class));
            draw(runner, gateway, "a lamp");
        }

        private FakeImageModel failing(String id) {
            FakeImageModel failing = model(id, "0.01");
            for (int call = 0; call < 10; call++) {
                failing.thenFail(Reason.UNAVAILABLE, Billed.REJECTED);
            }
            return failing;
        }
    }

    @Nested
    class Fallback {

        @ParameterizedTest(name = "R16: {0}")
        @EnumSource(Reason.class)
        @DisplayName("R16: another model is asked after eligible failures only")
        void movesOnAfterEligibleFailuresOnly(Reason reason) {
            FakeImageModel first = model("first", "0.01").thenFail(reason, Billed.REJECTED);
            FakeImageModel second = model("second", "0.01");
            Gateway gateway = open(Gateway.builder(first).addImageModel(second).retry(RetryPolicy.none()));
            boolean eligible = FallbackPolicy.ofDefaults().movesOn(reason, Billed.REJECTED);

            if (eligible) {
                assertThat(draw(runner, gateway, "a lamp").result().servedBy()).isEqualTo("second");
            } else {
                assertThatThrownBy(() -> draw(runner, gateway, "a lamp")).isInstanceOf(ModelException.class);
                assertThat(second.requests()).isEmpty();
            }
        }

        @Test
        @DisplayName("R16: what a policy blocked is sent elsewhere only if someone asks for that")
        void aRefusalByPolicyMovesOnOnlyWhenAsked() {
            FakeImageModel first = model("first", "0.01").thenFail(Reason.BLOCKED_BY_POLICY, Billed.REJECTED);
            FakeImageModel second = model("second", "0.01");
            Gateway gateway = open(Gateway.builder(first)
                    .addImageModel(second)
                    .fallback(FallbackPolicy.builder()
                            .addReasons(Reason.BLOCKED_BY_POLICY)
                            .build()));

            assertThat(draw(runner, gateway, "a lamp").result().servedBy()).isEqualTo("second");
        }

        @Test
        @DisplayName("R16: every hop is in the trace, and earlier failures are with the last")
        void everyHopIsVisible() {
            FakeImageModel first = model("first", "0.01").thenFail(Reason.UNAVAILABLE, Billed.REJECTED);
            FakeImageModel second = model("second", "0.01").thenFail(Reason.UNAUTHORIZED, Billed.REJECTED);
            Gateway gateway = open(Gateway.builder(first)
                    .addImageModel(second)
                    .retry(RetryPolicy.none())
                    .time(time));

            assertThatThrownBy(() -> draw(virtual, gateway, "a lamp"))
                    .isInstanceOfSatisfying(ModelException.class, failure -> {
                        assertThat(failure.reason()).isEqualTo(Reason.UNAUTHORIZED);
                        assertThat(failure.getSuppressed()).hasSize(1);
                    });
            assertThat(onlyRun().decisions())
                    .extracting(decision -> decision.decision().kind())
                    .containsExactly("route", "fallback");
            assertThat(onlyRun().calls())
                    .extracting(call -> call.requestedModel())
                    .containsExactly("first", "second");
        }

        @Test
        void aFallbackNeverGetsTheOptionsOfAnotherVendor() {
            FakeImageModel first = model("first", "0.01").thenFail(Reason.UNAVAILABLE, Billed.REJECTED);
            FakeImageModel second = FakeImageModel.create()
                    .profile(GatewayCalls.profile("second", "0.01").toBuilder()
                            .provider("another.vendor")
                            .build());
            Gateway gateway = open(Gateway.builder(first)
                    .addImageModel(
                            second,
                            Candidate.builder(second.profile())
                                    .putOptions("own", "yes")
                                    .build())
                    .retry(RetryPolicy.none()));
            ImageRequest request =
                    ImageRequest.builder("a lamp").putOptions("style", "vivid").build();

            ModelAnswer<ImageResult> answer =
                    GatewayCalls.inRun(runner, RunOptions.ofDefaults(), run -> gateway.generate(run, request));

            assertThat(first.requests().get(0).options()).isEqualTo(Map.of("style", "vivid"));
            assertThat(second.requests().get(0).options()).isEqualTo(Map.of("own", "yes"));
            assertThat(answer.warnings()).extracting(OptionWarning::option).contains("style");
        }

        @Test
        void aForcedModelIsTheOnlyOneThatServes() {
            FakeImageModel first = model("first", "0.01");
            FakeImageModel second = model("second", "0.01");
            Gateway gateway = open(Gateway.builder(first).addImageModel(second));

            CallOptions forced = CallOptions.builder().forceModel("second").build();
            assertThat(draw(runner, gateway, "a lamp", forced).result().servedBy())
                    .isEqualTo("second");
            CallOptions unknown = CallOptions.builder().forceModel("nobody").build();
            assertThatThrownBy(() -> draw(runner, gateway, "a lamp", unknown))
                    .rootCause()
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("nobody");
        }

        @Test
        void aPromptTooLongIsRefusedOrShortenedWithAWarning() {
            FakeImageModel painter = FakeImageModel.create()
                    .profile(GatewayCalls.profile("painter", "0.01").toBuilder()
                            .maxPromptChars(12)
                            .build());
            Gateway gateway = open(Gateway.builder(painter));

            assertThatThrownBy(() -> draw(runner, gateway, "a lamp on a desk"))
                    .isInstanceOfSatisfying(
                            ModelException.class,
                            failure -> assertThat(failure.reason()).isEqualTo(Reason.INVALID_REQUEST))
                    .hasMessageContaining("at most 12 characters");
            ModelAnswer<ImageResult> answer = draw(
                    runner,
                    gateway,
                    "a lamp on a desk",
                    CallOptions.builder().shortenPrompt(true).build());

            assertThat(painter.requests().get(0).prompt()).isEqualTo("a lamp on a");
            assertThat(answer.warnings()).extracting(OptionWarning::option).contains("prompt");
        }
    }
}
