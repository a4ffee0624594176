package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.Pictor;
import dev.pictor.PictorBuilder;
import dev.pictor.gateway.budget.Account;
import dev.pictor.gateway.budget.Balance;
import dev.pictor.gateway.budget.Budget;
import dev.pictor.gateway.budget.Budgets;
import dev.pictor.gateway.budget.HoldId;
import dev.pictor.gateway.budget.HoldRequest;
import dev.pictor.gateway.budget.Ledger;
import dev.pictor.gateway.budget.MemoryLedger;
import dev.pictor.gateway.budget.Settlement;
import dev.pictor.gateway.budget.Shortfall;
import dev.pictor.gateway.cache.CacheSettings;
import dev.pictor.gateway.resilience.RetryPolicy;
import dev.pictor.gateway.routing.Routers;
import dev.pictor.generation.GeneratedImages;
import dev.pictor.generation.GenerationRequest;
import dev.pictor.generation.GenerationRequestBuilder;
import dev.pictor.intent.IntentSettings;
import dev.pictor.model.CallContext;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.Money;
import dev.pictor.model.ReasoningModelAdapter;
import dev.pictor.model.ReasoningRequest;
import dev.pictor.model.ReasoningResult;
import dev.pictor.pipeline.Degradation;
import dev.pictor.pipeline.RunOptions;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What the result says of how it came about: time, who drew, and what the user has spent. */
class GeneratedImagesTest {

    private static final Duration RANKING = Duration.ofMillis(7);
    private static final Duration DRAWING = Duration.ofMillis(100);
    private static final Duration JUDGING = Duration.ofMillis(50);

    private final VirtualTime time = VirtualTime.create();
    private final FakeImageModel plain = Judgements.model("plain", 0.5);
    private final FakeImageModel fine = Judgements.model("fine", 0.9);
    private final FakeReasoningModel judge = FakeReasoningModel.create();

    private static GenerationRequestBuilder wish() {
        return GenerationRequest.builder("a photograph of a brass lamp on a walnut desk");
    }

    /** Draws as another does, and takes its time. */
    private record SlowPainter(FakeImageModel model, VirtualTime time) implements ImageModelAdapter {

        @Override
        public ModelProfile profile() {
            return model.profile();
        }

        @Override
        public ImageResult generate(ImageRequest request, CallContext call) throws InterruptedException {
            time.advance(DRAWING);
            return model.generate(request, call);
        }
    }

    /** Answers as another does, and takes its time. */
    private record SlowJudge(FakeReasoningModel model, VirtualTime time) implements ReasoningModelAdapter {

        @Override
        public ModelProfile profile() {
            return model.profile();
        }

        @Override
        public ReasoningResult reason(ReasoningRequest request, CallContext call) throws InterruptedException {
            time.advance(JUDGING);
            return model.reason(request, call);
        }
    }

    /** Ranking takes 7 ms, which is Pictor's own time. */
    private PictorBuilder slow() {
        return Pictor.builder(new SlowPainter(plain, time))
                .fallback(new SlowPainter(fine, time))
                .reasoningModel(new SlowJudge(judge, time))
                .intent(IntentSettings.builder().askModel(false).build())
                .time(time)
                .gateway(gateway -> gateway.retry(
                                RetryPolicy.builder().maxAttempts(1).build())
                        .router(request -> {
                            time.advance(RANKING);
                            return Routers.staticOrder().rank(request);
                        }));
    }

    @Nested
    class Time {

        @Test
        void isThatOfAllModelsThatWereAsked() {
            plain.thenFail(Reason.UNAVAILABLE, Billed.REJECTED);
            try (Pictor pictor = slow().build()) {
                GeneratedImages images = pictor.images().generate(wish().build());

                assertThat(images.latency()).isEqualTo(RANKING.plus(DRAWING.multipliedBy(2)));
                assertThat(images.overhead()).isEqualTo(RANKING);
            }
        }

        @Test
        void isThatOfAllAttemptsAndOfJudgingThem() {
            judge.thenReturn(Judgements.BAD).thenReturn(Judgements.GOOD);
            try (Pictor pictor = slow().build()) {
                GeneratedImages images =
                        pictor.images().generate(wish().isJudged(true).build());

                assertThat(plain.requests()).hasSize(2);
                assertThat(images.latency())
                        .isEqualTo(RANKING.multipliedBy(3) // of two calls, and of the look for who is better
                                .plus(DRAWING.multipliedBy(2))
                                .plus(JUDGING.multipliedBy(2)));
                assertThat(images.overhead()).isEqualTo(RANKING.multipliedBy(2));
            }
        }

