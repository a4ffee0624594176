package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pictor.Pictor;
import dev.pictor.PictorBuilder;
import dev.pictor.feedback.PreferenceStore;
import dev.pictor.feedback.UserKey;
import dev.pictor.feedback.UserPreferences;
import dev.pictor.gateway.routing.CallAttributes;
import dev.pictor.gateway.routing.Ranking;
import dev.pictor.gateway.routing.Routers;
import dev.pictor.gateway.routing.RoutingRequest;
import dev.pictor.generation.GeneratedImages;
import dev.pictor.generation.GenerationRequest;
import dev.pictor.generation.GenerationRequestBuilder;
import dev.pictor.generation.PictureJudgement;
import dev.pictor.generation.QualityAttempt;
import dev.pictor.generation.QualityException;
import dev.pictor.intent.IntentSettings;
import dev.pictor.model.Money;
import dev.pictor.pipeline.Degradation;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.replay.RunChanges;
import dev.pictor.trace.MemoryRunStore;
import dev.pictor.trace.RunId;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Past runs whose pictures were judged and drawn again, replayed and forked after the models have changed. */
class JudgedReplayTest {

    private static final RunOptions ANA = RunOptions.builder().user("ana").build();

    private final MemoryRunStore store = new MemoryRunStore();
    private final FakeImageModel plain = Judgements.model("plain", 0.5);
    private final FakeImageModel fine = Judgements.model("fine", 0.9);
    private final FakeReasoningModel judge = FakeReasoningModel.create();

    private static GenerationRequestBuilder wish() {
        return GenerationRequest.builder("a photograph of a brass lamp on a walnut desk");
    }

    private PictorBuilder pictor(FakeImageModel model, FakeReasoningModel judge) {
        return Pictor.builder(model)
                .reasoningModel(judge)
                .store(store)
                .intent(IntentSettings.builder().askModel(false).build());
    }

    private GeneratedImages drawn() {
        try (Pictor pictor = pictor(plain, judge).fallback(fine).build()) {
            return pictor.images().generate(wish().isJudged(true).build());
        }
    }

    private GeneratedImages escalated() {
        judge.thenReturn(Judgements.BAD).thenReturn(Judgements.BAD).thenReturn(Judgements.GOOD);
        GeneratedImages images = drawn();
        assertThat(List.of(plain.requests().size(), fine.requests().size())).containsExactly(2, 1);
        return images;
    }

    private static void isAsThen(GeneratedImages now, GeneratedImages then) {
        assertThat(now.images()).isEqualTo(then.images());
        assertThat(now.model()).isEqualTo(then.model());
        assertThat(now.isFallback()).isEqualTo(then.isFallback());
        assertThat(now.estimate()).isEqualTo(then.estimate());
        assertThat(now.judgements()).isEqualTo(then.judgements());
        assertThat(now.degradations()).isEqualTo(then.degradations());
        assertThat(now.warnings()).isEqualTo(then.warnings());
    }

    /** Goes by what the user cares about, if anything. */
    private static Ranking rank(RoutingRequest request) {
        boolean cares = request.attributes().text(CallAttributes.PREFERENCE).isPresent();
        return (cares ? Routers.bestQualityWithin(Money.usd(1_000_000_000)) : Routers.staticOrder()).rank(request);
    }

    @Nested
    class AReplay {

        @Test
        void isDrawnByTheBetterModelOfThenThoughItIsRetired() {
            GeneratedImages then = escalated();
            FakeImageModel retired = Judgements.model("fine", 0.9);
            retired.profile(retired.profile().toBuilder()
                    .retiresOn(LocalDate.of(2026, 1, 1))
                    .build());
            try (Pictor later = pictor(Judgements.model("plain", 0.5), FakeReasoningModel.create())
                    .fallback(retired)
                    .build()) {
                isAsThen(later.images().replay(then.runId()), then);
                assertThat(retired.requests()).isEmpty();
            }
        }

