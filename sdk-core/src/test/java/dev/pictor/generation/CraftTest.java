package dev.pictor.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.f4b6a3.ulid.Ulid;
import dev.pictor.Pictor;
import dev.pictor.PictorBuilder;
import dev.pictor.feedback.PreferenceStore;
import dev.pictor.feedback.QualityPredictor;
import dev.pictor.feedback.RatedRun;
import dev.pictor.feedback.RatedRuns;
import dev.pictor.feedback.Rating;
import dev.pictor.feedback.UserKey;
import dev.pictor.feedback.UserPreferences;
import dev.pictor.feedback.UserPreferences.Preference;
import dev.pictor.gateway.routing.Routers;
import dev.pictor.gateway.routing.RoutingRules;
import dev.pictor.generation.QualityScene.Judge;
import dev.pictor.generation.QualityScene.Painter;
import dev.pictor.intent.IntentSettings;
import dev.pictor.model.Money;
import dev.pictor.model.Price;
import dev.pictor.model.Rate;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.trace.DecisionRecord;
import dev.pictor.trace.MemoryRunStore;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunQuery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What is made of a wish whose words are plain: the prompt, the choice of the model, the judgement. */
class CraftTest {

    private static final String WISH = "impressionist garden with 3 white benches, no people";

    private final Painter plain = new Painter("plain", 0.4);
    private final Painter best = new Painter("best", 0.9);
    private final Painter cheap = new Painter(plain.profile().toBuilder()
            .id("cheap")
            .price(Price.builder("made up", LocalDate.EPOCH)
                    .addRates(Rate.perImage("0.02"))
                    .build())
            .build());
    private final Judge model = new Judge();
    private final MemoryRunStore store = new MemoryRunStore();

    private PictorBuilder pictor() {
        IntentSettings byWords = IntentSettings.builder().askModel(false).build();
        return Pictor.builder(plain)
                .fallback(best)
                .reasoningModel(model)
                .intent(byWords)
                .store(store);
    }

    private static String elaborated(String prompt) {
        return """
                {"kept": [], "added": [], "prompt": "%s", "confidence": 0.9}""".formatted(prompt);
    }

    private GeneratedImages drawn(Enhancement enhancement) {
        try (Pictor pictor = pictor().build()) {
            return pictor.images()
                    .generate(GenerationRequest.builder(WISH)
                            .enhancement(enhancement)
                            .build());
        }
    }

    @Nested
    class APrompt {

        @Test
        void isTheWishWhereNothingIsToBeAdded() {
            GeneratedImages images = drawn(Enhancement.NONE);

            assertThat(images.enhancedPrompt()).isEqualTo(WISH);
            assertThat(images.enhancement().addedWords()).isZero();
            assertThat(model.requests).isEmpty();
        }

        @Test
        void isWrittenByAModelThatKeepsWhatIsStated() {
            model.answers.add(elaborated("Three white benches in a garden without people, loose brushwork"));

            GeneratedImages images = drawn(Enhancement.MODEL);

            assertThat(images.enhancedPrompt())
                    .isEqualTo("Three white benches in a garden without people, loose brushwork");
            assertThat(images.enhancement().method()).isEqualTo(Enhancement.MODEL);
            assertThat(images.enhancement().lostFacts()).isEmpty();
            assertThat(images.degradations()).isEmpty();
            assertThat(images.cost().amount()).contains(Money.usd(110_000_000));
        }

        @Test
        void isWrittenByAModelAndFinishedByTheTemplate() {
            model.answers.add(elaborated("Three white benches in a garden, no people"));

            GeneratedImages images = drawn(Enhancement.BOTH);

            assertThat(images.enhancedPrompt())
                    .startsWith("Three white benches in a garden, no people\n\n")
                    .contains("impressionist");
            assertThat(images.enhancement().method()).isEqualTo(Enhancement.BOTH);
        }

