package dev.pictor.feedback;

import static dev.pictor.feedback.MadeUp.rating;
import static dev.pictor.feedback.MadeUp.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pictor.intent.Domain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QualityPredictorTest {

    private static final List<Domain> DOMAINS = List.of(Domain.values());

    private static final List<String> MODELS = List.of("flash", "pro");
    private static final List<String> STYLES = List.of("oil", "studio", "flowchart", "macro", "comic");
    private static final List<String> DETAILS = List.of("basic", "detailed", "expert");

    /** The cheap model fails on what is complex, and on diagrams; unsure wishes please less. */
    private static double pleases(QualityQuestion question) {
        boolean cheap = question.model().orElse("").equals("flash");
        double x = 2.2;
        x -= cheap ? 7 * (question.complexity().orElse(0) - 0.25) : 0;
        x -= cheap && question.domain().equals(Optional.of(Domain.DIAGRAMS)) ? 3 : 0;
        x += 3 * (question.confidence().orElse(0) - 0.5);
        return 1 / (1 + Math.exp(-1.6 * x));
    }

    private static List<RatedRun> history(long seed, int count, ToDoubleFunction<QualityQuestion> pleases) {
        Random random = new Random(seed);
        List<RatedRun> runs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RatedRun run = run(i).domain(DOMAINS.get(random.nextInt(4)))
                    .style(STYLES.get(random.nextInt(5)))
                    .model(MODELS.get(random.nextInt(2)))
                    .detail(DETAILS.get(random.nextInt(3)))
                    .complexity(random.nextDouble())
                    .confidence(random.nextDouble())
                    .wish("x".repeat(10 + random.nextInt(200)))
                    .build();
            boolean satisfied = random.nextDouble() < pleases.applyAsDouble(QualityQuestion.of(run));
            runs.add(new RatedRunBuilder().from(run).rating(rating(satisfied)).build());
        }
        return runs;
    }

    /** How often who knows the rule itself is right on the newest fifth. */
    private static double best(List<RatedRun> runs) {
        List<RatedRun> newest = runs.subList(runs.size() * 4 / 5, runs.size());
        long right = newest.stream()
                .filter(run -> (pleases(QualityQuestion.of(run)) >= 0.5)
                        == run.satisfied().orElseThrow())
                .count();
        return (double) right / newest.size();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void comesNearToTheBestThatThereIsAndSaysSo(long seed) {
        List<RatedRun> runs = history(seed, 5_000, QualityPredictorTest::pleases);
        PredictionReport report = QualityPredictor.train(runs).report();

        double accuracy = report.accuracy().rate().orElseThrow();
        assertThat(report.ratedRuns()).isEqualTo(5_000);
        assertThat(report.accuracy().trials()).isEqualTo(1_000);
        assertThat(accuracy).as("%s", report).isGreaterThan(0.8);
        assertThat(accuracy).as("%s", report).isCloseTo(best(runs), within(0.02));
        assertThat(report.baseRate().rate().orElseThrow()).isLessThan(accuracy - 0.05);
        assertThat(report.isBetterThanBaseRate()).isTrue();
        assertThat(report.brier()).isLessThan(report.baseBrier());
        assertThat(report.calibrationError()).as("%s", report).isLessThan(0.05);
    }

    @Test
    void tellsLikelyFromUnlikely() {
        QualityPredictor predictor = QualityPredictor.train(history(1, 5_000, QualityPredictorTest::pleases));
        QualityQuestion hard = QualityQuestion.builder()
                .domain(Domain.DIAGRAMS)
                .model("flash")
                .complexity(0.9)
                .confidence(0.5)
                .build();
        QualityQuestion better =
                QualityQuestion.builder().from(hard).model("pro").build();
        assertThat(predictor.probability(hard).orElseThrow()).isLessThan(0.1);
        assertThat(predictor.probability(better).orElseThrow()).isGreaterThan(0.8);
        double known = predictor.probability(QualityQuestion.builder().build()).orElseThrow();
        double unknown = predictor
                .probability(QualityQuestion.builder()
                        .model("new")
                        .style("never seen")
                        .build())
                .orElseThrow();
        assertThat(known).isBetween(0.0, 1.0).isEqualTo(unknown);
    }

    @Test
    void doesNotClaimToKnowWhereThereIsNothingToKnow() {
        int claims = 0;
        for (long seed = 0; seed < 20; seed++) {
            PredictionReport report = QualityPredictor.train(history(seed, 2_000, question -> 0.7))
                    .report();
            claims += report.isBetterThanBaseRate() ? 1 : 0;
            assertThat(report.brier()).isCloseTo(report.baseBrier(), within(0.02));
        }
        assertThat(claims).isZero();
    }

    @Test
    void saysNothingOnTooShortAHistory() {
        QualityPredictor tooShort = QualityPredictor.train(history(1, 199, QualityPredictorTest::pleases));
        assertThat(tooShort.probability(QualityQuestion.builder().build())).isEmpty();
        assertThat(tooShort.report().tooSmall()).contains("only 199 runs are rated, it takes 200");
        assertThat(tooShort.report().isBetterThanBaseRate()).isFalse();
        assertThat(tooShort.report().toString()).isEqualTo("only 199 runs are rated, it takes 200");

        QualityPredictor onesided = QualityPredictor.train(history(1, 1_000, question -> 1));
        assertThat(onesided.report().tooSmall()).contains("only 0 runs went the other way, it takes 20");
        assertThat(QualityPredictor.train(List.of()).report().ratedRuns()).isZero();
    }

    @Test
    void isTheSameForTheSameRunsInAnyOrder() {
        List<RatedRun> runs = history(1, 1_000, QualityPredictorTest::pleases);
        QualityPredictor first = QualityPredictor.train(runs);
        Collections.shuffle(runs, new Random(7));
        QualityPredictor second = QualityPredictor.train(runs);
        assertThat(second.report()).isEqualTo(first.report());
        for (RatedRun run : runs.subList(0, 50)) {
            assertThat(second.probability(QualityQuestion.of(run)))
                    .isEqualTo(first.probability(QualityQuestion.of(run)));
        }
    }

    @Test
    void isJudgedByWhatCameLater() {
        List<RatedRun> runs = history(1, 2_000, QualityPredictorTest::pleases);
        // the last fifth is the other way round: who had seen it would not be as wrong
        for (int i = 1_600; i < 2_000; i++) {
            RatedRun run = runs.get(i);
            runs.set(
                    i,
                    new RatedRunBuilder()
                            .from(run)
                            .rating(rating(!run.satisfied().orElseThrow()))
                            .build());
        }
        PredictionReport report = QualityPredictor.train(runs).report();
        assertThat(report.accuracy().rate().orElseThrow()).isLessThan(0.3);
        assertThat(report.isBetterThanBaseRate()).isFalse();
    }
}
