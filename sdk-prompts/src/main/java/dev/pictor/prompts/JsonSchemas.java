package dev.pictor.prompts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The face of the validator of JSON Schema 2020-12, and the only class that knows it. Its messages are left where they are:
 * some quote the answer.
 */
final class JsonSchemas {

    private static final int MAX_PROBLEMS = 1_000;
    private static final int MAX_WORDS = 1_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** By the order of names and numbers on the way, then by keyword. */
    private static final Comparator<AnswerProblem> ORDER = Comparator.<AnswerProblem, String>comparing(
                    problem -> numbered(problem.pointer()))
            .thenComparing(AnswerProblem::keyword)
            .thenComparing(AnswerProblem::message);

    private JsonSchemas() {}

    /**
     * A schema, ready to hold answers to it. Thread-safe.
     *
     * @param schema the validator's own form
     */
    record Validator(Schema schema) {

        /** Returns all that is wrong with a value. */
        List<AnswerProblem> validate(JsonNode value) {
            return schema.validate(value).stream()
                    .filter(error -> !isNullWay(error))
                    .map(JsonSchemas::problem)
                    .distinct()
                    .sorted(ORDER)
                    .limit(MAX_PROBLEMS)
                    .toList();
        }
    }

    /** @throws PromptFailure if the validator cannot read the schema */
    static Validator compile(Map<String, Object> schema) {
        try {
            Schema read = registry().getSchema(JSON.<JsonNode>valueToTree(schema));
            read.initializeValidators();
            return new Validator(read);
        } catch (SchemaException e) {
            throw new PromptFailure(
                    PromptException.Reason.MALFORMED, "the output schema is no JSON Schema: " + e.getMessage(), e);
        }
    }

    /** Returns what of a schema breaks the rules of JSON Schema 2020-12 itself. */
    static List<AnswerProblem> metaProblems(Map<String, Object> schema) {
        return new Validator(registry().getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema")))
                .validate(JSON.valueToTree(schema));
    }

    private static SchemaRegistry registry() {
        return SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemaRegistryConfig(SchemaRegistryConfig.builder()
                        .losslessNarrowing(true) // 1.0 is a whole number, as JSON Schema says
                        .locale(Locale.ROOT)
                        .build()));
    }

    /** Whether it says of something that it is not null, which is one way of several and the least of its problems. */
    private static boolean isNullWay(Error error) {
        String way = error.getEvaluationPath().toString();
        return error.getKeyword().equals("type")
                && way.matches(".*/(?:anyOf|oneOf)/\\d+/type")
                && error.getSchemaNode().asText().equals("null");
    }

    private static AnswerProblem problem(Error error) {
        String keyword = error.getKeyword();
        String at = error.getInstanceLocation().toString();
        JsonNode rule = error.getSchemaNode();
        String message = switch (keyword) {
            case "required" -> "is missing";
            case "additionalProperties", "unevaluatedProperties" -> "must have no properties but those of the schema";
            case "type" -> "must be " + list(rule) + ", is " + kind(error.getInstanceNode());
            case "enum" -> "must be one of " + list(rule);
            case "const" -> "must be " + list(rule);
            case "minimum" -> "must be at least " + rule.asText();
            case "maximum" -> "must be at most " + rule.asText();
            case "exclusiveMinimum" -> "must be more than " + rule.asText();
            case "exclusiveMaximum" -> "must be less than " + rule.asText();
            case "multipleOf" -> "must be a multiple of " + rule.asText();
            case "minLength" -> "must have at least " + rule.asText() + " characters";
            case "maxLength" -> "must have at most " + rule.asText() + " characters";
            case "pattern" -> "must match the regular expression " + rule.asText();
            case "minItems" -> "must have at least " + rule.asText() + " items";
            case "maxItems" -> "must have at most " + rule.asText() + " items";
            case "uniqueItems" -> "must have no item twice";
            default -> "must keep the rule " + keyword + " of the schema: " + cut(rule.toString());
        };
        boolean names = keyword.equals("required") && error.getProperty() != null;
        return new AnswerProblem(names ? at + "/" + escaped(error.getProperty()) : at, keyword, message);
    }

    private static String list(JsonNode rule) {
        return rule.isArray()
                ? cut(StreamSupport.stream(rule.spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(" or ")))
                : rule.asText();
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "array";
            case BOOLEAN -> "boolean";
            case NULL -> "null";
            case NUMBER -> "number";
            case OBJECT -> "object";
            default -> "string";
        };
    }

    private static String cut(String words) {
        return words.length() <= MAX_WORDS ? words : words.substring(0, MAX_WORDS) + "..";
    }

    /** Returns a name as a JSON Pointer has it. */
    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    /** A pointer with its numbers filled up, so that 10 comes after 9. */
    private static String numbered(String pointer) {
        StringBuilder numbered = new StringBuilder();
        for (String step : pointer.split("/", -1)) {
            boolean isNumber = !step.isEmpty() && step.chars().allMatch(c -> c >= '0' && c <= '9');
            numbered.append('/').append(isNumber ? "0".repeat(Math.max(0, 8 - step.length())) + step : step);
        }
        return numbered.toString();
    }
}
