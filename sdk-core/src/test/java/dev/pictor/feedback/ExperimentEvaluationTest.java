package dev.pictor.feedback;

import static dev.pictor.feedback.MadeUp.rating;
import static dev.pictor.feedback.MadeUp.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Figures to compare with are of SciPy 1.17.1, with the formulas written out by norm, chisquare and binomtest. */
class ExperimentEvaluationTest {

    private static final ExperimentPlan PLAN =
            ExperimentPlan.builder("caption", "control", "material").build();

    private static ExperimentResult result(ExperimentPlan plan, long xa, long na, long xb, long nb) {
        return ExperimentEvaluation.of(
                plan,
                new ArmCount("control", na, new Proportion(xa, na)),
                new ArmCount("material", nb, new Proportion(xb, nb)));
    }

    @ParameterizedTest(name = "{0} and {1} more at a ratio of {2}")
    @CsvSource({
        "0.7, 0.05, 1, 1251, 1251",
        "0.5, 0.1, 1, 388, 388",
        "0.1, 0.02, 1, 3841, 3841",
        "0.7, 0.05, 0.25, 3166, 792"
    })
    void needsAsManyUsersAsTheFormulaSays(double baseline, double effect, double ratio, long control, long treatment) {
        ExperimentPlan plan = ExperimentPlan.builder("e", "a", "b")
                .baseline(baseline)
                .leastEffect(effect)
                .ratio(ratio)
                .build();
        assertThat(plan.controlUsers()).isEqualTo(control);
        assertThat(plan.treatmentUsers()).isEqualTo(treatment);
    }

    @Test
    void tellsBetterFromWorseWithAllFigures() {
        ExperimentResult better = result(PLAN, 6_000, 10_000, 6_150, 10_000);
        assertThat(better.verdict()).isEqualTo(ExperimentVerdict.BETTER);
        assertThat(better.difference()).isCloseTo(0.015, within(1e-12));
        assertThat(better.z()).isCloseTo(2.172117374836917, within(1e-9));
        assertThat(better.p()).isCloseTo(0.029846810754859926, within(1e-9));
        assertThat(better.bounds().low()).isCloseTo(0.0014651357224692626, within(1e-9));
        assertThat(better.bounds().high()).isCloseTo(0.028527113287529, within(1e-9));
        assertThat(better.sampleRatioP()).isEqualTo(1);

        ExperimentResult worse = result(PLAN, 6_150, 10_000, 6_000, 10_000);
        assertThat(worse.verdict()).isEqualTo(ExperimentVerdict.WORSE);
        assertThat(worse.z()).isCloseTo(-better.z(), within(1e-12));
        assertThat(worse.toString())
                .startsWith("caption: WORSE\n  control: 61.5% (6150 of 10000) satisfied, 10000 exposed\n")
                .contains("difference -0.015, -0.029 to -0.001; z -2.17, p 0.0298; needed 1251 and 1251");
    }

    @Test
    void seesNoDifferenceWhereItMayBeChance() {
        assertThat(result(PLAN, 6_000, 10_000, 6_050, 10_000).verdict()).isEqualTo(ExperimentVerdict.NO_DIFFERENCE);
    }

    @Test
    void isTooEarlyWithFewUsersWhateverTheDifference() {
        ExperimentResult early = result(PLAN, 500, 1_000, 900, 1_000);
        assertThat(early.verdict()).isEqualTo(ExperimentVerdict.TOO_EARLY);
        assertThat(early.p()).isLessThan(1e-9);
        assertThat(early.warnings()).anyMatch(warning -> warning.startsWith("it was looked at before enough users"));
        ExperimentResult empty = result(PLAN, 0, 0, 0, 0);
        assertThat(empty.verdict()).isEqualTo(ExperimentVerdict.TOO_EARLY);
        assertThat(empty.bounds()).isEqualTo(new Interval(-1, 1));
        assertThat(empty.difference()).isZero();
    }

    @Test
    void isUnsoundWhereUsersCameInOtherSharesThanPlanned() {
        ExperimentResult odd = ExperimentEvaluation.of(
                PLAN,
                new ArmCount("control", 5_200, new Proportion(3_000, 5_000)),
                new ArmCount("material", 4_800, new Proportion(3_500, 4_700)));
        assertThat(odd.sampleRatioP()).isCloseTo(6.334248366623988e-05, within(1e-12));
        assertThat(odd.verdict()).isEqualTo(ExperimentVerdict.UNSOUND);

        ExperimentPlan uneven = ExperimentPlan.builder("caption", "control", "material")
                .ratio(0.25)
                .build();
        ExperimentResult fine = result(uneven, 400, 821, 90, 179);
        assertThat(fine.sampleRatioP()).isCloseTo(0.09687507502627439, within(1e-9));
        assertThat(fine.verdict()).isEqualTo(ExperimentVerdict.TOO_EARLY);
    }

