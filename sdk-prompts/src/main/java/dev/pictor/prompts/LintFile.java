package dev.pictor.prompts;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks one prompt file, partial or override. Not thread-safe. */
final class LintFile {

    /** The keys that the format gives a meaning. */
    private static final Set<String> RESERVED = Set.of(
            "config",
            "description",
            "ext",
            "input",
            "model",
            "name",
            "output",
            "raw",
            "toolDefs",
            "tools",
            "variant",
            "version");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EXAMPLE = "pictor.example";
    private static final String OWN = "pictor.";
    private static final Set<String> OWN_KEYS = Set.of(EXAMPLE, "pictor.owner");
    private static final Pattern LINE = Pattern.compile("\\bline (\\d{1,7})\\b");

    private final String path;
    private final String origin;
    private final Function<String, Optional<LintVariables.Found>> partials;
    private final List<PromptFinding> findings = new ArrayList<>();
    private final Set<String> usedPartials = new TreeSet<>();

    LintFile(String path, String origin, Function<String, Optional<LintVariables.Found>> partials) {
        this.path = path;
        this.origin = origin;
        this.partials = partials;
    }

    List<PromptFinding> findings() {
        return findings;
    }

    /** Returns the paths of the partials that the file uses, and that these use. */
    Set<String> usedPartials() {
        return usedPartials;
    }

    /**
     * Checks a prompt.
     *
     * @param prompt the prompt, or null if it cannot be parsed
     * @param failure why it cannot
     */
    void prompt(String file, @Nullable Prompt prompt, @Nullable PromptException failure) {
        PromptText text = null;
        FrontMatter front = null;
        try {
            text = PromptText.of(file);
            front = FrontMatter.of(text, new Picoschema(Map.of()));
        } catch (PromptFailure e) {
            add(e.reason(), String.valueOf(e.getMessage()));
            return;
        }
        Optional<LintVariables> variables = template(text.body(), text.bodyLine(), front.inputSchema());
        if (failure != null && !explains(failure)) {
            add(failure.reason(), String.valueOf(failure.getMessage()));
        }
        Keys keys = new Keys(text, YamlReader.read(text.frontMatter(), text.frontMatterLine()));
        keys(keys);
        Set<String> used = variables.map(LintVariables::used).orElse(Set.of());
        if (variables.isPresent() && !variables.get().usesAll()) {
            unused(front, used, keys);
        }
        input(front, used, keys);
        output(front.outputSchema(), keys);
        if (prompt != null) {
            example(prompt, !used.isEmpty(), keys);
        }
    }

    /** Checks the text of an override. */
    void override(String file, Prompt base) {
        try {
            PromptText text = PromptText.of(file);
            Optional<LintVariables> unused = template(text.body(), text.bodyLine(), base.inputSchema());
        } catch (PromptFailure e) {
            return; // reading it as an override says so
        }
    }

    /** Checks that a partial can be parsed; what it uses depends on who uses it. */
    void partial(String file) {
        try {
            String text = PromptText.normalise(file);
            TemplateTags.Result tags = TemplateTags.read(text, 0);
            SortedMap<String, Partials.Partial> used = Partials.gather(
                    tags.partials(), name -> partials.apply(name).map(LintVariables.Found::text));
            TemplateEngine unused = TemplateEngine.compile(tags.template(), 0, used);
        } catch (PromptFailure e) {
            add(e.reason(), String.valueOf(e.getMessage()));
        }
    }

    private Optional<LintVariables> template(String body, int bodyLine, Map<String, Object> input) {
        LintVariables walk = new LintVariables(partials, (rule, line, message) -> add(rule, bodyLine + line, message));
        Optional<List<LintTag>> tags = LintTags.read(body);
        tags.ifPresent(read -> walk.walk(read, LintSchema.of(input)));
        usedPartials.addAll(walk.usedPartials());
        return tags.map(read -> walk);
    }

