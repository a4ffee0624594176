package dev.pictor.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BucketingTest {

    private static final int SUBJECTS = 100_000;

    /** Worked out beside Java: {@code printf 'tone\0november\0user-1' | sha256sum}, first 16 digits, modulo 10,000. */
    @ParameterizedTest
    @CsvSource({"tone, november, user-1, 1812", "tone, '', user-1, 8187", "grüße, s, 用户, 3381"})
    void isTheSameOnEveryMachine(String experiment, String salt, String subject, int bucket) {
        assertThat(Bucketing.bucket(experiment, salt, subject)).isEqualTo(bucket);
    }

    @Test
    void tellsApartWhatOnlyReadsTheSame() {
        assertThat(Bucketing.bucket("ab", "c", "d")).isNotEqualTo(Bucketing.bucket("a", "bc", "d"));
    }

    /** Chi-squared over 100 groups has 99 degrees of freedom: above 180 less than once in a million. */
    @Test
    void dealsSubjectsEvenly() {
        int[] counts = new int[100];
        IntStream.range(0, SUBJECTS).forEach(i -> counts[Bucketing.bucket("e", "", "user-" + i) / 100]++);
        double expected = SUBJECTS / 100.0;
        double chiSquared = IntStream.of(counts)
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();
        assertThat(chiSquared).isLessThan(180);
    }

    @Test
    void dealsEachExperimentAnew() {
        long both = IntStream.range(0, SUBJECTS)
                .mapToObj(i -> "user-" + i)
                .filter(user -> Bucketing.isIn("one", "", user, 50) && Bucketing.isIn("two", "", user, 50))
                .count();
        // a quarter, within 5 standard deviations
        assertThat(both).isBetween(25_000L - 690, 25_000L + 690);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.01, 1, 12.5, 99.99, 100})
    void givesAFlagToItsShare(double percent) {
        long in = IntStream.range(0, SUBJECTS)
                .filter(i -> Bucketing.isIn("flag", "", "user-" + i, percent))
                .count();
        double share = SUBJECTS * percent / 100;
        double deviation = Math.sqrt(share * (1 - percent / 100));
        assertThat((double) in).isBetween(share - 5 * deviation, share + 5 * deviation);
    }

    @Test
    void aRisingShareOnlyAddsSubjects() {
        for (int i = 0; i < 1_000; i++) {
            String user = "user-" + i;
            for (int percent = 1; percent <= 100; percent++) {
                assertThat(!Bucketing.isIn("flag", "", user, percent - 1) || Bucketing.isIn("flag", "", user, percent))
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.01, 100.01, Double.NaN})
    void refusesAShareThatIsNone(double percent) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bucketing.isIn("flag", "", "u", percent))
                .withMessage("percent must be 0 to 100, was " + percent);
    }
}
