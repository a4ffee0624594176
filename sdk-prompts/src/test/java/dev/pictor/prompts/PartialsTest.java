package dev.pictor.prompts;

import static dev.pictor.prompts.TestPrompts.parse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pictor.prompts.PromptException.Reason;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PartialsTest {

    @Test
    void takeAContextAndArguments() {
        Prompt prompt = parse(
                "{{>greet person greeting=\"Hi\"}} {{> [greet] greeting=word}}",
                Map.of("greet", "{{greeting}} {{name}}"));
        assertThat(prompt.render(Map.of("person", Map.of("name", "Ada"), "name", "Bob", "word", "Hey"))
                        .text())
                .isEqualTo("Hi Ada Hey Bob");
    }

    @Test
    void areInsertedAsTheyAre() {
        Prompt prompt = parse("  {{>p}}\n{{v}}\n  {{>p}}\n-{{>p}} {{>p}}", Map.of("p", "a\nb\n"));
        for (int i = 0; i < 2; i++) {
            assertThat(prompt.render(Map.of("v", "x")).text()).isEqualTo("a\nb\nx\na\nb\n-a\nb\n a\nb\n");
        }
    }

    @Test
    void mustExist() {
        assertPartials("{{>gone}}", Map.of(), Reason.MALFORMED, "there is no partial \"gone\"");
    }

    @Test
    void cannotUseThemselves() {
        assertPartials("{{>a}}", Map.of("a", "{{>b}}", "b", "{{>a}}"), Reason.MALFORMED, "\"a\" uses itself");
    }

    @Test
    void nestFiveDeep() {
        Map<String, String> chain =
                Map.of("a", "{{>b}}", "b", "{{>c}}", "c", "{{>d}}", "d", "{{>e}}", "e", "end", "f", "{{>b}}");
        assertThat(parse("{{>a}}", chain).render(Map.of()).text()).isEqualTo("end");
        Map<String, String> longer = new LinkedHashMap<>(chain);
        longer.put("e", "{{>g}}");
        longer.put("g", "end");
        assertPartials("{{>a}}", longer, Reason.TOO_LARGE, "nested more than 5 deep");
        assertPartials("{{>b}}{{>a}}", longer, Reason.TOO_LARGE, "nested more than 5 deep");
    }

    @Test
    void cannotMultiply() {
        Map<String, String> bomb =
                Map.of("a", "{{>b}}".repeat(30), "b", "{{>c}}".repeat(30), "c", "{{>d}}".repeat(30), "d", "");
        assertPartials("{{>a}}", bomb, Reason.TOO_LARGE, "more than 1000 times");
    }

    @Test
    void areNamedInMessages() {
        assertPartials("a\n{{>p}}", Map.of("p", "b\n{{#if}"), Reason.MALFORMED, "the partial \"p\", line 2");
        assertPartials("a\n{{>p}}", Map.of("p", "b\n{{shout x}}"), Reason.MALFORMED, "the partial p, line 2");
    }

    private void assertPartials(String template, Map<String, String> partials, Reason reason, String message) {
        PromptException thrown = catchThrowableOfType(PromptException.class, () -> parse(template, partials));
        assertThat(thrown).hasMessageContaining(message);
        assertThat(thrown.reason()).isEqualTo(reason);
    }
}
