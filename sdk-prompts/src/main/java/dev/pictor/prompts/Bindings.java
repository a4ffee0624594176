package dev.pictor.prompts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Makes variables of records. */
final class Bindings {

    private static final TypeReference<Map<String, Object>> VARIABLES = new TypeReference<>() {};
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
            .build();

    private Bindings() {}

    /**
     * Makes variables of a record's components.
     *
     * @throws IllegalArgumentException if the prompt's input schema does not know one, or one is of a type that no prompt
     *     takes; the message holds no value
     */
    static Map<String, Object> variables(Prompt prompt, Record values) {
        Class<? extends Record> type = values.getClass();
        if (prompt.inputSchema().get("properties") instanceof Map<?, ?> known
                && Boolean.FALSE.equals(prompt.inputSchema().get("additionalProperties"))) {
            List<String> unknown = Arrays.stream(type.getRecordComponents())
                    .map(component -> component.getName())
                    .filter(component -> !known.containsKey(component))
                    .toList();
            if (!unknown.isEmpty()) {
                throw new IllegalArgumentException(prompt.title() + " does not know " + String.join(", ", unknown)
                        + " of " + type.getName() + "; it knows " + String.join(", ", keys(known)));
            }
        }
        try {
            return JSON.convertValue(values, VARIABLES);
        } catch (IllegalArgumentException e) {
            // Jackson's own message may quote a value
            throw new IllegalArgumentException(prompt.title() + " cannot take " + type.getName()
                    + ": a component has a type that is no text, number, boolean, list, map or record");
        }
    }

    private static List<String> keys(Map<?, ?> known) {
        return known.keySet().stream().map(String::valueOf).toList();
    }
}