    /** Whether a finding says already why the file cannot be parsed. */
    boolean explains(PromptException failure) {
        String message = String.valueOf(failure.getMessage());
        return findings.stream()
                .anyMatch(finding -> (finding.rule().equals(LintRule.UNKNOWN_HELPER.id()) && message.contains("helper"))
                        || (finding.rule().equals(LintRule.MISSING_PARTIAL.id()) && message.contains("no partial")));
    }

    private void keys(Keys keys) {
        for (String key : keys.all().keySet()) {
            if (key.startsWith(OWN)) {
                if (!OWN_KEYS.contains(key)) {
                    add(
                            LintRule.UNKNOWN_KEY,
                            keys.line(key),
                            "\"" + key + "\" is unknown; known are " + String.join(", ", new TreeSet<>(OWN_KEYS)));
                }
            } else if (key.indexOf('.') < 0 && !RESERVED.contains(key)) {
                add(
                        LintRule.UNKNOWN_KEY,
                        keys.line(key),
                        "\"" + key
                                + "\" means nothing; mend the name, or put a dot into it if it is for your own program");
            }
        }
        if (!keys.all().containsKey("description")) {
            add(
                    LintRule.DESCRIPTION_MISSING,
                    OptionalInt.empty(),
                    "say in one sentence, as description, what it is for");
        }
    }

    private void unused(FrontMatter front, Set<String> used, Keys keys) {
        Set<String> known =
                new TreeSet<>(LintSchema.of(front.inputSchema()).properties().keySet());
        known.addAll(front.inputDefaults().keySet());
        known.removeAll(used);
        known.forEach(name -> add(
                LintRule.UNUSED_VARIABLE, keys.line(name), "\"" + name + "\" is never used; use it or take it out"));
    }

    private void input(FrontMatter front, Set<String> used, Keys keys) {
        if (front.inputSchema().isEmpty()) {
            if (!used.isEmpty()) {
                add(
                        LintRule.NO_INPUT_SCHEMA,
                        OptionalInt.empty(),
                        "it uses " + String.join(", ", used) + " without an input schema; add input.schema");
            }
            return;
        }
        LintSchema schema = LintSchema.of(front.inputSchema());
        for (String name : new TreeSet<>(schema.required())) {
            if (front.inputDefaults().containsKey(name)) {
                add(
                        LintRule.REQUIRED_WITH_DEFAULT,
                        keys.line(name),
                        "\"" + name + "\" has a default, so nobody has to give it; make it optional");
            }
        }
        for (String name : front.inputDefaults().keySet()) {
            if (schema.step(name).isEmpty()) {
                add(
                        LintRule.UNKNOWN_VARIABLE,
                        keys.line(name),
                        "\"" + name + "\" of input.default is not in the input schema; add it or take it out");
            }
        }
    }

    private void output(Map<String, Object> schema, Keys keys) {
        if (schema.isEmpty()) {
            return;
        }
        OptionalInt line = keys.line("output");
        LintOutput.wireProblem(path, schema)
                .ifPresent(problem ->
                        add(LintRule.NO_WIRE_FORM, line, "no model can be given the output schema: " + problem));
        new LintOutput((rule, message) -> add(rule, line, message)).check(LintSchema.of(schema), "output.schema");
    }

    private void example(Prompt prompt, boolean needed, Keys keys) {
        Object held = prompt.extensions().get(EXAMPLE);
        OptionalInt line = keys.line(EXAMPLE);
        if (held == null && needed) {
            add(LintRule.EXAMPLE_MISSING, OptionalInt.empty(), "give values that it can be tried with, as " + EXAMPLE);
            return;
        }
        if (held != null && !(held instanceof Map<?, ?>)) {
            add(LintRule.EXAMPLE_UNFIT, line, EXAMPLE + " must be a map of variables");
            return;
        }
        Map<String, Object> example = held instanceof Map<?, ?> map ? Values.copyOf(map) : Map.of();
        if (!prompt.inputSchema().isEmpty()) {
            Map<String, Object> whole = new LinkedHashMap<>(prompt.inputDefaults());
            whole.putAll(example);
            fits(prompt.inputSchema(), whole, line);
        }
        rendered(prompt, example, line);
    }

