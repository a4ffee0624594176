package dev.pictor.testkit;

import static dev.pictor.testkit.GatewayCalls.draw;
import static dev.pictor.testkit.GatewayCalls.model;
import static dev.pictor.testkit.GatewayCalls.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pictor.gateway.AnswerSource;
import dev.pictor.gateway.CallOptions;
import dev.pictor.gateway.CostLimitException;
import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.GatewayBuilder;
import dev.pictor.gateway.HedgePolicy;
import dev.pictor.gateway.ModelAnswer;
import dev.pictor.gateway.PictureCheck;
import dev.pictor.gateway.budget.Budget;
import dev.pictor.gateway.budget.BudgetExceededException;
import dev.pictor.gateway.budget.Budgets;
import dev.pictor.gateway.budget.MemoryLedger;
import dev.pictor.gateway.cache.CacheSettings;
import dev.pictor.gateway.resilience.BulkheadPolicy;
import dev.pictor.gateway.resilience.RetryPolicy;
import dev.pictor.gateway.routing.Candidate;
import dev.pictor.gateway.semantic.SemanticSettings;
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
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the steps of the road owe each other when several things happen to one call. */
@Timeout(60)
class GatewayStepsTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final RetryPolicy AT_ONCE =
            RetryPolicy.builder().baseDelay(Duration.ZERO).build();

    private final VirtualTime time = VirtualTime.create();
    private final PipelineRunner runner = PipelineRunner.builder().build();
    private final PipelineRunner virtual = PipelineRunner.builder().time(time).build();
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

    private static ModelException failure(String model, Reason reason, Billed billed) {
        return new ModelException(
                ModelFailure.builder(model, reason, billed, model + " failed").build());
    }

    /** A model that does as it is told, beside what a fake can. */
    private static ImageModelAdapter adapter(
            ModelProfile profile, FakeImageModel drawing, java.util.function.Consumer<ImageRequest> first) {
        return new ImageModelAdapter() {
            @Override
            public ModelProfile profile() {
                return profile;
            }

            @Override
            public ImageResult generate(ImageRequest request, CallContext call) throws InterruptedException {
                first.accept(request);
                return drawing.generate(request, call);
            }
        };
    }

    @Nested
    class Costs {

        @Test
        void anAnswerFromTheNextModelsCacheCostsWhatTheFailedAttemptDid() {
            FakeImageModel first = model("first", "0.10");
            FakeImageModel second = model("second", "0.01");
            Gateway gateway = open(Gateway.builder(first)
                    .addImageModel(second)
                    .retry(RetryPolicy.none())
                    .cache(CacheSettings.ofDefaults()));
            draw(
                    runner,
                    gateway,
                    "a lamp",
                    CallOptions.builder().forceModel("second").build());
            first.thenFail(Reason.UNAVAILABLE, Billed.UNKNOWN_OUTCOME);

            ModelAnswer<ImageResult> answer = draw(runner, gateway, "a lamp");

            assertThat(answer.source()).isEqualTo(AnswerSource.MEMORY_CACHE);
            assertThat(answer.isFallback()).isTrue();
            assertThat(answer.attempts()).hasSize(1);
            assertThat(answer.cost().isComplete()).isFalse();
        }

        @Test
        void severalAttemptsInCreditsAddUp() {
            FakeImageModel painter = FakeImageModel.create()
                    .profile(GatewayCalls.profile("painter", "0").toBuilder()
                            .price(GatewayCalls.price("5").toBuilder()
                                    .currency("credits")
                                    .build())
                            .build())
                    .thenFail(Reason.UNAVAILABLE, Billed.REJECTED);
            Gateway gateway = open(Gateway.builder(painter).retry(AT_ONCE));

            ModelAnswer<ImageResult> answer = draw(runner, gateway, "a lamp");

            assertThat(answer.attempts()).hasSize(2);
            assertThat(answer.cost()).isEqualTo(Cost.of(new Money(5_000_000_000L, "credits")));
        }

        @Test
        void costsInTwoCurrenciesAreNotAllThatIsKnown() {
            Cost sum = Cost.of(Money.usd(7)).plus(Cost.of(new Money(5, "credits")));

            assertThat(sum.amount()).contains(Money.usd(7));
            assertThat(sum.isComplete()).isFalse();
        }

        @Test
        void aRefusalNamesTheEstimateThatIsTooHigh() {
            Gateway gateway = open(Gateway.builder(model("first", "0.20")).addImageModel(model("second", "0.30")));

            assertThatThrownBy(() -> draw(
                            runner,
                            gateway,
                            "a lamp",
                            CallOptions.builder().maxCost(usd("0.10")).build()))
                    .isInstanceOfSatisfying(
                            CostLimitException.class,
                            refusal -> assertThat(refusal.estimate()).contains(usd("0.20")));
        }
    }

    @Nested
    class Retiring {

        private final FakeImageModel old = FakeImageModel.create()
                .profile(GatewayCalls.profile("old", "0.01").toBuilder()
                        .retiresOn(LocalDate.of(2020, 1, 1))
                        .build());

        @Test
        void whenAllModelsAreRetiredTheyAreAskedWithAWarning() {
            FakeImageModel older = FakeImageModel.create()
                    .profile(old.profile().toBuilder().id("older").build())
                    .thenFail(Reason.MODEL_NOT_FOUND, Billed.REJECTED);
            Gateway gateway = open(Gateway.builder(older).addImageModel(old));

            ModelAnswer<ImageResult> answer = draw(runner, gateway, "a lamp");

            assertThat(answer.result().servedBy()).isEqualTo("old");
            assertThat(answer.warnings()).extracting(OptionWarning::option).containsExactly("model");
        }

        @Test
        void aRetiredModelThatSomebodyInsistsOnIsAsked() {
            Gateway gateway = open(Gateway.builder(model("young", "0.01")).addImageModel(old));

            ModelAnswer<ImageResult> answer = draw(
                    runner,
                    gateway,
                    "a lamp",
                    CallOptions.builder().forceModel("old").build());

            assertThat(answer.result().servedBy()).isEqualTo("old");
            assertThat(answer.warnings()).extracting(OptionWarning::option).containsExactly("model");
        }

        @Test
        void aRetiredModelIsNotAskedWhileAnotherIsThere() {
            FakeImageModel young = model("young", "0.01").thenFail(Reason.UNAVAILABLE, Billed.REJECTED);
            Gateway gateway = open(Gateway.builder(old).addImageModel(young).retry(RetryPolicy.none()));

            assertThatThrownBy(() -> draw(runner, gateway, "a lamp")).isInstanceOf(ModelException.class);
            assertThat(old.requests()).isEmpty();
        }
    }

    @Nested
    class Hedges {

        private GatewayBuilder hedged(ImageModelAdapter painter) {
            return Gateway.builder(painter)
                    .hedge(HedgePolicy.upTo(usd("0.10"))
                            .after(Duration.ofMillis(10))
                            .build())
                    .retry(AT_ONCE);
        }

        @Test
        @DisplayName("R18: a second attempt that was refused hides nothing that the first may have cost")
        void aRefusedSecondDoesNotHideTheFirst() throws Exception {
            CountDownLatch fail = new CountDownLatch(1);
            FakeImageModel painter = model("painter", "0.10");
            ImageModelAdapter slow = adapter(painter.profile(), painter, request -> {
                try {
                    fail.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                throw failure("painter", Reason.UNAVAILABLE, Billed.UNKNOWN_OUTCOME);
            });
            Gateway gateway = open(hedged(slow)
                    .budgets(Budgets.builder(MemoryLedger.create())
                            .add(Budget.usd("0.15"))
                            .build()));
            CountDownLatch hedge = new CountDownLatch(1);
            try (PipelineRunner traced = PipelineRunner.builder()
                    .traceSink(event -> {
                        if ("hedge".equals(event.attributes().get(TraceAttributes.DECISION_KIND))) {
                            hedge.countDown();
                        }
                    })
                    .build()) {
                RunHandle<String> handle = GatewayCalls.start(
                        traced,
                        RunOptions.ofDefaults(),
                        run -> gateway.generate(
                                run, ImageRequest.builder("a lamp").build()));
                hedge.await();
                fail.countDown();

                assertThatThrownBy(() -> GatewayCalls.join(handle))
                        .isInstanceOfSatisfying(
                                ModelException.class,
                                unknown -> assertThat(unknown.billed()).isEqualTo(Billed.UNKNOWN_OUTCOME));
            }
            assertThat(GatewayCalls.inRun(runner, RunOptions.ofDefaults(), gateway::budgets)
                            .get(0)
                            .unknown())
                    .isEqualTo(usd("0.10"));
        }

        @Test
        @DisplayName("R18: when both attempts fail with the same exception, it is thrown")
        void oneExceptionForBothIsThrown() {
            ModelException same = failure("painter", Reason.INVALID_REQUEST, Billed.REJECTED);
            FakeImageModel painter = model("painter", "0.10").latency(Duration.ofMillis(40));
            painter.thenThrow(same).thenThrow(same);
            Gateway gateway = open(hedged(painter));

            assertThatThrownBy(() -> draw(runner, gateway, "a lamp")).isSameAs(same);
        }

        @Test
        @DisplayName("R18: an error in an adapter goes up as it is")
        void anErrorGoesUpAsItIs() {
            FakeImageModel painter = model("painter", "0.10");
            Gateway gateway = open(hedged(adapter(painter.profile(), painter, request -> {
                throw new StackOverflowError("invented");
            })));

            assertThatThrownBy(() -> draw(runner, gateway, "a lamp")).isInstanceOf(StackOverflowError.class);
        }

        @Test
        @DisplayName("R18: a first attempt that fails before its time gets no second beside it")
        void aFirstThatFailsEarlyIsAlone() {
            FakeImageModel painter = model("painter", "0.10").thenFail(Reason.INVALID_REQUEST, Billed.REJECTED);
            Gateway gateway = open(Gateway.builder(painter)
                    .hedge(HedgePolicy.upTo(usd("0.10"))
                            .after(Duration.ofSeconds(15))
                            .build()));

            assertThatThrownBy(() -> draw(runner, gateway, "a lamp")).isInstanceOf(ModelException.class);
            assertThat(painter.requests()).hasSize(1);
        }

        @Test
        @DisplayName("R18: a caller who leaves stops both attempts, and both stay charged")
        void aCallerWhoLeavesStopsBoth() throws Exception {
            FakeImageModel painter = model("painter", "0.10").thenStall().thenStall();
            Gateway gateway = open(hedged(painter)
                    .budgets(Budgets.builder(MemoryLedger.create())
                            .add(Budget.usd("5"))
                            .build()));
            RunHandle<String> handle = GatewayCalls.start(
                    runner,
                    RunOptions.ofDefaults(),
                    run -> gateway.generate(run, ImageRequest.builder("a lamp").build()));
            painter.awaitRequests(2, LONG);

            handle.cancel();

            assertThatThrownBy(() -> GatewayCalls.join(handle)).isInstanceOf(RuntimeException.class);
            var state = GatewayCalls.inRun(runner, RunOptions.ofDefaults(), gateway::budgets)
                    .get(0);
            assertThat(state.unknown()).isEqualTo(usd("0.20"));
            assertThat(state.held()).isEqualTo(usd("0"));
        }
    }

    @Nested
    class Limits {

        @Test
        @DisplayName("R9: no other model is asked with less time than an attempt needs")
        void noFallbackBeginsTooLate() throws Exception {
            FakeImageModel first = model("first", "0.01");
            FakeImageModel second = model("second", "0.01");
            ImageModelAdapter slow = adapter(first.profile(), first, request -> {
                time.advance(Duration.ofMillis(9_950));
                throw failure("first", Reason.UNAVAILABLE, Billed.REJECTED);
            });
            Gateway gateway = open(Gateway.builder(slow).addImageModel(second).time(time));

            assertThatThrownBy(() -> GatewayCalls.inRun(
                            virtual,
                            RunOptions.builder()
                                    .deadline(Duration.ofSeconds(10))
                                    .build(),
                            run -> gateway.generate(
                                    run, ImageRequest.builder("a lamp").build())))
                    .isInstanceOf(ModelException.class);
            assertThat(second.requests()).isEmpty();
        }

        @Test
        void aCandidatesOwnLimitCountsInPlaceOfThePolicys() throws Exception {
            FakeImageModel painter = model("painter", "0.01");
            ImageModelAdapter slow =
                    adapter(painter.profile(), painter, request -> time.advance(Duration.ofSeconds(8)));
            Gateway gateway = open(Gateway.builder(model("other", "0.01"))
                    .addImageModel(
                            slow,
                            Candidate.builder(painter.profile())
                                    .attemptLimit(Duration.ofMinutes(1))
                                    .build())
                    .retry(RetryPolicy.builder()
                            .attemptLimit(Duration.ofSeconds(5))
                            .build())
                    .time(time));

            ModelAnswer<ImageResult> answer = GatewayCalls.inRun(
                    virtual,
                    RunOptions.builder().deadline(Duration.ofSeconds(10)).build(),
                    run -> gateway.generate(
                            run,
                            ImageRequest.builder("a lamp").build(),
                            CallOptions.builder().forceModel("painter").build()));

            assertThat(answer.attempts()).hasSize(1);
        }

        @Test
        @DisplayName("R7: whoever waited for a place learns of a pause that began meanwhile")
        void aPauseHoldsForThoseWhoWaitedForAPlace() throws Exception {
            CountDownLatch answer = new CountDownLatch(1);
            FakeImageModel painter = model("painter", "0.01");
            ImageModelAdapter limited = adapter(painter.profile(), painter, request -> {
                try {
                    answer.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            painter.thenThrow(
                    new ModelException(ModelFailure.builder("painter", Reason.RATE_LIMITED, Billed.REJECTED, "too many")
                            .retryAfter(Duration.ofMinutes(5))
                            .build()));
            Gateway gateway = open(Gateway.builder(limited)
                    .retry(RetryPolicy.none())
                    .bulkhead(BulkheadPolicy.builder(1).maxWaiting(10).build()));
            List<RunHandle<String>> calls = new ArrayList<>();
            CountDownLatch begun = new CountDownLatch(8);
            for (int call = 0; call < 8; call++) {
                calls.add(GatewayCalls.start(runner, RunOptions.ofDefaults(), run -> {
                    begun.countDown();
                    return gateway.generate(run, ImageRequest.builder("a lamp").build());
                }));
            }
            begun.await();
            answer.countDown();

            calls.forEach(
                    call -> assertThatThrownBy(() -> GatewayCalls.join(call)).isInstanceOf(RuntimeException.class));
            assertThat(painter.requests()).hasSize(1);
        }
    }

    @Nested
    class Kept {

        @Test
        void aKeptAnswerTellsWhatOfThisRequestWasNotSent() {
            FakeImageModel painter = FakeImageModel.create()
                    .profile(GatewayCalls.profile("painter", "0.01").toBuilder()
                            .maxPromptChars(6)
                            .build());
            Gateway gateway = open(Gateway.builder(painter).cache(CacheSettings.ofDefaults()));
            CallOptions cut = CallOptions.builder().shortenPrompt(true).build();
            assertThat(draw(runner, gateway, "a lamp", cut).warnings()).isEmpty();

            ModelAnswer<ImageResult> longer = draw(runner, gateway, "a lamp on a desk", cut);
            ModelAnswer<ImageResult> whole = draw(runner, gateway, "a lamp", cut);

            assertThat(longer.source()).isEqualTo(AnswerSource.MEMORY_CACHE);
            assertThat(longer.warnings()).extracting(OptionWarning::option).containsExactly("prompt");
            assertThat(whole.warnings()).isEmpty();
        }

        @Test
        void aModelThatCannotEmbedCostsALookUpAndNoMore() {
            FakeImageModel painter = model("painter", "0.01");
            FakeEmbeddingModel embedder = FakeEmbeddingModel.create();
            for (int call = 0; call < 4; call++) {
                embedder.thenThrow(new IllegalStateException("invented"));
            }
            Gateway gateway = open(Gateway.builder(painter)
                    .embeddingModel(embedder)
                    .cache(CacheSettings.ofDefaults())
                    .semantic(SemanticSettings.builder().build()));

            assertThat(draw(runner, gateway, "a lamp").source()).isEqualTo(AnswerSource.MODEL);
            assertThat(draw(runner, gateway, "a lamp").source()).isEqualTo(AnswerSource.MEMORY_CACHE);
        }
    }

    @Test
    @DisplayName("R17: a limit of one caller's own is no failure of the call that others wait for")
    void anothersBudgetRefusesNobodyElse() throws Exception {
        FakeImageModel painter = model("painter", "0.10");
        CountDownLatch inPlace = new CountDownLatch(1);
        Gateway gateway = open(Gateway.builder(painter)
                .cache(CacheSettings.ofDefaults())
                .bulkhead(BulkheadPolicy.builder(1).maxWaiting(10).build())
                .budgets(Budgets.builder(MemoryLedger.create())
                        .add(Budget.usd("0.10").perUser().perDay(ZoneOffset.UTC))
                        .build()));
        RunOptions poor = RunOptions.builder().user("poor").build();
        GatewayCalls.inRun(
                runner,
                poor,
                run -> gateway.generate(run, ImageRequest.builder("all").build()));
        painter.thenStall();
        RunHandle<String> blocking = GatewayCalls.start(
                runner,
                RunOptions.builder().user("blocking").build(),
                run -> gateway.generate(run, ImageRequest.builder("stalled").build()));
        painter.awaitRequests(2, LONG); // the one place is taken: the next call waits within its shared call

        RunHandle<String> first = GatewayCalls.start(runner, poor, run -> {
            inPlace.countDown();
            return gateway.generate(run, ImageRequest.builder("a lamp").build());
        });
        inPlace.await();
        RunHandle<String> second = GatewayCalls.start(
                runner,
                RunOptions.builder().user("rich").build(),
                run -> gateway.generate(run, ImageRequest.builder("a lamp").build()));
        blocking.cancel();

        assertThat(GatewayCalls.join(second)).isEqualTo("done");
        assertThat(catchThrowable(() -> GatewayCalls.join(first)))
                .satisfiesAnyOf(
                        refused -> assertThat(refused).isInstanceOf(BudgetExceededException.class),
                        shared -> assertThat(shared).isNull()); // it came second, and another paid
        assertThatThrownBy(() -> GatewayCalls.join(blocking)).isInstanceOf(RuntimeException.class);
    }

    @Test
    @DisplayName("R16: one exception thrown by two models goes up as it is")
    void oneExceptionOfTwoModelsGoesUp() {
        ModelException same = failure("any", Reason.UNAVAILABLE, Billed.REJECTED);
        Gateway gateway = open(Gateway.builder(model("first", "0.01").thenThrow(same))
                .addImageModel(model("second", "0.01").thenThrow(same))
                .retry(RetryPolicy.none()));

        assertThatThrownBy(() -> draw(runner, gateway, "a lamp")).isSameAs(same);
    }
}
