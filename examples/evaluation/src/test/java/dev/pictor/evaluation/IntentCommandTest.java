package dev.pictor.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntentCommandTest {

    private static final List<String> ROWS = List.of(
            "{\"id\": \"1\", \"prompt\": \"watercolour of a mill\", \"domain\": \"art\", \"style\": \"painting\", \"cue\": \"explicit\","
                    + " \"ambiguous\": false, \"needs_clarification\": false, \"complexity\": \"low\", \"word_count\": 4}",
            "{\"id\": \"2\", \"prompt\": \"flowchart of a refund\", \"domain\": \"diagrams\", \"style\": \"flowchart\","
                    + " \"cue\": \"explicit\", \"ambiguous\": false, \"needs_clarification\": false, \"complexity\": \"low\"}",
            "{\"id\": \"3\", \"prompt\": \"photo of a goat\", \"domain\": \"art\", \"style\": \"digital_art\", \"cue\": \"explicit\","
                    + " \"ambiguous\": true, \"needs_clarification\": false, \"complexity\": \"low\"}",
            "{\"id\": \"4\", \"prompt\": \"a heron\", \"domain\": \"photography\", \"style\": \"other\", \"cue\": \"none\","
                    + " \"ambiguous\": true, \"needs_clarification\": true, \"complexity\": \"low\"}",
            "{\"id\": \"5\", \"prompt\": \"photo of a market with baskets of plums, pears and figs, a dog, two girls and a priest\","
                    + " \"complexity\": \"high\"}");

    @TempDir
    Path work;

    private record Ran(int exitCode, String out, String err) {

        JsonNode json() throws IOException {
            List<String> lines = out.lines().toList();
            return new ObjectMapper().readTree(lines.get(lines.size() - 1));
        }
    }

    private Ran run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = PictorEval.run(args, new PrintWriter(out, true), new PrintWriter(err, true));
        return new Ran(exitCode, out.toString(), err.toString());
    }

    private String file(String name, List<String> lines) throws IOException {
        return Files.write(work.resolve(name), lines).toString();
    }

    @Test
    void printsATableAndTheFiguresAsALineOfJson() throws IOException {
        Ran ran = run(
                "intent",
                file("in.jsonl", ROWS),
                "--predictions",
                work.resolve("out.tsv").toString());

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out())
                .contains("rows 5, with a domain 4")
                .containsPattern("domain accuracy, all +75.0% \\(3/4\\)")
                .containsPattern("domain accuracy, clear +100.0% \\(2/2\\)")
                .containsPattern("domain accuracy, ambiguous +50.0% \\(1/2\\)")
                .containsPattern("style accuracy .* 100.0% \\(2/2\\)")
                .containsPattern("clarification recall +100.0% \\(1/1\\)")
                .contains("expected calibration error")
                .containsPattern("art +1 +1 +0 +0");
        assertThat(ran.json().path("domain_accuracy").asDouble()).isEqualTo(0.75);
        assertThat(ran.json().path("confusion").path("art").path("photography").asInt())
                .isEqualTo(1);
        assertThat(ran.json().path("complexity_spearman").asDouble()).isPositive();
        assertThat(ran.json().path("micros_per_prompt").asDouble()).isPositive();
    }

    @Test
    void writesTheColumnsThatOtherScorersRead() throws IOException {
        Ran ran = run(
                "intent",
                file("in.jsonl", ROWS),
                "--predictions",
                work.resolve("out.tsv").toString());

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        List<String> lines = Files.readAllLines(work.resolve("out.tsv"));
        assertThat(lines.get(0)).isEqualTo("id\tdomain\tstyle\tconfidence\tneeds_clarification\tcomplexity\tevidence");
        assertThat(lines.get(1)).as("the file knows no watercolours").startsWith("1\tart\tpainting\t0.");
        assertThat(lines.get(4)).matches("4\tphotography\tother\t0\\.\\d+\t1\t0\\.\\d+\t.*");
    }

    @Test
    void scoresNoLabelThatIsMissing() throws IOException {
        Ran ran = run("intent", file("in.tsv", List.of("id\tprompt", "1\tphoto of a goat")));

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out())
                .contains("no row is labelled with a domain: nothing is scored")
                .contains("no row tells needs_clarification: not scored")
                .contains("no row tells complexity: not scored");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"id\": \"1\"} | line 1 has no prompt",
                "{\"prompt\": | line 1 is no JSON: ",
                "[] | line 1 is no object",
                "{\"prompt\": \"x\", \"domain\": \"music\"} | line 1 has the domain music, which is not known",
                "{\"prompt\": \"x\", \"complexity\": \"huge\"} | line 1 has the complexity huge; it must be low, medium or high",
                "{\"prompt\": \"x\", \"ambiguous\": \"maybe\"} | line 1 has ambiguous maybe; it must be true or false",
                "{\"prompt\": \"x\", \"word_count\": \"many\"} | line 1 has the word_count many, which is no number"
            })
    void namesTheLineThatIsWrong(String line, String message) throws IOException {
        Ran ran = run("intent", file("in.jsonl", List.of(line)));

        assertThat(ran.exitCode()).isEqualTo(PictorEval.BAD_INPUT);
        assertThat(ran.err()).startsWith("error: ").contains("in.jsonl " + message);
    }

    @Test
    void saysThatAFileIsEmptyMissingOrNoLexicon() throws IOException {
        assertThat(run("intent", file("in.jsonl", List.of())).exitCode()).isEqualTo(PictorEval.BAD_INPUT);
        assertThat(run("intent", work.resolve("none.jsonl").toString()).exitCode())
                .isEqualTo(PictorEval.FILE);
        Ran ran = run("intent", file("in.jsonl", ROWS), "--lexicon", file("lexicon.json", List.of("{}")));
        assertThat(ran.exitCode()).isEqualTo(PictorEval.BAD_INPUT);
        assertThat(ran.err()).contains("groups is missing");
    }

    @Test
    void learnsFromFilesAndScoresWhatItHeldOut() throws IOException {
        List<String> rows = new ArrayList<>();
        List<String> labels = new ArrayList<>(List.of("base_id\tdomain"));
        List<String> prompts = new ArrayList<>(List.of("base_id\tprompt"));
        for (int i = 0; i < 30; i++) {
            rows.add("{\"prompt\": \"flowchart number " + i + "\", \"domain\": \"diagrams\"}");
            labels.add("B" + i + "\tproducts");
            prompts.add("B" + i + "\ta widget number " + i + " on white");
        }
        String out = work.resolve("lexicon.json").toString();
        String[] args = {
            "train",
            file("rows.jsonl", rows),
            file("labels.tsv", labels),
            "--prompts",
            file("prompts.tsv", prompts),
            "--out",
            out,
            "--date",
            "2026-11-30"
        };

        Ran ran = run(args);

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("learned from 60 rows").contains("prompts held out");
        assertThat(ran.json().path("domain_accuracy").asDouble()).isEqualTo(1);
        String first = Files.readString(Path.of(out));
        assertThat(run(args).exitCode()).isZero();
        assertThat(Files.readString(Path.of(out))).isEqualTo(first);
        assertThat(run("intent", file("in.jsonl", ROWS), "--lexicon", out).exitCode())
                .isZero();
    }

    @Test
    void learnsNothingWithoutLabels() throws IOException {
        Ran ran = run(
                "train",
                file("in.jsonl", List.of("{\"prompt\": \"x\"}")),
                "--out",
                work.resolve("o.json").toString());

        assertThat(ran.exitCode()).isEqualTo(PictorEval.BAD_INPUT);
        assertThat(ran.err()).contains("none of the 1 rows has a domain");
    }
}