        @Test
        void isDrawnByTheBetterModelOfThenThoughItIsNotConfigured() {
            GeneratedImages then = escalated();
            try (Pictor later = pictor(Judgements.model("plain", 0.5), FakeReasoningModel.create())
                    .build()) {
                GeneratedImages now = later.images().replay(then.runId());
                isAsThen(now, then);
                isAsThen(later.images().replay(now.runId()), then);
            }
        }

        @Test
        void isDrawnAgainByTheModelOfThenThoughAnotherIsBetterNow() {
            judge.thenReturn(Judgements.BAD).thenReturn(Judgements.GOOD);
            GeneratedImages then = drawn();
            try (Pictor later = pictor(Judgements.model("other", 0.1), FakeReasoningModel.create())
                    .build()) {
                isAsThen(later.images().replay(then.runId()), then);
            }
        }

        @Test
        void failsAlikeWhereNothingWasGoodEnough() {
            judge.thenReturn(Judgements.BAD).thenReturn(Judgements.BAD).thenReturn(Judgements.BAD);
            QualityException then = catchThrowableOfType(QualityException.class, () -> drawn());
            RunId runId = new RunId(then.runId().orElseThrow());
            try (Pictor later = pictor(Judgements.model("plain", 0.5), FakeReasoningModel.create())
                    .build()) {
                QualityException now = catchThrowableOfType(
                        QualityException.class, () -> later.images().replay(runId));

                assertThat(now.attempts()).hasSize(3);
                assertThat(now.attempts())
                        .extracting(QualityAttempt::images)
                        .containsExactlyElementsOf(then.attempts().stream()
                                .map(QualityAttempt::images)
                                .toList());
                assertThat(now.advice()).isEqualTo(then.advice());
            }
        }

        @Test
        void expectsWhatWasExpectedThenWhateverTheUserPrefersNow() {
            PreferenceStore preferences = PreferenceStore.inMemory();
            try (Pictor pictor = pictor(plain, judge)
                    .fallback(fine)
                    .preferences(preferences)
                    .gateway(gateway -> gateway.router(JudgedReplayTest::rank))
                    .build()) {
                GenerationRequest request = wish().build();
                GeneratedImages then = pictor.images().generate(request, ANA);
                var unused = preferences.update(
                        UserKey.of("ana"),
                        known -> known.toBuilder()
                                .qualitySensitive(UserPreferences.Preference.set(true))
                                .build());

                GeneratedImages now = pictor.images().replay(then.runId());
                GeneratedImages anew = pictor.images().generate(request, ANA);

                isAsThen(now, then);
                assertThat(anew.estimate()).as("what is expected now").isNotEqualTo(then.estimate());
            }
        }

        @Test
        void hasTheDegradationsOfThen() {
            try (Pictor pictor = pictor(plain, judge)
                    .predictor(() -> {
                        throw new IllegalStateException("not today");
                    })
                    .build()) {
                GeneratedImages then = pictor.images().generate(wish().build());
                assertThat(then.degradations()).extracting(Degradation::stage).containsExactly("generate");
                try (Pictor later = pictor(plain, judge).build()) {
                    isAsThen(later.images().replay(then.runId()), then);
                }
            }
        }
    }

    @Nested
    class AForkToAnotherModel {

        @Test
        void asksTheJudgeAsEverAndExpectsWhatTheOtherModelIsKnownFor() {
            judge.thenReturn(Judgements.GOOD).thenReturn(Judgements.GOOD);
            try (Pictor pictor = pictor(plain, judge).fallback(fine).build()) {
                GeneratedImages then =
                        pictor.images().generate(wish().isJudged(true).build());

                GeneratedImages fork = pictor.images()
                        .fork(
                                then.runId(),
                                RunChanges.builder()
                                        .putModels("generate", "fine")
                                        .build());

                assertThat(fork.model()).isEqualTo("fine");
                assertThat(fork.degradations()).isEmpty();
                assertThat(fork.judgements())
                        .extracting(PictureJudgement::judge)
                        .containsExactly("fake-reasoning-model");
                assertThat(then.estimate().orElseThrow().score()).isEqualTo(0.5);
                assertThat(fork.estimate().orElseThrow().score()).isEqualTo(0.9);
                assertThat(judge.requests()).hasSize(2);
            }
        }
    }
}
