package dev.pictor.adapter.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.openai.core.JsonSchemaValidator;
import dev.pictor.prompts.PromptRegistry;
import dev.pictor.prompts.PromptSelection;
import dev.pictor.prompts.PromptSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a model is given of a prompt's schema, by the check that openai-java makes before it sends one. */
class WireSchemasTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void thatOfTheLibraryIsOneThatOpenAiTakes() {
        Map<String, Object> wire = PromptRegistry.builtIn()
                .resolve("generation/understand", PromptSelection.none())
                .prompt()
                .answerSchema()
                .orElseThrow()
                .wire();

        assertThat(complaints(wire)).isEmpty();
        assertThat(StrictSchema.isObeyedBy(wire)).isTrue();
    }

    @Test
    void oneWithEverythingIsTooThoughItsFileIsNot() throws IOException {
        Files.writeString(folder.resolve("deep.prompt"), """
                ---
                output:
                  schema:
                    type: object
                    required: [kind, parts, size]
                    properties:
                      kind: {const: Deep}
                      parts:
                        type: array
                        minItems: 1
                        items:
                          oneOf:
                            - {type: object, required: [a], properties: {a: {type: number, minimum: 0}, b: {$ref: "#/$defs/M"}}}
                            - {type: object, required: [c], properties: {c: {$ref: "#/$defs/M", description: the third}}}
                      size: {type: [integer, string], maxLength: 3}
                      mood: {enum: [calm, wild]}
                      box: {anyOf: [{$ref: "#/$defs/M"}, {type: "null"}]}
                    $defs:
                      M: {type: object, required: [value], properties: {value: {type: number}, unit: {type: string, pattern: "^mm$"}}}
                ---
                x""");
        var schema = PromptRegistry.of(PromptSource.ofDirectory(folder))
                .resolve("deep", PromptSelection.none())
                .prompt()
                .answerSchema()
                .orElseThrow();

        assertThat(complaints(schema.wire())).isEmpty();
        assertThat(StrictSchema.isObeyedBy(schema.wire())).isTrue();
        assertThat(complaints(schema.full())).isNotEmpty();
    }

    private static List<String> complaints(Map<String, Object> schema) {
        ObjectNode root = JSON.valueToTree(schema);
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema"); // which the library's generator writes
        return JsonSchemaValidator.Companion.create().validate(root).errors();
    }
}
