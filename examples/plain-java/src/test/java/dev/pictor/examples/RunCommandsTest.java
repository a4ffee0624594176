package dev.pictor.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pictor.feedback.Rating;
import dev.pictor.feedback.Ratings;
import dev.pictor.trace.DirectoryRunStore;
import dev.pictor.trace.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandsTest {

    private static final String NO_RUN = "01J00000000000000000000000";

    @TempDir
    Path folder;

    private String chair = "";
    private String lamp = "";

    @BeforeEach
    void draw() throws IOException {
        chair = generate("a red chair");
        lamp = generate("a blue lamp");
    }

    private String generate(String wish) throws IOException {
        return ran("generate", wish, "--size", "64x64", "--json")
                .json()
                .path("run")
                .asText();
    }

    private Ran ran(Object... args) {
        return Ran.in(folder, args);
    }

    @Nested
    class Runs {

        private List<String> found(Object... filters) throws IOException {
            List<Object> args = new ArrayList<>(List.of("runs", "--json"));
            args.addAll(List.of(filters));
            return ran(args.toArray()).json().path("runs").findValuesAsText("run");
        }

        @Test
        void areThoseThatAllFiltersDescribe() throws IOException {
            assertThat(found(
                            "--status",
                            "succeeded",
                            "--pipeline",
                            "generation",
                            "--model",
                            "procedural-painter-1",
                            "--since",
                            "2020-01-01"))
                    .containsExactlyInAnyOrder(chair, lamp);
            assertThat(found("--prompt", "generation/enhance")).containsExactlyInAnyOrder(chair, lamp);
        }

        @Test
        void areNotThoseThatOneFilterRulesOut() throws IOException {
            assertThat(found("--status", "failed")).isEmpty();
            assertThat(found("--pipeline", "other")).isEmpty();
            assertThat(found("--model", "other")).isEmpty();
            assertThat(found("--prompt", "generation/enhance@none")).isEmpty();
            assertThat(found("--tenant", "acme")).isEmpty();
            assertThat(found("--user", "ann")).isEmpty();
            assertThat(found("--label", "shop=toys")).isEmpty();
            assertThat(found("--failed-stage", "generate")).isEmpty();
            assertThat(found("--error", "rate_limited")).isEmpty();
            assertThat(found("--until", "2020-01-01T00:00:00Z")).isEmpty();
        }

        @Test
        void goOnAfterAPage() throws IOException {
            JsonNode first = ran("runs", "--limit", "1", "--json").json();
            JsonNode second = ran(
                            "runs",
                            "--limit",
                            "1",
                            "--json",
                            "--cursor",
                            first.path("next").asText())
                    .json();

            List<String> runs = new ArrayList<>(first.path("runs").findValuesAsText("run"));
            runs.addAll(second.path("runs").findValuesAsText("run"));
            assertThat(runs).containsExactlyInAnyOrder(chair, lamp);
            assertThat(second.has("next")).isFalse();
            assertThat(ran("runs", "--limit", "1").out())
                    .contains("next  " + first.path("next").asText());
        }

        @Test
        void askForFiltersThatCanBeRead() {
            assertThat(ran("runs", "--since", "yesterday").err())
                    .contains("--since must look like 2026-01-31 or 2026-01-31T08:00:00Z, was \"yesterday\"");
            assertThat(ran("runs", "--status", "odd").exitCode()).isEqualTo(Failures.BAD_INPUT);
            assertThat(ran("runs", "--limit", "0").err()).contains("limit must be 1 to 1,000, was 0");
            assertThat(ran("runs", "--cursor", "odd").exitCode()).isEqualTo(Failures.BAD_INPUT);
        }
    }

    @Nested
    class Report {

        @Test
        void isWrittenWhereItIsAskedFor() throws IOException {
            Path page = folder.resolve("chair.html");

            Ran ran = ran("report", chair, "--to", page);

            assertThat(ran.exitCode()).as(ran.err()).isZero();
            assertThat(ran.out()).contains(page.toString());
            assertThat(Files.readString(page)).contains(chair).doesNotContain(lamp);
        }

        @Test
        void isWrittenToTheFolderElse() throws IOException {
            JsonNode facts = ran("report", chair, "--json").json();

            assertThat(facts.path("run").asText()).isEqualTo(chair);
            assertThat(Files.readString(Path.of(facts.path("report").asText()))).contains(chair);
        }

        @Test
        void saysWhatIsWrong() {
            assertThat(ran("report", NO_RUN).exitCode()).isEqualTo(Failures.STORED_RUN);
            assertThat(ran("report", "odd").exitCode()).isEqualTo(Failures.BAD_INPUT);
            assertThat(ran("report", chair, "--to", folder.resolve("none/page.html"))
                            .exitCode())
                    .isEqualTo(Failures.FILE);
        }
    }

    @Nested
    class Compare {

        @Test
        void tellsTotalsStagesAndPromptsInTables() {
            Ran ran = ran("compare", chair, lamp);

            assertThat(ran.exitCode()).as(ran.err()).isZero();
            assertThat(ran.out())
                    .containsPattern("run +" + chair + " +" + lamp)
                    .containsPattern("status +succeeded +succeeded")
                    .containsPattern("generate +executed \\d+ ms")
                    .containsPattern("prompt +\\w+: \\S+@\\S+ -> \\S+@\\S+")
                    .containsPattern("(?m)^ +-a red chair$")
                    .containsPattern("(?m)^ +\\+a blue lamp$")
                    .containsPattern("[1-9]\\d* prompts changed, \\d+ decisions differ");
        }

        @Test
        void findsNoDifferenceOfARunAndItself() throws IOException {
            JsonNode facts = ran("compare", chair, chair, "--json").json();

            assertThat(facts.path("prompts").isEmpty()).isTrue();
            assertThat(facts.path("decisions").isEmpty()).isTrue();
            assertThat(facts.path("a")).isEqualTo(facts.path("b"));
            assertThat(facts.path("stages").findValuesAsText("stage")).contains("understand", "generate");
            assertThat(facts.has("report")).isFalse();
        }

        @Test
        void writesAPageWhereOneIsAskedFor() throws IOException {
            Path page = folder.resolve("both.html");

            JsonNode facts = ran("compare", chair, lamp, "--json", "--to", page).json();

            assertThat(facts.path("report").asText()).isEqualTo(page.toString());
            assertThat(Files.readString(page)).contains(chair, lamp);
        }

        @Test
        void needsRunsThatAreThere() {
            assertThat(ran("compare", chair, NO_RUN).exitCode()).isEqualTo(Failures.STORED_RUN);
            assertThat(ran("compare", chair).exitCode()).isEqualTo(Failures.BAD_INPUT);
        }
    }

    @Nested
    class Metrics {

        @Test
        void countRunsByPipeline() {
            Ran ran = ran("metrics");

            assertThat(ran.exitCode()).as(ran.err()).isZero();
            assertThat(ran.out().lines().toList())
                    .hasSize(3)
                    .satisfies(lines -> assertThat(lines.get(0)).startsWith("pipeline"))
                    .satisfies(lines -> assertThat(lines.get(1)).containsPattern("2 +0 +100\\.0% +\\d+ ms"))
                    .satisfies(lines -> assertThat(lines.get(2)).startsWith("total"));
        }

        @Test
        void tellWhatIsAskedForApart() throws IOException {
            assertThat(ran("metrics", "--by", "stage").out()).containsPattern("(?m)^generate +2 ");
            assertThat(ran("metrics", "--by", "prompt").out()).contains("generation/enhance");
            assertThat(ran("metrics", "--by", "tenant").out()).containsPattern("(?m)^- +2 ");
            JsonNode model = ran("metrics", "--by", "model", "--json").json();
            assertThat(model.path("rows").findValuesAsText("key")).contains("procedural-painter-1");
            assertThat(model.path("total").path("count").asInt()).isEqualTo(2);
        }

        @Test
        void areOfTheRunsThatFiltersDescribe() throws IOException {
            JsonNode none = ran("metrics", "--until", "2020-01-01", "--json").json();

            assertThat(none.path("total").path("count").asInt()).isZero();
            assertThat(none.path("rows").isEmpty()).isTrue();
        }

        @Test
        void areNotByAnythingElse() {
            assertThat(ran("metrics", "--by", "colour").exitCode()).isEqualTo(Failures.BAD_INPUT);
        }
    }

    @Nested
    class Learning {

        @Test
        void tellsWhatRatingsMeanAndChangesNothing() throws IOException {
            try (DirectoryRunStore store = DirectoryRunStore.open(folder.resolve("store"))) {
                Ratings.rate(store, new RunId(chair), Rating.up());
            }
            Ran ran = ran("learn", "--cheap", "procedural-painter-1");

            assertThat(ran.exitCode()).as(ran.err()).isZero();
            assertThat(ran.out())
                    .contains("rated: 50.0% (1 of 2)")
                    .contains("satisfied: 100.0% (1 of 1)")
                    .contains("new keywords: none")
                    .contains("only 1 runs are rated")
                    .doesNotContain("+++");
            JsonNode json = ran("learn", "--json").json();
            assertThat(json.path("rated").path("of").asInt()).isEqualTo(2);
        }

        @Test
        void refusesALexiconThatIsNone() throws IOException {
            Path file = Files.writeString(folder.resolve("mine.json"), "{}");
            assertThat(ran("learn", "--lexicon", file).exitCode()).isEqualTo(Failures.BAD_INPUT);
        }
    }
}
