package dev.pictor.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.yaml.snakeyaml.Yaml;

/**
 * The conformance cases of the format, from {@code spec/} of google/dotprompt. They are not part of this project: the
 * build runs this class where the property {@code dotprompt.spec.dir} names a copy. Messages are compared exactly, then
 * model, config and schemas; {@code raw} and {@code ext}, which Pictor does not keep, are not.
 */
class DotpromptConformance {

    private static int seen;
    private static int agreed;

    @AfterAll
    static void tell() {
        System.out.println("conformance: " + agreed + " of " + seen + " cases agree exactly");
    }

    @TestFactory
    List<DynamicNode> rendersWhatTheReferenceRenders() throws IOException {
        Path root = Path.of(System.getProperty("dotprompt.spec.dir"));
        List<DynamicNode> cases = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()) {
                for (Object group : (List<?>) new Yaml().load(Files.readString(file))) {
                    addCases(file.getFileName().toString(), map(group), cases);
                }
            }
        }
        assertThat(cases).isNotEmpty();
        return cases;
    }

    private static void addCases(String file, Map<String, Object> group, List<DynamicNode> cases) {
        for (Object test : list(group.get("tests"))) {
            String name = file + " / " + group.get("name") + " / " + map(test).get("desc");
            cases.add(DynamicTest.dynamicTest(name, () -> {
                seen++;
                check(group, map(test));
                agreed++;
            }));
        }
    }

    private static void check(Map<String, Object> group, Map<String, Object> test) {
        String template = String.valueOf(group.get("template"));
        Map<String, Object> partials = new LinkedHashMap<>(map(group.get("resolverPartials")));
        partials.putAll(map(group.get("partials")));
        Map<String, Map<String, Object>> schemas = new LinkedHashMap<>();
        map(group.get("schemas")).forEach((name, schema) -> schemas.put(name, map(schema)));
        Prompt prompt = Prompt.parse(
                "spec",
                "",
                "spec",
                template,
                name -> Optional.ofNullable((String) partials.get(name)),
                new Picoschema(schemas));

        Map<String, Object> data = new LinkedHashMap<>(map(group.get("data")));
        data.putAll(map(test.get("data")));
        Map<String, Object> input = new LinkedHashMap<>(
                map(map(map(test.get("options")).get("input")).get("default")));
        input.putAll(map(data.get("input")));
        List<PromptMessage> history = list(data.get("messages")).stream()
                .map(DotpromptConformance::message)
                .toList();
        Set<PromptMessage> turns = Collections.newSetFromMap(new IdentityHashMap<>());
        turns.addAll(history);
        RenderedPrompt rendered = prompt.render(input, map(data.get("context")), history);

        Map<String, Object> expected = map(test.get("expect"));
        boolean marked = template.contains("{{history}}");
        assertThat(rendered.messages().stream()
                        .map(message -> plain(message, marked && turns.contains(message)))
                        .toList())
                .isEqualTo(expected.get("messages"));
        assertThat(rendered.config()).isEqualTo(map(expected.get("config")));
        assertThat(prompt.model()).isEqualTo(Optional.ofNullable(expected.get("model")));
        assertThat(prompt.outputSchema())
                .isEqualTo(map(map(expected.get("output")).get("schema")));
        assertThat(prompt.inputSchema())
                .isEqualTo(map(map(expected.get("input")).get("schema")));
    }

    private static PromptMessage message(Object plain) {
        List<PromptPart> parts = list(map(plain).get("content")).stream()
                .<PromptPart>map(
                        part -> new PromptPart.Text(String.valueOf(map(part).get("text"))))
                .toList();
        String role = String.valueOf(map(plain).get("role"));
        return new PromptMessage(PromptMessage.Role.valueOf(role.toUpperCase(Locale.ROOT)), parts);
    }

    private static Map<String, Object> plain(PromptMessage message, boolean isHistory) {
        Map<String, Object> plain = PlainMessages.of(message);
        if (isHistory) {
            plain.put("metadata", Map.of("purpose", "history"));
        }
        return plain;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    private static List<?> list(@Nullable Object value) {
        return value == null ? List.of() : (List<?>) value;
    }
}
