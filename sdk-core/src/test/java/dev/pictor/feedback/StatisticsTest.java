package dev.pictor.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Figures to compare with are of SciPy 1.17.1 (norm, chi2, binomtest), and where named of R. G. Newcombe's papers of 1998. */
class StatisticsTest {

    private static final Offset<Double> CLOSE = within(1e-9);

    @ParameterizedTest(name = "above {0}")
    @CsvSource({
        "0, 0.5",
        "0.5, 0.3085375387259869",
        "1.96, 0.024997895148220435",
        "3, 0.0013498980316300933",
        "6, 9.865876450376946e-10",
        "-1.96, 0.9750021048517795"
    })
    void knowsTheNormalDistribution(double z, double above) {
        assertThat(Statistics.aboveZ(z)).isCloseTo(above, within(above * 1e-9));
    }

    @ParameterizedTest(name = "{0} of it")
    @CsvSource({
        "0.8, 0.8416212335729143",
        "0.9, 1.2815515655446004",
        "0.975, 1.959963984540054",
        "0.995, 2.5758293035489004",
        "0.001, -3.090232306167813"
    })
    void knowsItsQuantiles(double probability, double z) {
        assertThat(Statistics.quantile(probability)).isCloseTo(z, CLOSE);
    }

    @ParameterizedTest(name = "{0} at {1} degrees")
    @CsvSource({
        "3.841458820694124, 1, 0.05",
        "5, 2, 0.0820849986238988",
        "0.5, 3, 0.9188914116546758",
        "40, 10, 1.694474393006737e-05",
        "1, 9, 0.9994375026978325",
        "0, 4, 1"
    })
    void knowsTheChiSquareDistribution(double figure, int degrees, double p) {
        assertThat(Statistics.chiSquareP(figure, degrees)).isCloseTo(p, CLOSE);
    }

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource({
        "81, 263, 0.2552885198782742, 0.36620957698280004",
        "15, 148, 0.06238639953073629, 0.16048724172330803",
        "0, 20, 0, 0.16112515805281935",
        "1, 29, 0.006113214292762667, 0.17175521879320282",
        "29, 29, 0.8830302015002592, 1",
        "0, 0, 0, 1"
    })
    void boundsASingleShareAsWilsonDoes(long successes, long trials, double low, double high) {
        Interval bounds = new Proportion(successes, trials).wilson(0.95);
        assertThat(bounds.low()).isCloseTo(low, CLOSE);
        assertThat(bounds.high()).isCloseTo(high, CLOSE);
    }

    @ParameterizedTest(name = "{0} of {1} and {2} of {3}")
    @CsvSource({
        "48, 80, 56, 70, 2.6501719512585336, 0.00804508136819656, 0.05243147240236484, 0.3338726540369059",
        "9, 10, 3, 10, -2.738612787525831, 0.006169899320544151, -0.8090179735354881, -0.17052272393450296",
        "300, 1000, 345, 1000, 2.1526727174306766, 0.03134440912327087, 0.004027294496111236, 0.0857643203572582",
        "6000, 10000, 6150, 10000, 2.172117374836917, 0.029846810754859926, 0.0014651357224692626, 0.028527113287529"
    })
    void comparesTwoSharesAsNewcombeDoes(
            long xa, long na, long xb, long nb, double z, double p, double low, double high) {
        Proportion a = new Proportion(xa, na);
        Proportion b = new Proportion(xb, nb);
        TwoProportions test = TwoProportions.of(a, b);
        assertThat(test.z()).isCloseTo(z, CLOSE);
        assertThat(test.p()).isCloseTo(p, CLOSE);
        Interval bounds = TwoProportions.difference(a, b, 0.95);
        assertThat(bounds.low()).isCloseTo(low, CLOSE);
        assertThat(bounds.high()).isCloseTo(high, CLOSE);
    }

    @Test
    void tellsNothingOfSharesWithoutDifferenceInThem() {
        Proportion all = new Proportion(5, 5);
        assertThat(TwoProportions.of(all, all)).isEqualTo(new TwoProportions(0, 1));
        assertThat(TwoProportions.of(new Proportion(0, 0), all)).isEqualTo(new TwoProportions(0, 1));
        assertThat(TwoProportions.difference(new Proportion(0, 0), all, 0.95)).isEqualTo(new Interval(-1, 1));
    }

    @Test
    void refusesWhatIsNoShare() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Proportion(2, 1))
                .withMessage("successes must be 0 to trials, were 2 of 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Proportion(1, 2).wilson(1))
                .withMessage("confidence must be above 0 and below 1, was 1.0");
        assertThatIllegalArgumentException().isThrownBy(() -> new Interval(1, 0));
    }
}
