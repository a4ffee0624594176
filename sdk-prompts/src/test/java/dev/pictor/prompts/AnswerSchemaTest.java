package dev.pictor.prompts;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema of an answer, as a model is given it. */
class AnswerSchemaTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static AnswerSchema schema(String json) {
        return TestPrompts.parse("---\noutput:\n  schema: " + json + "\n---\nx")
                .answerSchema()
                .orElseThrow();
    }

    private static String wire(String property) {
        return wire("{\"type\":\"object\",\"required\":[\"p\"],\"properties\":{\"p\":" + property + "}}", "p");
    }

    private static String wire(String json, String property) {
        Map<?, ?> properties = (Map<?, ?>) requireNonNull(schema(json).wire().get("properties"));
        return json(requireNonNull(properties.get(property)));
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static PromptException refusal(String json) {
        return catchThrowableOfType(PromptException.class, () -> schema(json));
    }

    @Test
    void isMadeOnceForAPrompt() {
        Prompt prompt = TestPrompts.parse("---\noutput:\n  schema:\n    a: string\n---\nx");
        assertThat(prompt.answerSchema()).isPresent();
        assertThat(prompt.answerSchema().orElseThrow())
                .isSameAs(prompt.answerSchema().orElseThrow())
                .isSameAs(prompt.render(Map.of()).answerSchema().orElseThrow());
        assertThat(prompt.answerSchema().orElseThrow().full()).isEqualTo(prompt.outputSchema());
    }

    @Test
    void isNoneWhereThePromptAsksForText() {
        assertThat(TestPrompts.parse("---\noutput:\n  format: text\n---\nx").answerSchema())
                .isEmpty();
        assertThat(TestPrompts.parse("x").answerSchema()).isEmpty();
    }

    @Nested
    class TheWire {

        @Test
        void requiresEveryPropertyInOrderAndMakesOptionalOnesNullable() {
            assertThat(json(schema("""
                            {"type":"object","required":["b"],"properties":{
                             "b":{"type":"string"},"a":{"type":"integer"},"c":{"enum":["x","y"]}}}""").wire()))
                    .isEqualTo("{\"type\":\"object\",\"properties\":{\"b\":{\"type\":\"string\"},"
                            + "\"a\":{\"type\":[\"integer\",\"null\"]},"
                            + "\"c\":{\"type\":[\"string\",\"null\"],\"enum\":[\"x\",\"y\",null]}},"
                            + "\"required\":[\"b\",\"a\",\"c\"],\"additionalProperties\":false}");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{type: number, minimum: 0, maximum: 1, description: how sure} | how sure (0 to 1)",
                    "{type: integer, exclusiveMinimum: 2, multipleOf: 3} | more than 2, a multiple of 3",
                    "{type: number, minimum: 0.5} | at least 0.5",
                    "{type: string, minLength: 1, maxLength: 40} | 1 to 40 characters",
                    "{type: string, pattern: '^a'} | matching the regular expression ^a",
                    "{type: string, format: date} | in the format date",
                    "{type: array, maxItems: 4, uniqueItems: true, items: {type: string}} | at most 4 items, no item twice",
                    "{type: [string, 'null'], maxLength: 3} | at most 3 characters",
                })
        void saysBoundsInWords(String property, String words) {
            assertThat(wire(property))
                    .contains("\"description\":\"" + words + "\"")
                    .doesNotContain("imum\"", "Length\"", "pattern\"", "format\"", "multipleOf\"", "Items\"");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{const: a} | {\"type\":\"string\",\"enum\":[\"a\"]}",
                    "{enum: [1, 2.5]} | {\"type\":\"number\",\"enum\":[1,2.5]}",
                    "{enum: [a, null]} | {\"type\":[\"string\",\"null\"],\"enum\":[\"a\",null]}",
                    "{type: boolean, default: true, title: T} | {\"type\":\"boolean\",\"title\":\"T\"}",
                    "{type: [string, number]} | {\"anyOf\":[{\"type\":\"string\"},{\"type\":\"number\"}]}",
                    "{anyOf: [{type: string}, {type: 'null'}]} | {\"type\":[\"string\",\"null\"]}",
                    "{oneOf: [{type: string}, {type: integer}, {type: 'null'}]} | "
                            + "{\"anyOf\":[{\"type\":[\"string\",\"null\"]},{\"type\":\"integer\"}]}",
                    "{properties: {q: {type: string}}, anyOf: [{required: [q]}]} | {\"type\":\"object\",\"properties\":"
                            + "{\"q\":{\"type\":[\"string\",\"null\"]}},\"required\":[\"q\"],\"additionalProperties\":false}",
                })
        void keepsToTheCommonSubset(String property, String expected) {
            assertThat(wire(property)).isEqualTo(expected);
        }

        @Test
        void namesWhatIsUsedTwiceOnceAndOnceMoreWhereItMayBeNull() {
            String json = json(schema("""
                            {"type":"object","required":["a","b"],"properties":{
                             "a":{"$ref":"#/$defs/N"},"b":{"$ref":"#/$defs/N","description":"second"},
                             "c":{"$ref":"#/$defs/N"}},
                             "$defs":{"N":{"type":"string"},"unused":{"type":"string"}}}""").wire());
            assertThat(json)
                    .contains("\"a\":{\"$ref\":\"#/$defs/N\"}")
                    .contains("\"b\":{\"description\":\"second\",\"anyOf\":[{\"$ref\":\"#/$defs/N\"}]}")
                    .contains("\"c\":{\"$ref\":\"#/$defs/NOrNull\"}")
                    .endsWith("\"$defs\":{\"N\":{\"type\":\"string\"},\"NOrNull\":{\"type\":[\"string\",\"null\"]}}}");
        }

        @Test
        void leavesRulesBetweenPropertiesToTheCheck() {
            AnswerSchema schema = schema("""
                    {"type":"object","required":["a"],"properties":{"a":{"type":"string"},"b":{"type":"string"}},
                     "if":{"properties":{"a":{"const":"x"}}},"then":{"required":["b"]}}""");
            assertThat(json(schema.wire())).doesNotContain("\"if\"");
            assertThat(schema.read("{\"a\":\"y\",\"b\":null}").fits()).isTrue();
            assertThat(schema.read("{\"a\":\"x\",\"b\":null}").problems())
                    .containsExactly(new AnswerProblem("/b", "required", "is missing"));
        }

        @Test
        void isTheSameForPicoschema() {
            AnswerSchema schema = TestPrompts.parse("""
                            ---
                            output:
                              schema:
                                name: string, the name
                                size?: integer
                                "tags(array)": string
                                "kind?(enum)": [A, B]
                            ---
                            x""").answerSchema().orElseThrow();
            assertThat(json(schema.wire()))
                    .contains("\"size\":{\"type\":[\"integer\",\"null\"]}")
                    .contains("\"kind\":{\"type\":[\"string\",\"null\"],\"enum\":[\"A\",\"B\",null]}")
                    .contains("\"required\":[\"name\",\"size\",\"tags\",\"kind\"]");
        }
    }

    @Nested
    class IsRefusedWith {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{} | at /properties/p allows anything; give it a type",
                    "{type: strng} | at /properties/p has the unknown type \"strng\"",
                    "{type: object} | at /properties/p is an object without properties",
                    "{type: object, additionalProperties: {type: string}} | make it a list of objects with a name and a value",
                    "{type: array} | at /properties/p/items allows anything or nothing",
                    "{type: 'null'} | at /properties/p allows null alone",
                    "{type: string, minimun: 3} | has \"minimun\", which no model can be told",
                    "{type: array, prefixItems: [{type: string}]} | has \"prefixItems\"",
                    "{$ref: 'https://example.org/a.json'} | refers to https://example.org/a.json",
                    "{$ref: '#/$defs/none'} | refers to #/$defs/none; known are the names under $defs",
                    "{type: integer, enum: [a]} | lists no value of the type integer",
                    "{type: object, required: [z], properties: {q: {type: string}}} | requires z without describing it",
                })
        void whatNoModelCanBeTold(String property, String words) {
            PromptException refusal = refusal("{type: object, required: [p], properties: {p: " + property + "}}");
            assertThat(refusal).hasMessageContaining("the output schema ").hasMessageContaining(words);
            assertThat(refusal.reason()).isEqualTo(PromptException.Reason.MALFORMED);
        }

        @ParameterizedTest
        @ValueSource(strings = {"{type: string}", "{type: array, items: {type: string}}"})
        void aRootThatIsNoObject(String root) {
            assertThat(refusal(root)).hasMessageContaining("must be an object that is never null");
        }

        @Test
        void recursion() {
            assertThat(refusal("""
                            {"type":"object","required":["p"],"properties":{"p":{"$ref":"#/$defs/N"}},
                             "$defs":{"N":{"type":"object","properties":{"n":{"type":"array","items":{"$ref":"#/$defs/N"}}}}}}""")).hasMessageContaining("refers to itself by #/$defs/N");
        }

        @Test
        void moreThanVendorsTake() {
            assertThat(refusal(properties(101))).hasMessageContaining("has 101 properties, the limit is 100");
            assertThat(schema(properties(100)).wire()).isNotEmpty();
            assertThat(refusal(nested(11))).hasMessageContaining("has 11 levels, the limit is 10");
            assertThat(schema(nested(10)).wire()).isNotEmpty();
            assertThat(refusal(values(501, 1))).hasMessageContaining("has 501 enumerated values, the limit is 500");
            assertThat(refusal(values(100, 200)))
                    .hasMessageContaining("characters in its names and enumerated values, the limit is 15000");
        }

        private static String properties(int count) {
            return IntStream.range(0, count)
                    .mapToObj(i -> "p" + i + ": {type: string}")
                    .collect(Collectors.joining(", ", "{type: object, properties: {", "}}"));
        }

        private static String nested(int levels) {
            String inner = "{type: string}";
            for (int i = 0; i < levels; i++) {
                inner = "{type: object, properties: {p: " + inner + "}}";
            }
            return inner;
        }

        private static String values(int count, int length) {
            return IntStream.range(0, count)
                    .mapToObj(i -> "a".repeat(length) + i)
                    .collect(
                            Collectors.joining(", ", "{type: object, required: [p], properties: {p: {enum: [", "]}}}"));
        }
    }

    @Test
    void everySchemaOfTheLibraryIsOneByTheRulesOfJsonSchemaAndCanBeGivenToAModel() {
        Prompt prompt = PromptRegistry.builtIn()
                .resolve("generation/understand", PromptSelection.none())
                .prompt();
        assertThat(JsonSchemas.metaProblems(prompt.outputSchema())).isEmpty();
        assertThat(JsonSchemas.metaProblems(prompt.answerSchema().orElseThrow().wire()))
                .isEmpty();
        assertThat(JsonSchemas.metaProblems(Map.of("type", "strng", "minimum", "1")))
                .isNotEmpty();
    }

    @Test
    void saysWhichFileIsWrong() {
        assertThatExceptionOfType(PromptException.class)
                .isThrownBy(() -> schema("{type: string}"))
                .withMessage(
                        "prompt \"test\" (memory): the output schema must be an object that is never null; put it into"
                                + " a property of one");
    }
}
