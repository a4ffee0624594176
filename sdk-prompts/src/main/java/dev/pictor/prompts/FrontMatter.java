package dev.pictor.prompts;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a prompt file says of itself. Keys that Pictor does not know are left alone. Immutable.
 *
 * @param texts the values of the keys that hold text
 * @param config the model's parameters
 * @param inputDefaults values for variables that are not given
 * @param inputSchema JSON Schema, or empty
 * @param outputSchema JSON Schema, or empty
 * @param extensions the values of the keys with a dot, by the whole key
 */
record FrontMatter(
        Map<String, String> texts,
        Map<String, Object> config,
        Map<String, Object> inputDefaults,
        Map<String, Object> inputSchema,
        Map<String, Object> outputSchema,
        Map<String, Object> extensions) {

    static FrontMatter of(PromptText text, Picoschema schemas) {
        Map<String, Object> keys = YamlReader.read(text.frontMatter(), text.frontMatterLine());
        Map<String, Object> input = map(keys, "input", "input");
        Map<String, Object> output = map(keys, "output", "output");
        Map<String, String> texts = new HashMap<>();
        for (String key : List.of("description", "model", "version")) {
            Object value = keys.get(key);
            // a version is often a whole number; of 1.10 YAML would make 1.1
            if (value instanceof String || value instanceof Integer) {
                texts.put(key, value.toString());
            } else if (value != null) {
                throw malformed(key + " must be text; put it in quotes");
            }
        }
        Map<String, Object> extensions = new LinkedHashMap<>(keys);
        extensions.keySet().removeIf(key -> key.indexOf('.') < 0);
        return new FrontMatter(
                texts,
                map(keys, "config", "config"),
                map(input, "default", "input.default"),
                schema(input, "input.schema", schemas),
                schema(output, "output.schema", schemas),
                Values.copyOf(extensions));
    }

    /**
     * Returns this over another: what this does not say is as there, but for the version, which is of one text alone.
     *
     * @throws PromptFailure if this has an input or output schema, and it is another
     */
    FrontMatter over(FrontMatter base) {
        requireSame("input.schema", inputSchema, base.inputSchema);
        requireSame("output.schema", outputSchema, base.outputSchema);
        Map<String, String> merged = new HashMap<>(base.texts);
        merged.remove("version");
        merged.putAll(texts);
        return new FrontMatter(
                merged,
                config.isEmpty() ? base.config : config,
                inputDefaults.isEmpty() ? base.inputDefaults : inputDefaults,
                base.inputSchema,
                base.outputSchema,
                extensions.isEmpty() ? base.extensions : extensions);
    }

    private static void requireSame(String what, Map<String, Object> own, Map<String, Object> base) {
        if (!own.isEmpty() && !own.equals(base)) {
            throw malformed("an override must keep the " + what + " of the file it stands in for; leave it out");
        }
    }

    Optional<String> text(String key) {
        return Optional.ofNullable(texts.get(key));
    }

    private static Map<String, Object> schema(Map<String, Object> of, String where, Picoschema schemas) {
        Object schema = of.get("schema");
        return schema == null ? Map.of() : schemas.read(schema, where);
    }

    private static Map<String, Object> map(Map<String, Object> of, String key, String where) {
        Object value = of.get(key);
        if (value == null) {
            return Map.of();
        }
        if (value instanceof Map<?, ?> map) {
            return Values.copyOf(map);
        }
        throw malformed(where + " must be a map");
    }

    private static PromptFailure malformed(String message) {
        return new PromptFailure(PromptException.Reason.MALFORMED, message);
    }
}
