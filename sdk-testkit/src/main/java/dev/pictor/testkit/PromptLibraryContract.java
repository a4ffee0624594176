package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pictor.prompts.Prompt;
import dev.pictor.prompts.PromptFinding;
import dev.pictor.prompts.PromptLint;
import dev.pictor.prompts.PromptLintReport;
import dev.pictor.prompts.PromptMessage;
import dev.pictor.prompts.PromptPart;
import dev.pictor.prompts.PromptRegistry;
import dev.pictor.prompts.PromptSelection;
import dev.pictor.prompts.PromptSource;
import dev.pictor.prompts.RenderedPrompt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * The tests of a library of prompts: {@link PromptLint} finds nothing, and each prompt renders to what is committed as its
 * golden file. Extend it in the build of the library. Not thread-safe.
 *
 * <p>The golden file of {@code shop/enhance.art.prompt} is {@code shop/enhance.art.golden.txt} in the folder of {@link
 * #golden}, and is what its {@code pictor.example} renders to. More inputs are files beside it, JSON objects of variables:
 * {@code shop/enhance.art.long-wish.json} is rendered to {@code shop/enhance.art.long-wish.golden.txt}. Run the tests with
 * {@code -Dpictor.golden.write=true} to write the golden files anew, and read the difference before committing it. A golden
 * file or an input without a prompt fails, and is deleted by nobody else.
 */
public abstract class PromptLibraryContract {

    private static final String WRITE = "pictor.golden.write";
    private static final String PROMPT = ".prompt";
    private static final String GOLDEN = ".golden.txt";
    private static final String INPUT = ".json";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<TreeMap<String, Object>> VARIABLES = new TypeReference<>() {};

    /** For subclasses. */
    protected PromptLibraryContract() {}

    /**
     * Returns the library under test.
     *
     * @return its prompts
     */
    protected abstract PromptSource prompts();

    /**
     * Returns where the golden files are.
     *
     * @return a folder in the source tree, such as {@code src/test/resources/golden-prompts}
     */
    protected abstract Path golden();

    /**
     * Returns the rules whose warnings do not fail the tests. Errors always do.
     *
     * @return names of {@link PromptLint}'s rules; none unless overridden
     */
    protected Set<String> allowedWarnings() {
        return Set.of();
    }

    /**
     * Makes the tests: one for the findings on each file, one for each golden file, and one for files that belong to no
     * prompt.
     *
     * @return the tests, by path
     * @throws IOException if prompts or golden files cannot be listed
     */
    @TestFactory
    Stream<DynamicNode> promptsAreCleanAndRenderAsBefore() throws IOException {
        PromptLintReport report = PromptLint.of(prompts()).check();
        List<String> paths = prompts().paths();
        Set<String> checked = new TreeSet<>(paths);
        report.findings().forEach(finding -> checked.add(finding.path()));
        Set<String> expected = new TreeSet<>();
        List<DynamicNode> nodes = new ArrayList<>();
        nodes.add(dynamicTest("has prompts", () -> assertThat(paths).isNotEmpty()));
        for (String path : checked) {
            List<DynamicNode> tests = new ArrayList<>();
            tests.add(dynamicTest("has no findings", () -> assertClean(report.findings(path))));
            if (paths.contains(path)
                    && !path.substring(path.lastIndexOf('/') + 1).startsWith("_")) {
                goldens(path, tests, expected);
            }
            nodes.add(dynamicContainer(path, tests));
        }
        nodes.add(dynamicTest(
                "golden files belong to prompts",
                () -> assertThat(goldenFiles())
                        .as("files of %s that belong to no prompt; delete or rename them", golden())
                        .isSubsetOf(expected)));
        return nodes.stream();
    }

    private void assertClean(List<PromptFinding> findings) {
        assertThat(findings)
                .filteredOn(finding -> finding.severity() != PromptFinding.Severity.WARNING
                        || !allowedWarnings().contains(finding.rule()))
                .isEmpty();
    }

    private void goldens(String path, List<DynamicNode> tests, Set<String> expected) throws IOException {
        String key = path.substring(0, path.length() - PROMPT.length());
        expected.add(key + GOLDEN);
        tests.add(dynamicTest("renders its example", () -> assertGolden(path, key + GOLDEN, "")));
        for (String file : goldenFiles()) {
            if (file.startsWith(key + ".") && file.endsWith(INPUT) && isCase(key, file)) {
                String golden = file.substring(0, file.length() - INPUT.length()) + GOLDEN;
                expected.add(file);
                expected.add(golden);
                tests.add(dynamicTest("renders " + file, () -> assertGolden(path, golden, file)));
            }
        }
    }

    /** An input's name may look like a variant; it belongs to the longest name that is a prompt's. */
    private boolean isCase(String key, String file) throws IOException {
        String rest = file.substring(0, file.length() - INPUT.length());
        String longest = "";
        for (String path : prompts().paths()) {
            String other = path.substring(0, path.length() - PROMPT.length());
            if (rest.startsWith(other + ".") && other.length() > longest.length()) {
                longest = other;
            }
        }
        return longest.equals(key);
    }

    private void assertGolden(String path, String golden, String input) throws IOException {
        Prompt prompt = prompt(path);
        String text = text(prompt.render(input.isEmpty() ? example(prompt) : read(input)));
        Path file = golden().resolve(golden);
        if (Boolean.getBoolean(WRITE)) {
            Files.createDirectories(golden().resolve(golden).toAbsolutePath().getParent());
            Files.writeString(file, text);
        }
        if (!Files.exists(file)) {
            fail("there is no golden file " + file + "; run with -D" + WRITE + "=true and read what it writes");
        }
        assertThat(text)
                .as("%s; if the change is meant, run with -D%s=true and read the difference", file, WRITE)
                .isEqualTo(Files.readString(file).replace("\r\n", "\n"));
    }

    private Prompt prompt(String path) {
        String key = path.substring(0, path.length() - PROMPT.length());
        int dot = key.indexOf('.', key.lastIndexOf('/') + 1);
        return PromptRegistry.of(prompts())
                .resolve(
                        dot < 0 ? key : key.substring(0, dot),
                        dot < 0 ? PromptSelection.none() : PromptSelection.ofVariant(key.substring(dot + 1)))
                .prompt();
    }

    private static Map<String, Object> example(Prompt prompt) {
        Map<String, Object> example = new TreeMap<>();
        if (prompt.extensions().get("pictor.example") instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                if (value != null) {
                    example.put(String.valueOf(name), value);
                }
            });
        }
        return example;
    }

    private Map<String, Object> read(String input) throws IOException {
        return JSON.readValue(Files.readString(golden().resolve(input), StandardCharsets.UTF_8), VARIABLES);
    }

    private Set<String> goldenFiles() throws IOException {
        Set<String> files = new TreeSet<>();
        if (Files.isDirectory(golden())) {
            try (Stream<Path> all = Files.walk(golden())) {
                all.filter(Files::isRegularFile)
                        .map(file -> golden().relativize(file).toString().replace('\\', '/'))
                        .forEach(files::add);
            }
        }
        return files;
    }

    /** Writes messages for people: a line for each message and part, texts as they are. */
    private static String text(RenderedPrompt rendered) {
        StringBuilder text = new StringBuilder();
        for (PromptMessage message : rendered.messages()) {
            text.append("=== ")
                    .append(message.role().name().toLowerCase(Locale.ROOT))
                    .append('\n');
            for (PromptPart part : message.parts()) {
                if (part instanceof PromptPart.Text piece) {
                    text.append("--- text\n").append(piece.text()).append('\n');
                } else if (part instanceof PromptPart.Media media) {
                    text.append("--- media ").append(media.contentType().orElse("of no stated type"));
                    text.append('\n').append(media.url()).append('\n');
                } else if (part instanceof PromptPart.Section section) {
                    text.append("--- section ").append(section.name()).append('\n');
                }
            }
        }
        return text.toString();
    }
}
