package dev.pictor.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pictor.trace.RunBundle;
import dev.pictor.trace.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that hand runs on, and those that run them again. */
class RunAgainCommandsTest {

    @TempDir
    Path folder;

    private String chair = "";

    @BeforeEach
    void draw() throws IOException {
        chair = drawn("a red chair", "acme");
    }

    private String drawn(String wish, String tenant) throws IOException {
        return ran("generate", wish, "--size", "64x64", "--tenant", tenant, "--json")
                .json()
                .path("run")
                .asText();
    }

    private Ran ran(Object... args) {
        return Ran.in(folder, args);
    }

    private Path template(String text) throws IOException {
        return Files.writeString(folder.resolve("mine.prompt"), text);
    }

    @Nested
    class Answer {

        private JsonNode asked(String wish) throws IOException {
            return ran("generate", wish, "--ask", "--size", "64x64", "--json").json();
        }

        @Test
        void goesOnWithTheRunThatAskedBack() throws IOException {
            JsonNode asked = asked("make me something cool");
            assertThat(asked.has("picture")).isFalse();
            assertThat(asked.path("questions")).isNotEmpty();
            String run = asked.path("run").asText();
            assertThat(ran("runs", "--status", "waiting", "--json").out()).contains(run);

            JsonNode drawn = ran("answer", run, "a landscape", "an oil painting", "--json")
                    .json();

            assertThat(drawn.path("run").asText()).isEqualTo(run);
            assertThat(drawn.path("picture").path(0).asText()).endsWith(".png");
        }

        @Test
        void agreesWhereThereIsNone() throws IOException {
            String run = asked("make me something cool").path("run").asText();
            assertThat(ran("answer", run, "--json").json().path("run").asText()).isEqualTo(run);
            assertThat(ran("answer", run).exitCode()).as("answered before").isEqualTo(5);
        }

        @Test
        void isNotNeededWhereTheWishIsClear() throws IOException {
            assertThat(asked("an oil painting of a lighthouse, thick brush strokes")
                            .path("picture")
                            .path(0)
                            .asText())
                    .endsWith(".png");
        }
    }

    @Test
    void wishesAreDrawnByTierAndMethodOnRequest() throws IOException {
        String run = ran(
                        "generate",
                        "a red chair",
                        "--enhance",
                        "none",
                        "--tier",
                        "free",
                        "--judge",
                        "--size",
                        "64x64",
                        "--json")
                .json()
                .path("run")
                .asText();
        assertThat(ran("show", run).out()).doesNotContain("generation/enhance");
        assertThat(ran("generate", "a red chair", "--enhance", "magic").exitCode())
                .isEqualTo(2);
    }

    @Nested
    class Export {

        @Test
        void isABundleThatOpens() throws IOException {
            Path file =
                    Path.of(ran("export", chair, "--json").json().path("file").asText());

            try (RunBundle bundle = RunBundle.open(file)) {
                assertThat(bundle.find(new RunId(chair))).isPresent();
            }
        }

        @Test
        void isATableOfThoseThatTheOptionsDescribe() throws IOException {
            String lamp = drawn("a lamp", "other");

            assertThat(ran("export", "--as", "csv", "--tenant", "other").exitCode())
                    .isZero();

            assertThat(Files.readString(folder.resolve("runs.csv")))
                    .contains(lamp)
                    .doesNotContain(chair);
        }

        @Test
        void hasALineForEachEventOrRun() throws IOException {
            assertThat(ran("export", chair, "--as", "jsonl").exitCode()).isZero();
            assertThat(ran("export", chair, "--as", "otlp").exitCode()).isZero();

            assertThat(Files.readAllLines(folder.resolve("runs.jsonl"))).hasSizeGreaterThan(10);
            assertThat(Files.readAllLines(folder.resolve("runs.otlp.jsonl")))
                    .singleElement()
                    .satisfies(
                            line -> assertThat(line).contains("resourceSpans").doesNotContain("a red chair"));
            assertThat(ran("export", chair, "--as", "otlp", "--with-content").exitCode())
                    .isZero();
            assertThat(Files.readString(folder.resolve("runs.otlp.jsonl"))).contains("a red chair");
        }

