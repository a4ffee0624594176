package dev.pictor.docs;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps the table of docs/reliability.md true: every promise has a row, and the tests it names are there and say so. */
class ReliabilityTableTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final int PROMISES = 33;
    private static final Pattern ROW = Pattern.compile("^\\| R(\\d+) \\|([^|]+)\\|([^|]+)\\|$", Pattern.MULTILINE);
    private static final Pattern TYPE = Pattern.compile("`([A-Z]\\w+)`");

    private static final Pattern NAME = Pattern.compile("(?:@DisplayName\\(|name = )\"(?:R\\d+(?:, |: ))+");
    private static final Pattern NUMBER = Pattern.compile("R(\\d+)");

    private record Row(int number, String promise, String proof) {

        List<String> types() {
            return TYPE.matcher(proof).results().map(match -> match.group(1)).toList();
        }
    }

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        Matcher row = ROW.matcher(read(ROOT.resolve("docs/reliability.md")));
        while (row.find()) {
            rows.add(new Row(
                    Integer.parseInt(row.group(1)),
                    row.group(2).strip(),
                    row.group(3).strip()));
        }
        return rows;
    }

    /** Every source of the repository by the name of its type. */
    private static Map<String, Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""),
                            Function.identity(),
                            (one, other) -> one,
                            TreeMap::new));
        }
    }

    @Test
    void everyPromiseHasARowInOrder() {
        assertThat(rows())
                .extracting(Row::number)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, PROMISES).boxed().toList());
        assertThat(rows()).allSatisfy(row -> assertThat(row.promise()).endsWith("."));
    }

    @Test
    void everyRowNamesAProof() {
        assertThat(rows()).allSatisfy(row -> assertThat(row.proof()).contains("`"));
    }

    @Test
    void theTestsNamedAreThereAndSayWhatTheyProve() throws IOException {
        Map<String, Path> sources = sources();
        assertThat(rows())
                .allSatisfy(row -> assertThat(row.types()).allSatisfy(type -> {
                    assertThat(sources).containsKey(type);
                    assertThat(read(requireNonNull(sources.get(type))))
                            .as("%s, which is to prove R%d", type, row.number())
                            .containsPattern("\"[^\"\\n]*\\bR" + row.number() + "\\b");
                }));
    }

    /** The other way round: what says that it proves a promise is in the row. */
    @Test
    void theTestsThatSayWhatTheyProveAreNamed() throws IOException {
        Map<Integer, List<String>> named = rows().stream().collect(Collectors.toMap(Row::number, Row::types));
        Set<String> missing = new TreeSet<>();
        sources().forEach((type, file) -> {
            for (int number : proves(read(file))) {
                if (!named.getOrDefault(number, List.of()).contains(type)) {
                    missing.add("R" + number + ": `" + type + "`");
                }
            }
        });
        assertThat(missing).as("not in the table").isEmpty();
    }

    private static List<Integer> proves(String source) {
        return NAME.matcher(source)
                .results()
                .flatMap(name -> NUMBER.matcher(name.group()).results())
                .map(number -> Integer.valueOf(number.group(1)))
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
