package dev.pictor.prompts;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every schema and every answer to it. */
class AnswerSchemaProperties {

    private static final ObjectMapper JSON = new ObjectMapper();

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatFitsTheWireAndKeepsTheBoundsFitsTheFile(long seed) throws Exception {
        Random random = new Random(seed);
        Map<String, Object> full = object(random, 0);
        full.put("$defs", Map.of("D", object(random, 3)));
        AnswerSchema schema = AnswerSchema.of("test", full);
        assertThat(JsonSchemas.metaProblems(schema.wire())).isEmpty();
        JsonSchemas.Validator wire = JsonSchemas.compile(schema.wire());
        for (int i = 0; i < 5; i++) {
            Object answer = answer(schema.wire(), schema.wire(), random);
            String text = JSON.writeValueAsString(answer);

            assertThat(wire.validate(JSON.readTree(text)))
                    .as("seed %d: %s", seed, text)
                    .isEmpty();
            assertThat(schema.read(text).problems())
                    .as("seed %d: %s by %s", seed, text, full)
                    .isEmpty();
        }
    }

    private static Map<String, Object> object(Random random, int depth) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            properties.put("p" + i, property(random, depth + 1));
            if (random.nextBoolean()) {
                required.add("p" + i);
            }
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("required", required);
        if (random.nextBoolean()) {
            schema.put("additionalProperties", false);
        }
        return schema;
    }

    private static Map<String, Object> property(Random random, int depth) {
        int kinds = depth >= 3 ? 6 : 10;
        return switch (random.nextInt(kinds)) {
            case 0 -> new LinkedHashMap<>(Map.of("type", "string", "description", "words"));
            case 1 -> new LinkedHashMap<>(Map.of("type", List.of("integer", "null"), "minimum", 0, "maximum", 9));
            case 2 -> new LinkedHashMap<>(Map.of("enum", List.of("a", "b")));
            case 3 -> new LinkedHashMap<>(Map.of("const", "c"));
            case 4 -> new LinkedHashMap<>(Map.of("type", "boolean"));
            case 5 -> new LinkedHashMap<>(Map.of("type", List.of("number", "string"), "minimum", 0));
            case 6 -> new LinkedHashMap<>(Map.of("$ref", "#/$defs/D"));
            case 7 -> new LinkedHashMap<>(Map.of("anyOf", List.of(object(random, depth + 1), Map.of("type", "null"))));
            case 8 -> object(random, depth + 1);
            default ->
                new LinkedHashMap<>(Map.of("type", "array", "maxItems", 3, "items", property(random, depth + 1)));
        };
    }

    /** An answer of a model that is held to the schema, and heeds the bounds. */
    private static @Nullable Object answer(Map<?, ?> schema, Map<?, ?> root, Random random) {
        if (schema.get("$ref") instanceof String address) {
            Map<?, ?> definitions = (Map<?, ?>) requireNonNull(root.get("$defs"));
            return answer(
                    (Map<?, ?>) requireNonNull(definitions.get(address.substring("#/$defs/".length()))), root, random);
        }
        if (schema.get("anyOf") instanceof List<?> ways) {
            return answer((Map<?, ?>) ways.get(random.nextInt(ways.size())), root, random);
        }
        if (schema.get("enum") instanceof List<?> values) {
            return values.get(random.nextInt(values.size()));
        }
        Object type = schema.get("type");
        if (type instanceof List<?> types) {
            type = types.get(random.nextInt(types.size()));
        }
        return switch (String.valueOf(type)) {
            case "string" -> "w" + random.nextInt(9);
            case "integer" -> random.nextInt(10);
            case "number" -> random.nextInt(100) / 10.0;
            case "boolean" -> random.nextBoolean();
            case "array" -> {
                List<@Nullable Object> items = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    items.add(answer((Map<?, ?>) requireNonNull(schema.get("items")), root, random));
                }
                yield items;
            }
            case "object" -> {
                Map<String, @Nullable Object> properties = new LinkedHashMap<>();
                ((Map<?, ?>) requireNonNull(schema.get("properties")))
                        .forEach((name, property) ->
                                properties.put(name.toString(), answer((Map<?, ?>) property, root, random)));
                yield properties;
            }
            default -> null;
        };
    }
}
