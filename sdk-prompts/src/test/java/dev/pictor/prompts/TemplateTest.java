package dev.pictor.prompts;

import static dev.pictor.prompts.TestPrompts.parse;
import static dev.pictor.prompts.TestPrompts.said;
import static dev.pictor.prompts.TestPrompts.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pictor.prompts.PromptException.Reason;
import dev.pictor.prompts.PromptMessage.Role;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {

    @Nested
    class MessagesOf {

        @Test
        void areOnePerRole() {
            assertThat(parse("a {{role \"system\"}} b {{role \"model\"}}c{{role \"user\"}}d")
                            .render(Map.of())
                            .messages())
                    .containsExactly(
                            said(Role.USER, "a "),
                            said(Role.SYSTEM, " b "),
                            said(Role.MODEL, "c"),
                            said(Role.USER, "d"));
        }

        @Test
        void haveNoBlankText() {
            assertThat(parse(" \n{{role \"system\"}} \u00A0 {{role \"user\"}}x")
                            .render(Map.of())
                            .messages())
                    .containsExactly(said(Role.USER, "x"));
            assertThat(parse("  ").render(Map.of()).messages()).isEmpty();
        }

        @Test
        void haveMediaAndSectionsInPlace() {
            assertThat(parse("a{{media url=url}} {{section \"items\"}}b")
                            .render(Map.of("url", "data:image/png;base64,AAAA"))
                            .messages())
                    .containsExactly(new PromptMessage(
                            Role.USER,
                            List.of(
                                    new PromptPart.Text("a"),
                                    PromptPart.Media.of("data:image/png;base64,AAAA"),
                                    new PromptPart.Section("items"),
                                    new PromptPart.Text("b"))));
        }

        @Test
        void haveTheHistoryWhereItsHelperStands() {
            List<PromptMessage> history = List.of(said(Role.USER, "q"), said(Role.MODEL, "a"));
            assertThat(parse("{{role \"system\"}}s{{history}}m{{role \"user\"}}u")
                            .render(Map.of(), Map.of(), history)
                            .messages())
                    .containsExactly(
                            said(Role.SYSTEM, "s"),
                            history.get(0),
                            history.get(1),
                            said(Role.MODEL, "m"),
                            said(Role.USER, "u"));
        }

        @ParameterizedTest
        @CsvSource({"u, 0", "{{role \"system\"}}s, 1", "' ', 0"})
        void haveTheHistoryBeforeAQuestionElseAtTheEnd(String template, int at) {
            PromptMessage turn = said(Role.MODEL, "a");
            assertThat(parse(template)
                            .render(Map.of(), Map.of(), List.of(turn))
                            .messages()
                            .get(at))
                    .isSameAs(turn);
        }
    }

    @Nested
    class Helpers {

        @Test
        void ofHandlebarsWork() {
            Map<String, Object> variables =
                    Map.of("list", List.of("a", "b"), "map", Map.of("k", "v"), "yes", true, "none", List.of(), "i", 1);
            assertThat(text("{{#each list}}{{@index}}{{@first}}{{@last}}{{this}} {{/each}}", variables))
                    .isEqualTo("0truefalsea 1falsetrueb ");
            assertThat(text("{{#each list as |item at|}}{{at}}{{item}}{{/each}}", variables))
                    .isEqualTo("0a1b");
            assertThat(text("{{#each map}}{{@key}}={{this}}{{/each}}", variables))
                    .isEqualTo("k=v");
            assertThat(text("{{#each none}}x{{else}}empty{{/each}}", variables)).isEqualTo("empty");
            assertThat(text("{{#if yes}}y{{else}}n{{/if}}{{#unless yes}}y{{/unless}}", variables))
                    .isEqualTo("y");
            assertThat(text("{{#if none}}y{{else if yes}}z{{/if}}", variables)).isEqualTo("z");
            assertThat(text("{{#with map}}{{k}}{{/with}}", variables)).isEqualTo("v");
            assertThat(text("{{lookup map \"k\"}}{{lookup list i}}{{lookup list 7}}{{lookup none i}}", variables))
                    .isEqualTo("vb");
            assertThat(text("{{~#with none}}{{k}}{{^}}{{i}}{{/with}}", variables))
                    .isEqualTo("1");
            assertThat(text("{{log yes}}.", variables)).isEqualTo(".");
            assertThat(text("{{#list}}{{this}}{{/list}}{{^none}}!{{/none}}", variables))
                    .isEqualTo("ab!");
        }

        @Test
        void keepTheirLoopsApart() {
            assertThat(text(
                            "{{#each rows}}{{#each this}}{{@index}}{{/each}}{{@index}};{{/each}}",
                            Map.of("rows", List.of(List.of("a", "b"), List.of("c")))))
                    .isEqualTo("010;01;");
        }

        @ParameterizedTest
        @CsvSource({
            "{{json v}}, '{\"a\":[1,\"x\",null],\"b\":{},\"c\":[]}'",
            "{{json v indent=0}}, '{\"a\":[1,\"x\",null],\"b\":{},\"c\":[]}'",
            "{{json missing}}, 'null'",
        })
        void writeJson(String template, String json) {
            assertThat(text(template, Map.of("v", value()))).isEqualTo(json);
        }

        @Test
        void writeJsonAsJavaScriptLaysItOut() {
            assertThat(text("{{json v indent=2}}", Map.of("v", value()))).isEqualTo("""
                    {
                      "a": [
                        1,
                        "x",
                        null
                      ],
                      "b": {},
                      "c": []
                    }""");
        }

        private Map<String, Object> value() {
            Map<String, Object> value = new LinkedHashMap<>();
            value.put("a", Arrays.asList(1.0, "x", null));
            value.put("b", Map.of());
            value.put("c", List.of());
            return value;
        }

        @Test
        void compareByValueAndKind() {
            Map<String, Object> variables = Map.of("one", 1, "uno", 1.0, "text", "1", "yes", true, "said", "true");
            assertThat(text("{{#ifEquals one uno}}=={{/ifEquals}}", variables)).isEqualTo("==");
            assertThat(text("{{#ifEquals one text}}=={{else}}!={{/ifEquals}}", variables))
                    .isEqualTo("!=");
            assertThat(text("{{#ifEquals yes said}}=={{else}}!={{/ifEquals}}", variables))
                    .isEqualTo("!=");
            assertThat(text("{{#ifEquals text \"1\"}}=={{/ifEquals}}", variables))
                    .isEqualTo("==");
            assertThat(text("{{#unlessEquals text \"2\"}}!={{/unlessEquals}}", variables))
                    .isEqualTo("!=");
            assertThat(text("{{#ifEquals nothing missing}}=={{/ifEquals}}", variables))
                    .isEqualTo("==");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{{shout name}}",
                    "{{#shout name}}x{{/shout}}",
                    "{{#if (shout name)}}x{{/if}}",
                    "{{include \"a\"}}",
                    "{{embedded \"a\"}}",
                    "{{precompile \"a\"}}",
                    "{{i18n \"a\"}}",
                    "{{block \"a\"}}",
                    "{{partial \"a\"}}"
                })
        void areKnownOrRefused(String template) {
            PromptException thrown = catchThrowableOfType(PromptException.class, () -> parse("a\n" + template));
            assertThat(thrown).hasMessageContaining("could not find helper");
            assertThat(thrown.reason()).isEqualTo(Reason.MALFORMED);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{{role}}",
                    "{{role \"a\" \"b\"}}",
                    "{{section}}",
                    "{{json}}",
                    "{{json name indent=11}}",
                    "{{json name indent=\"x\"}}",
                    "{{json (role \"user\")}}",
                    "{{#ifEquals name}}x{{/ifEquals}}",
                    "{{media name}}"
                })
        void needTheirArguments(String template) {
            assertThat(reason("a\n" + template, Map.of("name", "user"))).isEqualTo(Reason.MALFORMED);
        }

        @Test
        void doNotHideAVariableThatIsAskedForByPath() {
            assertThat(text("{{this.role}}{{./section}}", Map.of("role", "r", "section", "s")))
                    .isEqualTo("rs");
        }
    }

    @Nested
    class Interpolation {

        @ParameterizedTest
        @ValueSource(strings = {"{{list}}", "{{map}}", "{{this}}", "{{#each list}}{{../map}}{{/each}}", "{{@root}}"})
        void takesTextOnly(String template) {
            Map<String, Object> variables = Map.of("list", List.of("secret"), "map", Map.of("k", "secret"));
            PromptException thrown = catchThrowableOfType(
                    PromptException.class, () -> parse("a\n" + template).render(variables));
            assertThat(thrown.reason()).isEqualTo(Reason.NOT_TEXT);
            assertThat(thrown).hasMessageContaining("line 2: a ").hasMessageContaining("is not text");
        }

        @Test
        void escapesNothing() {
            assertThat(text("{{a}}{{{a}}}{{&a}}", Map.of("a", "<&\">"))).isEqualTo("<&\"><&\"><&\">");
        }

        @Test
        void leavesEscapedTagsAndCommentsAlone() {
            assertThat(text("\\{{a}} {{!-- {{>b}} --}}{{! c }}", Map.of("a", "x")))
                    .isEqualTo("{{a}} ");
        }

        @Test
        void doesNotReachIntoOuterScopes() {
            Map<String, Object> variables = Map.of("name", "outer", "items", List.of(Map.of("x", 1)));
            assertThat(text("{{#each items}}[{{name}}{{../name}}{{@root.name}}]{{/each}}", variables))
                    .isEqualTo("[outerouter]");
        }

        @Test
        void readsListsByIndex() {
            assertThat(text("{{list.[1]}}{{list.length}}", Map.of("list", List.of("a", "b"))))
                    .isEqualTo("b");
        }
    }

    @Nested
    class Lines {

        @ParameterizedTest
        @CsvSource({
            "'a\n{{#if t}}\nb\n{{/if}}\nc', 'a\nb\nc'",
            "'a\n  {{#if t}} \n b\n\t{{else}}\nx\n{{/if}}\t\nc', 'a\n b\nc'",
            "'a\n {{! note }} \nb', 'a\nb'",
            "'a\n{{!-- a\nnote --}}\nb', 'a\nb'",
            "'{{#if t}} {{#if t}}\nb{{/if}} {{/if}}', ' \nb '",
            "'{{#if t}}\n{{/if}}', ''",
            "'a {{#if t}}\nb{{/if}}', 'a \nb'",
            "'{{#if t}}\r\nb\r\n{{/if}}\r\n', 'b\n'",
            "'  {{v}}  \nb', '  x  \nb'",
            "'{{>p}} {{>p}}', 'p p'",
            "'a\n{{>p}}\n{{v}}\n  {{>p}}\nb', 'a\npx\npb'",
            "'a {{! c }} {{~v}}', 'a x'",
        })
        void thatHoldOnlyABlockPartialOrCommentTagDisappear(String template, String text) {
            assertThat(parse(lines(template), Map.of("p", "p"))
                            .render(Map.of("t", true, "v", "x"))
                            .text())
                    .isEqualTo(lines(text));
        }

        private String lines(String text) {
            return text.replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t");
        }

        @Test
        void areCountedRightAfterSuchLines() {
            String template =
                    "{{#if t}}\n{{!-- a\nnote --}}\n{{/if}}\n{{#if t}}\n{{#each v}}\n{{this}}\n{{/each}}\n{{/if}}";
            assertThat(catchThrowableOfType(
                            PromptException.class,
                            () -> parse(template).render(Map.of("t", true, "v", List.of(List.of())))))
                    .hasMessageContaining("line 7: a list is not text");
        }
    }

    @Nested
    class Limits {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{{=<% %>=}}",
                    "{{#*inline \"a\"}}{{/inline}}",
                    "{{* deco}}",
                    "{{#>a}}{{/a}}",
                    "{{>(lookup x y)}}",
                    "{{{{raw}}}}{{{{/raw}}}}",
                    "{{open",
                    "{{a {{b}}",
                    "{{#if a}}",
                    "{{/if}}",
                    "{{#if a}}{{/each}}",
                    "{{}}",
                    "{{a b}}",
                    "{{\"x\"}}",
                    "{{else}}",
                    "{{a.}}}"
                })
        void refuseTemplatesThatAreWrong(String template) {
            assertThat(catchThrowableOfType(PromptException.class, () -> parse("---\nmodel: a\n---\n\n" + template)))
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.MALFORMED))
                    .hasMessageContaining("line 5");
        }

        @Test
        void refuseBlocksThatNestTooDeeply() {
            assertThat(reason("{{#if a}}".repeat(33) + "{{/if}}".repeat(33), Map.of()))
                    .isEqualTo(Reason.MALFORMED);
            assertThat(reason("{{#if a}}" + "{{else if a}}".repeat(33) + "{{/if}}", Map.of()))
                    .isEqualTo(Reason.MALFORMED);
            assertThat(reason("{{json " + "(lookup ".repeat(9) + "a" + " 1)".repeat(9) + "}}", Map.of()))
                    .isEqualTo(Reason.MALFORMED);
            assertThat(text("{{#if a}}x{{else}}y{{/if}}".repeat(100), Map.of())).isEqualTo("y".repeat(100));
        }

        @Test
        void boundTheRenderedText() {
            String half = "x".repeat(1 << 19);
            assertThat(text("{{a}}{{a}}", Map.of("a", half))).hasSize(1 << 20);
            assertThat(reason("{{a}}{{a}}.", Map.of("a", half))).isEqualTo(Reason.TOO_LARGE);
            assertThat(reason(".{{a}}{{media url=a}}", Map.of("a", half))).isEqualTo(Reason.TOO_LARGE);
            assertThat(reason("{{#each l}}{{../a}}{{/each}}", Map.of("a", half, "l", List.of(1, 2, 3))))
                    .isEqualTo(Reason.TOO_LARGE);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "{{#if ../../l}}{{/if}}",
                    "{{#with ../../m}}{{/with}}",
                    "{{#ifEquals ../../v ../../w}}{{/ifEquals}}",
                    "{{#if (json ../../v)}}{{/if}}",
                    "{{#if (lookup ../../l 1)}}{{/if}}",
                    "{{#if (section \"s\")}}{{/if}}",
                    "{{>p}}",
                    "{{>p ../../m a=1}}",
                    "{{gone}}",
                    "{{lookup this 1 2 3 4 5 6 7 8 9}}",
                })
        void boundTheWorkInLoops(String body) {
            Map<String, Object> variables = Map.of(
                    "l",
                    Collections.nCopies(400, 1),
                    "m",
                    Map.of("k", 1),
                    "v",
                    "v".repeat(100_000),
                    "w",
                    "v".repeat(100_000));
            Prompt prompt =
                    parse("{{#each l}}{{#each ../l}}" + body + "{{/each}}{{/each}}", Map.of("p", "{{>q}}", "q", ""));
            PromptException thrown = catchThrowableOfType(PromptException.class, () -> prompt.render(variables));
            assertThat(thrown.reason()).isEqualTo(Reason.TOO_LARGE);
            assertThat(thrown).hasMessageContaining("rendering takes more than 1000000 steps");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{{#if v}}B{{/if}}",
                    "{{#unless gone}}B{{/unless}}",
                    "{{#with v}}B{{/with}}",
                    "{{#each l}}B{{/each}}",
                    "{{#v}}B{{/v}}",
                    "{{^gone}}B{{/gone}}",
                    "{{#ifEquals 1 1}}B{{/ifEquals}}",
                    "{{#unlessEquals 1 2}}B{{/unlessEquals}}",
                    "{{>p}}",
                    "{{#if gone}}{{else if v}}{{#with v}}B{{/with}}{{/if}}",
                })
        void boundTheTextInBlocksWhileItIsWritten(String block) {
            String values = "{{@root.v}}".repeat(10_000);
            Prompt prompt = parse(block.replace("B", values), Map.of("p", values));
            Map<String, Object> variables = Map.of("v", "v".repeat(1 << 20), "l", List.of(1));
            PromptException thrown = catchThrowableOfType(PromptException.class, () -> prompt.render(variables));
            assertThat(thrown.reason()).isEqualTo(Reason.TOO_LARGE);
            assertThat(thrown).hasMessageContaining("the rendered text is longer than 1048576 characters");
        }

        @Test
        void leaveRoomForLongLists() {
            List<Map<String, Object>> items = Collections.nCopies(10_000, Map.of("name", "n", "size", 3));
            assertThat(text("{{#each l}}{{name}}: {{size}}{{#unless @last}}, {{/unless}}{{/each}}", Map.of("l", items)))
                    .hasSize(59_998);
        }

        @Test
        void refuseTagsThatTakeLongToRead() {
            assertThat(reason("{{" + "this.".repeat(40) + "x}}", Map.of())).isEqualTo(Reason.MALFORMED);
            assertThat(reason("{{" + "a-".repeat(40) + "x}}", Map.of())).isEqualTo(Reason.MALFORMED);
            assertThat(reason("{{lookup this " + "1 ".repeat(3_000) + "}}", Map.of()))
                    .isEqualTo(Reason.MALFORMED);
            assertThat(text("{{" + "../".repeat(30) + "x}}", Map.of())).isEmpty();
        }

        @Test
        void nameTheLineOfWhatFailsWhileRendering() {
            assertThat(catchThrowableOfType(
                            PromptException.class,
                            () -> parse("---\nmodel: a\n---\n\na\n {{role who}}")
                                    .render(Map.of("who", "secret"))))
                    .hasMessage("prompt \"test\": line 6: a role must be system, user or model")
                    .hasNoCause();
        }
    }

    private static Reason reason(String template, Map<String, ?> variables) {
        return catchThrowableOfType(PromptException.class, () -> parse(template).render(variables))
                .reason();
    }
}
