package dev.pictor.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.pictor.image.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The parts of a request by name, each as a hash: enough to see that another request is another one and where it differs,
 * and nothing to read its content from.
 */
final class RequestFields {

    private static final int DIGITS = 16;
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    private RequestFields() {}

    /** Returns such as {@code messages[0]} and {@code parameters.seed}, each with 16 hexadecimal digits of its SHA-256. */
    static Map<String, String> of(ModelCall<?> call, CallOptions options) {
        Map<String, String> fields = new TreeMap<>();
        call.describe().forEach((name, value) -> {
            if (value instanceof Map<?, ?> members) {
                members.forEach((member, part) -> put(fields, name + "." + member, part));
            } else if (value instanceof List<?> items) {
                for (int i = 0; i < items.size(); i++) {
                    put(fields, name + "[" + i + "]", items.get(i));
                }
            } else {
                put(fields, name, value);
            }
        });
        options.forceModel().ifPresent(model -> put(fields, "options.forceModel", model));
        return fields;
    }

    private static void put(Map<String, String> fields, String name, Object value) {
        byte[] json;
        try {
            json = MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            json = value.getClass().getName().getBytes(StandardCharsets.UTF_8); // no JSON form: its type
        }
        fields.put(name, Sha256.of(json).hex().substring(0, DIGITS));
    }
}
