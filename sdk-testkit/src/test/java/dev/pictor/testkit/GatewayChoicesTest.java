package dev.pictor.testkit;

import static dev.pictor.testkit.GatewayCalls.draw;
import static dev.pictor.testkit.GatewayCalls.model;
import static dev.pictor.testkit.GatewayCalls.price;
import static dev.pictor.testkit.GatewayCalls.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.gateway.AnswerSource;
import dev.pictor.gateway.CallOptions;
import dev.pictor.gateway.CostLimitException;
import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.GatewayBuilder;
import dev.pictor.gateway.ModelAnswer;
import dev.pictor.gateway.PictureCheck;
import dev.pictor.gateway.alert.AlertRules;
import dev.pictor.gateway.budget.Budget;
import dev.pictor.gateway.budget.BudgetExceededException;
import dev.pictor.gateway.budget.Budgets;
import dev.pictor.gateway.budget.MemoryLedger;
import dev.pictor.gateway.cache.CacheSettings;
import dev.pictor.gateway.price.PriceCatalogue;
import dev.pictor.gateway.price.PricedModel;
import dev.pictor.gateway.resilience.BreakerPolicy;
import dev.pictor.gateway.resilience.GatewayRefusedException;
import dev.pictor.gateway.resilience.RetryPolicy;
import dev.pictor.gateway.routing.Candidate;
import dev.pictor.gateway.routing.FallbackPolicy;
import dev.pictor.gateway.routing.HealthProbe;
import dev.pictor.gateway.routing.ProbeSettings;
import dev.pictor.gateway.routing.Routers;
import dev.pictor.gateway.semantic.LexicalEmbedder;
import dev.pictor.gateway.semantic.SemanticSettings;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.Price;
import dev.pictor.model.Rate;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.trace.TraceAttributes;
import dev.pictor.trace.TraceEvent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which model is asked when the first choice may not be, and who says no. */
@Timeout(60)
class GatewayChoicesTest {

    private final VirtualTime time = VirtualTime.create();
    private final PipelineRunner runner = PipelineRunner.builder().time(time).build();
    private final List<Gateway> gateways = new ArrayList<>();
    private final FakeImageModel first = model("first", "0.10");
    private final FakeImageModel second = model("second", "0.01");

    @AfterEach
    void close() {
        gateways.forEach(Gateway::close);
        runner.close();
        time.close();
    }

    private Gateway open(GatewayBuilder builder) {
        Gateway gateway = builder.pictureCheck(PictureCheck.none()).time(time).build();
        gateways.add(gateway);
        return gateway;
    }

    @Test
    @DisplayName("R16: who wants no other model gets none, whoever refused the first")
    void noFallbackIsNone() {
        Gateway gateway = open(Gateway.builder(first)
                .addImageModel(second)
                .fallback(FallbackPolicy.none())
                .budgets(Budgets.builder(MemoryLedger.create(time))
                        .add(Budget.usd("0.05"))
                        .build()));

        assertThatThrownBy(() -> draw(runner, gateway, "a lamp")).isInstanceOf(BudgetExceededException.class);
        assertThat(second.requests()).isEmpty();
    }

    @Nested
    @DisplayName("R19: an answer that was kept needs no asking")
    class KeptAnswers {

        private final BreakerPolicy quick =
                BreakerPolicy.builder().minimumCalls(1).failureRate(0.5).build();

        private GatewayBuilder kept(GatewayBuilder builder) {
            return builder.cache(CacheSettings.ofDefaults())
                    .retry(RetryPolicy.none())
                    .breaker(quick);
        }

        @Test
        @DisplayName(
                "R19: the first choice's kept answer is given while its breaker is open, and no other model is paid")
        void thatOfAnOpenBreaker() {
            List<TraceEvent> events = new CopyOnWriteArrayList<>();
            Gateway gateway = open(kept(Gateway.builder(first).addImageModel(second)));
            draw(runner, gateway, "a lamp");
            first.thenFail(Reason.UNAVAILABLE, Billed.REJECTED);
            draw(runner, gateway, "a chair");

            ModelAnswer<ImageResult> answer;
            try (PipelineRunner traced =
                    PipelineRunner.builder().time(time).traceSink(events::add).build()) {
                answer = draw(traced, gateway, "a lamp");
            }

            assertThat(answer.source()).isEqualTo(AnswerSource.MEMORY_CACHE);
            assertThat(answer.result().servedBy()).isEqualTo("first");
            assertThat(answer.isFallback()).isFalse();
            assertThat(second.requests()).hasSize(1);
            assertThat(events)
                    .filteredOn(event -> "cache".equals(event.attributes().get(TraceAttributes.DECISION_KIND)))
                    .singleElement()
                    .satisfies(event -> assertThat(String.valueOf(event.body().get("reason")))
                            .contains("first is not asked", "its breaker is open"));
        }

