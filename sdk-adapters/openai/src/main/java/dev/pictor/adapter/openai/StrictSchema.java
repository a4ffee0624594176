package dev.pictor.adapter.openai;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether a JSON Schema obeys the rules under which OpenAI holds a model to it: the answer is an object, and each object
 * requires all its properties and allows no others ("Structured outputs", developers.openai.com, read in November 2026).
 */
final class StrictSchema {

    private static final List<String> NAMED = List.of("properties", "$defs", "definitions");

    private StrictSchema() {}

    static boolean isObeyedBy(Map<String, Object> schema) {
        return "object".equals(schema.get("type")) && isStrict(schema);
    }

    private static boolean isStrict(@Nullable Object schema) {
        if (schema instanceof Collection<?> several) {
            return several.stream().allMatch(StrictSchema::isStrict);
        }
        if (!(schema instanceof Map<?, ?> map)) {
            return true;
        }
        return isClosed(map)
                && NAMED.stream()
                        .allMatch(name -> !(map.get(name) instanceof Map<?, ?> named)
                                || named.values().stream().allMatch(StrictSchema::isStrict))
                && isStrict(map.get("items"))
                && isStrict(map.get("anyOf"));
    }

    private static boolean isClosed(Map<?, ?> schema) {
        Object type = schema.get("type");
        boolean object = "object".equals(type)
                || (type instanceof Collection<?> types && types.contains("object"))
                || schema.containsKey("properties");
        if (!object) {
            return true;
        }
        Collection<?> required = schema.get("required") instanceof Collection<?> names ? names : List.of();
        return Boolean.FALSE.equals(schema.get("additionalProperties"))
                && (!(schema.get("properties") instanceof Map<?, ?> properties)
                        || required.containsAll(properties.keySet()));
    }
}