        @Test
        void ofACachedPictureHasItsOverheadAsAPart() {
            try (Pictor pictor = slow().gateway(gateway -> gateway.cache(CacheSettings.ofDefaults()))
                    .build()) {
                GeneratedImages drawn = pictor.images().generate(wish().build());
                GeneratedImages kept = pictor.images().generate(wish().build());

                assertThat(kept.first()).isEqualTo(drawn.first());
                assertThat(kept.latency()).isEqualTo(RANKING);
                assertThat(kept.overhead()).isEqualTo(RANKING);
            }
        }
    }

    @Nested
    class AFallback {

        private GeneratedImages judged() {
            try (Pictor pictor = slow().build()) {
                return pictor.images().generate(wish().isJudged(true).build());
            }
        }

        @Test
        void isABetterModelThatDrawsWhereTheFirstDrewNothingOfUse() {
            judge.thenReturn(Judgements.BAD).thenReturn(Judgements.BAD).thenReturn(Judgements.GOOD);

            GeneratedImages images = judged();

            assertThat(images.model()).isEqualTo("fine");
            assertThat(images.isFallback()).isTrue();
        }

        @Test
        void staysOneWhenItDrawsAgain() {
            plain.thenFail(Reason.UNAVAILABLE, Billed.REJECTED);
            judge.thenReturn(Judgements.BAD).thenReturn(Judgements.GOOD);

            GeneratedImages images = judged();

            assertThat(fine.requests()).hasSize(2);
            assertThat(images.isFallback()).isTrue();
        }

        @Test
        void isNoModelThatDrawsAgainAsTheFirstChoice() {
            judge.thenReturn(Judgements.BAD).thenReturn(Judgements.GOOD);

            assertThat(judged().isFallback()).isFalse();
        }
    }

    @Nested
    class WhatTheUserHasSpent {

        /** Forgets how accounts stand once something was settled. */
        private record Forgetful(MemoryLedger ledger, AtomicBoolean isDown) implements Ledger {

            @Override
            public Optional<Shortfall> reserve(HoldRequest request) {
                return ledger.reserve(request);
            }

            @Override
            public Settlement settle(HoldId hold, Money actual) {
                isDown.set(true);
                return ledger.settle(hold, actual);
            }

            @Override
            public Settlement release(HoldId hold) {
                return ledger.release(hold);
            }

            @Override
            public Settlement keep(HoldId hold) {
                return ledger.keep(hold);
            }

            @Override
            public Balance balance(Account account) {
                if (isDown.get()) {
                    throw new IllegalStateException("the ledger is down");
                }
                return ledger.balance(account);
            }
        }

        private GeneratedImages drawn(Budgets budgets) {
            try (Pictor pictor = Pictor.builder(plain)
                    .time(time)
                    .gateway(gateway -> gateway.budgets(budgets))
                    .build()) {
                return pictor.images()
                        .generate(
                                wish().build(), RunOptions.builder().user("ana").build());
            }
        }

        @Test
        void isLeftOutWhereTheLedgerCannotTellAndThePictureIsKept() {
            GeneratedImages images = drawn(Budgets.builder(new Forgetful(MemoryLedger.create(), new AtomicBoolean()))
                    .add(Budget.usd("5").perUser().perDay(ZoneOffset.UTC))
                    .build());

            assertThat(images.images()).hasSize(1);
            assertThat(images.spentToday()).isEmpty();
            assertThat(images.dailyLimit()).isEmpty();
            assertThat(images.degradations())
                    .contains(new Degradation(
                            "check",
                            "what the user has spent today cannot be read (IllegalStateException), so the result does not"
                                    + " tell it"));
        }

        @Test
        void isThatOfTheBudgetOfWhichTheGreatestShareIsUsedWhateverItsCurrency() {
            Money credits = new Money(1_000_000, "credits"); // fewer of them than nanos are left of the dollars
            GeneratedImages images = drawn(Budgets.builder(MemoryLedger.create())
                    .add(Budget.usd("0.20").perUser().perDay(ZoneOffset.UTC))
                    .add(Budget.of(credits).perUser().perDay(ZoneOffset.UTC))
                    .build());

            assertThat(images.spentToday()).contains(Money.usd(100_000_000));
            assertThat(images.dailyLimit()).contains(Money.usd(200_000_000));
        }
    }
}
