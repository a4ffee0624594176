package dev.pictor.prompts;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A JSON Schema, or a part of one, as {@link PromptLint} and {@link PromptDiff} look at it: what can be said without
 * a value. What cannot be said counts as anything.
 *
 * @param root the whole schema, whose {@code $defs} the part may name
 * @param node the part; nothing stands for anything
 */
record LintSchema(Map<String, Object> root, Map<String, Object> node) {

    static final LintSchema ANY = new LintSchema(Map.of(), Map.of());

    private static final int MAX_REFERENCES = 16;
    private static final Set<String> CONTAINERS = Set.of("array", "object");

    static LintSchema of(Map<String, Object> schema) {
        return new LintSchema(schema, schema).followed();
    }

    static LintSchema ofType(String type) {
        return of(Map.of("type", type));
    }

    private LintSchema part(Object value) {
        return value instanceof Map<?, ?> map ? new LintSchema(root, Values.copyOf(map)).followed() : ANY;
    }

    private LintSchema followed() {
        Map<String, Object> at = node;
        for (int i = 0; i < MAX_REFERENCES; i++) {
            if (!(at.get("$ref") instanceof String ref)) {
                return new LintSchema(root, at);
            }
            Object found = ref.startsWith("#") ? root : null;
            for (String step : ref.replaceFirst("^#/?", "").split("/", -1)) {
                if (!step.isEmpty()) {
                    found = found instanceof Map<?, ?> map ? map.get(step) : null;
                }
            }
            if (!(found instanceof Map<?, ?> map)) {
                return ANY;
            }
            at = Values.copyOf(map);
        }
        return ANY;
    }

    boolean isAny() {
        return node.isEmpty()
                || node.containsKey("anyOf")
                || node.containsKey("oneOf")
                || node.containsKey("allOf")
                || node.containsKey("if");
    }

    /** Returns the types that are named, without null; none stands for any. */
    Set<String> types() {
        Set<String> types = new HashSet<>();
        if (node.get("type") instanceof String type) {
            types.add(type);
        } else if (node.get("type") instanceof List<?> several) {
            several.forEach(type -> types.add(String.valueOf(type)));
        } else if (node.containsKey("properties")) {
            types.add("object");
        }
        types.remove("null");
        return types;
    }

    boolean allowsNull() {
        Object type = node.get("type");
        boolean typed =
                type == null || type.equals("null") || (type instanceof List<?> types && types.contains("null"));
        return typed
                && (!(node.get("enum") instanceof List<?> values) || values.contains(null))
                && !(type == null && node.containsKey("properties"));
    }

    Map<String, Object> properties() {
        return node.get("properties") instanceof Map<?, ?> map ? Values.copyOf(map) : Map.of();
    }

    Set<String> required() {
        Set<String> required = new HashSet<>();
        if (node.get("required") instanceof Collection<?> names) {
            names.forEach(name -> required.add(String.valueOf(name)));
        }
        return required;
    }

    /** Returns the values that are allowed, if they are listed. */
    Optional<List<Object>> values() {
        if (!(node.get("enum") instanceof List<?> listed)) {
            return Optional.empty();
        }
        List<Object> values = new ArrayList<>();
        listed.forEach(value -> {
            if (value != null) {
                values.add(value);
            }
        });
        return Optional.of(values);
    }

    boolean isClosed() {
        return Boolean.FALSE.equals(node.get("additionalProperties"));
    }

    /** Returns a property or an item, or empty if there can be none. */
    Optional<LintSchema> step(String name) {
        Set<String> types = types();
        if (isAny() || (types.isEmpty() && !node.containsKey("enum"))) {
            return Optional.of(ANY);
        }
        Map<String, Object> properties = properties();
        if (properties.containsKey(name)) {
            return Optional.of(part(properties.get(name)));
        }
        Object more = node.get("additionalProperties");
        boolean isOpen = Boolean.TRUE.equals(more)
                || node.containsKey("patternProperties")
                || (more == null && properties.isEmpty());
        if (types.contains("object") && (isOpen || more instanceof Map)) {
            return Optional.of(more instanceof Map ? part(more) : ANY);
        }
        return types.contains("array") && name.matches("\\d+") ? Optional.of(items()) : Optional.empty();
    }

    LintSchema items() {
        Object items = node.get("items");
        return items == null ? ANY : part(items);
    }

    /** Returns what each is given in turn. */
    LintSchema eachItem() {
        Object more = node.get("additionalProperties");
        return types().equals(Set.of("array"))
                ? items()
                : types().equals(Set.of("object")) && properties().isEmpty() && more != null ? part(more) : ANY;
    }

    /** Whether no value can be looped over. */
    boolean isScalar() {
        return !isAny() && !types().isEmpty() && types().stream().noneMatch(CONTAINERS::contains);
    }

    /** Whether no value is text, a number or a boolean. */
    boolean isContainer() {
        return !isAny() && !types().isEmpty() && CONTAINERS.containsAll(types());
    }

    /** Whether a constant can be a value. */
    boolean canBe(Object constant) {
        if (isAny()) {
            return true;
        }
        String type = constant instanceof String ? "string" : constant instanceof Boolean ? "boolean" : "number";
        Set<String> types = types();
        boolean typed = types.isEmpty()
                || types.contains(type)
                || (type.equals("number") && types.contains("integer") && constant instanceof Integer);
        List<Object> values = values().orElse(List.of(constant));
        return typed && values.stream().anyMatch(value -> value.toString().equals(constant.toString()));
    }
}
