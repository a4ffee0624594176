package dev.pictor.prompts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says in words what bounds a schema sets to a value: vendors of models do not take them as rules. */
final class Bounds {

    static final Set<String> KEYWORDS = Set.of(
            "exclusiveMaximum",
            "exclusiveMinimum",
            "format",
            "maxItems",
            "maxLength",
            "maximum",
            "minItems",
            "minLength",
            "minimum",
            "multipleOf",
            "pattern",
            "uniqueItems");

    private Bounds() {}

    /** Returns the bounds for values of one type, such as {@code 0 to 1}, or nothing if there are none. */
    static String words(Map<?, ?> schema, String type) {
        List<String> words = new ArrayList<>();
        switch (type) {
            case "number", "integer" -> {
                addRange(schema, "minimum", "maximum", "", words);
                add(schema, "exclusiveMinimum", "more than ", words);
                add(schema, "exclusiveMaximum", "less than ", words);
                add(schema, "multipleOf", "a multiple of ", words);
            }
            case "string" -> {
                addRange(schema, "minLength", "maxLength", " characters", words);
                add(schema, "pattern", "matching the regular expression ", words);
                add(schema, "format", "in the format ", words);
            }
            case "array" -> {
                addRange(schema, "minItems", "maxItems", " items", words);
                if (Boolean.TRUE.equals(schema.get("uniqueItems"))) {
                    words.add("no item twice");
                }
            }
            default -> {}
        }
        return String.join(", ", words);
    }

    private static void addRange(Map<?, ?> schema, String least, String most, String unit, List<String> words) {
        if (schema.get(least) instanceof Number from && schema.get(most) instanceof Number to) {
            words.add(Values.text(from) + " to " + Values.text(to) + unit);
        } else if (schema.get(least) instanceof Number from) {
            words.add("at least " + Values.text(from) + unit);
        } else if (schema.get(most) instanceof Number to) {
            words.add("at most " + Values.text(to) + unit);
        }
    }

    private static void add(Map<?, ?> schema, String keyword, String before, List<String> words) {
        Object bound = schema.get(keyword);
        if (bound != null) {
            words.add(before + (bound instanceof Number number ? Values.text(number) : bound.toString()));
        }
    }
}
