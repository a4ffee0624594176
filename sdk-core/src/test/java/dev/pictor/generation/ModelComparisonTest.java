package dev.pictor.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pictor.Pictor;
import dev.pictor.error.PictorException;
import dev.pictor.gateway.cache.CacheSettings;
import dev.pictor.intent.IntentSettings;
import dev.pictor.model.Cost;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.Money;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ModelComparisonTest {

    private static final GeneratedImages PICTURES = pictures();

    private static GeneratedImages pictures() {
        try (Pictor pictor = Pictor.builder(new StubModels.Painter())
                .reasoningModel(StubModels.Reader.ART)
                .build()) {
            return pictor.images().generate("impressionist garden with flowers");
        }
    }

    private static GenerationLine line(String model, Cost cost, long millis) {
        return new GenerationLineBuilder()
                .request(GenerationRequest.builder("garden").model(model).build())
                .outcome(LineOutcome.SUCCEEDED)
                .images(PICTURES)
                .cost(cost)
                .duration(Duration.ofMillis(millis))
                .build();
    }

    private static GenerationLine failed(String model) {
        PictorException failure = new ModelException(ModelFailure.builder(
                        model, ModelFailure.Reason.UNAVAILABLE, ModelFailure.Billed.REJECTED, model + " is down")
                .build());
        return new GenerationLineBuilder()
                .request(GenerationRequest.builder("garden").model(model).build())
                .outcome(LineOutcome.FAILED)
                .failure(failure)
                .reason(model + " is down")
                .cost(Cost.nothing())
                .build();
    }

    private static Cost usd(long cents) {
        return Cost.of(Money.usd(cents * 10_000_000));
    }

    private static ModelComparison comparison(Map<String, Double> quality, GenerationLine... lines) {
        ModelComparisonBuilder comparison = new ModelComparisonBuilder()
                .batch(new GenerationBatchBuilder().addLines(lines).build());
        for (GenerationLine line : lines) {
            String model = line.request().model().orElseThrow();
            Double known = quality.get(model);
            comparison.addModels(new ComparedModelBuilder()
                    .model(model)
                    .line(line)
                    .quality(known == null ? OptionalDouble.empty() : OptionalDouble.of(known))
                    .build());
        }
        return comparison.build();
    }

    private static Optional<String> name(Optional<ComparedModel> model) {
        return model.map(ComparedModel::model);
    }

    @Test
    void namesTheBestOfEachKind() {
        ModelComparison comparison = comparison(
                Map.of("fine", 0.9, "plain", 0.6, "quick", 0.2),
                line("fine", usd(20), 9_000),
                line("plain", usd(5), 6_000),
                line("quick", usd(4), 1_500),
                failed("gone"));

        assertThat(name(comparison.bestQuality())).contains("fine");
        assertThat(name(comparison.bestValue())).contains("plain");
        assertThat(name(comparison.cheapest())).contains("quick");
        assertThat(name(comparison.fastest())).contains("quick");
        assertThat(comparison.cost()).isEqualTo(usd(29));
        assertThat(comparison).hasToString("""
                model  quality  cost   seconds
                fine   0.90     $0.2   9.0      best quality
                plain  0.60     $0.05  6.0      best value
                quick  0.20     $0.04  1.5      cheapest, fastest
                gone   -        $0     -        gone is down""");
    }

    @Test
    void namesNobodyBestWhereNothingIsKnown() {
        ModelComparison comparison =
                comparison(Map.of(), line("fine", Cost.unknown(), 9_000), line("plain", Cost.unknown(), 9_000));

        assertThat(comparison.bestQuality()).isEmpty();
        assertThat(comparison.bestValue()).isEmpty();
        assertThat(comparison.cheapest()).isEmpty();
        assertThat(name(comparison.fastest())).contains("fine");
    }

    @Test
    void comparesPricesOfOneCurrencyOnly() {
        ModelComparison comparison = comparison(
                Map.of("fine", 0.9, "plain", 0.6),
                line("fine", usd(20), 1),
                line("plain", Cost.of(new Money(1, "EUR")), 2));

        assertThat(name(comparison.cheapest())).contains("fine");
        assertThat(name(comparison.bestValue())).contains("fine");
    }

    @Test
    void aModelThatCostsNothingIsTheBestValue() {
        ModelComparison comparison =
                comparison(Map.of("fine", 0.9, "own", 0.1), line("fine", usd(20), 1), line("own", Cost.nothing(), 2));

        assertThat(name(comparison.bestValue())).contains("own");
        assertThat(comparison.models().get(1).value()).hasValue(Double.POSITIVE_INFINITY);
    }

    @Test
    void theDoorAsksEachModelAloneAndSetsOneThatFailsBeside() {
        QualityScene.Painter plain = new QualityScene.Painter("plain", 0.4);
        QualityScene.Painter best = new QualityScene.Painter("best", 0.9);
        QualityScene.Painter gone = new QualityScene.Painter("gone", 0.7);
        gone.isDown = true;
        try (Pictor pictor = Pictor.builder(plain)
                .fallback(best)
                .fallback(gone)
                .reasoningModel(StubModels.Reader.ART)
                .build()) {
            ModelComparison comparison = pictor.images()
                    .compareModels(
                            GenerationRequest.builder("impressionist garden with flowers")
                                    .count(2)
                                    .build(),
                            List.of("gone", "best", "plain"),
                            GenerationBatchOptions.ofDefaults());

            assertThat(comparison.models()).extracting(ComparedModel::model).containsExactly("gone", "best", "plain");
            assertThat(comparison.models())
                    .extracting(model -> model.line().outcome())
                    .containsExactly(LineOutcome.FAILED, LineOutcome.SUCCEEDED, LineOutcome.SUCCEEDED);
            assertThat(comparison.models())
                    .extracting(ComparedModel::quality)
                    .containsExactly(OptionalDouble.empty(), OptionalDouble.of(0.9), OptionalDouble.of(0.4));
            assertThat(comparison.batch().images())
                    .extracting(GeneratedImages::model)
                    .containsExactly("best-2026", "plain-2026");
            assertThat(name(comparison.bestQuality())).contains("best");
            assertThat(name(comparison.cheapest())).contains("best");
            assertThat(comparison.cost()).hasToString("at least $0.4");
        }
        assertThat(List.of(plain.requests.size(), best.requests.size(), gone.requests.size()))
                .containsExactly(1, 1, 1);
    }

    @Test
    void theDoorHasEachModelDrawAnewWhateverIsKept() {
        QualityScene.Painter plain = new QualityScene.Painter("plain", 0.4);
        QualityScene.Painter best = new QualityScene.Painter("best", 0.9);
        GenerationRequest request =
                GenerationRequest.builder("impressionist garden with flowers").build();
        try (Pictor pictor = Pictor.builder(plain)
                .fallback(best)
                .gateway(gateway -> gateway.cache(CacheSettings.ofDefaults()))
                .build()) {
            GeneratedImages kept = pictor.images()
                    .generate(GenerationRequest.builder(request.prompt())
                            .model("best")
                            .build());
            assertThat(kept.model()).isEqualTo("best-2026");

            ModelComparison comparison = pictor.images()
                    .compareModels(request, List.of("plain", "best"), GenerationBatchOptions.ofDefaults());

            assertThat(comparison.models())
                    .extracting(ComparedModel::cost)
                    .containsExactly(Optional.of(Money.usd(100_000_000)), Optional.of(Money.usd(100_000_000)));
            assertThat(name(comparison.cheapest())).contains("plain");
        }
        assertThat(List.of(plain.requests.size(), best.requests.size())).containsExactly(1, 2);
    }

    @Test
    void theDoorSetsNoJudgementBesideAnExpectation() {
        assertThat(qualities(QualityScene.GOOD, QualityScene.USABLE))
                .containsExactly(OptionalDouble.of(7.0 / 9), OptionalDouble.of(5.0 / 9));
        assertThat(qualities(QualityScene.GOOD, "down"))
                .as("one is not judged, so both are expected")
                .containsExactly(OptionalDouble.of(0.4), OptionalDouble.of(0.9));
    }

    private static List<OptionalDouble> qualities(String... judgements) {
        QualityScene.Judge judge = new QualityScene.Judge();
        judge.answers.addAll(List.of(judgements));
        try (Pictor pictor = Pictor.builder(new QualityScene.Painter("plain", 0.4))
                .fallback(new QualityScene.Painter("best", 0.9))
                .reasoningModel(judge)
                .intent(IntentSettings.builder().askModel(false).build())
                .build()) {
            return pictor
                    .images()
                    .compareModels(
                            GenerationRequest.builder("impressionist garden with flowers")
                                    .isJudged(true)
                                    .build(),
                            List.of("plain", "best"),
                            GenerationBatchOptions.builder().concurrency(1).build())
                    .models()
                    .stream()
                    .map(ComparedModel::quality)
                    .toList();
        }
    }

    @Test
    void theDoorTakesEachModelOnce() {
        try (Pictor pictor = Pictor.builder(new StubModels.Painter()).build()) {
            GenerationRequest request = GenerationRequest.builder("garden").build();
            GenerationBatchOptions options = GenerationBatchOptions.ofDefaults();

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> pictor.images().compareModels(request, List.of(), options))
                    .withMessage("there must be at least one model and each once, were []");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> pictor.images().compareModels(request, List.of("a", "a"), options))
                    .withMessage("there must be at least one model and each once, were [a, a]");
        }
    }
}
