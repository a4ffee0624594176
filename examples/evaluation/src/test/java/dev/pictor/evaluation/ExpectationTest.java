package dev.pictor.evaluation;

import static dev.pictor.evaluation.Judgement.Verdict.ACCEPT;
import static dev.pictor.evaluation.Judgement.Verdict.CRASH;
import static dev.pictor.evaluation.Judgement.Verdict.HANG;
import static dev.pictor.evaluation.Judgement.Verdict.REJECT;
import static dev.pictor.evaluation.Judgement.Verdict.WARN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pictor.evaluation.Expectation.Mark;
import dev.pictor.evaluation.Expectation.Outcome;
import dev.pictor.evaluation.Judgement.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectationTest {

    private static final String GREY = "808080".repeat(16);

    private static Expectation expectation(String category, String wanted, String hex) {
        return new Expectation(
                "a.png",
                category,
                wanted,
                Optional.of(hex).filter(it -> !it.isEmpty()).map(ColorGrid::parse));
    }

    private static Judgement judgement(Verdict verdict, String hex, double millis) {
        return new Judgement(
                "a.png",
                verdict,
                "its reason",
                Optional.empty(),
                Optional.of(hex).filter(it -> !it.isEmpty()).map(ColorGrid::parse),
                millis,
                1);
    }

    @Nested
    class Verdicts {

        @ParameterizedTest(name = "{0}: {1}")
        @CsvSource(delimiter = '|', textBlock = """
                accept                                        | ACCEPT WARN
                accept first frame, animated=true             | ACCEPT WARN
                accept or reject UNSUPPORTED                  | ACCEPT WARN REJECT
                warn                                          | WARN
                warn (truncated)                              | WARN
                Warn or Reject (truncated)                    | WARN REJECT
                reject                                        | REJECT
                reject (scan limit) or accept within 1 s      | ACCEPT REJECT
                no-crash: typed rejection or warned result    | ACCEPT WARN REJECT
                shares 67/30/3 at full size                   | ACCEPT WARN REJECT
                blurred                                       | ACCEPT WARN REJECT
                something else                                | ACCEPT WARN REJECT""")
        void areReadFromWords(String wanted, String allowed) {
            Set<Verdict> verdicts =
                    Stream.of(allowed.split(" ")).map(Verdict::valueOf).collect(Collectors.toSet());

            assertThat(expectation("fuzz", wanted, "").allowed()).isEqualTo(verdicts);
        }

        @Test
        void crashesAndHangsAreNeverRight() {
            Expectation anything = expectation("fuzz", "no-crash", "");

            assertThat(List.of(CRASH, HANG))
                    .allSatisfy(verdict -> assertThat(
                                    anything.mark(judgement(verdict, "", 1)).outcome())
                            .isEqualTo(Outcome.WRONG_VERDICT));
        }

        @Test
        void aWrongOneIsToldWithItsReason() {
            Mark mark = expectation("webp", "accept", GREY).mark(judgement(REJECT, "", 1));

            assertThat(mark).isEqualTo(new Mark(Outcome.WRONG_VERDICT, false, false, "reject its reason"));
        }

        @Test
        void noJudgementIsMissing() {
            assertThat(expectation("webp", "accept", GREY).mark(null).outcome()).isEqualTo(Outcome.MISSING);
        }
    }

    @Nested
    class Pixels {

        @Test
        void mayBeOffByFourOnAverage() {
            Mark mark = expectation("webp", "accept", GREY).mark(judgement(ACCEPT, "848484".repeat(16), 1));

            assertThat(mark).isEqualTo(new Mark(Outcome.RIGHT, true, false, ""));
        }

        @Test
        void mayNotBeOffByMore() {
            Mark mark = expectation("webp", "accept", GREY).mark(judgement(WARN, "848485".repeat(16), 1));

            assertThat(mark).isEqualTo(new Mark(Outcome.WRONG_PIXELS, true, false, "mean channel error 4.3"));
        }

        @Test
        void haveToBeThere() {
            assertThat(expectation("webp", "accept", GREY).mark(judgement(ACCEPT, "", 1)))
                    .isEqualTo(new Mark(Outcome.NO_PIXELS, true, false, "no pixels"));
        }

        @ParameterizedTest(name = "{0}, {1}")
        @CsvSource({"cmyk,accept", "fuzz,accept", "truncated,accept or warn", "bomb,reject or accept", "icc,warn"})
        void areNotComparedWhereDecodersMayDiffer(String category, String wanted) {
            Mark mark = expectation(category, wanted, GREY).mark(judgement(WARN, "ffffff".repeat(16), 1));

            assertThat(mark.pixels()).isFalse();
        }

        @Test
        void areNotComparedWhereNoneAreKnown() {
            assertThat(expectation("webp", "accept", "").mark(judgement(ACCEPT, GREY, 1)))
                    .isEqualTo(new Mark(Outcome.RIGHT, false, false, ""));
        }
    }

    @ParameterizedTest(name = "{0} ms: {1}")
    @CsvSource({"1000,false", "1000.1,true"})
    void moreThanASecondIsSlowThoughRight(double millis, boolean slow) {
        Mark mark = expectation("bomb", "reject", "").mark(judgement(REJECT, "", millis));

        assertThat(mark).isEqualTo(new Mark(Outcome.RIGHT, false, slow, ""));
    }

    @Nested
    class Reading {

        @TempDir
        Path folder;

        private Path file(String... lines) throws IOException {
            return Files.write(folder.resolve("expected.tsv"), List.of(lines));
        }

        @Test
        void takesTheColumnsByNameAndLeavesOutRepeatedNames() throws IOException {
            String names = "wanted\tfile\tmore\tcategory\tgrid4x4_rgb_hex";
            Path file = file(names, "accept\ta.png\tx\tpng\t" + GREY, names, "reject\tb.png\t\tjpeg\t");

            List<Expectation> read = Expectation.read(file);

            assertThat(read).extracting(Expectation::file).containsExactly("a.png", "b.png");
            assertThat(read).extracting(Expectation::category).containsExactly("png", "jpeg");
            assertThat(read.get(0).grid().map(ColorGrid::toString)).contains(GREY);
            assertThat(read.get(1).grid()).isEmpty();
        }

        @Test
        void saysWhichColumnIsNotThere() throws IOException {
            Path file = file("file\twanted", "a.png\taccept");

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Expectation.read(file))
                    .withMessage(file + " has no column category");
        }

        @Test
        void anEmptyFileHasNoColumns() throws IOException {
            Path file = file();

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Expectation.read(file))
                    .withMessage(file + " has no line that names columns");
        }
    }
}
