package dev.pictor.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pictor.intent.Calibration.Form;
import dev.pictor.intent.Calibration.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CalibrationTest {

    /** Answers that are right as often as the square of their score. */
    private static List<Outcome> overconfident(long seed) {
        Random random = new Random(seed);
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            double score = random.nextDouble();
            outcomes.add(new Outcome(score, random.nextDouble() < score * score));
        }
        return outcomes;
    }

    private static double error(Calibration calibration, List<Outcome> outcomes) {
        return ReliabilityTable.of(outcomes.stream()
                        .map(outcome -> new Outcome(calibration.apply(outcome.score()), outcome.right()))
                        .toList())
                .expectedError();
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void bringsConfidenceAndTruthTogetherOnAnswersItHasNotSeen(Form form) {
        Calibration fitted = Calibration.fit(form, overconfident(1));

        List<Outcome> others = overconfident(2);
        assertThat(error(Calibration.none(), others)).isGreaterThan(0.12);
        assertThat(error(fitted, others)).isLessThan(0.05);
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void neverFallsAndStaysWithinZeroAndOne(Form form) {
        for (long seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            List<Outcome> outcomes = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(60); i++) {
                outcomes.add(new Outcome(random.nextInt(11) / 10.0, random.nextBoolean()));
            }
            Calibration fitted = Calibration.fit(form, outcomes);
            double before = 0;
            for (int i = 0; i <= 1_000; i++) {
                double value = fitted.apply(i / 1_000.0);
                assertThat(value).as("seed %d, score %d", seed, i).isBetween(before - 1e-12, 1.0);
                before = value;
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void doesNotDependOnTheOrderOfAnswers(Form form) {
        List<Outcome> outcomes = overconfident(3);
        List<Outcome> shuffled = new ArrayList<>(outcomes);
        Collections.shuffle(shuffled, new Random(4));

        assertThat(Calibration.fit(form, shuffled)).isEqualTo(Calibration.fit(form, outcomes));
    }

    @Test
    void changesNothingWithoutAnswers() {
        assertThat(Calibration.fit(Form.ISOTONIC, List.of())).isEqualTo(Calibration.none());
        assertThat(Calibration.none().apply(0.3)).isCloseTo(0.3, within(1e-9));
    }

    @Test
    void drawsALineBetweenPoints() {
        Calibration calibration = Calibration.isotonic(List.of(0.2, 0.6), List.of(0.1, 0.5));

        assertThat(calibration.apply(0)).isEqualTo(0.1);
        assertThat(calibration.apply(0.4)).isCloseTo(0.3, within(1e-12));
        assertThat(calibration.apply(1)).isEqualTo(0.5);
    }

    @Test
    void refusesPointsThatFall() {
        assertThatThrownBy(() -> Calibration.isotonic(List.of(0.2, 0.6), List.of(0.5, 0.1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("scores and values must rise, point 1 does not");
        assertThatThrownBy(() -> Calibration.none().apply(1.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("score must be 0 to 1, was 1.5");
    }

    @Test
    void sortsAnswersIntoTenBins() {
        ReliabilityTable table = ReliabilityTable.of(List.of(
                new Outcome(0.95, true), new Outcome(0.85, false), new Outcome(0.85, true), new Outcome(1, true)));

        assertThat(table.bins()).hasSize(ReliabilityTable.BINS);
        assertThat(table.bins().get(8)).isEqualTo(new ReliabilityTable.Bin(0.8, 2, 0.85, 0.5));
        assertThat(table.expectedError()).isCloseTo((2 * 0.35 + 2 * 0.025) / 4, within(1e-9));
        assertThat(table.toString())
                .contains("0.8 to 0.9         2  0.850   0.500\n")
                .endsWith("expected calibration error 0.188\n");
    }

    @Test
    void hasNoErrorWithoutAnswers() {
        assertThat(ReliabilityTable.of(List.of()).expectedError()).isZero();
    }
}
