package dev.pictor.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptLintTest {

    private static final String HEAD = """
            ---
            description: Draws.
            pictor.example: {wish: "a lamp", style: oil, items: [{name: "a"}], shop: {city: "Bern"}}
            input:
              schema:
                wish: string
                style?(enum): [oil, ink]
                items?(array):
                  name: string
                  size?: number
                shop?(object):
                  city: string
            ---
            """;

    /** Uses all variables, so that a finding is about what a test adds. */
    private static final String ALL = "{{wish}}{{style}}{{json items}}{{json shop}}";

    private static PromptLintReport lint(String... pathsAndTexts) {
        Map<String, String> files = new TreeMap<>();
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            files.put(pathsAndTexts[i], pathsAndTexts[i + 1]);
        }
        return PromptLint.of(MemoryPromptSource.of(files)).check();
    }

    private static List<String> found(PromptLintReport report) {
        return report.findings().stream()
                .map(finding -> finding.path()
                        + (finding.line().isPresent() ? ":" + finding.line().getAsInt() : "") + " " + finding.rule())
                .toList();
    }

    private static List<String> template(String template) {
        return found(lint("p.prompt", HEAD + ALL + template));
    }

    @Test
    void findsNothingInACleanPrompt() {
        PromptLintReport report = lint("p.prompt", HEAD + ALL);

        assertThat(report.findings()).isEmpty();
        assertThat(report.isClean()).isTrue();
        assertThat(report.summary()).isEqualTo("0 errors and 0 warnings in 1 file");
    }

    @Nested
    class Variables {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{{wsh}}",
                    "{{this.wsh}}",
                    "{{./wsh}}",
                    "{{@root.wsh}}",
                    "{{{wsh}}}",
                    "{{&wsh}}",
                    "{{~wsh~}}",
                    "{{#if wsh}}x{{/if}}",
                    "{{#if wish}}{{else if wsh}}{{/if}}",
                    "{{#wsh}}x{{/wsh}}",
                    "{{^wsh}}x{{/wsh}}",
                    "{{shop.town}}",
                    "{{shop/town}}",
                    "{{shop.[town]}}",
                    "{{lookup shop \"town\"}}",
                    "{{#if (lookup shop \"town\")}}x{{/if}}",
                    "{{wish.length}}",
                    "{{items.length}}",
                    "{{items.0.colour}}",
                    "{{#each items}}{{colour}}{{/each}}",
                    "{{#each items}}{{this.colour}}{{/each}}",
                    "{{#each items}}{{wish}}{{/each}}",
                    "{{#each items as |item|}}{{item.colour}}{{/each}}",
                    "{{#each items}}{{else}}{{name}}{{/each}}",
                    "{{#with shop}}{{name}}{{/with}}",
                    "{{#with shop as |s|}}{{s.name}}{{/with}}",
                    "{{#each items}}{{../wsh}}{{/each}}",
                    "{{#shop}}{{name}}{{/shop}}",
                    "{{#items}}{{colour}}{{/items}}",
                    "{{@index}}",
                    "{{#with shop}}{{@first}}{{/with}}",
                    "{{#unless wish}}{{media url=wsh}}{{/unless}}"
                })
        void findsOneThatTheSchemaLacks(String template) {
            assertThat(template(template)).containsExactly("p.prompt:14 unknown-variable");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{{#each items}}{{name}}{{this.size}}{{@index}}{{@key}}{{@last}}{{@../index}}{{/each}}",
                    "{{#each items as |item i|}}{{item.name}}{{i}}{{../wish}}{{@root.wish}}{{/each}}",
                    "{{#each items}}{{#with this}}{{name}}{{../../wish}}{{/with}}{{/each}}",
                    "{{#with shop}}{{city}}{{this.city}}{{else}}{{wish}}{{/with}}",
                    "{{#with shop as |s|}}{{s.city}}{{city}}{{/with}}",
                    "{{#each shop}}{{this}}{{@key}}{{/each}}",
                    "{{#shop}}{{city}}{{/shop}}{{#items}}{{name}}{{/items}}",
                    "{{#if wish}}{{wish}}{{else if style}}{{style}}{{else}}-{{/if}}",
                    "{{#unless style}}{{wish}}{{/unless}}{{^style}}{{wish}}{{/style}}",
                    "{{#ifEquals style \"oil\"}}{{wish}}{{/ifEquals}}",
                    "{{lookup shop wish}}{{lookup shop \"city\"}}",
                    "{{items.0.name}}{{items.[0].name}}{{json items indent=2}}",
                    "{{role \"system\"}}{{wish}}{{role \"user\"}}{{history}}{{section \"notes\"}}",
                    "{{! wsh }} {{!-- {{wsh}} --}}",
                    "{{log wish}}{{json this}}"
                })
        void takesThoseThatTheSchemaHas(String template) {
            assertThat(template(template)).isEmpty();
        }

        @Test
        void saysWhatIsKnownAndWhatToDo() {
            PromptFinding finding =
                    lint("p.prompt", HEAD + ALL + "\n{{shop.town}}").findings().get(0);

            assertThat(finding)
                    .hasToString(
                            "p.prompt:15 error unknown-variable: \"shop.town\" is not in the input schema, which has"
                                    + " city there; add it or mend the name");
            assertThat(finding.origin()).isEqualTo("memory:p.prompt");
        }

        @Test
        void findsThoseThatAreNeverUsed() {
            assertThat(found(lint("p.prompt", HEAD + "{{wish}}{{#each items}}{{name}}{{/each}}")))
                    .containsExactly("p.prompt:7 unused-variable", "p.prompt:11 unused-variable");
        }

        @Test
        void countsAllAsUsedWhereAllAreUsedAtOnce() {
            assertThat(found(lint("p.prompt", HEAD + "{{json this}}"))).isEmpty();
            assertThat(found(lint("p.prompt", HEAD + "{{json @root}}"))).isEmpty();
        }

        @Test
        void looksIntoPartialsWithTheirArguments() {
            String prompt = HEAD + ALL + "\n{{>show what=wish}}{{#each items}}{{>item}}{{/each}}{{>town shop}}";
            PromptLintReport report = lint(
                    "a/p.prompt",
                    prompt,
                    "a/_show.prompt",
                    "{{what}}{{wish}}",
                    "_item.prompt",
                    "{{name}}{{@index}}",
                    "a/_town.prompt",
                    "{{city}}{{mayor}}");

            assertThat(found(report)).containsExactly("a/p.prompt:15 unknown-variable");
            assertThat(report.findings().get(0).message()).startsWith("in the partial \"town\": \"mayor\" is not");
        }

        @Test
        void findsThemWithoutASchema() {
            assertThat(found(lint("p.prompt", "---\ndescription: d\npictor.example: {a: x}\n---\n{{a}}{{b.c}}")))
                    .containsExactly("p.prompt no-input-schema");
        }

        @Test
        void findsDefaultsThatTheSchemaLacksOrRequires() {
            String prompt = "---\ndescription: d\npictor.example: {a: x}\ninput:\n  default:\n    a: y\n    c: z\n"
                    + "  schema:\n    a: string\n---\n{{a}}";

            assertThat(found(lint("p.prompt", prompt)))
                    .containsExactly(
                            "p.prompt:3 example-unfit",
                            "p.prompt:6 required-with-default",
                            "p.prompt:7 unknown-variable",
                            "p.prompt:7 unused-variable");
        }

        @Test
        void leavesAloneWhatTheSchemaLeavesOpen() {
            String prompt = "---\ndescription: d\npictor.example: {a: {b: x}}\ninput:\n  schema:\n    type: object\n"
                    + "    additionalProperties: true\n    properties:\n      a: {}\n---\n{{a.b}}{{other}}";

            assertThat(found(lint("p.prompt", prompt))).isEmpty();
        }

        @Test
        void namesWhatAProgramGivesBesides() {
            assertThat(template("{{@auth.user}}")).containsExactly("p.prompt:14 unknown-context");
        }
    }

    @Nested
    class Helpers {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{{role \"assistant\"}}                     | bad-helper-argument",
                    "{{role}}{{role \"a\" \"b\"}}               | bad-helper-argument",
                    "{{json wish indent=11}}                    | bad-helper-argument",
                    "{{json wish indent=\"2\"}}                 | bad-helper-argument",
                    "{{json wish style}}                        | bad-helper-argument",
                    "{{section \"a b\"}}                        | bad-helper-argument",
                    "{{media wish}}                             | bad-helper-argument",
                    "{{media url=wish contentType=\"png\"}}     | bad-helper-argument",
                    "{{#each wish}}x{{/each}}                   | bad-helper-argument",
                    "{{#ifEquals style}}x{{/ifEquals}}          | bad-helper-argument",
                    "{{#ifEquals style \"olil\"}}x{{/ifEquals}} | never-equal",
                    "{{#unlessEquals 3 wish}}x{{/unlessEquals}} | never-equal",
                    "{{shop}}                                   | not-text",
                    "{{items}}                                  | not-text",
                    "{{#each items}}{{this}}{{/each}}           | not-text"
                })
        void findsWhatCanNeverWork(String template, String rule) {
            assertThat(lint("p.prompt", HEAD + ALL + template).findings())
                    .extracting(PromptFinding::rule)
                    .contains(rule)
                    .isSubsetOf(rule, "example-fails");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"{{shout wish}}", "{{#shout wish}}x{{/shout}}", "{{json (shout wish)}}", "{{shout a=wish}}"})
        void findsOneThatThereIsNot(String template) {
            List<String> found = template(template);

            assertThat(found).containsExactly("p.prompt:14 unknown-helper");
        }
    }

    @Nested
    class Files {

        @Test
        void tellsOfEachFileThatCannotBeParsed() {
            assertThat(found(lint(
                            "a.prompt",
                            "---\na: [\n---\nx",
                            "b.prompt",
                            HEAD + ALL + "\n{{#if wish}}",
                            "c.prompt",
                            "---\ninput: {schema: {a: strng}}\n---\n{{a}}",
                            "_d.prompt",
                            "{{#if}}")))
                    .containsExactly(
                            "_d.prompt unused-partial",
                            "_d.prompt:1 malformed",
                            "a.prompt:3 malformed",
                            "b.prompt:15 malformed",
                            "c.prompt malformed");
        }

        @Test
        void findsMissingAndUnusedPartials() {
            assertThat(found(lint("a/p.prompt", HEAD + ALL + "{{>tone}}", "b/_tone.prompt", "x", "_other.prompt", "x")))
                    .containsExactly(
                            "_other.prompt unused-partial",
                            "a/p.prompt:14 missing-partial",
                            "b/_tone.prompt unused-partial");
        }

        @Test
        void looksForPartialsWhereTheRegistryDoes() {
            PromptLintReport report = PromptLint.of(
                            MemoryPromptSource.of(Map.of("p.prompt", HEAD + ALL + "{{>tone}}")),
                            MemoryPromptSource.of(Map.of("p.prompt", HEAD + ALL + "{{>tone}}", "_tone.prompt", "x")))
                    .check();

            assertThat(found(report)).containsExactly("p.prompt:14 missing-partial");
            assertThat(report.files()).isEqualTo(3);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"A.prompt", "a.B.prompt", "a.b.c.prompt", "a b.prompt", ".prompt", "a..prompt", "-a.prompt"})
        void findsNamesThatLeadNowhere(String path) {
            assertThat(found(lint(path, HEAD + ALL))).containsExactly(path + " bad-file-name");
        }

        @Test
        void tellsOfSourcesThatCannotBeListedOrRead() {
            PromptSource broken = new PromptSource() {
                @Override
                public Optional<InputStream> open(String path) throws IOException {
                    throw new IOException("no disk");
                }

                @Override
                public Object revision(String path) {
                    return new Object();
                }

                @Override
                public String origin(String path) {
                    return "broken:" + path;
                }

                @Override
                public List<String> paths() throws IOException {
                    return List.of("p.prompt");
                }
            };

            assertThat(found(PromptLint.of(broken).check()))
                    .containsExactly("experiments.yaml unreadable", "labels.yaml unreadable", "p.prompt unreadable");
        }

        @Test
        void findsTheSameInTheSameOrderEachTime() {
            List<String> paths = new ArrayList<>(List.of("b.prompt", "a.prompt", "a/c.prompt", "_x.prompt"));
            List<PromptLintReport> reports = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Collections.rotate(paths, 1);
                MemoryPromptSource source = new MemoryPromptSource();
                paths.forEach(path -> source.put(path, HEAD + "{{nope}}{{>x}}{{b}}"));
                reports.add(PromptLint.of(source).check());
            }

            assertThat(reports)
                    .extracting(PromptLintReport::findings)
                    .containsOnly(reports.get(0).findings());
            assertThat(reports.get(0).findings()).hasSizeGreaterThan(10).isSortedAccordingTo(PromptFinding.ORDER);
        }
    }

    @Nested
    class FrontMatters {

        @ParameterizedTest
        @CsvSource({
            "temprature,1",
            "pictor.owners,1",
            "metadata,1",
            "acme.team,0",
            "pictor.owner,0",
            "tools,0",
            "model,0"
        })
        void findsKeysThatMeanNothing(String key, int findings) {
            assertThat(found(lint("p.prompt", HEAD.replace("description:", key + ": x\ndescription:") + ALL)))
                    .isEqualTo(Collections.nCopies(findings, "p.prompt:2 unknown-key"));
        }

        @Test
        void missesTheDescriptionAndTheExample() {
            assertThat(found(lint("p.prompt", "---\ninput: {schema: {a: string}}\n---\n{{a}}")))
                    .containsExactly("p.prompt description-missing", "p.prompt example-missing");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{style: oil}                        | example-fails example-unfit",
                    "{wish: a, style: chalk}             | example-unfit",
                    "{wish: 3}                           | example-unfit",
                    "{wish: a, colour: red}              | example-unfit",
                    "{wish: a, items: [{size: 1}]}       | example-unfit",
                    "{wish: a, items: {name: b}}         | example-unfit",
                    "{wish: a, shop: {city: 1}}          | example-unfit",
                    "a lamp                              | example-unfit",
                    "{wish: a, style: null, items: null} | ''"
                })
        void findsExamplesThatDoNotFit(String example, String rules) {
            String prompt = HEAD.replaceAll("pictor.example: .*", "pictor.example: " + example) + ALL;

            assertThat(lint("p.prompt", prompt).findings())
                    .extracting(PromptFinding::rule)
                    .containsExactlyElementsOf(rules.isEmpty() ? List.of() : Arrays.asList(rules.split(" ", -1)));
        }

        @Test
        void findsExamplesThatRenderToNothingOrToTags() {
            String blank = "{{#if style}}{{wish}}{{json items}}{{json shop}}{{/if}}";

            assertThat(found(lint("p.prompt", HEAD.replace("style: oil, ", "") + blank)))
                    .containsExactly("p.prompt:3 example-empty");
            assertThat(template("\\{{wish}}")).containsExactly("p.prompt:3 braces-left");
        }

        @Test
        void findsWhatModelsStumbleOverInTheAnswer() {
            String output = """
                    output:
                      schema:
                        type: object
                        required: [a]
                        properties:
                          a: {type: string}
                          b: {type: string}
                          c: {type: [string, "null"]}
                          d: {type: array, items: {type: object, properties: {}}}
                    description:""";

            assertThat(lint("p.prompt", HEAD.replace("description:", output) + ALL)
                            .findings())
                    .extracting(PromptFinding::rule, PromptFinding::message)
                    .extracting(tuple -> tuple.toList().get(0) + " "
                            + tuple.toList().get(1).toString().split(" ", 2)[0])
                    .containsExactly(
                            "no-wire-form no",
                            "open-object output.schema",
                            "open-object output.schema.d[]",
                            "optional-not-nullable output.schema.b",
                            "optional-not-nullable output.schema.d");
        }

        @Test
        void findsAnswersThatNoModelCanBeAskedFor() {
            assertThat(found(lint(
                            "p.prompt", HEAD.replace("description:", "output: {schema: string}\ndescription:") + ALL)))
                    .containsExactly("p.prompt:2 no-wire-form");
        }
    }

    @Nested
    class SettingsFiles {

        private List<String> settings(String path, String text) {
            String other = HEAD.replace("wish: string", "wish: string\n    more?: string") + ALL + "{{more}}";
            return found(
                    lint("p.prompt", HEAD + ALL, "p.v2.prompt", HEAD + ALL + "!", "p.v3.prompt", other, path, text));
        }

        @Test
        void takesLabelsThatNameFiles() {
            assertThat(settings("labels.yaml", """
                            production:
                              protected: true
                              prompts:
                                p: {variant: v2, author: ann, approver: bob}
                                p.v2: {variant: v3, author: ann, approver: bob}
                            """)).isEmpty();
        }

        @Test
        void findsLabelsThatNameNothing() {
            assertThat(settings("labels.yaml", """
                            a:
                              prompts:
                                p: {variant: v9}
                                q: {variant: v2}
                            b:
                              prompts:
                                p.v9: {version: "1"}
                                p: {version: "12345678"}
                            c:
                              protected: true
                              prompts:
                                p: {variant: v2, author: ann, approver: ann}
                            latest:
                              prompts: {}
                            """))
                    .containsExactly(
                            "labels.yaml:3 target-missing",
                            "labels.yaml:3 target-version",
                            "labels.yaml:4 target-missing",
                            "labels.yaml:7 target-missing",
                            "labels.yaml:9 bad-label",
                            "labels.yaml:13 bad-label");
        }

        @Test
        void findsExperimentsThatCannotRun() {
            assertThat(settings("experiments.yaml", """
                            one:
                              prompt: p
                              arms:
                                control: {weight: 50}
                                bold: {weight: 50, variant: v2}
                            two:
                              prompt: p
                              arms:
                                gone: {weight: 40, variant: v9}
                                else: {weight: 60, variant: v3}
                            three:
                              prompt: q
                              running: false
                              arms:
                                all: {weight: 100}
                            four:
                              prompt: p
                              running: false
                              arms:
                                most: {weight: 99}
                            """))
                    .containsExactly(
                            "experiments.yaml:6 experiment-overlap",
                            "experiments.yaml:9 target-missing",
                            "experiments.yaml:10 experiment-schema",
                            "experiments.yaml:11 target-missing",
                            "experiments.yaml:16 bad-experiment");
        }

        @Test
        void findsSettingsThatAreNone() {
            assertThat(settings("labels.yaml", "a: [")).containsExactly("labels.yaml bad-label");
            assertThat(settings("experiments.yaml", "a: b")).containsExactly("experiments.yaml bad-experiment");
        }
    }

    @Nested
    class Overrides {

        private List<String> override(String prompt, String text) {
            PromptLint lint = PromptLint.of(MemoryPromptSource.of(
                    Map.of("p.prompt", HEAD + ALL, "_tone.prompt", "{{mood}}", "_ok.prompt", "x")));
            return found(lint.check(PromptOverride.builder(
                            "shop-1", prompt, text, "a reason", "ann", Instant.parse("2026-01-01T00:00:00Z"))
                    .build()));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "p | {{wish}} in {{style}}{{>ok}}        | ''",
                    "p | x{{wsh}}                             | p.prompt:1 unknown-variable",
                    "p | x{{>tone}}                           | p.prompt:1 unknown-variable",
                    "p | {{>none}}                           | p.prompt:1 missing-partial",
                    "p | {{#if wish}}                        | p.prompt bad-override",
                    "p | {{items}}                           | p.prompt example-fails,p.prompt:1 not-text",
                    "q | {{wish}}                            | q.prompt bad-override"
                })
        void areCheckedAgainstTheFileTheyStandInFor(String prompt, String text, String found) {
            assertThat(override(prompt, text))
                    .containsExactlyElementsOf(found.isEmpty() ? List.of() : Arrays.asList(found.split(",", -1)));
        }

        @Test
        void mustKeepInputAndOutput() {
            assertThat(override("p", "---\ninput: {schema: {wish: string}}\n---\n{{wish}}"))
                    .containsExactly("p.prompt bad-override");
        }
    }

    @ParameterizedTest
    @EnumSource(LintRule.class)
    void hasNamesForRulesThatStay(LintRule rule) {
        assertThat(rule.id()).matches("[a-z]+(-[a-z]+)+|malformed|unreadable");
    }
}