        @Test
        void ofAModelThatLostAFactIsNotUsed() {
            model.answers.add(elaborated("Four white benches in a garden full of people"));

            GeneratedImages images = drawn(Enhancement.MODEL);

            assertThat(images.enhancedPrompt()).startsWith(WISH);
            assertThat(images.enhancement().method()).isEqualTo(Enhancement.TEMPLATE);
            assertThat(images.degradations())
                    .singleElement()
                    .satisfies(less -> assertThat(less.reason())
                            .isEqualTo("the prompt that a model wrote lost 2 of the facts that the wish states, so a"
                                    + " template writes it"));
            assertThat(images.cost().amount()).contains(Money.usd(110_000_000)); // it was paid all the same
        }

        @Test
        void isOfTheTemplateWhereTheModelIsDown() {
            model.answers.add("down");

            GeneratedImages images = drawn(Enhancement.MODEL);

            assertThat(images.enhancement().method()).isEqualTo(Enhancement.TEMPLATE);
            assertThat(images.degradations())
                    .singleElement()
                    .satisfies(less -> assertThat(less.reason()).contains("stub-judge is down"));
            assertThat(images.cost().amount()).contains(Money.usd(100_000_000));
        }

        @Test
        void isOfTheTemplateWhereThereIsNoModel() {
            try (Pictor pictor = Pictor.builder(plain).build()) {
                GeneratedImages images = pictor.images()
                        .generate(GenerationRequest.builder(WISH)
                                .enhancement(Enhancement.BOTH)
                                .build());

                assertThat(images.enhancement().method()).isEqualTo(Enhancement.TEMPLATE);
                assertThat(images.degradations()).hasSize(1);
            }
        }
    }

    @Nested
    class AJudgement {

        private final GenerationRequest judged =
                GenerationRequest.builder(WISH).isJudged(true).build();

        @Test
        void isInTheResult() {
            model.answers.add(QualityScene.GOOD);
            try (Pictor pictor = pictor().build()) {
                GeneratedImages images = pictor.images().generate(judged);

                assertThat(images.judgements()).hasSize(1);
                assertThat(images.estimate())
                        .hasValueSatisfying(
                                estimate -> assertThat(estimate.score()).isEqualTo(0.4));
                assertThat(plain.requests).hasSize(1);
                assertThat(best.requests).isEmpty();
            }
        }

        @Test
        void leadsToTheBetterModelAfterASecondTry() {
            model.answers.addAll(List.of(QualityScene.BAD, QualityScene.BAD, QualityScene.GOOD));
            try (Pictor pictor = pictor().build()) {
                GeneratedImages images = pictor.images().generate(judged);

                assertThat(images.model()).isEqualTo("best-2026");
                assertThat(plain.requests).hasSize(2);
                assertThat(best.requests).hasSize(1);
                assertThat(images.cost().amount()).contains(Money.usd(330_000_000)); // 3 pictures and 3 judgements
                assertThat(store.find(images.runId()).orElseThrow().decisions())
                        .extracting(DecisionRecord::decision)
                        .filteredOn(decision -> decision.kind().equals("quality"))
                        .hasSize(3);
            }
        }

        @Test
        void givesUpAfterThreePictures() {
            model.answers.add(QualityScene.BAD);
            try (Pictor pictor = pictor().build()) {
                assertThatExceptionOfType(QualityException.class)
                        .isThrownBy(() -> pictor.images().generate(judged))
                        .satisfies(e -> assertThat(e.attempts()).hasSize(3));
                assertThat(plain.requests.size() + best.requests.size()).isEqualTo(3);
            }
        }
    }

    @Nested
    class AModel {

