package dev.pictor.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PicoschemaTest {

    @Test
    void becomesJsonSchemaInTheOrderOfTheFile() throws Exception {
        assertThat(json("""
                zebra: string, the name, with a comma
                age?: integer
                tags(array, all tags): string, one tag
                owner?(object, who has it):
                  name: string
                  note?: any
                colour?(enum, of the coat): [white, black]
                size(enum): [1, 2]
                """)).isEqualTo("""
                {"type":"object","properties":{\
                "zebra":{"type":"string","description":"the name, with a comma"},\
                "age":{"type":["integer","null"]},\
                "tags":{"type":"array","items":{"type":"string","description":"one tag"},"description":"all tags"},\
                "owner":{"type":["object","null"],"properties":{"name":{"type":"string"},"note":{}},\
                "required":["name"],"additionalProperties":false,"description":"who has it"},\
                "colour":{"enum":["white","black",null],"description":"of the coat"},\
                "size":{"enum":[1,2]}},\
                "required":["zebra","tags","size"],"additionalProperties":false}""");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "string, a word | {\"type\":\"string\",\"description\":\"a word\"}",
                "any, whatever | {\"description\":\"whatever\"}",
                "(*): number | {\"type\":\"object\",\"properties\":{},\"additionalProperties\":{\"type\":\"number\"}}",
                "a(array, one (or two)): string |"
                        + " {\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"array\",\"items\":{\"type\":\"string\"},"
                        + "\"description\":\"one (or two)\"}},\"required\":[\"a\"],\"additionalProperties\":false}",
                "{type: array, items: {type: string}} | {\"type\":\"array\",\"items\":{\"type\":\"string\"}}",
                "{properties: {b: {enum: [x, null]}}} | {\"type\":\"object\",\"properties\":{\"b\":{\"enum\":[\"x\",null]}}}",
            })
    void takesAllForms(String schema, String json) throws Exception {
        assertThat(json(schema)).isEqualTo(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text",
                "{a: text}",
                "{a: 3}",
                "{a: [string]}",
                "{a(set): string}",
                "{a(enum): string}",
                "{a(array: string}",
                "3"
            })
    void refusesWhatItDoesNotKnow(String schema) {
        assertThatExceptionOfType(PromptException.class)
                .isThrownBy(() -> json(schema))
                .withMessageContaining("output.schema")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(PromptException.Reason.MALFORMED));
    }

    private static String json(String schema) throws Exception {
        String file = "---\noutput:\n  schema:\n    " + schema.strip().replace("\n", "\n    ") + "\n---\n";
        return new ObjectMapper().writeValueAsString(TestPrompts.parse(file).outputSchema());
    }
}
