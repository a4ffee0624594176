package dev.pictor.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading what a model said. */
class AnswerReadingTest {

    private static final AnswerSchema SCHEMA =
            TestPrompts.parse("""
                    ---
                    output:
                      schema:
                        type: object
                        additionalProperties: false
                        required: [name, size]
                        properties:
                          name: {type: string, maxLength: 10}
                          size: {type: integer, minimum: 1}
                          mood: {type: [string, "null"]}
                          colour: {type: string, enum: [red, blue]}
                          tags: {type: array, items: {type: string, pattern: "^[a-z]+$"}}
                    ---
                    x""").answerSchema().orElseThrow();

    private static final String LAMP = "{\"name\":\"lamp\",\"size\":3}";

    record Thing(String name, int size, Optional<String> mood, Optional<String> colour, List<String> tags) {}

    record Smaller(String name) {}

    private static List<AnswerProblem> problems(String text) {
        return SCHEMA.read(text).problems();
    }

    private static AnswerProblem problem(String pointer, String keyword, String message) {
        return new AnswerProblem(pointer, keyword, message);
    }

    @Nested
    class FindsTheJson {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    LAMP,
                    "\uFEFF " + LAMP + "\n",
                    "```json\n" + LAMP + "\n```",
                    "Sure, here {you} go:\n\n```\n" + LAMP + "\n```\nAnything else?",
                    "Here it is: " + LAMP + ". And {\"name\":\"other\",\"size\":9} is another.",
                    "```json\n" + LAMP,
                    "```\n{\"a\":1\n```\nor rather\n```\n{\"b\":2\n```\n" + LAMP,
                    LAMP + " trailing",
                })
        void whereverItIs(String text) {
            assertThat(SCHEMA.read(text).value()).isEqualTo(Map.of("name", "lamp", "size", 3));
        }

        @Test
        void inTheOneBlockRatherThanInTheWordsAroundIt() {
            assertThat(SCHEMA.read("not {\"name\":\"x\",\"size\":1}\n```\n" + LAMP + "\n```")
                            .value())
                    .containsEntry("name", "lamp");
        }

        @Test
        void whereTextInItHasFences() {
            assertThat(SCHEMA.read("{\"name\":\"```\\n{}\",\"size\":1}").value())
                    .containsEntry("name", "```\n{}");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "  ", "I cannot help with that.", "```\n\n```"})
        void orSaysThatThereIsNone(String text) {
            assertThat(problems(text)).containsExactly(problem("", "json", "must be a JSON object, and there is none"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\n{\"name\":\"lamp\",\"size\":",
                    "\n{\"name\":\"lamp\" \"size\":3}",
                    "\n{'name':1}",
                    "x\n{\"name\":\"la",
                    "\n[1,",
                    "\n{\"size\":NaN}",
                    "\n{"
                })
        void orSaysWhereItIsBroken(String text) {
            assertThat(problems(text))
                    .containsExactly(problem(
                            "",
                            "json",
                            "must be a complete JSON object; what begins in line 2 is not complete or not JSON"));
        }
    }

    @Nested
    class IsBoundedIn {

        @Test
        void characters() {
            assertThat(problems("x".repeat(1_048_577)))
                    .containsExactly(problem("", "size", "must have at most 1048576 characters, has 1048577"));
        }

        @Test
        void depth() {
            assertThat(problems("[".repeat(65) + "]".repeat(65)))
                    .containsExactly(problem("", "size", "must be at most 64 levels deep"));
            assertThat(problems("[".repeat(64) + "]".repeat(64)))
                    .extracting(AnswerProblem::keyword)
                    .containsExactly("type");
        }

        @Test
        void numbers() {
            assertThat(problems("{\"name\":\"a\",\"size\":1e999}"))
                    .containsExactly(problem("", "size", "must have no number over 1.8e308"));
        }

        @Test
        void placesToLookAt() {
            assertThat(SCHEMA.read("{".repeat(50) + "x " + "{ ".repeat(49) + LAMP)
                            .fits())
                    .isFalse();
            assertThat(SCHEMA.read("x " + "{ ".repeat(99) + LAMP).fits()).isTrue();
            assertThat(SCHEMA.read("x " + "{ ".repeat(100) + LAMP).fits()).isFalse();
            assertThat(problems("x" + "{\"a\":[".repeat(150_000))).hasSize(1);
        }

        @Test
        void howManyProblemsAreTold() {
            assertThat(problems("{\"name\":\"a\",\"size\":1,\"tags\":[" + "1,".repeat(2_000) + "2]}"))
                    .hasSize(1_000);
        }
    }

    @Nested
    class TellsWhatIsWrong {

        @Test
        void allAtOnceInOrder() {
            assertThat(problems("""
                            {"size": "SECRET", "colour": "SECRET", "mood": 1, "more": "SECRET",
                             "tags": ["a","b","c","d","e","f","g","h","i",2,"SECRET"]}"""))
                    .containsExactly(
                            problem("", "additionalProperties", "must have no properties but those of the schema"),
                            problem("/colour", "enum", "must be one of red or blue"),
                            problem("/mood", "type", "must be string or null, is number"),
                            problem("/name", "required", "is missing"),
                            problem("/size", "type", "must be integer, is string"),
                            problem("/tags/9", "type", "must be string, is number"),
                            problem("/tags/10", "pattern", "must match the regular expression ^[a-z]+$"));
        }

        @Test
        void withoutQuotingTheAnswer() {
            AnswerReading reading = SCHEMA.read(
                    "{\"name\":\"SECRET SECRET\",\"size\":-77123,\"colour\":\"SECRET\",\"SECRET\":1,\"tags\":[\"SECRET\"]}");
            assertThat(reading.problems()).hasSize(5);
            assertThat(reading.problems().toString()).doesNotContain("SECRET", "77123");
            assertThat(reading.toString()).isEqualTo("AnswerReading[test, 5 problems]");
            assertThat(problems("{\"SECRET\":1,\"SECRET\":2}"))
                    .containsExactly(problem("", "duplicate", "must not have a property twice in one object"));
            assertThat(problems("{\"SECRET").toString()).doesNotContain("SECRET");
        }

        @Test
        void ofARootThatIsNoObject() {
            assertThat(problems("[" + LAMP + "]")).containsExactly(problem("", "type", "must be object, is array"));
        }

        @Test
        void ofBounds() {
            assertThat(problems("{\"name\":\"12345678901\",\"size\":0.5}"))
                    .extracting(AnswerProblem::toString)
                    .containsExactly(
                            "/name must have at most 10 characters",
                            "/size must be at least 1",
                            "/size must be integer, is number");
        }

        @Test
        void andHasNoValueThen() {
            assertThatIllegalStateException()
                    .isThrownBy(() -> SCHEMA.read("{}").value())
                    .withMessage("the answer to prompt test does not fit its schema: see problems()");
        }
    }

    @Nested
    class TakesNull {

        @Test
        void forWhatIsOptionalAndNotNullableAsAbsent() {
            AnswerReading reading =
                    SCHEMA.read("{\"name\":\"lamp\",\"size\":3,\"mood\":null,\"colour\":null,\"tags\":null}");
            assertThat(reading.value()).containsOnlyKeys("name", "size", "mood").containsEntry("mood", null);
        }

        @Test
        void forWhatIsRequiredAsWrong() {
            assertThat(problems("{\"name\":null,\"size\":1}"))
                    .containsExactly(problem("/name", "type", "must be string, is null"));
        }

        @Test
        void insideListsReferencesAndWaysToo() {
            AnswerSchema deep = TestPrompts.parse("""
                            ---
                            output:
                              schema: {"type":"object","required":["l"],"properties":{"l":{"type":"array","items":{"anyOf":[
                               {"$ref":"#/$defs/A"},{"type":"object","required":["k"],"properties":{"k":{"const":"b"},
                                "x":{"type":["string","null"]}}}]}}},
                               "$defs":{"A":{"type":"object","required":["k"],"properties":{"k":{"const":"a"},"x":{"type":"string"}}}}}
                            ---
                            x""").answerSchema().orElseThrow();
            assertThat(deep.read("{\"l\":[{\"k\":\"a\",\"x\":null},{\"k\":\"b\",\"x\":null}]}")
                            .value()
                            .toString())
                    .isEqualTo("{l=[{k=a}, {k=b, x=null}]}");
        }
    }

    @Nested
    class BecomesAnObject {

        @Test
        void withOptionalsAndLists() {
            assertThat(SCHEMA.read("{\"name\":\"lamp\",\"size\":3,\"mood\":null,\"tags\":[\"a\"]}")
                            .as(Thing.class))
                    .isEqualTo(new Thing("lamp", 3, Optional.empty(), Optional.empty(), List.of("a")));
        }

        @Test
        void thatHasNoPlaceForAll() {
            assertThat(SCHEMA.read(LAMP).as(Smaller.class)).isEqualTo(new Smaller("lamp"));
        }

        @Test
        void orSaysThatTheClassCannotHoldIt() {
            record Odd(java.time.Duration name) {}
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SCHEMA.read(LAMP).as(Odd.class))
                    .withMessageContaining("cannot hold an answer that fits the schema of prompt test, at /name")
                    .withMessageNotContaining("lamp")
                    .withNoCause();
        }
    }
}
