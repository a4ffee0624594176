package dev.pictor.prompts;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Derives from the schema of an answer the one that a model is given: the part of JSON Schema that all vendors take. What
 * cannot be said in it and would change the shape is refused; what only narrows it is said in words. Not thread-safe.
 */
final class WireSchema {

    private static final String DEFS = "#/$defs/";
    private static final String NULL = "null";

    /** Names no shape: checked when the answer is there, and not told. */
    private static final Set<String> RULES = Set.of(
            "allOf",
            "contains",
            "dependentRequired",
            "dependentSchemas",
            "else",
            "if",
            "maxContains",
            "maxProperties",
            "minContains",
            "minProperties",
            "not",
            "propertyNames",
            "then");

    private static final Set<String> NOTES = Set.of(
            "$comment",
            "$schema",
            "default",
            "deprecated",
            "description",
            "examples",
            "readOnly",
            "title",
            "writeOnly");
    private static final Set<String> SHAPES = Set.of(
            "$defs",
            "$ref",
            "additionalProperties",
            "anyOf",
            "const",
            "enum",
            "items",
            "oneOf",
            "properties",
            "required",
            "type");
    private static final Set<String> TYPES = Set.of("array", "boolean", "integer", NULL, "number", "object", "string");

    private final Map<?, ?> definitions;
    private final Map<String, Object> used = new LinkedHashMap<>();
    private final Set<String> underWay = new LinkedHashSet<>();

    private WireSchema(Map<?, ?> definitions) {
        this.definitions = definitions;
    }

    /** @throws PromptFailure if a model cannot be given such a schema */
    static Map<String, Object> of(Map<String, Object> full) {
        Map<?, ?> definitions = full.get("$defs") instanceof Map<?, ?> map ? map : Map.of();
        WireSchema wire = new WireSchema(definitions);
        Map<String, Object> root = wire.derive(full, "", false);
        if (!"object".equals(root.get("type"))) {
            throw refused("", "must be an object that is never null; put it into a property of one");
        }
        if (!wire.used.isEmpty()) {
            root.put("$defs", wire.used);
        }
        WireLimits.check(root);
        return root;
    }

    private Map<String, Object> derive(@Nullable Object schema, String at, boolean nullable) {
        if (!(schema instanceof Map<?, ?> map)) {
            throw refused(at, "allows anything or nothing; give it a type");
        }
        checkKeywords(map, at);
        if (map.get("$ref") != null) {
            return reference(map, at, nullable);
        }
        boolean isShaped = map.containsKey("type") || map.containsKey("properties");
        for (String choice : List.of("anyOf", "oneOf")) {
            if (!isShaped && map.get(choice) instanceof List<?> ways) {
                return choice(map, ways, at + "/" + choice, nullable);
            }
        }
        return plain(map, at, nullable);
    }

    private static void checkKeywords(Map<?, ?> schema, String at) {
        for (Object key : schema.keySet()) {
            String keyword = String.valueOf(key);
            boolean known = SHAPES.contains(keyword)
                    || RULES.contains(keyword)
                    || NOTES.contains(keyword)
                    || Bounds.KEYWORDS.contains(keyword)
                    || keyword.startsWith("x-");
            if (!known) {
                throw refused(at, "has \"" + keyword + "\", which no model can be told");
            }
        }
    }

    private Map<String, Object> reference(Map<?, ?> schema, String at, boolean nullable) {
        String address = String.valueOf(schema.get("$ref"));
        String name = address.startsWith(DEFS) ? address.substring(DEFS.length()) : "";
        if (name.isEmpty() || !definitions.containsKey(name)) {
            throw refused(
                    at,
                    "refers to " + address + "; known are the names under $defs of the schema, as " + DEFS + "name");
        }
        if (!NOTES.containsAll(without(schema, "$ref"))) {
            throw refused(at, "has more than a description beside its $ref");
        }
        String target = nullable ? name + "OrNull" : name;
        if (nullable && definitions.containsKey(target)) {
            throw refused(at, "needs the name " + target + ", which is under $defs already");
        }
        if (!underWay.add(target)) {
            throw refused(at, "refers to itself by " + address + "; models take no schema without an end");
        }
        if (!used.containsKey(target)) {
            Map<String, Object> definition = derive(definitions.get(name), DEFS.substring(1) + name, nullable);
            used.put(target, definition);
        }
        underWay.remove(target);
        Map<String, Object> reference = new LinkedHashMap<>(Map.of("$ref", DEFS + target));
        Map<String, Object> wire = described(schema, "");
        if (wire.isEmpty()) {
            return reference;
        }
        wire.put("anyOf", List.of(reference)); // some vendors take nothing beside $ref
        return wire;
    }

    private static Set<String> without(Map<?, ?> schema, String keyword) {
        Set<String> keys = new LinkedHashSet<>();
        schema.keySet().forEach(key -> keys.add(String.valueOf(key)));
        keys.remove(keyword);
        return keys;
    }

