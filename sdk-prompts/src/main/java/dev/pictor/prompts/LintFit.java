package dev.pictor.prompts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Holds values to the plain part of a schema: types, properties, items and listed values. Not thread-safe. */
final class LintFit {

    private final List<String> problems = new ArrayList<>();

    private LintFit() {}

    /** Returns what does not fit, each with the way to it and without the value. */
    static List<String> problems(Map<String, Object> schema, Map<String, Object> values) {
        LintFit fit = new LintFit();
        fit.check(LintSchema.of(schema), values, "");
        return fit.problems;
    }

    private void check(LintSchema schema, @Nullable Object value, String at) {
        if (schema.isAny()) {
            return;
        }
        if (value == null) {
            if (!schema.allowsNull()) {
                problems.add(at + " must not be null");
            }
            return;
        }
        Set<String> types = schema.types();
        if (!types.isEmpty() && !types.contains(type(value)) && !(value instanceof Number && isNumber(types, value))) {
            problems.add(at + " must be " + String.join(" or ", new TreeSet<>(types)));
        } else if (schema.values().isPresent() && !schema.values().get().contains(value)) {
            problems.add(at + " must be one of the listed values");
        } else if (value instanceof Map<?, ?> map) {
            object(schema, map, at);
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                check(schema.items(), list.get(i), at + "/" + i);
            }
        }
    }

    private void object(LintSchema schema, Map<?, ?> map, String at) {
        for (String name : new TreeSet<>(schema.required())) {
            if (!map.containsKey(name)) {
                problems.add(at + "/" + name + " is missing");
            }
        }
        map.forEach((key, value) -> {
            String name = String.valueOf(key);
            schema.step(name)
                    .ifPresentOrElse(
                            part -> check(part, value, at + "/" + name),
                            () -> problems.add(at + "/" + name + " is not in the schema"));
        });
    }

    private static boolean isNumber(Set<String> types, Object value) {
        return types.contains("number") || (types.contains("integer") && value instanceof Integer);
    }

    private static String type(Object value) {
        return value instanceof String
                ? "string"
                : value instanceof Boolean
                        ? "boolean"
                        : value instanceof Map ? "object" : value instanceof List ? "array" : "number";
    }
}
