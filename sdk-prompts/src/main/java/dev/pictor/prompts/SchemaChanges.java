package dev.pictor.prompts;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Compares the schemas of two prompts, with the eyes of a caller. Not thread-safe. */
final class SchemaChanges {

    private static final int MAX_DEPTH = 16;

    /** What says something to people, not to a validator. */
    private static final Set<String> WORDS =
            Set.of("description", "title", "default", "examples", "$comment", "$schema", "$defs", "$ref");

    /** What is compared by itself. */
    private static final Set<String> KNOWN =
            Set.of("type", "enum", "properties", "required", "items", "additionalProperties");

    private final boolean input;
    private final Set<String> defaults;
    private final List<PromptChange> changes = new ArrayList<>();

    private SchemaChanges(boolean input, Set<String> defaults) {
        this.input = input;
        this.defaults = defaults;
    }

    /** Compares what two prompts take. */
    static List<PromptChange> ofInput(Prompt before, Prompt after) {
        SchemaChanges changes = new SchemaChanges(true, after.inputDefaults().keySet());
        before.inputDefaults().keySet().stream()
                .filter(name -> !after.inputDefaults().containsKey(name)
                        && LintSchema.of(after.inputSchema()).required().contains(name)
                        && LintSchema.of(before.inputSchema()).required().contains(name))
                .sorted()
                .forEach(name -> changes.add("input.schema." + name, "has no default any more and is required", true));
        changes.compare(LintSchema.of(before.inputSchema()), LintSchema.of(after.inputSchema()), "input.schema", 0);
        return changes.changes;
    }

    /** Compares what two prompts answer. */
    static List<PromptChange> ofOutput(Prompt before, Prompt after) {
        SchemaChanges changes = new SchemaChanges(false, Set.of());
        if (before.outputSchema().isEmpty() != after.outputSchema().isEmpty()) {
            changes.add(
                    "output.schema",
                    after.outputSchema().isEmpty() ? "removed: the answer may be anything" : "added",
                    true);
            return changes.changes;
        }
        changes.compare(LintSchema.of(before.outputSchema()), LintSchema.of(after.outputSchema()), "output.schema", 0);
        return changes.changes;
    }

    private void compare(LintSchema before, LintSchema after, String at, int depth) {
        if (depth > MAX_DEPTH
                || (before.node().equals(after.node()) && before.root().equals(after.root()))) {
            return;
        }
        types(before, after, at);
        values(before, after, at);
        properties(before, after, at, depth);
        if (before.isClosed() != after.isClosed()) {
            add(
                    at,
                    after.isClosed() ? "takes no further properties any more" : "may have further properties",
                    input == after.isClosed());
        }
        if (before.node().containsKey("items") || after.node().containsKey("items")) {
            compare(before.items(), after.items(), at + "[]", depth + 1);
        }
        Set<String> keywords = new TreeSet<>(before.node().keySet());
        keywords.addAll(after.node().keySet());
        keywords.removeAll(KNOWN);
        for (String keyword : keywords) {
            if (!Objects.equals(before.node().get(keyword), after.node().get(keyword))) {
                add(at, keyword + " changed", !WORDS.contains(keyword));
            }
        }
    }

    /** A type more breaks readers, a type less breaks those who give it. */
    private void types(LintSchema before, LintSchema after, String at) {
        Set<String> old = types(before);
        Set<String> now = types(after);
        if (!old.equals(now)) {
            boolean wider = now.contains("any") || now.containsAll(old) || isWholeNumber(old, now);
            boolean narrower = old.contains("any") || old.containsAll(now) || isWholeNumber(now, old);
            add(
                    at,
                    "type " + String.join(" or ", old) + " became " + String.join(" or ", now),
                    input ? !wider : !narrower);
        }
    }

    private static boolean isWholeNumber(Set<String> narrow, Set<String> wide) {
        Set<String> widened = new TreeSet<>(narrow);
        return widened.remove("integer") && wide.contains("number") && wide.containsAll(widened);
    }

    private static Set<String> types(LintSchema schema) {
        Set<String> types = new TreeSet<>(schema.types());
        if (types.isEmpty()) {
            return Set.of(schema.values().isPresent() ? "listed values" : "any");
        }
        if (schema.node().get("type") instanceof List<?> all && all.contains("null")) {
            types.add("null");
        }
        return types;
    }

    private void values(LintSchema before, LintSchema after, String at) {
        if (before.values().isEmpty() != after.values().isEmpty()) {
            boolean listed = after.values().isPresent();
            add(at, listed ? "takes only listed values now" : "takes any value now", input == listed);
            return;
        }
        Set<Object> old = Set.copyOf(before.values().orElse(List.of()));
        Set<Object> now = Set.copyOf(after.values().orElse(List.of()));
        before.values().orElse(List.of()).stream()
                .filter(value -> !now.contains(value))
                .forEach(value -> add(at, "value " + value + " removed", input));
        after.values().orElse(List.of()).stream()
                .filter(value -> !old.contains(value))
                .forEach(value -> add(at, "value " + value + " added", !input));
    }

    private void properties(LintSchema before, LintSchema after, String at, int depth) {
        Set<String> names = new TreeSet<>(before.properties().keySet());
        names.addAll(after.properties().keySet());
        for (String name : names) {
            String where = at + "." + name;
            boolean was = before.properties().containsKey(name);
            boolean is = after.properties().containsKey(name);
            boolean wasRequired = before.required().contains(name);
            boolean isRequired = after.required().contains(name) && !(depth == 0 && defaults.contains(name));
            if (!was) {
                add(where, isRequired ? "added, required" : "added, optional", input && isRequired);
            } else if (!is) {
                add(where, "removed", !input || after.isClosed());
            } else {
                if (wasRequired != after.required().contains(name)) {
                    add(
                            where,
                            wasRequired ? "is optional now" : "is required now",
                            input ? !wasRequired && isRequired : wasRequired);
                }
                compare(
                        before.step(name).orElse(LintSchema.ANY),
                        after.step(name).orElse(LintSchema.ANY),
                        where,
                        depth + 1);
            }
        }
    }

    private void add(String what, String message, boolean breaking) {
        changes.add(PromptChange.ofSchema(what, message, breaking));
    }
}