    @Test
    void dividesTheChanceOfErrorAmongLooks() {
        ExperimentPlan often = ExperimentPlan.builder("caption", "control", "material")
                .looks(4)
                .build();
        assertThat(often.controlUsers()).isGreaterThan(PLAN.controlUsers());
        assertThat(result(often, 6_000, 10_000, 6_150, 10_000).verdict()).isEqualTo(ExperimentVerdict.NO_DIFFERENCE);
        assertThat(result(PLAN, 6_000, 10_000, 6_150, 10_000).warnings())
                .anyMatch(warning -> warning.startsWith("this decides once"));
    }

    @Test
    void hasNoPlanThatIsSurerThanTheFiguresAre() {
        ExperimentPlanBuilder sure = ExperimentPlan.builder("caption", "control", "material");
        assertThat(sure.alpha(1e-8).looks(10).build().controlUsers()).isPositive();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sure.alpha(1e-17).looks(1).build())
                .withMessage("alpha must be at least 1.0E-9 for each look, was 1.0E-17 for 1 looks");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sure.alpha(1e-8).looks(11).build());
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void isTheSameTheOtherWayRound(long seed) {
        Random random = new Random(seed);
        long na = 1L + random.nextInt(5_000);
        long nb = 1L + random.nextInt(5_000);
        Proportion a = new Proportion(random.nextInt((int) na + 1), na);
        Proportion b = new Proportion(random.nextInt((int) nb + 1), nb);
        assertThat(TwoProportions.of(b, a).z())
                .isCloseTo(-TwoProportions.of(a, b).z(), within(1e-12));
        Interval there = TwoProportions.difference(a, b, 0.95);
        Interval back = TwoProportions.difference(b, a, 0.95);
        assertThat(back.low()).as("seed %d", seed).isCloseTo(-there.high(), within(1e-12));
        assertThat(there.contains(TwoProportions.difference(a, b))).isTrue();
        assertThat(there.low()).isGreaterThanOrEqualTo(-1);
        assertThat(there.high()).isLessThanOrEqualTo(1);
    }

    /** What alpha says: 1,000 experiments without a difference, each looked at once, at the end. */
    @Test
    void findsADifferenceThatIsNotThereAboutAsOftenAsPlanned() {
        Random random = new Random(42);
        int found = 0;
        for (int i = 0; i < 1_000; i++) {
            int a = 0;
            int b = 0;
            for (int user = 0; user < 1_300; user++) {
                a += random.nextDouble() < 0.7 ? 1 : 0;
                b += random.nextDouble() < 0.7 ? 1 : 0;
            }
            found += result(PLAN, a, 1_300, b, 1_300).verdict() == ExperimentVerdict.NO_DIFFERENCE ? 0 : 1;
        }
        assertThat(found).isBetween(30, 75);
    }

    @Test
    void countsEachUserOnceByTheFirstRating() {
        List<RatedRun> runs = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            runs.add(run(i).user("ana")
                    .experiments(Map.of("caption", "control"))
                    .rating(rating(i == 1))
                    .build());
        }
        runs.set(0, run(0).user("ana").experiments(Map.of("caption", "control")).build());
        runs.add(run(7).user("ben").experiments(Map.of("caption", "material")).build());
        runs.add(run(8).user("ben")
                .tenant("acme")
                .experiments(Map.of("caption", "material"))
                .rating(Rating.down())
                .build());
        runs.add(run(9).user("moved").experiments(Map.of("caption", "control")).build());
        runs.add(
                run(10).user("moved").experiments(Map.of("caption", "material")).build());
        runs.add(run(11).experiments(Map.of("caption", "control"))
                .rating(Rating.up())
                .build());
        runs.add(run(12).user("cara").experiments(Map.of("other", "control")).build());

        ExperimentResult result = ExperimentEvaluation.of(PLAN, runs);
        assertThat(result.control()).isEqualTo(new ArmCount("control", 1, new Proportion(1, 1)));
        assertThat(result.treatment()).isEqualTo(new ArmCount("material", 2, new Proportion(0, 1)));
        assertThat(result.warnings())
                .contains("1 runs are of no user and do not count")
                .anyMatch(warning -> warning.startsWith("1 users saw several arms and do not count"));
    }

    @Test
    void refusesAPlanThatSaysNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExperimentPlan.builder("e", "a", "a").build())
                .withMessage("control and treatment must differ, were \"a\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        ExperimentPlan.builder("e", "a", "b").baseline(0.97).build())
                .withMessage("baseline and leastEffect must be below 1, were 0.97 and 0.05");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ArmCount("a", 1, new Proportion(1, 2)))
                .withMessage("exposed must be at least those who rated, was 1 of arm a with 2");
    }
}