    private Map<String, Object> choice(Map<?, ?> schema, List<?> ways, String at, boolean nullable) {
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < ways.size(); i++) {
            if (!(ways.get(i) instanceof Map<?, ?> way && NULL.equals(way.get("type")))) {
                kept.add(i);
            }
        }
        boolean orNull = nullable || kept.size() < ways.size();
        if (kept.isEmpty()) {
            throw refused(at, "allows null alone");
        }
        List<Object> derived = new ArrayList<>();
        for (int i : kept) {
            derived.add(derive(ways.get(i), at + "/" + i, orNull && derived.isEmpty()));
        }
        Map<String, Object> wire = described(schema, "");
        if (derived.size() == 1 && wire.isEmpty()) {
            @SuppressWarnings("unchecked") // made by this class
            Map<String, Object> only = (Map<String, Object>) derived.get(0);
            return only;
        }
        wire.put("anyOf", derived);
        return wire;
    }

    private Map<String, Object> plain(Map<?, ?> schema, String at, boolean nullable) {
        Collection<?> values = values(schema);
        Set<String> types = types(schema, values, at);
        boolean orNull = types.remove(NULL) || nullable;
        if (types.isEmpty()) {
            throw refused(at, "allows null alone");
        }
        if (types.size() == 1) {
            return typed(schema, types.iterator().next(), values, at, orNull);
        }
        Map<String, Object> wire = described(schema, "");
        List<Object> ways = new ArrayList<>();
        for (String type : types) {
            Map<?, ?> undescribed = new LinkedHashMap<>(schema);
            undescribed.remove("description");
            undescribed.remove("title");
            ways.add(typed(undescribed, type, values, at, orNull && ways.isEmpty()));
        }
        wire.put("anyOf", ways);
        return wire;
    }

    private static Collection<?> values(Map<?, ?> schema) {
        if (schema.containsKey("const")) {
            List<@Nullable Object> only = new ArrayList<>();
            only.add(schema.get("const"));
            return only;
        }
        return schema.get("enum") instanceof Collection<?> all ? all : List.of();
    }

    private static Set<String> types(Map<?, ?> schema, Collection<?> values, String at) {
        Set<String> types = new LinkedHashSet<>();
        Object type = schema.get("type");
        if (type instanceof Collection<?> several) {
            several.forEach(one -> types.add(String.valueOf(one)));
        } else if (type != null) {
            types.add(String.valueOf(type));
        } else if (!values.isEmpty()) {
            values.forEach(value -> types.add(typeOf(value)));
            if (types.contains("number")) {
                types.remove("integer");
            }
        } else if (schema.containsKey("properties")) {
            types.add("object");
        } else if (schema.containsKey("items")) {
            types.add("array");
        }
        if (types.isEmpty()) {
            throw refused(at, "allows anything; give it a type");
        }
        types.stream().filter(one -> !TYPES.contains(one)).findFirst().ifPresent(unknown -> {
            throw refused(at, "has the unknown type \"" + unknown + "\"");
        });
        return types;
    }

    private static String typeOf(@Nullable Object value) {
        if (value == null) {
            return NULL;
        }
        if (value instanceof Number number) {
            return isWhole(number) ? "integer" : "number";
        }
        return value instanceof Boolean ? "boolean" : value instanceof String ? "string" : "object";
    }

    private static boolean isWhole(Number number) {
        return new BigDecimal(number.toString()).stripTrailingZeros().scale() <= 0;
    }

    private Map<String, Object> typed(
            Map<?, ?> schema, String type, Collection<?> values, String at, boolean nullable) {
        Map<String, Object> wire = new LinkedHashMap<>();
        wire.put("type", nullable ? List.of(type, NULL) : type);
        wire.putAll(described(schema, Bounds.words(schema, type)));
        if (!values.isEmpty()) {
            wire.put("enum", allowed(values, type, at, nullable));
        }
        if (type.equals("object")) {
            object(schema, at, wire);
        } else if (type.equals("array")) {
            wire.put("items", derive(schema.get("items"), at + "/items", false));
        }
        return wire;
    }

    private static List<@Nullable Object> allowed(Collection<?> values, String type, String at, boolean nullable) {
        List<@Nullable Object> allowed = new ArrayList<>();
        for (Object value : values) {
            String found = typeOf(value);
            if (found.equals(type) || (found.equals("integer") && type.equals("number"))) {
                allowed.add(value);
            }
        }
        if (allowed.isEmpty() || type.equals("object") || type.equals("array")) {
            throw refused(
                    at, "lists no value of the type " + type + "; what is listed must be text, numbers or booleans");
        }
        if (nullable) {
            allowed.add(null);
        }
        return allowed;
    }

    private void object(Map<?, ?> schema, String at, Map<String, Object> wire) {
        if (schema.get("additionalProperties") instanceof Map<?, ?>) {
            throw refused(at, "has properties of any name; make it a list of objects with a name and a value");
        }
        if (!(schema.get("properties") instanceof Map<?, ?> properties) || properties.isEmpty()) {
            throw refused(at, "is an object without properties");
        }
        Set<String> required = new LinkedHashSet<>();
        if (schema.get("required") instanceof Collection<?> names) {
            names.forEach(name -> required.add(String.valueOf(name)));
        }
        Map<String, Object> derived = new LinkedHashMap<>();
        properties.forEach((key, property) -> {
            String name = String.valueOf(key);
            derived.put(name, derive(property, at + "/properties/" + name, !required.remove(name)));
        });
        if (!required.isEmpty()) {
            throw refused(at, "requires " + String.join(", ", required) + " without describing it");
        }
        wire.put("properties", derived);
        wire.put("required", List.copyOf(derived.keySet()));
        wire.put("additionalProperties", false);
    }

    private static Map<String, Object> described(Map<?, ?> schema, String bounds) {
        Map<String, Object> wire = new LinkedHashMap<>();
        if (schema.get("title") instanceof String title) {
            wire.put("title", title);
        }
        String words = schema.get("description") instanceof String description ? description : "";
        if (!bounds.isEmpty()) {
            words = words.isEmpty() ? bounds : words + " (" + bounds + ")";
        }
        if (!words.isEmpty()) {
            wire.put("description", words);
        }
        return wire;
    }

    static PromptFailure refused(String at, String why) {
        return new PromptFailure(
                PromptException.Reason.MALFORMED, "the output schema" + (at.isEmpty() ? "" : " at " + at) + " " + why);
    }
}