        private String drawnFor(String user) {
            PreferenceStore preferences = PreferenceStore.inMemory();
            UserPreferences fussy = preferences.update(
                    UserKey.of("fussy"),
                    before -> before.toBuilder()
                            .qualitySensitive(Preference.set(true))
                            .build());
            assertThat(fussy.qualitySensitive()).isPresent();
            try (Pictor pictor = Pictor.builder(best)
                    .fallback(cheap)
                    .gateway(gateway -> gateway.router(Routers.rules(RoutingRules.bundled())))
                    .preferences(preferences)
                    .build()) {
                return pictor.images()
                        .generate(
                                GenerationRequest.builder(
                                                "impressionist garden with 3 white benches under apple trees, two cats, a"
                                                        + " stone path to the left, morning mist, lilac and gold light")
                                        .tier("pro")
                                        .build(),
                                RunOptions.builder().user(user).build())
                        .model();
            }
        }

        @Test
        void isChosenByWhatItsUserCaresAbout() {
            assertThat(drawnFor("anybody")).isEqualTo("cheap-2026");
            assertThat(drawnFor("fussy")).isEqualTo("best-2026");
        }

        @Test
        void isKnownToLearningByTheNameThatItsProfileHas() {
            GeneratedImages drawn = drawn(Enhancement.TEMPLATE);

            assertThat(drawn.model()).isEqualTo("plain-2026");
            assertThat(RatedRuns.read(store, RunQuery.all())).singleElement().satisfies(run -> {
                assertThat(run.model()).contains("plain");
                assertThat(run.detail()).isPresent();
                assertThat(run.rawConfidence()).isPresent();
            });
        }

        @Test
        void isExpectedToDoAsItDidBefore() {
            Random random = new Random(1);
            List<RatedRun> history = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                String model = i % 2 == 0 ? "plain" : "best";
                boolean satisfied = random.nextDouble() < (model.equals("plain") ? 0.1 : 0.9);
                history.add(RatedRun.builder(new RunId(new Ulid((long) i << 16, i).toString()))
                        .model(model)
                        .rating(satisfied ? Rating.up() : Rating.down())
                        .build());
            }
            QualityPredictor learned = QualityPredictor.train(history);
            GenerationRequest request = GenerationRequest.builder(WISH).build();
            try (Pictor knowing = Pictor.builder(plain).predictor(() -> learned).build();
                    Pictor failing = Pictor.builder(plain)
                            .predictor(() -> {
                                throw new IllegalStateException("a secret path");
                            })
                            .build()) {
                assertThat(knowing.images().generate(request).estimate()).hasValueSatisfying(estimate -> {
                    assertThat(estimate.basis()).isEqualTo(QualityEstimate.Basis.HISTORY);
                    assertThat(estimate.score()).isBetween(0.02, 0.2);
                    assertThat(estimate.reason()).contains("500 runs");
                });
                GeneratedImages drawn = failing.images().generate(request);
                assertThat(drawn.estimate())
                        .hasValueSatisfying(
                                estimate -> assertThat(estimate.basis()).isEqualTo(QualityEstimate.Basis.PROFILE));
                assertThat(drawn.degradations())
                        .singleElement()
                        .satisfies(less -> assertThat(less.reason())
                                .contains("IllegalStateException")
                                .doesNotContain("secret"));
            }
        }

        @Test
        void isChosenWithoutPreferencesThatCannotBeRead() {
            PreferenceStore broken = new PreferenceStore() {
                @Override
                public Optional<UserPreferences> find(UserKey user) {
                    throw new UncheckedIOException(new IOException("a secret path"));
                }

                @Override
                public UserPreferences update(UserKey user, UnaryOperator<UserPreferences> change) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public boolean remove(UserKey user) {
                    throw new UnsupportedOperationException();
                }
            };
            try (Pictor pictor = Pictor.builder(plain).preferences(broken).build()) {
                GeneratedImages images = pictor.images()
                        .generate(
                                GenerationRequest.builder(WISH).build(),
                                RunOptions.builder().user("anybody").build());

                assertThat(images.degradations())
                        .singleElement()
                        .satisfies(less -> assertThat(less.reason())
                                .contains("UncheckedIOException")
                                .doesNotContain("secret"));
            }
        }
    }
}
