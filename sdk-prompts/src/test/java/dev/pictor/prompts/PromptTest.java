package dev.pictor.prompts;

import static dev.pictor.prompts.TestPrompts.parse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import dev.pictor.prompts.PromptException.Reason;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptTest {

    @Nested
    class FrontMatterOf {

        @Test
        void readsWhatTheFileSaysOfItself() {
            Prompt prompt = parse("""
                    # a licence

                    ---
                    description: Greets.
                    model: some-model
                    version: 2026-11-20
                    custom: left alone
                    config:
                      temperature: 0.7
                      stop: [a, b]
                    input:
                      default: {name: you}
                      schema: {name: string}
                    output:
                      schema: {greeting: string}
                    ---

                      Hello {{name}}

                    """);
            assertThat(prompt.description()).contains("Greets.");
            assertThat(prompt.model()).contains("some-model");
            assertThat(prompt.version()).isEqualTo("2026-11-20");
            assertThat(prompt.config()).isEqualTo(Map.of("temperature", 0.7, "stop", List.of("a", "b")));
            assertThat(prompt.inputDefaults()).isEqualTo(Map.of("name", "you"));
            assertThat(prompt.inputSchema()).containsEntry("required", List.of("name"));
            assertThat(prompt.outputSchema()).containsEntry("required", List.of("greeting"));
            assertThat(prompt.render(Map.of()).text()).isEqualTo("Hello you");
        }

        @Test
        void isEmptyWhereTheFileHasNone() {
            Prompt prompt = parse(" Hello\n");
            assertThat(prompt.description()).isEmpty();
            assertThat(prompt.model()).isEmpty();
            assertThat(prompt.variant()).isEmpty();
            assertThat(prompt.config()).isEmpty();
            assertThat(prompt.inputSchema()).isEmpty();
            assertThat(prompt.outputSchema()).isEmpty();
            assertThat(prompt.render(Map.of()).text()).isEqualTo(" Hello\n");
        }

        @Test
        void isEmptyBetweenTwoFencesThatTouch() {
            assertThat(parse("---\n---\nHello\n").render(Map.of()).text()).isEqualTo("Hello");
        }

        @Test
        void keepsTheScalarsOfYaml12() {
            Prompt prompt = parse("---\nconfig: {country: no, day: 2026-11-20, sure: true, none: ~, n: 3}\n---\n");
            assertThat(prompt.config()).isEqualTo(Map.of("country", "no", "day", "2026-11-20", "sure", true, "n", 3));
        }

        @Test
        void cannotBeChanged() {
            Prompt prompt = parse("---\nconfig: {stop: [a]}\n---\n");
            assertThat(prompt.config().get("stop")).asInstanceOf(LIST).isUnmodifiable();
            assertThatExceptionOfType(UnsupportedOperationException.class)
                    .isThrownBy(() -> prompt.config().put("a", "b"));
        }

        @Test
        void refusesYamlThatIsWrongAndNamesTheLine() {
            assertMalformed("# one\n---\nmodel: a\nconfig: [1\n---\nHello", "line 5");
        }

        @Test
        void refusesAKeyThatIsThereTwice() {
            assertMalformed("---\nmodel: a\nmodel: b\n---\nHello", "duplicate key model");
        }

        @Test
        void refusesToMakeJavaObjects() {
            assertMalformed("---\nmodel: !!java.net.URL [\"http://localhost\"]\n---\n", "not YAML at line 2");
        }

        @Test
        void refusesAliasesThatMultiply() {
            StringBuilder laughs = new StringBuilder("---\na0: &a0 [x]\n");
            for (int i = 1; i < 30; i++) {
                laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
            }
            assertMalformed(laughs + "---\n", "aliases");
        }

        @Test
        void refusesAListThatHoldsItself() {
            assertMalformed("---\nconfig: {a: &a [*a]}\n---\n", "nested more than 32 deep");
        }

        @Test
        void refusesDeepNesting() {
            assertMalformed("---\nmodel: " + "[".repeat(5000) + "\n---\n", "front matter");
        }

        @Test
        void refusesToEndWithTheFile() {
            assertMalformed("---\nmodel: a\nHello", "not closed");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"model: [a]", "version: 1.10", "config: 3", "input: text", "just text", "description: {}"})
        void refusesValuesOfTheWrongKind(String yaml) {
            assertMalformed("---\n" + yaml + "\n---\n", "must be");
        }

        private void assertMalformed(String file, String message) {
            assertThatExceptionOfType(PromptException.class)
                    .isThrownBy(() -> parse(file))
                    .withMessageContaining(message)
                    .withMessageContaining("prompt \"test\" (memory)")
                    .satisfies(e -> {
                        assertThat(e.reason()).isEqualTo(Reason.MALFORMED);
                        assertThat(e.promptName()).isEqualTo("test");
                        assertThat(e.version()).isEmpty();
                    });
        }
    }

    @Nested
    class Digest {

        @Test
        void isThatOfTheFile() {
            assertThat(parse("Hello\n").sha256())
                    .isEqualTo("66a045b452102c59d840ec097d59d9467e13a3f34f6494e539ffd32c1bb35f18");
        }

        @Test
        void doesNotDependOnLineEndsOrByteOrderMark() {
            String file = "---\nmodel: a\n---\nHello\nyou\n";
            assertThat(parse("\uFEFF" + file.replace("\n", "\r\n")).sha256())
                    .isEqualTo(parse(file).sha256());
        }

        @Test
        void isTheVersionWhereTheFileHasNone() {
            assertThat(parse("Hello\n").version()).isEqualTo("66a045b4");
            assertThat(parse("---\nversion: 7\n---\nHello\n").version()).isEqualTo("7");
        }

        @Test
        void changesWithAPartialOfAPartial() {
            String before = parse("{{>a}}", Map.of("a", "{{>b}}", "b", "one")).sha256();
            String after = parse("{{>a}}", Map.of("a", "{{>b}}", "b", "two")).sha256();
            assertThat(after).isNotEqualTo(before).isNotEqualTo(parse("{{!a}}").sha256());
        }

        @Test
        void doesNotChangeWithAPartialThatIsNotUsed() {
            assertThat(parse("Hello", Map.of("a", "one")).sha256())
                    .isEqualTo(parse("Hello").sha256());
        }

        @Test
        void ofTheRenderedMessagesIsCanonical() {
            Prompt prompt =
                    parse("{{role \"system\"}}a\"b{{role \"user\"}}{{media url=u contentType=t}}{{section \"s\"}}");
            RenderedPrompt rendered = prompt.render(Map.of("u", "http://x/y", "t", "image/png"));
            // printf '%s'
            // '[{"role":"system","content":[{"text":"a\"b"}]},{"role":"user","content":[{"media":{"url":"http://x/y","contentType":"image/png"}},{"section":"s"}]}]' | sha256sum
            assertThat(rendered.renderedSha256())
                    .isEqualTo("124c7bf1e807810a9ab538ecb8166ccd065b4c80eeead9b74dab343528105b67");
            assertThat(prompt.render(Map.of("u", "http://x/z", "t", "image/png"))
                            .renderedSha256())
                    .isNotEqualTo(rendered.renderedSha256());
        }

        @Test
        void existsForTextThatIsNoUnicode() {
            assertThat(parse("{{wish}}").render(Map.of("wish", "cut \uD83D")).renderedSha256())
                    .hasSize(64);
        }
    }

    @Nested
    class Variables {

        @Test
        void takeTheirDefaultWhereTheyAreNullOrAbsent() {
            Prompt prompt = parse("---\ninput: {default: {name: you}}\n---\nHello {{name}}");
            assertThat(prompt.render(Map.of("name", "Ada")).text()).isEqualTo("Hello Ada");
            assertThat(prompt.render(Collections.singletonMap("name", null)).text())
                    .isEqualTo("Hello you");
        }

        @Test
        void areRequiredUnlessTheSchemaSaysOtherwise() {
            Prompt prompt = parse("""
                    ---
                    version: 3
                    input:
                      default: {c: there}
                      schema: {a: string, b: string, c: string, 'd?': string}
                    ---
                    {{a}}{{b}}{{c}}{{d}}""");
            PromptException thrown =
                    catchThrowableOfType(PromptException.class, () -> prompt.render(Map.of("a", "secret")));
            assertThat(thrown).hasMessage("prompt \"test\": no value and no default for b");
            assertThat(thrown.reason()).isEqualTo(Reason.UNBOUND);
            assertThat(thrown.version()).contains("3");
            assertThat(prompt.render(Map.of("a", "1", "b", "2")).text()).isEqualTo("12there");
        }

        @ParameterizedTest
        @CsvSource({"1.0, 1", "0.1, 0.1", "1e21, 1000000000000000000000", "1e-7, 0.0000001", "-0.0, 0"})
        void thatAreDecimalsReadLikeDecimals(double number, String text) {
            assertThat(TestPrompts.text("{{n}}", Map.of("n", number))).isEqualTo(text);
        }

        @Test
        void thatAreNotJsonLikeAreRefusedWithoutShowingThem() {
            Prompt prompt = parse("{{when}}");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> prompt.render(Map.of("when", List.of(Instant.EPOCH))))
                    .withMessage("\"when\" holds a java.time.Instant, but may hold only text, numbers, booleans, lists"
                            + " and maps with text as keys");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> prompt.render(Map.of("when", Double.NaN)))
                    .withMessageContaining("not finite");
        }

        @Test
        void thatHoldThemselvesAreRefused() {
            List<Object> endless = new ArrayList<>();
            endless.add(endless);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> parse("{{a}}").render(Map.of("a", endless)))
                    .withMessage("\"a\" is nested more than 32 deep");
        }

        @Test
        void thatAreTooManyAreRefused() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> parse("{{a}}").render(Map.of("a", Collections.nCopies(100_000, "x"))))
                    .withMessage("\"a\" brings the number of values over 100000");
        }

        @Test
        void thatAreEndlesslyLongNumbersAreRefused() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> parse("{{a}}").render(Map.of("a", new BigDecimal("1e999999"))))
                    .withMessage("\"a\" holds a number of more than 400 digits");
        }
    }

    @Test
    void showsNoContentAsText() {
        Prompt prompt = parse("Hello {{name}} {{media url=url}}");
        RenderedPrompt rendered = prompt.render(Map.of("name", "Ada", "url", "http://host/secret"));
        assertThat(prompt).hasToString("Prompt[prompt \"test\", version " + prompt.version() + "]");
        assertThat(rendered.toString()).startsWith("RenderedPrompt[prompt \"test\", 1 messages, ");
        assertThat(rendered.messages().toString())
                .contains("Text[10 characters]", "Media[18 characters]")
                .doesNotContain("Ada", "secret");
    }

    @Test
    void handsItsMetadataToWhatItRenders() {
        Prompt prompt = parse("---\nversion: a\nconfig: {seed: 1}\noutput: {schema: {x: string}}\n---\nHello");
        RenderedPrompt rendered = prompt.render(Map.of());
        assertThat(rendered.name()).isEqualTo("test");
        assertThat(rendered.variant()).isEmpty();
        assertThat(rendered.version()).isEqualTo("a");
        assertThat(rendered.origin()).isEqualTo("memory");
        assertThat(rendered.sha256()).isEqualTo(prompt.sha256());
        assertThat(rendered.config()).isEqualTo(prompt.config());
        assertThat(rendered.outputSchema()).isEqualTo(prompt.outputSchema());
    }
}
