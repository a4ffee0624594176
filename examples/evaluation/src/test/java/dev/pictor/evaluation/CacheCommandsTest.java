package dev.pictor.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that judge pairs of prompts, traces and listings. */
class CacheCommandsTest {

    @TempDir
    Path work;

    private record Ran(int exitCode, String out, String err) {

        /** The last line, which is JSON. */
        JsonNode figures() throws IOException {
            assertThat(exitCode).as(err).isZero();
            List<String> lines = out.lines().toList();
            return new ObjectMapper().readTree(lines.get(lines.size() - 1));
        }
    }

    private static Ran run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = PictorEval.run(args, new PrintWriter(out, true), new PrintWriter(err, true));
        return new Ran(exitCode, out.toString(), err.toString());
    }

    private Ran judge(String command, String... lines) throws IOException {
        return run(command, input(lines), "--predictions", predictions().toString());
    }

    private String input(String... lines) throws IOException {
        return Files.write(work.resolve("in.tsv"), List.of(lines)).toString();
    }

    private Path predictions() {
        return work.resolve("out.tsv");
    }

    @Test
    void askForAFileThatIsThereAndHasItsColumns() throws IOException {
        for (String command : List.of("semantic-cache", "workload", "category")) {
            assertThat(run(command, work.resolve("none.tsv").toString()).exitCode())
                    .isEqualTo(PictorEval.FILE);
            assertThat(run(command).exitCode()).isEqualTo(PictorEval.BAD_INPUT);
        }
        assertThat(run("workload", input("request_id\tprompt", "1\t")))
                .isEqualTo(new Ran(
                        PictorEval.BAD_INPUT,
                        "",
                        "error: " + work.resolve("in.tsv") + " has a request without prompt: 1"
                                + System.lineSeparator()));
        assertThat(run("workload", input("request_id\tprompt", "1\ta", "1\tb")).err())
                .contains("has two requests with the request_id 1");
        assertThat(run("workload", input("request_id\tprompt\tarrival_ms", "1\ta\tnow"))
                        .err())
                .contains("has an arrival_ms that is no whole number, at 1: now");
    }

    @Test
    @DisplayName("R21: pairs are judged and scored by label and kind")
    void judgesPairs() throws IOException {
        Ran ran = judge(
                "semantic-cache",
                "pair_id\tlabel\tkind\tprompt_a\tprompt_b",
                "1\tsame\tfiller\ta brass lamp\tplease make a brass lamp",
                "2\tsame\tother\ta brass lamp\tilluminant of brass",
                "3\tdifferent\tcolor:red\ta red chair\ta blue chair");

        assertThat(ran.out())
                .containsPattern("different color: served +0.0% \\(0/1\\)")
                .containsPattern("same all: served +50.0% \\(1/2\\)")
                .containsPattern("same filler: served +100.0% \\(1/1\\)")
                .contains("wrong hits 0");
        assertThat(ran.figures().path("hit_rate").asDouble()).isEqualTo(0.5);
        assertThat(ran.figures().path("wrong_hits").asInt()).isZero();
        assertThat(ran.figures().path("threshold").asDouble()).isEqualTo(0.8);
        assertThat(Files.readAllLines(predictions())).containsExactly("pair_id\tsame", "1\t1", "2\t0", "3\t0");
    }

    @Test
    @DisplayName("R21: a wrong hit is counted and named")
    void namesWrongHits() throws IOException {
        Ran ran = run("semantic-cache", input("label\tkind\tprompt_a\tprompt_b", "different\tcase\ta lamp\tA lamp"));

        assertThat(ran.out()).contains("wrong hits 1", "  row 1 (case)");
        assertThat(ran.figures().path("wrong_hit_rate").asDouble()).isEqualTo(1);
    }

    @Nested
    class Workload {

        @Test
        @DisplayName("R21: a trace is played in order, and a hit names the request that filled the entry")
        void playsATrace() throws IOException {
            Ran ran = judge(
                    "workload",
                    "request_id\tarrival_ms\tuser_tier\tgroup_id\tprompt",
                    "1\t0\tenterprise\tA\ta red chair",
                    "2\t10\tfree\tA.N1\ta blue chair",
                    "3\t20\tfree\tA\tA red chair!",
                    "4\t30\tfree\tA.N1\ta blue chair",
                    "5\t40\tenterprise\tA.N1\ta blue chair",
                    "6\t50\tfree\tA\tcan you show me a red chair?");

            JsonNode figures = ran.figures();
            assertThat(Files.readAllLines(predictions()).stream().map(line -> line.replaceFirst("\t[^\t]*$", "")))
                    .containsExactly(
                            "request_id\thit\tserved_from",
                            "1\t0\t",
                            "2\t0\t",
                            "3\t1\t1",
                            "4\t1\t2",
                            "5\t0\t",
                            "6\t1\t1");
            assertThat(ran.out())
                    .containsPattern("hit rate +50.0% \\(3/6\\)")
                    .containsPattern("same meaning seen before \\(the most\\) +66.7% \\(4/6\\)");
            assertThat(figures.path("hit_rate").asDouble()).isEqualTo(0.5);
            assertThat(figures.path("exact_hit_rate").asDouble()).isEqualTo(0.166667);
            assertThat(figures.path("normalised_hit_rate").asDouble()).isEqualTo(0.166667);
            assertThat(figures.path("semantic_hit_rate").asDouble()).isEqualTo(0.166667);
            assertThat(figures.path("wrong_hits").asInt()).isZero();
        }

        @Test
        void pricesEachPictureAndItsBaselines() throws IOException {
            Files.writeString(
                    work.resolve("rules.json"),
                    "{\"name\": \"mine\", \"version\": \"1\", \"rules\": ["
                            + "{\"name\": \"gold\", \"when\": {\"tier\": \"gold\"}, \"prefer\": {\"models\": [\"imagen-3\"]}},"
                            + "{\"name\": \"rest\", \"prefer\": \"cheapest\"}]}");
            Ran ran = run(
                    "workload",
                    input(
                            "request_id\tuser_tier\tprompt",
                            "1\tgold\ta lamp",
                            "2\tnone\ta chair",
                            "3\tnone\ta lamp",
                            "4\t\tbed"),
                    "--rules",
                    work.resolve("rules.json").toString());

            JsonNode figures = ran.figures();
            assertThat(figures.path("cost_per_picture_usd").asDouble()).isEqualTo(0.0395); // 0.080, 0.039, 0, 0.039
            assertThat(figures.path("model_mix").path("imagen-3").asDouble()).isEqualTo(0.333333);
            JsonNode baselines = figures.path("baselines_usd");
            assertThat(baselines.path("rules_no_cache").asDouble()).isEqualTo(0.04925);
            assertThat(baselines.path("all_pro_no_cache").asDouble()).isEqualTo(0.069);
            assertThat(baselines.path("all_flash_no_cache").asDouble()).isEqualTo(0.039);
            assertThat(baselines.path("all_pro_cached").asDouble()).isEqualTo(0.05175);
            assertThat(baselines.path("all_flash_cached").asDouble()).isEqualTo(0.02925);
        }
    }

    @Test
    void tellsCategoriesByTitleAndWithTheDescription() throws IOException {
        Ran ran = judge(
                "category",
                "id\tcategory\ttitle\tdescription",
                "1\tAPPAREL\tTartan Dress\t",
                "2\tJEWELRY\tAurora\tAurora is a silver bracelet.",
                "3\tNONE\tTable Lamp\tIt is a lamp.",
                "4\tBAGS\tThing\tA thing.");

        assertThat(ran.out())
                .containsPattern("JEWELRY: title +0.0% \\(0/1\\) +and description 100.0% \\(1/1\\)")
                .contains("  4 is BAGS, said NONE");
        assertThat(ran.figures().path("accuracy").asDouble()).isEqualTo(0.75);
        assertThat(ran.figures().path("accuracy_title_only").asDouble()).isEqualTo(0.5);
        assertThat(ran.figures().path("accuracy_without_none").asDouble()).isEqualTo(0.666667);
        assertThat(Files.readAllLines(predictions()))
                .containsExactly("id\tcategory", "1\tAPPAREL", "2\tJEWELRY", "3\tNONE", "4\tNONE");
    }
}
