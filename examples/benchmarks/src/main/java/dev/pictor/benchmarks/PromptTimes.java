package dev.pictor.benchmarks;

import dev.pictor.prompts.MemoryPromptSource;
import dev.pictor.prompts.Prompt;
import dev.pictor.prompts.PromptRegistry;
import dev.pictor.prompts.PromptSelection;
import dev.pictor.prompts.PromptSource;
import dev.pictor.prompts.RenderedPrompt;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints how long a compiled prompt takes to render: one of 2 KB, and each of the library that has an example. */
public final class PromptTimes {

    private static final int WARM = 20_000;
    private static final int MEASURED = 50_000;
    private static final String TWO_KILOBYTES =
            """
            {{role "system"}}
            You write the prompt of a picture from what somebody asked for.\s""" + "Keep what was asked, and add light, material and place in plain words. ".repeat(20) + """

            {{#each rules}}
            {{@index}}. {{this}}{{#unless @last}};{{/unless}}
            {{/each}}
            {{role "user"}}
            {{#if style}}Style: {{style.name}}, {{style.medium}}.{{else}}No style.{{/if}}
            {{#ifEquals detail "high"}}Write three sentences.{{else}}Write one sentence.{{/ifEquals}}
            {{>subject subject colour=style.colour}}
            Facts: {{json facts}}
            {{media url=picture}}
            Wish: {{wish}}
            """;

    private PromptTimes() {}

    /** Measures. */
    public static void main(String[] arguments) throws IOException {
        measure("2 KB, of our own", prompt(), variables());
        PromptRegistry library = PromptRegistry.builtIn();
        for (String path : PromptSource.builtIn().paths()) {
            String[] parts =
                    path.substring(0, path.length() - ".prompt".length()).split("\\.", 2);
            if (parts[0].substring(parts[0].lastIndexOf('/') + 1).startsWith("_")) {
                continue;
            }
            PromptSelection selection = parts.length > 1 ? PromptSelection.ofVariant(parts[1]) : PromptSelection.none();
            Prompt prompt = library.resolve(parts[0], selection).prompt();
            if (prompt.extensions().get("pictor.example") instanceof Map<?, ?> example) {
                measure(path, prompt, text(example));
            }
        }
    }

    /** Returns a prompt whose file has 2 KB, with a loop, conditions, a partial, JSON and a picture. */
    public static Prompt prompt() {
        Map<String, String> files =
                Map.of("two.prompt", TWO_KILOBYTES, "_subject.prompt", "{{name}}, {{colour}}, of {{material}}");
        return PromptRegistry.of(MemoryPromptSource.of(files))
                .resolve("two", PromptSelection.none())
                .prompt();
    }

    /** Returns what it is rendered with. */
    public static Map<String, Object> variables() {
        return Map.of(
                "rules",
                List.of("No text", "No people", "One light", "Plain ground"),
                "style",
                Map.of("name", "catalogue", "medium", "photograph", "colour", "brass"),
                "detail",
                "high",
                "subject",
                Map.of("name", "a lamp", "material", "walnut"),
                "facts",
                Map.of("width", 40, "tags", List.of("lamp", "desk"), "new", true),
                "picture",
                "https://example.com/lamp.png",
                "wish",
                "a brass lamp on a walnut desk, evening, seen from the left");
    }

    private static Map<String, Object> text(Map<?, ?> example) {
        Map<String, Object> variables = new LinkedHashMap<>();
        example.forEach((key, value) -> variables.put(String.valueOf(key), value));
        return variables;
    }

    private static void measure(String name, Prompt prompt, Map<String, Object> variables) {
        int characters = 0;
        for (int i = 0; i < WARM; i++) {
            characters = prompt.render(variables).text().length();
        }
        long[] times = new long[MEASURED];
        int messages = 0;
        for (int i = 0; i < MEASURED; i++) {
            long from = System.nanoTime();
            RenderedPrompt rendered = prompt.render(variables);
            times[i] = System.nanoTime() - from;
            messages += rendered.messages().size();
        }
        Arrays.sort(times);
        System.out.printf(
                Locale.ROOT,
                "%-44s %5d characters, %d messages  p50 %6.1f us  p99 %6.1f us%n",
                name,
                characters,
                messages / MEASURED,
                times[MEASURED / 2] / 1e3,
                times[MEASURED / 100 * 99] / 1e3);
    }
}
