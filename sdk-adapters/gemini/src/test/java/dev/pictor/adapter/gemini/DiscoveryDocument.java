package dev.pictor.adapter.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A discovery document of Google's, such as {@code https://generativelanguage.googleapis.com/$discovery/rest?version=v1beta}
 * or {@code https://aiplatform.googleapis.com/$discovery/rest?version=v1}: its {@code schemas} say which fields a body may
 * have, and of which type. Not thread-safe.
 */
final class DiscoveryDocument {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final JsonNode schemas;
    private final boolean vertex;

    DiscoveryDocument(JsonNode document) {
        this.schemas = document.path("schemas");
        this.vertex = document.path("name").asText().equals("aiplatform");
    }

    /** Returns whether this is Vertex AI's. */
    boolean isVertex() {
        return vertex;
    }

    /** Returns what is wrong with a body, place by place; nothing if it is as the schema wants it. */
    List<String> problems(String name, String body) throws IOException {
        String schema = vertex ? "GoogleCloudAiplatformV1" + name : name;
        if (!schemas.has(schema)) {
            return List.of("the document has no schema " + schema);
        }
        List<String> problems = new ArrayList<>();
        check(schemas.path(schema), MAPPER.readTree(body), schema, problems);
        return problems;
    }

    private void check(JsonNode schema, JsonNode value, String place, List<String> problems) {
        if (schema.has("$ref")) {
            check(schemas.path(schema.path("$ref").asText()), value, place, problems);
            return;
        }
        boolean fits = switch (schema.path("type").asText()) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual() || (value.isIntegralNumber() && schema.has("format"));
            case "integer" -> value.isNumber() && value.doubleValue() == Math.rint(value.doubleValue());
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "any" -> true;
            default -> false;
        };
        if (!fits) {
            problems.add(place + " is no " + schema.path("type").asText("known type") + ": " + value.getNodeType());
            return;
        }
        if (schema.has("enum")) {
            List<String> allowed = new ArrayList<>();
            schema.path("enum").forEach(one -> allowed.add(one.asText()));
            if (!allowed.contains(value.asText())) {
                problems.add(place + " is none of " + allowed + ": " + value.asText());
            }
        }
        if (schema.path("type").asText().equals("array")) {
            for (int i = 0; i < value.size(); i++) {
                check(schema.path("items"), value.get(i), place + "[" + i + "]", problems);
            }
        }
        if (schema.path("type").asText().equals("object")) {
            value.properties().forEach(field -> {
                JsonNode known = schema.path("properties").path(field.getKey());
                JsonNode found = known.isMissingNode() ? schema.path("additionalProperties") : known;
                String at = place + "." + field.getKey();
                if (found.isMissingNode()) {
                    problems.add(at + " is no known field");
                } else {
                    check(found, field.getValue(), at, problems);
                }
            });
        }
    }
}