        @Test
        @DisplayName("R19: a kept answer is given when nobody may be asked")
        void whenNobodyMayBeAsked() {
            Gateway gateway = open(kept(Gateway.builder(first).addImageModel(second)));
            draw(runner, gateway, "a lamp");
            first.thenFail(Reason.UNAVAILABLE, Billed.REJECTED);
            second.thenFail(Reason.UNAVAILABLE, Billed.REJECTED);
            assertThatThrownBy(() -> draw(runner, gateway, "a chair")).isInstanceOf(ModelException.class);

            assertThat(draw(runner, gateway, "a lamp").source()).isEqualTo(AnswerSource.MEMORY_CACHE);
            assertThatThrownBy(() -> draw(runner, gateway, "a table")).isInstanceOf(GatewayRefusedException.class);
        }

        @Test
        @DisplayName("R19: a kept answer costs nothing, so no limit on the cost keeps it back")
        void thatOfATooDearModel() {
            Gateway gateway = open(kept(Gateway.builder(first).addImageModel(second)));
            draw(runner, gateway, "a lamp");

            ModelAnswer<ImageResult> answer = draw(
                    runner,
                    gateway,
                    "a lamp",
                    CallOptions.builder().maxCost(usd("0.05")).build());

            assertThat(answer.result().servedBy()).isEqualTo("first");
            assertThat(second.requests()).isEmpty();
        }

        @Test
        @DisplayName("R19: who would be asked behind the one that may be is not looked for first")
        void notThatOfAWorseChoice() {
            Gateway gateway = open(kept(Gateway.builder(first).addImageModel(second)));
            draw(
                    runner,
                    gateway,
                    "a lamp",
                    CallOptions.builder().forceModel("second").build());
            second.thenFail(Reason.UNAVAILABLE, Billed.REJECTED);
            CallOptions toSecond = CallOptions.builder().forceModel("second").build();
            assertThatThrownBy(() -> draw(runner, gateway, "a chair", toSecond)).isInstanceOf(ModelException.class);

            assertThat(draw(runner, gateway, "a lamp").result().servedBy()).isEqualTo("first");

            first.thenFail(Reason.UNAVAILABLE, Billed.REJECTED);
            assertThatThrownBy(() -> draw(runner, gateway, "a table")).isInstanceOf(ModelException.class);
        }
    }

    @Nested
    @DisplayName("R15: who says no")
    class Refusals {

        @Test
        @DisplayName("R15: a refused key is told as one")
        void aRefusedKeyIsToldAsOne() {
            Gateway gateway = open(Gateway.builder(first).addImageModel(second).retry(RetryPolicy.none()));
            first.thenFail(Reason.UNAUTHORIZED, Billed.REJECTED);
            second.thenFail(Reason.UNAUTHORIZED, Billed.REJECTED);
            assertThatThrownBy(() -> draw(runner, gateway, "a lamp")).isInstanceOf(ModelException.class);

            assertThatThrownBy(() -> draw(runner, gateway, "a lamp"))
                    .isInstanceOfSatisfying(
                            GatewayRefusedException.class,
                            refusal ->
                                    assertThat(refusal.reason()).isEqualTo(GatewayRefusedException.Reason.KEY_REFUSED));
        }

        @Test
        @DisplayName("R27: the router's own limit on the cost is told as one")
        void theRoutersLimitIsALimit() {
            Gateway gateway = open(Gateway.builder(first)
                    .addImageModel(model("other", "0.20"))
                    .router(Routers.bestQualityWithin(usd("0.05"))));

            assertThatThrownBy(() -> draw(runner, gateway, "a lamp"))
                    .isInstanceOfSatisfying(CostLimitException.class, refusal -> {
                        assertThat(refusal.limit()).isEqualTo(usd("0.05"));
                        assertThat(refusal.estimate()).contains(usd("0.10"));
                    });
        }
    }

    @Nested
    @DisplayName("R7: one model with two keys")
    class TwoKeys {

        private final FakeImageModel other = model("first", "0.10");

        private Gateway gateway(Candidate second) {
            first.thenThrow(
                    new ModelException(ModelFailure.builder("first", Reason.RATE_LIMITED, Billed.REJECTED, "too many")
                            .retryAfter(Duration.ofMinutes(5))
                            .build()));
            return open(Gateway.builder(first).addImageModel(other, second).retry(RetryPolicy.none()));
        }

        @Test
        @DisplayName("R7: a pause of one key is none of another that has a quota of its own")
        void ownQuota() {
            Gateway gateway = gateway(Candidate.builder(other.profile())
                    .id("second-key")
                    .quota("second-key")
                    .build());

            draw(runner, gateway, "a lamp");

            assertThat(other.requests()).hasSize(1);
        }

