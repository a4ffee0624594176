package dev.pictor.prompts;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Holds the validator to what ajv, another one, says of the same answers. The corpus is made by its generate.mjs. */
class AnswerCorpusTest {

    private static final Path CORPUS = Path.of("src", "test", "corpus-answers");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void ofFiveHundredAnswersTheSameFitAsAjvSays() throws IOException {
        Map<String, JsonSchemas.Validator> validators = new HashMap<>();
        schemas().forEach((name, schema) -> validators.put(name, JsonSchemas.compile(schema)));
        List<String> different = new ArrayList<>();
        int fitting = 0;
        List<String> lines = Files.readAllLines(CORPUS.resolve("cases.jsonl"));
        for (String line : lines) {
            JsonNode example = JSON.readTree(line);
            List<AnswerProblem> problems = requireNonNull(
                            validators.get(example.path("schema").asText()))
                    .validate(example.path("answer"));
            boolean valid = example.path("valid").asBoolean();
            fitting += valid ? 1 : 0;
            if (problems.isEmpty() != valid) {
                different.add(problems + " for " + line);
            }
        }
        assertThat(different).isEmpty();
        assertThat(lines).hasSizeGreaterThan(500);
        assertThat(fitting).isBetween(100, 440);
    }

    @Test
    void itsSchemasCanBeGivenToAModel() throws IOException {
        schemas()
                .forEach((name, schema) -> assertThat(
                                AnswerSchema.of(name, schema).wire())
                        .as(name)
                        .containsEntry("additionalProperties", false));
    }

    private static Map<String, Map<String, Object>> schemas() throws IOException {
        return JSON.readValue(CORPUS.resolve("schemas.json").toFile(), new TypeReference<>() {});
    }
}
