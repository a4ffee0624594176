package dev.pictor.prompts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes nulls out of an answer that stand for what is absent: a model has to give every property, and gives null where a
 * property is optional.
 */
final class OptionalNulls {

    private final Map<?, ?> definitions;

    private OptionalNulls(Map<?, ?> definitions) {
        this.definitions = definitions;
    }

    /** Changes the value. A schema that a {@link WireSchema} was made of has an end, so this has one too. */
    static void drop(Map<String, Object> schema, JsonNode value) {
        new OptionalNulls(schema.get("$defs") instanceof Map<?, ?> map ? map : Map.of()).visit(schema, value);
    }

    private void visit(@Nullable Object schema, @Nullable JsonNode value) {
        Map<?, ?> map = resolve(schema);
        if (value instanceof ArrayNode list) {
            list.forEach(item -> visit(map.get("items"), item));
        } else if (value instanceof ObjectNode object && map.get("properties") instanceof Map<?, ?> properties) {
            Collection<?> required = map.get("required") instanceof Collection<?> names ? names : List.of();
            properties.forEach((name, property) -> {
                JsonNode held = object.get(name.toString());
                if (held != null && held.isNull() && !required.contains(name) && !allowsNull(property)) {
                    object.remove(name.toString());
                } else {
                    visit(property, held);
                }
            });
        }
        ways(map).stream()
                .filter(way ->
                        value instanceof ArrayNode || (value instanceof ObjectNode && mayBe(resolve(way), value)))
                .findFirst()
                .ifPresent(way -> visit(way, value));
    }

    private Map<?, ?> resolve(@Nullable Object schema) {
        Map<?, ?> map = schema instanceof Map<?, ?> known ? known : Map.of();
        return map.get("$ref") instanceof String address
                ? resolve(definitions.get(address.substring("#/$defs/".length())))
                : map;
    }

    private static List<?> ways(Map<?, ?> schema) {
        Object ways = schema.containsKey("anyOf") ? schema.get("anyOf") : schema.get("oneOf");
        return ways instanceof List<?> list ? list : List.of();
    }

    /** Whether an object has what a way requires, and the values by which ways are told apart. */
    private boolean mayBe(Map<?, ?> way, JsonNode object) {
        if (!(way.get("properties") instanceof Map<?, ?> properties)) {
            return false;
        }
        if (way.get("required") instanceof Collection<?> required
                && !required.stream().allMatch(name -> object.has(name.toString()))) {
            return false;
        }
        return properties.entrySet().stream().allMatch(property -> {
            JsonNode held = object.get(property.getKey().toString());
            Map<?, ?> rule = resolve(property.getValue());
            if (held == null || !held.isTextual()) {
                return true;
            }
            return rule.get("const") instanceof String only
                    ? only.equals(held.textValue())
                    : !(rule.get("enum") instanceof Collection<?> all) || all.contains(held.textValue());
        });
    }

    private boolean allowsNull(@Nullable Object schema) {
        Map<?, ?> map = resolve(schema);
        if (map.containsKey("const")) {
            return map.get("const") == null;
        }
        if (map.get("enum") instanceof Collection<?> all && all.stream().noneMatch(value -> value == null)) {
            return false;
        }
        Object type = map.get("type");
        if (type != null) {
            return type.equals("null") || (type instanceof Collection<?> types && types.contains("null"));
        }
        List<?> ways = ways(map);
        return ways.isEmpty() || ways.stream().anyMatch(this::allowsNull);
    }
}
