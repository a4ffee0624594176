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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Cases of our own, with what the references make of them: npm's dotprompt for whole files, npm's handlebars for templates.
 * How they are written is told in {@code src/test/corpus/README.md}. Texts are compared exactly.
 */
class ReferenceCorpusTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TestFactory
    Stream<DynamicTest> promptsAreWhatDotpromptMakesOfThem() throws IOException {
        return cases("prompts.json").stream()
                .map(one -> DynamicTest.dynamicTest(text(one, "name"), () -> checkPrompt(one)));
    }

    @TestFactory
    Stream<DynamicTest> templatesAreWhatHandlebarsMakesOfThem() throws IOException {
        return cases("templates.json").stream()
                .map(one -> DynamicTest.dynamicTest(text(one, "template"), () -> checkTemplate(one)));
    }

    @Test
    void casesAreManyAndTellApartWhatDiffers() throws IOException {
        List<Map<String, Object>> prompts = cases("prompts.json");
        List<Map<String, Object>> templates = cases("templates.json");
        assertThat(prompts).hasSizeGreaterThan(150);
        assertThat(templates).hasSizeGreaterThan(70);
        assertThat(prompts).extracting("name").doesNotHaveDuplicates();
        Stream.concat(prompts.stream(), templates.stream())
                .filter(one -> one.containsKey("ours"))
                .forEach(one -> {
                    assertThat(text(one, "why")).isNotBlank();
                    Map<String, Object> reference = map(one.get("reference"));
                    assertThat(map(one.get("ours")))
                            .as("a difference, in %s", one)
                            .satisfies(ours -> assertThat(with(reference, ours)).isNotEqualTo(reference));
                });
        print("prompts", prompts);
        print("templates", templates);
    }

    private static void print(String kind, List<Map<String, Object>> cases) {
        long ours = cases.stream().filter(one -> one.containsKey("ours")).count();
        System.out.println(
                "corpus of " + kind + ": " + cases.size() + " cases, of which " + ours + " differ on purpose");
    }

    private static void checkPrompt(Map<String, Object> one) {
        Map<String, Object> expected = expected(one);
        if (expected.containsKey("error")) {
            assertRefused(one, () -> prompt(one));
            return;
        }
        Prompt prompt = parse(text(one, "file"), one);
        assertThat(prompt(one).messages().stream().map(PlainMessages::of).toList())
                .isEqualTo(list(expected.get("messages")).stream()
                        .map(ReferenceCorpusTest::withoutMetadata)
                        .toList());
        assertThat(numbers(prompt.config())).isEqualTo(numbers(map(expected.get("config"))));
        assertThat(prompt.model()).isEqualTo(Optional.ofNullable(expected.get("model")));
        assertThat(numbers(prompt.outputSchema())).isEqualTo(numbers(map(expected.get("outputSchema"))));
        assertThat(numbers(prompt.inputSchema())).isEqualTo(numbers(map(expected.get("inputSchema"))));
    }

    private static void checkTemplate(Map<String, Object> one) {
        Map<String, Object> expected = expected(one);
        if (expected.containsKey("error")) {
            assertRefused(one, () -> template(one));
        } else {
            assertThat(template(one)).isEqualTo(expected.get("text"));
        }
    }

    /** Refuses what the reference refuses as malformed, and what we refuse for the reason that the case names. */
    private static void assertRefused(Map<String, Object> one, ThrowingCallable call) {
        PromptException thrown = catchThrowableOfType(PromptException.class, call);
        assertThat(thrown).isNotNull();
        assertThat(thrown.reason().name())
                .isEqualTo(map(one.get("ours")).getOrDefault("error", PromptException.Reason.MALFORMED.name()));
    }

    private static Map<String, Object> expected(Map<String, Object> one) {
        return with(map(one.get("reference")), map(one.get("ours")));
    }

    private static Map<String, Object> with(Map<String, Object> reference, Map<String, Object> ours) {
        Map<String, Object> expected = new LinkedHashMap<>(reference);
        if (!ours.isEmpty()) {
            expected.remove("error");
        }
        expected.putAll(ours);
        return expected;
    }

    private static RenderedPrompt prompt(Map<String, Object> one) {
        List<PromptMessage> history = one.get("history") instanceof List<?> turns
                ? turns.stream().map(turn -> turn(map(turn))).toList()
                : List.of();
        return parse(text(one, "file"), one).render(map(one.get("input")), map(one.get("context")), history);
    }

    private static String template(Map<String, Object> one) {
        // not by way of a prompt, whose messages have no blank text
        Map<String, Object> partials = map(one.get("partials"));
        try {
            TemplateTags.Result tags = TemplateTags.read(text(one, "template"), 0);
            return TemplateEngine.compile(
                            tags.template(),
                            0,
                            Partials.gather(tags.partials(), name -> Optional.ofNullable((String) partials.get(name))))
                    .render(Values.variables(map(one.get("variables"))), Map.of())
                    .stream()
                    .map(segment -> ((PromptPart.Text) ((Segment.Part) segment).part()).text())
                    .collect(Collectors.joining());
        } catch (PromptFailure e) {
            throw e.in("template", "template", null);
        }
    }

    private static Prompt parse(String file, Map<String, Object> one) {
        Map<String, Map<String, Object>> schemas = new LinkedHashMap<>();
        map(one.get("schemas")).forEach((name, schema) -> schemas.put(name, map(schema)));
        Map<String, Object> partials = map(one.get("partials"));
        return Prompt.parse(
                "corpus",
                "",
                "corpus",
                file,
                name -> Optional.ofNullable((String) partials.get(name)),
                new Picoschema(schemas));
    }

    private static PromptMessage turn(Map<String, Object> turn) {
        String text = String.valueOf(map(list(turn.get("content")).get(0)).get("text"));
        return TestPrompts.said(PromptMessage.Role.valueOf(text(turn, "role").toUpperCase(Locale.ROOT)), text);
    }

    private static Object withoutMetadata(Object message) {
        Map<String, Object> plain = new LinkedHashMap<>(map(message));
        plain.remove("metadata");
        return plain;
    }

    private static Map<String, Object> numbers(Map<String, Object> values) {
        return Values.variables(values);
    }

    private static String text(Map<String, Object> one, String key) {
        return String.valueOf(one.get(key));
    }

    private static List<Map<String, Object>> cases(String file) throws IOException {
        try (InputStream in = ReferenceCorpusTest.class.getResourceAsStream("corpus/" + file)) {
            return list(map(JSON.readValue(in, Object.class)).get("cases")).stream()
                    .map(ReferenceCorpusTest::map)
                    .toList();
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    private static List<?> list(@Nullable Object value) {
        return value == null ? List.of() : (List<?>) value;
    }
}
