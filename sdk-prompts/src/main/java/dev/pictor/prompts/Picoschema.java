package dev.pictor.prompts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns Picoschema, the short form that dotprompt has for schemas, into JSON Schema. What is JSON Schema already stays
 * as it is.
 */
final class Picoschema {

    private static final Set<String> SCALARS = Set.of("any", "boolean", "integer", "null", "number", "string");
    private static final String WILDCARD = "(*)";

    private final Map<String, Map<String, Object>> named;

    /** Creates a reader that knows some schemas by name. */
    Picoschema(Map<String, Map<String, Object>> named) {
        this.named = named;
    }

    /**
     * Reads a schema.
     *
     * @param schema what stands in the front matter: text or a map
     * @param where what to call it in messages
     * @return JSON Schema, its properties in the order in which they were written
     * @throws PromptFailure if it is neither Picoschema nor JSON Schema
     */
    Map<String, Object> read(Object schema, String where) {
        Map<String, Object> read;
        if (schema instanceof Map<?, ?> map) {
            if (map.get("type") instanceof String type
                    && (SCALARS.contains(type) || type.equals("object") || type.equals("array"))) {
                read = Values.copyOf(map);
            } else if (map.get("properties") instanceof Map<?, ?>) {
                read = new LinkedHashMap<>(Map.of("type", "object"));
                read.putAll(Values.copyOf(map));
            } else {
                read = object(map, where);
            }
        } else {
            read = fragment(schema, where);
        }
        return Values.copyOf(read);
    }

    private Map<String, Object> fragment(@Nullable Object fragment, String where) {
        if (fragment instanceof String text) {
            return scalar(text, where);
        }
        if (fragment instanceof Map<?, ?> map) {
            return object(map, where);
        }
        throw malformed(where + " must be a type or a map of fields");
    }

    private Map<String, Object> scalar(String text, String where) {
        Described described = Described.of(text);
        Map<String, Object> schema = new LinkedHashMap<>();
        if (!SCALARS.contains(described.type())) {
            Map<String, Object> known = named.get(described.type());
            if (known == null) {
                throw malformed(where + " has the unknown type \"" + described.type() + "\"");
            }
            schema.putAll(known);
        } else if (!described.type().equals("any")) {
            schema.put("type", described.type());
        }
        return described.describe(schema);
    }

    private Map<String, Object> object(Map<?, ?> fields, String where) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        Object additional = false;
        for (Map.Entry<?, ?> field : fields.entrySet()) {
            String key = String.valueOf(field.getKey());
            String at = where + "." + key;
            if (key.equals(WILDCARD)) {
                additional = fragment(field.getValue(), at);
                continue;
            }
            int bracket = key.indexOf('(');
            String marked = bracket < 0 ? key : key.substring(0, bracket);
            boolean optional = marked.endsWith("?");
            String name = optional ? marked.substring(0, marked.length() - 1) : marked;
            if (!optional) {
                required.add(name);
            }
            Map<String, Object> property;
            if (bracket < 0) {
                property = fragment(field.getValue(), at);
            } else if (key.endsWith(")")) {
                Described described = Described.of(key.substring(bracket + 1, key.length() - 1));
                property = described.describe(bracketed(described.type(), field.getValue(), optional, at));
            } else {
                throw malformed(at + " opens a bracket and does not close it");
            }
            if (optional && property.get("type") instanceof String type) {
                property.put("type", List.of(type, "null"));
            }
            properties.put(name, property);
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("additionalProperties", additional);
        return schema;
    }

    private Map<String, Object> bracketed(String type, @Nullable Object value, boolean optional, String where) {
        Map<String, Object> schema = new LinkedHashMap<>();
        switch (type) {
            case "object" -> schema.putAll(fragment(value, where));
            case "array" -> {
                schema.put("type", "array");
                schema.put("items", fragment(value, where));
            }
            case "enum" -> {
                if (!(value instanceof List<?> values)) {
                    throw malformed(where + " must list its values");
                }
                List<@Nullable Object> allowed = new ArrayList<>(values);
                if (optional && !allowed.contains(null)) {
                    allowed.add(null);
                }
                schema.put("enum", allowed);
            }
            default -> throw malformed(where + " must be an object, array or enum, not \"" + type + "\"");
        }
        return schema;
    }

    private static PromptFailure malformed(String message) {
        return new PromptFailure(PromptException.Reason.MALFORMED, message);
    }

    /** A type and what is said of it, which is nothing or begins after the first comma. */
    private record Described(String type, String description) {

        static Described of(String text) {
            int comma = text.indexOf(',');
            return comma < 0
                    ? new Described(text.strip(), "")
                    : new Described(
                            text.substring(0, comma).strip(),
                            text.substring(comma + 1).strip());
        }

        Map<String, Object> describe(Map<String, Object> schema) {
            if (!description.isEmpty()) {
                schema.put("description", description);
            }
            return schema;
        }
    }
}
