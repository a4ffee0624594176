package dev.pictor.prompts;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Prompts from text, for tests. */
final class TestPrompts {

    private TestPrompts() {}

    static Prompt parse(String file) {
        return parse(file, Map.of());
    }

    static Prompt parse(String file, Map<String, String> partials) {
        return Prompt.parse(
                "test", "", "memory", file, name -> Optional.ofNullable(partials.get(name)), new Picoschema(Map.of()));
    }

    static String text(String template, Map<String, ?> variables) {
        return parse(template).render(variables).text();
    }

    static PromptMessage said(PromptMessage.Role role, String text) {
        return new PromptMessage(role, List.of(new PromptPart.Text(text)));
    }
}
