package dev.pictor.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Keeps the documents true: each block of Java names the region of tested code that it shows, as
 * {@code <!-- snippet: path/from/the/root.java#region -->} in the line before it, no such line is without a block, a block after {@code <!-- file: path -->} is
 * that file, and each link leads somewhere.
 */
class DocumentsTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern BLOCK =
            Pattern.compile("(?:<!-- snippet: (\\S+?)#(\\S+) -->\\n)?```java\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern SNIPPET = Pattern.compile("<!-- snippet: \\S+ -->");
    private static final Pattern FILE = Pattern.compile("<!-- file: (\\S+) -->\\n```\\w+\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|#)([^)#\\s]+)(?:#[^)]*)?\\)");
    private static final int MAX_PROGRAM_LINES = 15;

    static Stream<Path> documents() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
            List<Path> found = files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .toList();
            return Stream.concat(Stream.of("README.md", "CONTRIBUTING.md").map(ROOT::resolve), found.stream());
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void showTestedCode(Path document) {
        Matcher block = BLOCK.matcher(read(document));
        while (block.find()) {
            assertThat(block.group(1))
                    .as("a block of Java in %s without a snippet line before it: %s", document, block.group(3))
                    .isNotNull();
            assertThat(block.group(3).stripTrailing())
                    .as("%s shows %s#%s", document, block.group(1), block.group(2))
                    .isEqualTo(region(ROOT.resolve(block.group(1)), block.group(2)));
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void showABlockUnderEachSnippetLine(Path document) {
        String text = read(document);
        Matcher line = SNIPPET.matcher(text);
        while (line.find()) {
            assertThat(text.substring(line.end()))
                    .as("what follows %s in %s", line.group(), document)
                    .startsWith("\n```java\n");
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void showWholeFiles(Path document) {
        Matcher block = FILE.matcher(read(document));
        while (block.find()) {
            assertThat(block.group(2))
                    .as("%s shows %s", document, block.group(1))
                    .isEqualTo(read(ROOT.resolve(block.group(1))));
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void linkToWhatIsThere(Path document) {
        Matcher link = LINK.matcher(read(document));
        while (link.find()) {
            assertThat(document.resolveSibling(link.group(1)).normalize()).exists();
        }
    }

    @Test
    void theReadmeShowsAWholeProgramOfAFewLines() {
        Matcher block = BLOCK.matcher(read(ROOT.resolve("README.md")));
        assertThat(block.find()).isTrue();
        assertThat(block.group(3).lines().filter(line -> !line.isBlank()).count())
                .isLessThanOrEqualTo(MAX_PROGRAM_LINES);
        assertThat(block.group(3)).contains("public static void main");
    }

    @Test
    void theReadmeHasItsTwoCommandsUnderTheirHeadings() {
        String readme = read(ROOT.resolve("README.md"));
        Map<String, String> commands = new TreeMap<>();
        Matcher heading = Pattern.compile("^## ([^\\n]+)$(.*?)(?=^## |\\z)", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(readme);
        while (heading.find()) {
            Matcher shell = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL).matcher(heading.group(2));
            if (shell.find()) {
                commands.put(heading.group(1), shell.group(1).strip());
            }
        }
        assertThat(commands.get("Quick start")).contains("pictor-examples.jar generate");
        assertThat(commands.get("Test")).isEqualTo("./mvnw verify");
    }

    /** The lines between the marks, without marks of other regions and without their common indent. */
    private static String region(Path source, String name) {
        List<String> lines = read(source).lines().toList();
        int start = indexOf(lines, Pattern.compile("\\s*// @start region=\"" + name + "\""), 0);
        assertThat(start).as("region %s in %s", name, source).isNotNegative();
        int end = indexOf(lines, Pattern.compile("\\s*// @end"), start);
        List<String> inside = lines.subList(start + 1, end);
        int indent = inside.stream()
                .filter(line -> !line.isBlank())
                .mapToInt(line -> line.length() - line.stripLeading().length())
                .min()
                .orElse(0);
        return String.join(
                        "\n",
                        inside.stream()
                                .map(line -> line.isBlank() ? "" : line.substring(indent))
                                .toList())
                .stripTrailing();
    }

    private static int indexOf(List<String> lines, Pattern mark, int from) {
        for (int i = from; i < lines.size(); i++) {
            if (mark.matcher(lines.get(i)).matches()) {
                return i;
            }
        }
        return -1;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
