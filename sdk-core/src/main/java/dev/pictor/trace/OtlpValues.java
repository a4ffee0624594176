package dev.pictor.trace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Values in OTLP's JSON: each says its type, and whole numbers of 64 bits are text. */
final class OtlpValues {

    private OtlpValues() {}

    /** Adds an attribute, unless its value is null. */
    static void add(ArrayNode attributes, String key, @Nullable Object value) {
        JsonNode json = TraceJson.MAPPER.valueToTree(value);
        if (!json.isNull()) {
            attributes.addObject().put("key", key).set("value", any(json));
        }
    }

    private static ObjectNode any(JsonNode json) {
        ObjectNode any = TraceJson.MAPPER.createObjectNode();
        if (json.isBoolean()) {
            any.put("boolValue", json.booleanValue());
        } else if (json.isIntegralNumber() && json.canConvertToLong()) {
            any.put("intValue", json.asText());
        } else if (json.isNumber()) {
            any.put("doubleValue", json.doubleValue());
        } else if (json.isArray()) {
            ArrayNode values = any.putObject("arrayValue").putArray("values");
            json.forEach(element -> values.add(any(element)));
        } else if (json.isObject()) {
            ArrayNode members = any.putObject("kvlistValue").putArray("values");
            json.properties()
                    .forEach(member ->
                            members.addObject().put("key", member.getKey()).set("value", any(member.getValue())));
        } else if (!json.isNull()) { // an empty value is OTLP's null
            any.put("stringValue", json.asText());
        }
        return any;
    }
}
