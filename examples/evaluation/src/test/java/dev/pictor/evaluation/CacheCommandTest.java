package dev.pictor.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheCommandTest {

    @TempDir
    Path work;

    private record Ran(int exitCode, String out, String err) {}

    private Ran run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = PictorEval.run(args, new PrintWriter(out, true), new PrintWriter(err, true));
        return new Ran(exitCode, out.toString(), err.toString());
    }

    private Ran judge(String command, String... lines) throws IOException {
        Files.write(work.resolve("in.tsv"), List.of(lines));
        return run("cache", command, work.resolve("in.tsv").toString(), "--predictions", predictions());
    }

    private String predictions() {
        return work.resolve("out.tsv").toString();
    }

    @Test
    @DisplayName("R21: pairs are judged and scored by label and kind")
    void judgesPairs() throws IOException {
        Ran ran = judge(
                "pairs",
                "pair_id\tlabel\tkind\tprompt_a\tprompt_b",
                "1\tsame\tfiller\ta brass lamp\tplease make a brass lamp",
                "2\tsame\tother\ta brass lamp\tilluminant of brass",
                "3\tdifferent\tcolor:red\ta red chair\ta blue chair");

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out())
                .contains("different all                    said same   0.0% (0/1)")
                .contains("different color                  said same   0.0% (0/1)")
                .contains("same all                         said same  50.0% (1/2)")
                .contains("disagreements 1")
                .contains("  2 is same (other)");
        assertThat(Files.readAllLines(work.resolve("out.tsv")))
                .containsExactly("pair_id\tsame", "1\t1", "2\t0", "3\t0");
    }

    @Test
    @DisplayName("R21: a trace is played in order, and a hit names the request that filled the entry")
    void playsATrace() throws IOException {
        Ran ran = judge(
                "trace",
                "request_id\tgroup_id\tprompt",
                "1\tA\ta red chair",
                "2\tA.N1\ta blue chair",
                "3\tA\tA red chair!",
                "4\tA.N1\ta blue chair",
                "5\tA\tcan you show me a red chair?");

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out())
                .containsPattern("exact words +20.0% \\(1/5\\)")
                .containsPattern("normalised words +40.0% \\(2/5\\)")
                .containsPattern("hit rate +60.0% \\(3/5\\)")
                .containsPattern("same meaning \\(most there can be\\) +60.0% \\(3/5\\)")
                .containsPattern("served the right group +100.0% \\(3/3\\)")
                .containsPattern("WRONG: a fact differs +0.0% \\(0/3\\)");
        assertThat(Files.readAllLines(work.resolve("out.tsv")))
                .containsExactly("request_id\thit\tserved_from", "1\t0\t", "2\t0\t", "3\t1\t1", "4\t1\t2", "5\t1\t1");
    }

    @Test
    void asksForACommandAndAFile() {
        assertThat(run("cache")).extracting(Ran::exitCode).isEqualTo(PictorEval.BAD_INPUT);
        assertThat(run("cache", "pairs", work.resolve("none.tsv").toString(), "--predictions", predictions()))
                .extracting(Ran::exitCode)
                .isEqualTo(PictorEval.FILE);
    }
}
