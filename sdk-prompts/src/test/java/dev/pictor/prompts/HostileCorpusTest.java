package dev.pictor.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Values, templates, partials, front matter, schemas and names that are out to do harm, from {@code corpus/hostile.json}.
 * Each is either refused for the reason that it names, or comes out as the text that it is. A text {@code @v*1000} there
 * stands for 1,000 letters.
 */
class HostileCorpusTest {

    private static int seen;
    private static int stopped;

    @AfterAll
    static void tell() {
        System.out.println(stopped + " of " + seen + " hostile cases stopped");
    }

    @TestFactory
    Stream<DynamicTest> hostileCasesAreStopped() throws IOException {
        try (InputStream in = HostileCorpusTest.class.getResourceAsStream("corpus/hostile.json")) {
            return list(map(new ObjectMapper().readValue(in, Object.class)).get("cases")).stream()
                    .map(HostileCorpusTest::map)
                    .map(one -> DynamicTest.dynamicTest(String.valueOf(one.get("name")), () -> {
                        seen++;
                        check(one);
                        stopped++;
                    }));
        }
    }

    private static void check(Map<String, Object> one) {
        if (one.get("expect") instanceof String reason) {
            RuntimeException thrown = catchThrowableOfType(RuntimeException.class, () -> render(one));
            assertThat(thrown).as("a refusal").isNotNull();
            String why = thrown instanceof PromptException refused
                    ? refused.reason().name()
                    : thrown.getClass().getSimpleName();
            assertThat(why).as(thrown.getMessage()).isEqualTo(reason);
            assertThat(thrown.getMessage()).hasSizeLessThan(1_000).doesNotContain("s3cret");
        } else {
            assertThat(render(one).messages())
                    .isEqualTo(list(one.get("expect")).stream()
                            .map(HostileCorpusTest::said)
                            .toList());
        }
    }

    private static RenderedPrompt render(Map<String, Object> one) {
        if (one.get("name_of_prompt") instanceof String name) {
            PromptSelection selection = one.get("variant") instanceof String variant
                    ? PromptSelection.ofVariant(variant)
                    : PromptSelection.none();
            return PromptRegistry.builtIn().resolve(name, selection).render(Map.of());
        }
        Map<String, Object> partials = map(one.get("partials"));
        Prompt prompt = Prompt.parse(
                "hostile",
                "",
                "memory",
                String.valueOf(one.get("template")),
                name -> Optional.ofNullable((String) partials.get(name)),
                new Picoschema(Map.of()));
        List<PromptMessage> history =
                list(one.get("history")).stream().map(HostileCorpusTest::said).toList();
        Map<String, Object> variables = new LinkedHashMap<>(map(one.get("variables")));
        variables.replaceAll((key, value) -> atLength(value));
        return prompt.render(variables, map(one.get("context")), history);
    }

    private static @Nullable Object atLength(@Nullable Object value) {
        return value instanceof String text && text.startsWith("@v*")
                ? "v".repeat(Integer.parseInt(text.substring(3)))
                : value;
    }

    private static PromptMessage said(Object roleAndText) {
        List<?> pair = list(roleAndText);
        return TestPrompts.said(
                PromptMessage.Role.valueOf(String.valueOf(pair.get(0)).toUpperCase(Locale.ROOT)),
                String.valueOf(pair.get(1)));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    private static List<?> list(@Nullable Object value) {
        return value == null ? List.of() : (List<?>) value;
    }
}
