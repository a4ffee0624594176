package dev.pictor.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.prompts.LineDiff.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PromptDiffTest {

    private static Prompt prompt(String text, String partial) {
        return PromptRegistry.of(MemoryPromptSource.of(Map.of("p.prompt", text, "_tone.prompt", partial)))
                .resolve("p", PromptSelection.none())
                .prompt();
    }

    private static Prompt prompt(String text) {
        return prompt(text, "calm");
    }

    private static List<String> changes(String key, String before, String after) {
        PromptDiff diff = PromptDiff.of(
                prompt("---\n" + key + ": {schema: " + before + "}\n---\nx"),
                prompt("---\n" + key + ": {schema: " + after + "}\n---\nx"));
        List<PromptChange> all = new ArrayList<>(diff.input());
        all.addAll(diff.output());
        return all.stream().map(PromptChange::toString).toList();
    }

    @Test
    void readsLikeAUnifiedDiff() {
        String before = """
                ---
                description: Draws.
                config:
                  temperature: 0
                pictor.example: {wish: "a lamp"}
                input:
                  schema:
                    wish: string
                    style?: string
                ---
                {{wish}}

                one
                two
                three
                four
                Soft light.{{>tone}}
                """;
        String after = before.replace("temperature: 0", "temperature: 0.5")
                .replace("style?: string", "style: string\n    mood?: string")
                .replace("lamp\"", "lamp\", style: oil")
                .replace("Soft light.", "Hard light.\nNo fog.");

        PromptDiff diff = PromptDiff.of(prompt(before), prompt(after, "loud"));
        String heads = diff.toString().lines().limit(2).collect(Collectors.joining("\n"));

        assertThat(heads).matches("--- memory:p.prompt \\(prompt \"p\", version [0-9a-f]{8}\\)\n\\+\\+\\+ memory:.*");
        assertThat(diff.toString().lines().skip(2))
                .containsExactly(
                        "front matter: config.temperature: 0 -> 0.5",
                        "front matter: pictor.example.style: added: \"oil\"",
                        "input: input.schema.mood: added, optional",
                        "input: input.schema.style: is required now (breaking)",
                        "input: input.schema.style: type null or string became string (breaking)",
                        "partial: tone: " + Digests.of("calm").substring(0, 8) + " -> "
                                + Digests.of("loud").substring(0, 8),
                        "@@ -4,4 +4,5 @@",
                        " two",
                        " three",
                        " four",
                        "-Soft light.{{>tone}}",
                        "+Hard light.",
                        "+No fog.{{>tone}}",
                        "tokens: about 19 -> 23, at most 298 -> 306",
                        "callers: 2 changes break them");
        assertThat(diff.breaking()).extracting(PromptChange::what).containsOnly("input.schema.style");
        assertThat(diff.isEmpty()).isFalse();
    }

    @Test
    void findsNothingBetweenAPromptAndItself() {
        Prompt prompt = prompt("---\ninput: {schema: {a: string}}\n---\n{{a}}{{>tone}}");
        PromptDiff diff = PromptDiff.of(prompt, prompt);

        assertThat(diff.isEmpty()).isTrue();
        assertThat(diff.breaking()).isEmpty();
        assertThat(diff.toString()).endsWith("\nno difference\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{a: string}           | {a: string, b: string}          | .b: added, required (breaking)",
                "{a: string}           | {a: string, 'b?': string}       | .b: added, optional",
                "{a: string, b: string}| {a: string}                     | .b: removed (breaking)",
                "{a: integer}          | {a: number}                     | .a: type integer became number",
                "{a: number}           | {a: integer}                    | .a: type number became integer (breaking)",
                "{a: string}           | {a: boolean}                    | .a: type string became boolean (breaking)",
                "{a: string}           | {a: any}                        | .a: type string became any",
                "{a(enum): [x, y]}     | {a(enum): [x]}                  | .a: value y removed (breaking)",
                "{a(enum): [x]}        | {a(enum): [x, y]}               | .a: value y added",
                "{a: string}           | '{a: ''string, told now''}'     | .a: description changed",
                "{a(array): string}    | {a(array): number}              | .a[]: type string became number (breaking)",
                "{a(object): {b: any}} | {a(object): {b: any, c: any}}   | .a.c: added, required (breaking)"
            })
    void judgesWhatAPromptTakesByWhatCallersGave(String before, String after, String change) {
        assertThat(changes("input", before, after)).containsExactly("input.schema" + change);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{a: string}           | {a: string, b: string}          | .b: added, required",
                "{a: string, b: string}| {a: string}                     | .b: removed (breaking)",
                "{a: integer}          | {a: number}                     | .a: type integer became number (breaking)",
                "{a: number}           | {a: integer}                    | .a: type number became integer",
                "{a(enum): [x, y]}     | {a(enum): [x]}                  | .a: value y removed",
                "{a(enum): [x]}        | {a(enum): [x, y]}               | .a: value y added (breaking)",
                "{a(array): string}    | {a(array): boolean}             | .a[]: type string became boolean (breaking)"
            })
    void judgesWhatAPromptAnswersByWhatCallersRead(String before, String after, String change) {
        assertThat(changes("output", before, after)).containsExactly("output.schema" + change);
    }

    @Test
    void aDefaultMakesANewVariableHarmlessAndItsLossDoesNot() {
        String with = "---\ninput: {default: {b: x}, schema: {a: string, b: string}}\n---\nx";
        String without = "---\ninput: {schema: {a: string, b: string}}\n---\nx";
        String old = "---\ninput: {schema: {a: string}}\n---\nx";

        assertThat(PromptDiff.of(prompt(old), prompt(with)).breaking()).isEmpty();
        assertThat(PromptDiff.of(prompt(with), prompt(without)).breaking())
                .extracting(PromptChange::toString)
                .containsExactly("input.schema.b: has no default any more and is required (breaking)");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void linesLeadFromOneTextToTheOther(long seed) {
        Random random = new Random(seed);
        List<String> before = lines(random);
        List<String> after = lines(random);
        List<LineDiff> diff = LineDiff.between(String.join("\n", before), String.join("\n", after));

        assertThat(without(diff, Side.B)).as("seed %d", seed).isEqualTo(before);
        assertThat(without(diff, Side.A)).as("seed %d", seed).isEqualTo(after);
        assertThat(Hunks.of(diff).isEmpty()).as("seed %d", seed).isEqualTo(before.equals(after));
    }

    private static List<Long> seeds() {
        return IntStream.range(0, 200).mapToObj(Long::valueOf).toList();
    }

    private static List<String> lines(Random random) {
        return IntStream.range(0, 1 + random.nextInt(30))
                .mapToObj(i -> "line " + random.nextInt(8))
                .toList();
    }

    private static List<String> without(List<LineDiff> diff, Side side) {
        return diff.stream()
                .filter(line -> line.side() != side)
                .map(LineDiff::text)
                .toList();
    }

    @Test
    void comparesLargeTextsWithoutEnd() {
        String before = IntStream.range(0, 40_000).mapToObj(i -> "a" + i).collect(Collectors.joining("\n"));
        String after = "first\n" + before.replace('a', 'b') + "\nlast";

        assertThat(LineDiff.between("same\n" + before, "same\n" + after))
                .hasSize(80_003)
                .startsWith(new LineDiff(Side.BOTH, "same"), new LineDiff(Side.A, "a0"))
                .endsWith(new LineDiff(Side.B, "last"));
    }
}