        @Test
        @DisplayName("R7: the same model with other options shares the pause")
        void sharedQuota() {
            Gateway gateway = gateway(
                    Candidate.builder(other.profile()).id("second-options").build());

            assertThatThrownBy(() -> draw(runner, gateway, "a lamp")).isInstanceOf(GatewayRefusedException.class);
            assertThat(other.requests()).isEmpty();
        }
    }

    @Nested
    class WhatThePriceListKnows {

        private final PricedModel known = PricedModel.builder("x", "painter", PricedModel.Kind.IMAGE, price("0.10"))
                .maxPromptChars(1_000)
                .retiresOn(LocalDate.of(2000, 1, 1))
                .successor("easel")
                .addAliases("painter-1")
                .build();
        private final PriceCatalogue prices = new PriceCatalogue() {
            @Override
            public Optional<PricedModel> find(String provider, String modelId) {
                return modelId.equals("painter") ? Optional.of(known) : Optional.empty();
            }

            @Override
            public List<PricedModel> models() {
                return List.of(known);
            }
        };
        private final FakeImageModel painter = model("painter", "0.10");

        @Test
        void aModelWhoseServiceIsOverIsNotAskedBeforeOthers() {
            Gateway gateway =
                    open(Gateway.builder(painter).addImageModel(second).prices(prices));

            assertThat(draw(runner, gateway, "a lamp").result().servedBy()).isEqualTo("second");
        }

        @Test
        void aModelIsAskedByItsOtherNamesAndWarnsOfItsEnd() {
            Gateway gateway =
                    open(Gateway.builder(second).addImageModel(painter).prices(prices));

            assertThatThrownBy(() -> draw(
                            runner,
                            gateway,
                            "x".repeat(1_001),
                            CallOptions.builder().forceModel("painter-1").build()))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("reads prompts of at most 1000 characters");
            assertThat(draw(
                                    runner,
                                    gateway,
                                    "a lamp",
                                    CallOptions.builder()
                                            .forceModel("painter-1")
                                            .build())
                            .warnings())
                    .extracting(OptionWarning::message)
                    .anyMatch(message -> message.contains("take easel"));
        }
    }

    @Test
    @DisplayName("R1: an option that the model leaves out does not lower what is held")
    void anOptionThatIsLeftOutHoldsTheDearest() {
        Price tiers = Price.builder("invented", LocalDate.of(2026, 1, 1))
                .addRates(tier("low", "0.01"))
                .addRates(tier("high", "0.20"))
                .build();
        FakeImageModel painter = FakeImageModel.create()
                .profile(GatewayCalls.profile("painter", "0.10").toBuilder()
                        .price(tiers)
                        .build()); // it has no options
        Gateway gateway = open(Gateway.builder(painter)
                .budgets(Budgets.builder(MemoryLedger.create(time))
                        .add(Budget.usd("0.10"))
                        .build()));
        ImageRequest low =
                ImageRequest.builder("a lamp").putOptions("quality", "low").build();

        assertThatThrownBy(() -> GatewayCalls.inRun(runner, RunOptions.ofDefaults(), run -> gateway.generate(run, low)))
                .isInstanceOf(BudgetExceededException.class);
        assertThat(painter.requests()).isEmpty();
    }

    private static Rate tier(String quality, String dollars) {
        return Rate.builder(Rate.Unit.IMAGE, Rate.Modality.IMAGE, Rate.Direction.OUTPUT, new BigDecimal(dollars))
                .quality(quality)
                .build();
    }

    @Test
    void offSwitchesAreValues() {
        Gateway gateway = open(Gateway.builder(first)
                .retry(RetryPolicy.none())
                .alerts(AlertRules.builder().errorRate(0.01).minCalls(1).build(), alert -> {
                    throw new AssertionError("it is switched off");
                })
                .alerts(AlertRules.none(), alert -> {})
                .probe(HealthProbe.none(), ProbeSettings.ofDefaults())
                .embeddingModel(LexicalEmbedder.create())
                .cache(CacheSettings.ofDefaults())
                .semantic(SemanticSettings.builder().build()));
        for (int call = 0; call < 10; call++) {
            first.thenFail(Reason.INVALID_REQUEST, Billed.REJECTED);
            assertThatThrownBy(() -> draw(runner, gateway, "a lamp")).isInstanceOf(ModelException.class);
        }
        first.thenFail(Reason.UNAVAILABLE, Billed.REJECTED);
        assertThatThrownBy(() -> draw(runner, gateway, "a lamp")).isInstanceOf(ModelException.class);

        assertThat(gateway.alerts()).isEmpty();
    }
}
