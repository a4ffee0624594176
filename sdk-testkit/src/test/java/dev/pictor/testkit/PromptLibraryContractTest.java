package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.prompts.MemoryPromptSource;
import dev.pictor.prompts.PromptSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptLibraryContractTest {

    private static final String GOOD = """
            ---
            description: Draws.
            pictor.example: {wish: "a lamp"}
            input: {schema: {wish: string}}
            ---
            {{role "system"}}Be brief.{{role "user"}}{{wish}}{{media url="https://a.example/b.png"}}{{section "notes"}}
            """;

    @TempDir
    Path golden;

    private PromptLibraryContract library(Map<String, String> files, Set<String> allowed) {
        return new PromptLibraryContract() {
            @Override
            protected PromptSource prompts() {
                return MemoryPromptSource.of(files);
            }

            @Override
            protected Path golden() {
                return golden;
            }

            @Override
            protected Set<String> allowedWarnings() {
                return allowed;
            }
        };
    }

    /** Runs the tests of a library and returns what they say: nothing if they pass. */
    private Map<String, String> run(Map<String, String> files, String... allowed) throws IOException {
        Map<String, String> failures = new TreeMap<>();
        run("", library(files, Set.of(allowed)).promptsAreCleanAndRenderAsBefore(), failures);
        return failures;
    }

    private static void run(String above, Stream<? extends DynamicNode> nodes, Map<String, String> failures) {
        List<DynamicNode> all = new ArrayList<>(nodes.toList());
        for (DynamicNode node : all) {
            if (node instanceof DynamicContainer container) {
                run(container.getDisplayName() + " ", container.getChildren(), failures);
            } else if (node instanceof DynamicTest test) {
                try {
                    test.getExecutable().execute();
                } catch (Throwable e) {
                    failures.put(above + test.getDisplayName(), String.valueOf(e.getMessage()));
                }
            }
        }
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(golden.resolve(file).getParent());
        Files.writeString(golden.resolve(file), text);
    }

    @Test
    void passesALibraryThatIsAsItWas() throws IOException {
        write("shop/p.golden.txt", """
                === system
                --- text
                Be brief.
                === user
                --- text
                a lamp
                --- media of no stated type
                https://a.example/b.png
                --- section notes
                """);

        assertThat(run(Map.of("shop/p.prompt", GOOD))).isEmpty();
    }

    @Test
    void failsWithTheFindingOfABrokenPrompt() throws IOException {
        Map<String, String> failures = run(Map.of("p.prompt", GOOD.replace("{{wish}}", "{{wsh}}")));

        assertThat(failures).containsOnlyKeys("p.prompt has no findings", "p.prompt renders its example");
        assertThat(failures.get("p.prompt has no findings"))
                .contains("p.prompt:6 error unknown-variable: \"wsh\" is not in the input schema");
    }

    @Test
    void failsWithAWarningUnlessItIsAllowed() throws IOException {
        write("p.golden.txt", "=== user\n--- text\na lamp\n");
        Map<String, String> files = Map.of(
                "p.prompt", "---\npictor.example: {wish: \"a lamp\"}\ninput: {schema: {wish: string}}\n---\n{{wish}}");

        assertThat(run(files)).containsOnlyKeys("p.prompt has no findings");
        assertThat(run(files, "description-missing")).isEmpty();
    }

    @Test
    void failsWhereTheRenderingIsAnother() throws IOException {
        write("p.golden.txt", "=== user\n--- text\na lamp\n");

        assertThat(run(Map.of("p.prompt", GOOD)).get("p.prompt renders its example"))
                .contains("Be brief.")
                .contains("-Dpictor.golden.write=true");
    }

    @Test
    void failsWhereThereIsNoGoldenFileOrNoPrompt() throws IOException {
        write("q.golden.txt", "=== user\n");
        Map<String, String> failures = run(Map.of("p.prompt", GOOD));

        assertThat(failures).containsOnlyKeys("p.prompt renders its example", "golden files belong to prompts");
        assertThat(failures.get("p.prompt renders its example")).contains("there is no golden file");
        assertThat(failures.get("golden files belong to prompts")).contains("q.golden.txt");
    }

    @Test
    void rendersMoreInputsForThePromptTheyBelongTo() throws IOException {
        String text =
                "---\ndescription: Draws.\npictor.example: {wish: a}\ninput: {schema: {wish: string}}\n---\n{{wish}}";
        write("p.golden.txt", "=== user\n--- text\na\n");
        write("p.v2.golden.txt", "=== user\n--- text\na\n");
        write("p.long.json", "{\"wish\": \"b\"}");
        write("p.long.golden.txt", "=== user\n--- text\nb\n");
        write("p.v2.long.json", "{\"wish\": \"c\"}");
        write("p.v2.long.golden.txt", "=== user\n--- text\nd\n");

        assertThat(run(Map.of("p.prompt", text, "p.v2.prompt", text)))
                .containsOnlyKeys("p.v2.prompt renders p.v2.long.json");
    }

    @Test
    void failsALibraryWithoutPrompts() throws IOException {
        assertThat(run(Map.of())).containsOnlyKeys("has prompts");
    }
}
