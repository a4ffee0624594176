package dev.pictor.prompts;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts in a schema what vendors of models limit. Not thread-safe. */
final class WireLimits {

    static final int MAX_PROPERTIES = 100;
    static final int MAX_LEVELS = 10;
    static final int MAX_VALUES = 500;
    static final int MAX_CHARACTERS = 15_000;

    private final Map<?, ?> definitions;
    private int properties;
    private int values;
    private int characters;

    private WireLimits(Map<?, ?> definitions) {
        this.definitions = definitions;
    }

    /** @throws PromptFailure if a limit is passed; names which */
    static void check(Map<String, Object> wire) {
        Map<?, ?> definitions = wire.get("$defs") instanceof Map<?, ?> map ? map : Map.of();
        WireLimits limits = new WireLimits(definitions);
        limits.count(wire);
        definitions.forEach((name, definition) -> {
            limits.characters += name.toString().length();
            limits.count(definition);
        });
        require(limits.properties, MAX_PROPERTIES, "properties");
        require(limits.levels(wire), MAX_LEVELS, "levels");
        require(limits.values, MAX_VALUES, "enumerated values");
        require(limits.characters, MAX_CHARACTERS, "characters in its names and enumerated values");
    }

    private static void require(int found, int limit, String what) {
        if (found > limit) {
            throw WireSchema.refused(
                    "", "has " + found + " " + what + ", the limit is " + limit + "; ask for it in parts");
        }
    }

    private void count(@Nullable Object schema) {
        if (!(schema instanceof Map<?, ?> map)) {
            return;
        }
        if (map.get("properties") instanceof Map<?, ?> named) {
            named.forEach((name, property) -> {
                properties++;
                characters += name.toString().length();
                count(property);
            });
        }
        if (map.get("enum") instanceof Collection<?> allowed) {
            values += allowed.size();
            allowed.forEach(value -> characters += String.valueOf(value).length());
        }
        if (map.get("anyOf") instanceof Collection<?> ways) {
            ways.forEach(this::count);
        }
        count(map.get("items"));
    }

    /** How deep it goes below its root, with references followed: they have an end. */
    private int levels(@Nullable Object schema) {
        if (!(schema instanceof Map<?, ?> map)) {
            return -1;
        }
        int deepest = -1;
        if (map.get("properties") instanceof Map<?, ?> named) {
            deepest = deepest(named.values());
        }
        if (map.get("anyOf") instanceof Collection<?> ways) {
            deepest = Math.max(deepest, deepest(ways));
        }
        if (map.get("$ref") instanceof String address) {
            deepest = Math.max(deepest, levels(definitions.get(address.substring("#/$defs/".length()))) - 1);
        }
        return 1 + Math.max(deepest, levels(map.get("items")));
    }

    private int deepest(Collection<?> schemas) {
        return schemas.stream().mapToInt(this::levels).max().orElse(-1);
    }
}
