package dev.pictor.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptsCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TEXT = """
            ---
            description: Draws.
            pictor.example: {wish: "a lamp"}
            input:
              schema:
                wish: string
                size?: number
            ---
            {{role "system"}}Be brief.{{role "user"}}{{wish}}{{#if size}}, {{size}} px{{/if}}{{>tone}}
            """;

    @TempDir
    Path folder;

    private record Ran(int exitCode, String out, String err) {}

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(folder.resolve("shop"));
        Files.writeString(folder.resolve("_tone.prompt"), " Calm.");
        Files.writeString(folder.resolve("shop/p.prompt"), TEXT);
        Files.writeString(folder.resolve("shop/p.v2.prompt"), TEXT.replace("Be brief.", "Be very brief."));
    }

    private static Ran prompts(Object... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] all = Stream.concat(Stream.of("prompts"), Arrays.stream(args).map(Object::toString))
                .toArray(String[]::new);
        int exitCode = PictorExamples.run(all, Map.of(), false, new PrintWriter(out), new PrintWriter(err));
        return new Ran(exitCode, out.toString(), err.toString());
    }

    @Nested
    class Lint {

        @Test
        void tellsThatNothingIsWrong() {
            Ran ran = prompts("lint", folder);

            assertThat(ran.exitCode()).as(ran.err()).isZero();
            assertThat(ran.out().lines()).containsExactly("0 errors and 0 warnings in 3 files");
        }

        @Test
        void tellsWhatIsWrongInATableAndExitsWithOne() throws IOException {
            Files.writeString(folder.resolve("shop/p.prompt"), TEXT.replace("{{wish}}", "{{wsh}}"));
            Ran ran = prompts("lint", folder);

            assertThat(ran.exitCode()).isEqualTo(1);
            assertThat(ran.out().lines())
                    .containsExactly(
                            "shop/p.prompt:6  warning  unused-variable   \"wish\" is never used; use it or take it out",
                            "shop/p.prompt:9  error    unknown-variable  \"wsh\" is not in the input schema, which has"
                                    + " size, wish there; add it or mend the name",
                            "1 error and 1 warning in 3 files");
        }

        @Test
        void printsJson() throws IOException {
            Files.writeString(folder.resolve("shop/p.prompt"), "---\ndescription: d\nsize: 3\n---\nx{{>tone}}");
            Ran ran = prompts("lint", folder, "--json");
            JsonNode json = JSON.readTree(ran.out());

            assertThat(ran.exitCode()).isZero();
            assertThat(json.get("warnings").intValue()).isEqualTo(1);
            assertThat(json.get("findings").get(0).get("rule").textValue()).isEqualTo("unknown-key");
            assertThat(json.get("findings").get(0).get("line").intValue()).isEqualTo(3);
        }

        @Test
        void checksThePromptsThatComeWithPictor() {
            Ran ran = prompts("lint", "--built-in");

            assertThat(ran.exitCode()).as(ran.out()).isZero();
            assertThat(ran.out()).contains("0 errors and ").contains(" files");
        }

        @Test
        void asksForAFolderThatIsThere() {
            assertThat(prompts("lint").err()).contains("give a DIR, --built-in or both");
            assertThat(prompts("lint", folder.resolve("none")).exitCode()).isEqualTo(2);
        }
    }

    @Nested
    class Diff {

        @Test
        void tellsWhatChanged() {
            Ran ran = prompts("diff", folder.resolve("shop/p.prompt"), folder.resolve("shop/p.v2.prompt"));

            assertThat(ran.exitCode()).as(ran.err()).isZero();
            assertThat(ran.out())
                    .contains("@@ -1,1 +1,1 @@")
                    .contains("-{{role \"system\"}}Be brief.")
                    .contains("+{{role \"system\"}}Be very brief.")
                    .contains("callers: nothing breaks");
        }

        @Test
        void asksForPromptFiles() {
            Ran ran = prompts("diff", folder.resolve("shop/p.prompt"), folder.resolve("shop/none.prompt"));

            assertThat(ran.exitCode()).isEqualTo(2);
            assertThat(ran.err()).contains("there is no prompt file");
        }
    }

    @Nested
    class Show {

        @Test
        void rendersTheExample() {
            Ran ran = prompts("show", folder, "shop/p");

            assertThat(ran.exitCode()).as(ran.err()).isZero();
            assertThat(ran.out())
                    .contains("--- system\nBe brief.\n--- user\na lamp Calm.\n".replace("\n", System.lineSeparator()));
            assertThat(ran.out())
                    .containsPattern("sha256 +[0-9a-f]{64}")
                    .containsPattern("tokens +about \\d+, at most \\d+");
        }

        @Test
        void rendersGivenValuesOfAVariant() throws IOException {
            Ran ran = prompts(
                    "show", folder, "shop/p", "--variant", "v2", "--set", "wish=a = b", "--set", "size=3", "--json");
            JsonNode json = JSON.readTree(ran.out());

            assertThat(ran.exitCode()).as(ran.err()).isZero();
            assertThat(json.get("variant").textValue()).isEqualTo("v2");
            assertThat(json.at("/messages/1/parts/0/text").textValue()).isEqualTo("a = b, 3 px Calm.");
        }

        @Test
        void saysThatThereIsNone() {
            Ran ran = prompts("show", folder, "shop/none");

            assertThat(ran.exitCode()).isEqualTo(2);
            assertThat(ran.err()).contains("shop/none");
        }
    }
}
