package dev.pictor.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pictor.prompts.PromptException.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A record fills in a prompt's variables. */
class BindingTest {

    private static final String LAMP = """
            ---
            input:
              schema:
                name: string
                height?: number
                tags?(array): string
                maker?: any
                finish?: string
            ---
            {{name}}, {{height}} cm, {{#each tags}}{{this}} {{/each}}by {{maker.name}}, {{finish}}{{#unless finish}}-{{/unless}}""";

    enum Finish {
        MATT;

        @Override
        public String toString() {
            return "matt";
        }
    }

    record Maker(String name) {}

    record Lamp(String name, double height, List<String> tags, Optional<Maker> maker, Finish finish) {}

    record Named(String name) {}

    record Misnamed(String name, String hieght) {}

    record Dated(String name, Instant finish) {}

    record Nothing(Optional<String> name) {}

    private final Prompt prompt = TestPrompts.parse(LAMP);

    @Test
    void byTheNamesOfItsComponents() {
        Lamp lamp = new Lamp("Arc", 120, List.of("brass", "tall"), Optional.of(new Maker("Ada")), Finish.MATT);
        assertThat(prompt.render(lamp).text()).isEqualTo("Arc, 120 cm, brass tall by Ada, matt");
    }

    @Test
    void asTheMapOfTheSameNamesDoes() {
        assertThat(prompt.render(new Named("Arc")).renderedSha256())
                .isEqualTo(prompt.render(Map.of("name", "Arc")).renderedSha256());
    }

    @Test
    void throughAChoiceToo() {
        RenderedPrompt rendered = SelectedPrompt.of(prompt).render(new Named("Arc"));
        assertThat(rendered.text()).startsWith("Arc,");
        assertThat(rendered.selection()).isPresent();
    }

    @Test
    void whatIsEmptyHasNoValue() {
        PromptException thrown =
                catchThrowableOfType(PromptException.class, () -> prompt.render(new Nothing(Optional.empty())));
        assertThat(thrown.reason()).isEqualTo(Reason.UNBOUND);
    }

    @Test
    void aComponentThatThePromptDoesNotKnowIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> prompt.render(new Misnamed("Arc", "120")))
                .withMessage("prompt \"test\" does not know hieght of " + Misnamed.class.getName()
                        + "; it knows name, height, tags, maker, finish");
    }

    @Test
    void aTypeThatNoPromptTakesIsRefusedWithoutItsValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> prompt.render(new Dated("a secret lamp", Instant.EPOCH)))
                .withMessage("prompt \"test\" cannot take " + Dated.class.getName()
                        + ": a component has a type that is no text, number, boolean, list, map or record")
                .withNoCause();
    }

    @Test
    void withoutASchemaAnyComponentMayCome() {
        assertThat(TestPrompts.parse("{{name}}!")
                        .render(new Misnamed("Arc", "120"))
                        .text())
                .isEqualTo("Arc!");
    }
}