    /** Checks that an override renders with the example of its prompt. */
    void overriddenExample(Prompt prompt) {
        if (prompt.extensions().get(EXAMPLE) instanceof Map<?, ?> example) {
            rendered(prompt, Values.copyOf(example), OptionalInt.empty());
        }
    }

    private void fits(Map<String, Object> schema, Map<String, Object> values, OptionalInt line) {
        try {
            for (AnswerProblem problem : JsonSchemas.compile(schema).validate(JSON.valueToTree(values))) {
                add(
                        LintRule.EXAMPLE_UNFIT,
                        line,
                        EXAMPLE + " does not fit the input schema: " + problem.pointer() + " " + problem.message());
            }
        } catch (PromptFailure e) {
            add(LintRule.MALFORMED, OptionalInt.empty(), "the input schema is no JSON Schema");
        }
    }

    private void rendered(Prompt prompt, Map<String, Object> example, OptionalInt line) {
        RenderedPrompt rendered;
        try {
            rendered = prompt.render(example);
        } catch (PromptException | IllegalArgumentException e) {
            add(LintRule.EXAMPLE_FAILS, line, "the example cannot be rendered: " + e.getMessage());
            return;
        }
        if (rendered.messages().isEmpty()) {
            add(LintRule.EXAMPLE_EMPTY, line, "the example renders to nothing; mend the example or the template");
        } else if (holdsBraces(rendered.text()) && !holdsBraces(example.toString())) {
            add(
                    LintRule.BRACES_LEFT,
                    line,
                    "the rendered example holds two opening braces; if they are a tag, mend what is before them");
        }
    }

    private static boolean holdsBraces(String text) {
        return text.contains("{{"); // JSON may close two maps in a row, but not open them
    }

    private void add(PromptException.Reason reason, String message) {
        LintRule rule = switch (reason) {
            case UNREADABLE -> LintRule.UNREADABLE;
            case TOO_LARGE -> LintRule.TOO_LARGE;
            default -> LintRule.MALFORMED;
        };
        Matcher line = LINE.matcher(message);
        // a line of a partial is none of this file
        boolean known = !message.contains("the partial \"") && line.find();
        add(rule, known ? OptionalInt.of(Integer.parseInt(line.group(1))) : OptionalInt.empty(), message);
    }

    void add(PromptException failure) {
        add(failure.reason(), String.valueOf(failure.getMessage()));
    }

    /** Adds a failure, under a rule of its own if the file was read. */
    void add(PromptFailure failure, LintRule otherwise) {
        if (failure.reason() == PromptException.Reason.MALFORMED) {
            add(otherwise, OptionalInt.empty(), String.valueOf(failure.getMessage()));
        } else {
            add(failure.reason(), String.valueOf(failure.getMessage()));
        }
    }

    private void add(LintRule rule, int line, String message) {
        add(rule, OptionalInt.of(line), message);
    }

    void add(LintRule rule, OptionalInt line, String message) {
        PromptFindingBuilder finding =
                PromptFinding.builder(path, rule, message).origin(origin);
        line.ifPresent(finding::line);
        findings.add(finding.build());
    }

    /** The front matter's keys, and where they stand. */
    private record Keys(PromptText text, Map<String, Object> all) {

        /** Returns the first line that begins with a key, perhaps one of Picoschema, at any depth. */
        OptionalInt line(String key) {
            Matcher matcher = Pattern.compile("(?m)^ *[\"']?" + Pattern.quote(key) + "(?:[?(][^\\n]*)?[\"']?:")
                    .matcher(text.frontMatter());
            return matcher.find()
                    ? OptionalInt.of(1
                            + text.frontMatterLine()
                            + (int) text.frontMatter()
                                    .substring(0, matcher.start())
                                    .chars()
                                    .filter(c -> c == '\n')
                                    .count())
                    : OptionalInt.empty();
        }
    }
}
