package dev.pictor.prompts;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What changed between two prompts, for whoever reviews the change or depends on the prompt. Immutable. */
public final class PromptDiff {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Prompt before;
    private final Prompt after;
    private final List<LineDiff> lines;
    private final List<PromptChange> frontMatter;
    private final List<PromptChange> input;
    private final List<PromptChange> output;
    private final List<PromptChange> partials;

    private PromptDiff(Prompt before, Prompt after) {
        this.before = before;
        this.after = after;
        this.lines = LineDiff.between(before.body(), after.body());
        this.frontMatter = List.copyOf(byKey(facts(before), facts(after)));
        this.input = List.copyOf(SchemaChanges.ofInput(before, after));
        this.output = List.copyOf(SchemaChanges.ofOutput(before, after));
        this.partials = List.copyOf(byKey(before.partialDigests(), after.partialDigests()));
    }

    /**
     * Compares.
     *
     * @param before a prompt
     * @param after a later version of it, or another variant
     * @return the differences
     */
    public static PromptDiff of(Prompt before, Prompt after) {
        return new PromptDiff(requireNonNull(before, "before"), requireNonNull(after, "after"));
    }

    /**
     * Returns the templates, line by line, without their partials. Of the least lines that can be taken away and added.
     * Where more than 4,000,000 pairs of lines would have to be compared, all between the first and the last change counts
     * as replaced.
     *
     * @return the lines of both, those before as A and those after as B; none if both are empty
     */
    public List<LineDiff> lines() {
        return lines;
    }

    /**
     * Returns the changes of the front matter, schemas apart.
     *
     * @return key by key; of {@code config}, {@code input.default} and values with a dot each entry by itself
     */
    public List<PromptChange> frontMatter() {
        return frontMatter;
    }

    /**
     * Returns the changes of what the prompt takes.
     *
     * @return those of the input schema; breaking if what a caller gave before may be refused
     */
    public List<PromptChange> input() {
        return input;
    }

    /**
     * Returns the changes of what the prompt answers.
     *
     * @return those of the output schema; breaking if an answer may be what no answer was before, or lack what each had.
     *     A property more is not breaking: readers pass over it
     */
    public List<PromptChange> output() {
        return output;
    }

    /**
     * Returns the changes of the partials that are used, by those that are used in turn as well.
     *
     * @return by name; what they were and are is their SHA-256, the first 8 characters
     */
    public List<PromptChange> partials() {
        return partials;
    }

    /**
     * Returns the changes that break callers.
     *
     * @return those of input and output that do
     */
    public List<PromptChange> breaking() {
        List<PromptChange> breaking = new ArrayList<>(input);
        breaking.addAll(output);
        breaking.removeIf(change -> !change.isBreaking());
        return List.copyOf(breaking);
    }

    /**
     * Returns whether both are the same to callers and to models.
     *
     * @return true if there are no changes
     */
    public boolean isEmpty() {
        return frontMatter.isEmpty()
                && input.isEmpty()
                && output.isEmpty()
                && partials.isEmpty()
                && lines.stream().allMatch(line -> line.side() == LineDiff.Side.BOTH);
    }

    /**
     * Returns how long it was.
     *
     * @return the estimate of the rendered {@code pictor.example}, or of the template if there is none that renders
     */
    public TokenEstimate tokensBefore() {
        return tokens(before);
    }

    /**
     * Returns how long it is.
     *
     * @return the estimate of the rendered {@code pictor.example}, or of the template if there is none that renders
     */
    public TokenEstimate tokensAfter() {
        return tokens(after);
    }

    private static TokenEstimate tokens(Prompt prompt) {
        if (prompt.extensions().get("pictor.example") instanceof Map<?, ?> example) {
            try {
                return TokenEstimate.of(prompt.render(Values.copyOf(example)));
            } catch (PromptException | IllegalArgumentException e) {
                return TokenEstimate.of(prompt.body());
            }
        }
        return TokenEstimate.of(prompt.body());
    }

    private static Map<String, String> facts(Prompt prompt) {
        Map<String, String> facts = new TreeMap<>();
        put(facts, "description", prompt.description());
        put(facts, "model", prompt.model());
        put(facts, "version", prompt.statedVersion());
        prompt.config().forEach((key, value) -> facts.put("config." + key, json(value)));
        prompt.inputDefaults().forEach((key, value) -> facts.put("input.default." + key, json(value)));
        prompt.extensions().forEach((key, value) -> {
            if (value instanceof Map<?, ?> map) {
                map.forEach((name, held) -> facts.put(key + "." + name, json(held)));
            } else {
                facts.put(key, json(value));
            }
        });
        return facts;
    }

    private static void put(Map<String, String> facts, String key, Optional<String> value) {
        value.ifPresent(text -> facts.put(key, json(text)));
    }

    private static String json(@Nullable Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps, lists and text can always be written", e);
        }
    }

    private static List<PromptChange> byKey(Map<String, String> before, Map<String, String> after) {
        List<PromptChange> changes = new ArrayList<>();
        TreeSet<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        for (String key : keys) {
            String was = before.get(key);
            String is = after.get(key);
            if (was == null || !was.equals(is)) {
                changes.add(PromptChange.of(key, was, is));
            }
        }
        return changes;
    }

    /**
     * Returns the differences for people, much as {@code diff -u} does.
     *
     * @return two lines for the files, a line for each change, the changed lines of the template with three around them,
     *     and the tokens; lines end in LF
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append("--- ").append(head(before)).append('\n');
        text.append("+++ ").append(head(after)).append('\n');
        if (isEmpty()) {
            return text.append("no difference\n").toString();
        }
        section(text, "front matter", frontMatter);
        section(text, "input", input);
        section(text, "output", output);
        section(text, "partial", partials);
        text.append(Hunks.of(lines));
        text.append("tokens: about ").append(tokensBefore().expected()).append(" -> ");
        text.append(tokensAfter().expected())
                .append(", at most ")
                .append(tokensBefore().atMost());
        text.append(" -> ").append(tokensAfter().atMost()).append('\n');
        int breaking = breaking().size();
        return text.append(
                        breaking == 0
                                ? "callers: nothing breaks\n"
                                : "callers: " + breaking + (breaking == 1 ? " change breaks" : " changes break")
                                        + " them\n")
                .toString();
    }

    private static String head(Prompt prompt) {
        return prompt.origin() + " (" + prompt.title() + ", version " + prompt.version() + ")";
    }

    private static void section(StringBuilder text, String name, List<PromptChange> changes) {
        changes.forEach(change -> text.append(name).append(": ").append(change).append('\n'));
    }
}
