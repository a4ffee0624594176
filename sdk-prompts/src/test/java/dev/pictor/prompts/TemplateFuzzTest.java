package dev.pictor.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a file holds, it is rendered or refused. */
class TemplateFuzzTest {

    private static final int FILES = 5_000;
    private static final List<String> PIECES = List.of(
            "{{",
            "}}",
            "{{{",
            "}}}",
            "{{#",
            "{{/",
            "{{^",
            "{{>",
            "{{!",
            "--",
            "{{!--",
            "--}}",
            "~",
            "if",
            "each",
            "x",
            "a.b",
            " ",
            "\n",
            "\"",
            "'",
            "(",
            ")",
            "=",
            "[",
            "]",
            "else",
            "\\",
            "role",
            "json",
            "as |i|",
            "@index",
            "../",
            "1",
            "{{#if x}}",
            "{{/if}}",
            "{{else}}",
            "{{x}}",
            "---\n",
            "---",
            "model: a\n",
            "{{>p}}",
            "\u0000",
            "\ud800",
            "&",
            "*",
            "|",
            ".",
            "/",
            "{{json x}}",
            "{{#each x}}",
            "{{/each}}",
            "-",
            "$",
            "{{this}}",
            "true",
            "null");

    @Test
    void filesOfAnyKindAreRenderedOrRefused() {
        int rendered = 0;
        for (int seed = 0; seed < FILES; seed++) {
            String file = file(new Random(seed));
            try {
                rendered += render(file).isEmpty() ? 0 : 1;
            } catch (PromptException e) {
                assertThat(e.promptName()).isEqualTo("fuzz");
            } catch (RuntimeException e) {
                fail("seed " + seed + ": " + file, e);
            }
        }
        assertThat(rendered).isGreaterThan(FILES / 10);
    }

    private static String file(Random random) {
        StringBuilder file = new StringBuilder();
        int pieces = 1 + random.nextInt(12);
        for (int i = 0; i < pieces; i++) {
            file.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return file.toString();
    }

    private static List<PromptMessage> render(String file) {
        Prompt prompt = Prompt.parse(
                "fuzz",
                "",
                "memory",
                file,
                name -> name.equals("p") ? Optional.of("{{x}}") : Optional.empty(),
                new Picoschema(Map.of()));
        return prompt.render(Map.of("x", List.of("v", Map.of("x", "y")), "a", Map.of("b", 1)))
                .messages();
    }
}