        @Test
        void ofNothingIsBadInput() {
            assertThat(ran("export", "--tenant", "nobody"))
                    .satisfies(ran -> assertThat(ran.exitCode()).isEqualTo(2))
                    .satisfies(ran -> assertThat(ran.err()).contains("no run"));
        }
    }

    @Nested
    class Replay {

        @Test
        void givesTheSamePictureOfARunOfItsOwn() throws IOException {
            byte[] before = Files.readAllBytes(folder.resolve("picture.png"));

            JsonNode again = ran("replay", chair, "--json").json();

            assertThat(again.path("run").asText()).isNotEqualTo(chair);
            assertThat(again.path("replay_of").asText()).isEqualTo(chair);
            assertThat(Files.readAllBytes(folder.resolve("picture.png"))).isEqualTo(before);
        }

        @Test
        void ofARunThatIsNotThereIsRefused() {
            assertThat(ran("replay", "01J00000000000000000000000").exitCode()).isEqualTo(5);
        }
    }

    @Nested
    class Fork {

        @Test
        void takesAnotherTextForAPrompt() throws IOException {
            Path mine = template("{{wish}}, in blue");

            JsonNode fork = ran("fork", chair, "--prompt", "generation/enhance=" + mine, "--json")
                    .json();

            assertThat(fork.path("fork_of").asText()).isEqualTo(chair);
            assertThat(ran("compare", chair, fork.path("run").asText()).out())
                    .contains("+a red chair, in blue")
                    .contains("by override")
                    .contains("1 prompts changed, 1 decisions differ");
        }

        @Test
        void takesAParameterOfAStage() throws IOException {
            byte[] before = Files.readAllBytes(folder.resolve("picture.png"));

            assertThat(ran("fork", chair, "--set", "generate.seed=7").exitCode())
                    .isZero();

            assertThat(Files.readAllBytes(folder.resolve("picture.png"))).isNotEqualTo(before);
        }

        @Test
        void ofManyIsAPage() throws IOException {
            String lamp = drawn("a lamp", "acme");

            Ran forks = ran("fork", chair, lamp, "--from", "generate", "--json");

            assertThat(forks.json().path("fork"))
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line.asText()).contains("succeeded"));
            assertThat(Files.readString(folder.resolve("forks.html"))).contains(chair, lamp);
        }

        @Test
        void withoutAChangeIsBadInput() {
            assertThat(ran("fork", chair).exitCode()).isEqualTo(2);
            assertThat(ran("fork", chair, "--set", "seed=7").err()).contains("STAGE.NAME");
        }
    }

    @Nested
    class TenantsText {

        @Test
        void servesItsTenantUntilItIsRemoved() throws IOException {
            Path mine = template("{{wish}}, on our grey sweep");
            assertThat(ran(
                                    "override",
                                    "put",
                                    "generation/enhance.products",
                                    "--tenant",
                                    "acme",
                                    "--text",
                                    mine,
                                    "--reason",
                                    "the grey is off",
                                    "--author",
                                    "ada",
                                    "--json")
                            .json()
                            .path("serves")
                            .asText())
                    .contains("the grey is off");
            assertThat(ran("override", "list").out())
                    .contains("acme", "generation/enhance.products", "ada", "the grey is off");
            assertThat(prompt(drawn("a sofa", "acme"))).contains("grey sweep");
            assertThat(prompt(drawn("a sofa", "other"))).doesNotContain("grey sweep");

            assertThat(ran("override", "remove", "generation/enhance.products", "--tenant", "acme")
                            .exitCode())
                    .isZero();

            assertThat(prompt(drawn("a sofa", "acme"))).doesNotContain("grey sweep");
            assertThat(ran("override", "remove", "generation/enhance.products", "--tenant", "acme")
                            .err())
                    .contains("no override");
        }

        private String prompt(String run) throws IOException {
            assertThat(ran("export", run, "--as", "jsonl").exitCode()).isZero();
            return Files.readString(folder.resolve("runs.jsonl"));
        }

        @Test
        void thatCannotServeIsToldAtOnce() throws IOException {
            Path broken = template("{{#if wish}}never closed");

            assertThat(ran(
                                    "override",
                                    "put",
                                    "generation/enhance.products",
                                    "--tenant",
                                    "acme",
                                    "--text",
                                    broken,
                                    "--reason",
                                    "r",
                                    "--author",
                                    "a")
                            .exitCode())
                    .isEqualTo(2);
        }
    }
}
