package dev.pictor.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pictor.prompts.PromptException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of several texts of a prompt serves, and why. */
class SelectionTest {

    private static final Instant MONDAY = Instant.parse("2026-11-30T08:00:00Z");
    private static final String FACTS = """
            ---
            description: Reads facts.
            config:
              temperature: 0
            input:
              schema:
                title: string
            output:
              schema:
                colour?: string
            ---
            Facts of {{title}}.""";

    private final MemoryPromptSource files = new MemoryPromptSource();
    private final PromptOverrideStore overrides = PromptOverrideStore.inMemory();
    private Instant now = MONDAY;
    private boolean killed;
    private PromptRegistry registry;

    @BeforeEach
    void buildARegistry() {
        files.put("shop/facts.prompt", FACTS);
        files.put("shop/facts.short.prompt", FACTS.replace("Facts of", "In short:"));
        registry = PromptRegistry.builder(files)
                .overrides(overrides)
                .killSwitch(experiment -> killed)
                .clock(() -> now)
                .build();
    }

    @Test
    void withoutAnyRuleTheFileServes() {
        SelectedPrompt chosen = choose(PromptSelection.none());
        assertThat(chosen.rule()).isEqualTo(SelectionRule.DEFAULT);
        assertThat(chosen.reason()).isEqualTo("it is the file of that name");
        assertThat(chosen.passedOver()).isEmpty();
        assertThat(chosen.exposure()).isEmpty();
        assertThat(text(chosen)).isEqualTo("Facts of a lamp.");
    }

    @Test
    void theRenderedPromptKnowsWhyItWasChosen() {
        SelectedPrompt chosen = choose(PromptSelection.none());
        assertThat(chosen.render(Map.of("title", "x")).selection()).containsSame(chosen);
        assertThat(chosen.prompt().render(Map.of("title", "x")).selection()).isEmpty();
    }

    @Test
    void theRulesAreTriedInOrder() {
        files.put("labels.yaml", "production: {prompts: {shop/facts: {variant: short}}}");
        assertThat(choose(forAcme()).rule()).isEqualTo(SelectionRule.LABEL);
        files.put("experiments.yaml", "e: {prompt: shop/facts, arms: {a: {weight: 100, variant: short}}}");
        assertThat(choose(forAcme()).rule()).isEqualTo(SelectionRule.EXPERIMENT);
        overrides.put(override("Acme: {{title}}").build());
        assertThat(choose(forAcme()).rule()).isEqualTo(SelectionRule.OVERRIDE);
        String version = registry.resolve("shop/facts", PromptSelection.ofVariant("short"))
                .prompt()
                .version();
        assertThat(choose(PromptSelection.builder().from(forAcme()).pin(version).build())
                        .rule())
                .isEqualTo(SelectionRule.PIN);
    }

    @Nested
    class Variants {

        @Test
        void theFirstThatThereIsServes() {
            SelectedPrompt chosen = choose(PromptSelection.ofVariant("shortest", "short", "none"));
            assertThat(chosen.prompt().variant()).contains("short");
            assertThat(chosen.passedOver())
                    .isEqualTo(Map.of("variant shortest", "no place up to the one that serves has such a file"));
        }

        @Test
        void noOtherStandsIn() {
            PromptException thrown = failure(PromptSelection.ofVariant("long", "longer"));
            assertThat(thrown.reason()).isEqualTo(Reason.MISSING);
            assertThat(thrown)
                    .hasMessage("there is no prompt \"shop/facts\", variant \"long\": no file"
                            + " memory:shop/facts.long.prompt; it has the variants short");
        }

        @Test
        void anEarlierPlaceGoesBeforeABetterVariant() {
            PromptRegistry both = PromptRegistry.of(
                    MemoryPromptSource.of(Map.of("p.a.prompt", "mine")),
                    MemoryPromptSource.of(Map.of("p.a-b.prompt", "theirs, special", "p.a.prompt", "theirs")));
            assertThat(both.resolve("p", PromptSelection.ofVariant("a-b", "a"))
                            .render(Map.of())
                            .text())
                    .isEqualTo("mine");
        }
    }

    @Nested
    class APin {

        @Test
        void findsAVersionInWhateverFileItIs() {
            files.put("shop/facts.old.prompt", "---\nversion: 3\n---\nold");
            SelectedPrompt chosen = choose(pin("3"));
            assertThat(chosen.prompt().variant()).contains("old");
            assertThat(chosen.reason()).isEqualTo("the caller names version 3");
        }

        @Test
        void mayBeTheBeginningOfADigest() {
            String sha256 = choose(PromptSelection.none()).prompt().sha256();
            assertThat(choose(pin(sha256)).prompt().sha256()).isEqualTo(sha256);
            assertThat(choose(pin(sha256.substring(0, 12))).prompt().sha256()).isEqualTo(sha256);
            assertThat(failure(pin(sha256.substring(0, 7))).reason()).isEqualTo(Reason.MISSING);
        }

        @Test
        void findsAnOverrideThatHasEnded() {
            overrides.put(
                    override("Acme: {{title}}").expiresAt(MONDAY.plusSeconds(1)).build());
            String version = choose(forAcme()).prompt().version();
            now = MONDAY.plusSeconds(1);
            assertThat(choose(forAcme()).rule()).isEqualTo(SelectionRule.DEFAULT);
            assertThat(text(choose(pinFor("acme", version)))).isEqualTo("Acme: a lamp");
        }

        @Test
        void findsNoOverrideOfAnotherTenant() {
            overrides.put(override("---\nversion: 7\n---\nAcme: {{title}}").build());
            assertThat(text(choose(pinFor("acme", "7")))).isEqualTo("Acme: a lamp");
            assertThat(failure(pinFor("other", "7")).reason()).isEqualTo(Reason.MISSING);
            assertThat(failure(pin("7")).reason()).isEqualTo(Reason.MISSING);
        }

        @Test
        void isFoundBehindAnOverrideThatIsWrong() {
            overrides.put(override("{{#if}}").build());
            overrides.put(override("---\nversion: 7\n---\nAcme, in short: {{title}}")
                    .variant("short")
                    .build());
            assertThat(text(choose(pinFor("acme", "7")))).isEqualTo("Acme, in short: a lamp");
        }

        @Test
        void thatMayBeWhereNobodyCanLookIsNotSaidToBeMissing() {
            PromptRegistry both = PromptRegistry.of(files, new Unlisted());
            PromptException thrown =
                    catchThrowableOfType(PromptException.class, () -> both.resolve("shop/facts", pin("9")));
            assertThat(thrown.reason()).isEqualTo(Reason.UNREADABLE);
            assertThat(thrown)
                    .hasMessageEndingWith("; not all places could be listed")
                    .hasRootCauseMessage("no list");
        }

        /** A place without files that cannot be listed. */
        private static final class Unlisted implements PromptSource {
            @Override
            public Optional<InputStream> open(String path) {
                return Optional.empty();
            }

            @Override
            public Object revision(String path) {
                return "absent";
            }

            @Override
            public String origin(String path) {
                return "unlisted:" + path;
            }

            @Override
            public List<String> paths() throws IOException {
                throw new IOException("no list");
            }
        }

        @Test
        void thatIsNotThereFailsAndNamesWhatThereIs() {
            PromptException thrown = failure(pin("9"));
            assertThat(thrown.reason()).isEqualTo(Reason.MISSING);
            assertThat(thrown)
                    .hasMessageStartingWith("there is no version \"9\" of prompt \"shop/facts\"; there are ")
                    .hasMessageContaining(
                            choose(PromptSelection.none()).prompt().version());
        }
    }

    @Nested
    class AnOverride {

        @Test
        void servesItsTenantAlone() {
            overrides.put(override("Acme: {{title}}").build());
            SelectedPrompt chosen = choose(forAcme());
            assertThat(text(chosen)).isEqualTo("Acme: a lamp");
            assertThat(chosen.reason()).isEqualTo("tenant acme has an override by ana: colours are wrong");
            assertThat(choose(PromptSelection.builder().tenant("other").build()).rule())
                    .isEqualTo(SelectionRule.DEFAULT);
            assertThat(choose(PromptSelection.none()).rule()).isEqualTo(SelectionRule.DEFAULT);
        }

        @Test
        void keepsWhatItDoesNotSay() {
            overrides.put(override("Acme: {{title}}").build());
            Prompt base = choose(PromptSelection.none()).prompt();
            Prompt own = choose(forAcme()).prompt();
            assertThat(own.config()).isEqualTo(Map.of("temperature", 0));
            assertThat(own.description()).contains("Reads facts.");
            assertThat(own.inputSchema()).isEqualTo(base.inputSchema());
            assertThat(own.outputSchema()).isEqualTo(base.outputSchema());
            assertThat(own.origin()).isEqualTo("override for tenant acme");
            assertThat(own.version()).isNotEqualTo(base.version());
        }

        @Test
        void maySetParametersAndAModel() {
            overrides.put(override("---\nmodel: other\nconfig: {temperature: 1}\n---\nAcme: {{title}}")
                    .build());
            Prompt own = choose(forAcme()).prompt();
            assertThat(own.model()).contains("other");
            assertThat(own.config()).isEqualTo(Map.of("temperature", 1));
        }

        @ParameterizedTest
        @CsvSource({"input, title", "output, colour"})
        void thatChangesInputOrOutputIsPassedOver(String side, String name) {
            overrides.put(override("---\n" + side + ": {schema: {" + name + ": integer}}\n---\nAcme")
                    .build());
            SelectedPrompt chosen = choose(forAcme());
            assertThat(chosen.rule()).isEqualTo(SelectionRule.DEFAULT);
            assertThat(chosen.passedOver().get("override for tenant acme"))
                    .endsWith(
                            "an override must keep the " + side + ".schema of the file it stands in for; leave it out");
        }

        @ParameterizedTest
        @ValueSource(strings = {"{{#if}}", "{{>gone}}", "---\nx: [\n---\n", "{{evil title}}", "{{> (lookup . 'x')}}"})
        void thatIsWrongIsPassedOver(String text) {
            overrides.put(override(text).build());
            SelectedPrompt chosen = choose(forAcme());
            assertThat(chosen.rule()).isEqualTo(SelectionRule.DEFAULT);
            assertThat(chosen.passedOver()).containsOnlyKeys("override for tenant acme");
        }

        @Test
        void endsAtItsTime() {
            overrides.put(override("Acme: {{title}}")
                    .expiresAt(MONDAY.plusSeconds(60))
                    .build());
            now = MONDAY.plusSeconds(59);
            assertThat(choose(forAcme()).rule()).isEqualTo(SelectionRule.OVERRIDE);
            now = MONDAY.plusSeconds(60);
            assertThat(choose(forAcme()).rule()).isEqualTo(SelectionRule.DEFAULT);
            assertThat(choose(forAcme()).passedOver())
                    .isEqualTo(Map.of("override for tenant acme", "it ended at 2026-11-30T08:01:00Z"));
        }

        @Test
        void isOfOneVariant() {
            overrides.put(override("Acme: {{title}}").variant("short").build());
            assertThat(choose(forAcme()).rule()).isEqualTo(SelectionRule.DEFAULT);
            PromptSelection shorter = PromptSelection.builder()
                    .from(forAcme())
                    .addVariants("short")
                    .build();
            assertThat(choose(shorter).rule()).isEqualTo(SelectionRule.OVERRIDE);
        }

        @Test
        void usesThePartialsOfTheFilesFolder() {
            files.put("shop/_shop.prompt", "the shop");
            overrides.put(override("{{title}} of {{>shop}}").build());
            assertThat(text(choose(forAcme()))).isEqualTo("a lamp of the shop");
            files.put("shop/_shop.prompt", "our shop");
            assertThat(text(choose(forAcme()))).isEqualTo("a lamp of our shop");
        }

        @Test
        void hasAnotherVersionWhenTheFileBelowItChanges() {
            overrides.put(override("Acme: {{title}}").build());
            String before = choose(forAcme()).prompt().sha256();
            files.put("shop/facts.prompt", FACTS.replace("temperature: 0", "temperature: 1"));
            SelectedPrompt after = choose(forAcme());
            assertThat(after.rule()).isEqualTo(SelectionRule.OVERRIDE);
            assertThat(after.prompt().sha256()).isNotEqualTo(before);
            assertThat(after.prompt().config()).isEqualTo(Map.of("temperature", 1));
        }

        @Test
        void servesAgainOnceItIsTakenAway() {
            overrides.put(override("Acme: {{title}}").build());
            assertThat(overrides.remove("acme", "shop/facts", "")).isTrue();
            assertThat(choose(forAcme()).rule()).isEqualTo(SelectionRule.DEFAULT);
        }

        @Test
        void needsAReasonAnAuthorAndAnEndAfterItsBeginning() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> override("x").reason(" ").build())
                    .withMessage("reason must be 1 to 1000 characters, not all blank, and had 1");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> override("x").author("").build())
                    .withMessageStartingWith("author must be 1 to 256 characters");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> override("x").expiresAt(MONDAY).build())
                    .withMessageStartingWith("expiresAt must be after createdAt");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> override("x").prompt("../facts").build())
                    .withMessageStartingWith("prompt must be up to 8 parts");
        }

        @Test
        void showsItsTextToNobody() {
            assertThat(override("a secret").build().toString()).doesNotContain("secret");
        }

        @Test
        void cannotBePutWhereThereIsNoStore() {
            assertThatIllegalStateException()
                    .isThrownBy(
                            () -> PromptOverrideStore.none().put(override("x").build()))
                    .withMessage("there is no store for overrides: give one to PromptRegistryBuilder.overrides");
        }
    }

    @Nested
    class AnExperiment {

        private static final String HALF = """
                tone:
                  prompt: shop/facts
                  salt: november
                  arms:
                    control: {weight: 50}
                    short: {weight: 50, variant: short}
                """;

        @Test
        void givesASubjectTheSameArmAlways() {
            files.put("experiments.yaml", HALF);
            List<String> arms =
                    IntStream.range(0, 1_000).mapToObj(i -> arm("user-" + i)).toList();
            assertThat(IntStream.range(0, 1_000).mapToObj(i -> arm("user-" + i)).toList())
                    .isEqualTo(arms);
            // 1,000 fair coins: outside of this range once in 10^10
            assertThat(arms.stream().filter("short"::equals).count()).isBetween(400L, 600L);
        }

        @Test
        void saysWhichArmAndBucket() {
            files.put("experiments.yaml", HALF);
            String user = IntStream.range(0, 100)
                    .mapToObj(i -> "user-" + i)
                    .filter(one -> arm(one).equals("short"))
                    .findFirst()
                    .orElseThrow();
            SelectedPrompt chosen = choose(subject(user));
            int bucket = Bucketing.bucket("tone", "november", user);
            assertThat(chosen.prompt().variant()).contains("short");
            assertThat(chosen.exposure()).contains(new Exposure("tone", "short", bucket));
            assertThat(chosen.reason())
                    .isEqualTo("the subject is in arm short of experiment tone, bucket " + bucket)
                    .doesNotContain(user);
        }

        @Test
        void itsControlSeesWhatItWouldSeeWithoutIt() {
            files.put("shop/facts.good.prompt", FACTS);
            files.put("labels.yaml", "production: {prompts: {shop/facts: {variant: good}}}");
            files.put("experiments.yaml", "e: {prompt: shop/facts, arms: {control: {weight: 100}}}");
            SelectedPrompt chosen = choose(subject("u"));
            assertThat(chosen.rule()).isEqualTo(SelectionRule.EXPERIMENT);
            assertThat(chosen.prompt().variant()).contains("good");
            assertThat(chosen.exposure()).map(Exposure::arm).contains("control");
        }

        @Test
        void leavesOutThoseWithoutASubject() {
            files.put("experiments.yaml", HALF);
            SelectedPrompt chosen = choose(PromptSelection.none());
            assertThat(chosen.rule()).isEqualTo(SelectionRule.DEFAULT);
            assertThat(chosen.passedOver()).isEqualTo(Map.of("experiment tone", "there is no subject to bucket by"));
            assertThat(chosen.exposure()).isEmpty();
        }

        @Test
        void isStoppedByItsFileOrByTheSwitch() {
            files.put("experiments.yaml", HALF);
            killed = true;
            assertThat(choose(subject("u")).passedOver()).isEqualTo(Map.of("experiment tone", "it is stopped"));
            killed = false;
            assertThat(choose(subject("u")).rule()).isEqualTo(SelectionRule.EXPERIMENT);
            files.put("experiments.yaml", HALF.replace("salt: november", "running: false"));
            assertThat(choose(subject("u")).rule()).isEqualTo(SelectionRule.DEFAULT);
        }

        @Test
        void isStoppedByASwitchThatFails() {
            files.put("experiments.yaml", HALF);
            PromptRegistry broken = PromptRegistry.builder(files)
                    .killSwitch(experiment -> {
                        throw new IllegalStateException("the flag service is down");
                    })
                    .build();
            assertThat(broken.resolve("shop/facts", subject("u")).rule()).isEqualTo(SelectionRule.DEFAULT);
        }

        @Test
        void anArmThatIsNotThereExposesNobody() {
            files.put("experiments.yaml", "e: {prompt: shop/facts, arms: {a: {weight: 100, variant: gone}}}");
            SelectedPrompt chosen = choose(subject("u"));
            assertThat(chosen.rule()).isEqualTo(SelectionRule.DEFAULT);
            assertThat(chosen.exposure()).isEmpty();
            assertThat(chosen.passedOver()).containsOnlyKeys("experiment e, arm a");
        }

        @Test
        void isAboutOneVariant() {
            files.put(
                    "experiments.yaml",
                    "e: {prompt: shop/facts, variant: short, arms: {a: {weight: 100, variant: short}}}");
            assertThat(choose(subject("u")).rule()).isEqualTo(SelectionRule.DEFAULT);
            assertThat(choose(PromptSelection.builder()
                                    .subject("u")
                                    .addVariants("short")
                                    .build())
                            .rule())
                    .isEqualTo(SelectionRule.EXPERIMENT);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "e: {prompt: shop/facts, arms: {a: {weight: 99}}} | e: arms: the weights must be 100 in all, and are 99",
                    "e: {prompt: shop/facts, arms: {a: {weight: 1.5}}} | e: arms: a: weight must be a whole number from 0 to 100",
                    "e: {prompt: shop/facts, arms: {a: {weight: 100, varient: x}}} | e: arms: a: varient is unknown; known are note, variant, version, weight",
                    "e: {prompt: ../facts, arms: {a: {weight: 100}}} | e: prompt must be up to 8 parts joined by '/'",
                    "e: {prompt: shop/facts} | e: arms must be a map",
                    "e: {prompt: shop/facts, running: 1, arms: {a: {weight: 100}}} | e: running must be true or false",
                    "e: 5 | e must be a map"
                })
        void ofAWrongFileFailsEveryPrompt(String yaml, String problem) {
            files.put("experiments.yaml", yaml);
            PromptException thrown = failure(subject("u"));
            assertThat(thrown.reason()).isEqualTo(Reason.MALFORMED);
            assertThat(thrown).hasMessageStartingWith("memory:experiments.yaml: " + problem);
        }

        private String arm(String user) {
            return choose(subject(user)).exposure().orElseThrow().arm();
        }
    }

    @Nested
    class ALabel {

        @Test
        void promotesAVariant() {
            files.put("labels.yaml", "production: {prompts: {shop/facts: {variant: short}}}");
            SelectedPrompt chosen = choose(PromptSelection.none());
            assertThat(chosen.prompt().variant()).contains("short");
            assertThat(chosen.reason()).isEqualTo("the label production names it");
        }

        @Test
        void isTheCallersElseTheRegistrys() {
            files.put("labels.yaml", """
                    beta: {prompts: {shop/facts: {variant: short}}}
                    """);
            assertThat(choose(PromptSelection.none()).rule()).isEqualTo(SelectionRule.DEFAULT);
            assertThat(choose(label("beta")).prompt().variant()).contains("short");
            PromptRegistry beta = PromptRegistry.builder(files).label("beta").build();
            assertThat(beta.resolve("shop/facts", PromptSelection.none())
                            .prompt()
                            .variant())
                    .contains("short");
            assertThat(beta.resolve("shop/facts", label("latest")).rule()).isEqualTo(SelectionRule.DEFAULT);
        }

        @Test
        void thatNamesNothingIsPassedOver() {
            assertThat(choose(label("beta")).passedOver())
                    .isEqualTo(Map.of("label beta", "it names no file of this prompt"));
        }

        @Test
        void holdsAFileToItsVersion() {
            String version = choose(PromptSelection.none()).prompt().version();
            files.put("labels.yaml", "production: {prompts: {shop/facts: {version: \"" + version + "\"}}}");
            assertThat(choose(PromptSelection.none()).rule()).isEqualTo(SelectionRule.LABEL);
            files.put("shop/facts.prompt", FACTS + " Quick.");
            PromptException thrown = failure(PromptSelection.none());
            assertThat(thrown.reason()).isEqualTo(Reason.MISSING);
            assertThat(thrown)
                    .hasMessageStartingWith("prompt \"shop/facts\" should be version " + version + " and is ");
        }

        @Test
        void thatIsProtectedNeedsTwoPeople() {
            String entry = "production: {protected: true, prompts: {shop/facts: {variant: short%s}}}";
            files.put("labels.yaml", entry.formatted(", author: ana"));
            assertThat(failure(PromptSelection.none()))
                    .hasMessage("memory:labels.yaml: production: prompts: shop/facts must name an author and another"
                            + " person as approver: the label is protected");
            files.put("labels.yaml", entry.formatted(", author: ana, approver: ana"));
            assertThat(failure(PromptSelection.none()).reason()).isEqualTo(Reason.MALFORMED);
            files.put("labels.yaml", entry.formatted(", author: ana, approver: ben"));
            assertThat(choose(PromptSelection.none()).rule()).isEqualTo(SelectionRule.LABEL);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "latest: {prompts: {}} | the label \"latest\" must be lower-case letters",
                    "Beta: {prompts: {}} | the label \"Beta\" must be lower-case letters",
                    "beta: {prompts: {p: {}}} | beta: prompts: p must name a variant, a version or both",
                    "beta: {prompt: {}} | beta: prompt is unknown; known are prompts, protected",
                    "beta: {} | beta: prompts must be a map",
                    "beta: {prompts: {p: {variant: A}}} | beta: prompts: p: variant must be lower-case letters",
                    "beta: {prompts: {p: {version: 1.5}}} | beta: prompts: p: version must be text; put it in quotes"
                })
        void ofAWrongFileFailsEveryPrompt(String yaml, String problem) {
            files.put("labels.yaml", yaml);
            assertThat(failure(PromptSelection.none())).hasMessageStartingWith("memory:labels.yaml: " + problem);
        }

        @Test
        void isNamedLikeAVariant() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PromptRegistry.builder(files).label("A b"))
                    .withMessageStartingWith("label must be lower-case letters");
        }

        private PromptSelection label(String label) {
            return PromptSelection.builder().label(label).build();
        }
    }

    @Nested
    class WhatIsKept {

        @Test
        void isServedWhileNothingChanges() {
            assertThat(choose(PromptSelection.none()).prompt())
                    .isSameAs(choose(PromptSelection.none()).prompt());
        }

        @Test
        void isGoneWhenItsFileIs() {
            assertThat(choose(PromptSelection.none()).rule()).isEqualTo(SelectionRule.DEFAULT);
            assertThat(files.remove("shop/facts.prompt")).isTrue();
            assertThat(failure(PromptSelection.none()).reason()).isEqualTo(Reason.MISSING);
            files.put("shop/facts.prompt", FACTS);
            assertThat(text(choose(PromptSelection.none()))).isEqualTo("Facts of a lamp.");
        }

        @Test
        void isNotServedInPlaceOfAFileThatHasBecomeWrong() {
            assertThat(choose(PromptSelection.none()).rule()).isEqualTo(SelectionRule.DEFAULT);
            files.put("shop/facts.prompt", "{{#if}}");
            assertThat(failure(PromptSelection.none()).reason()).isEqualTo(Reason.MALFORMED);
        }

        @Test
        void isNotServedWhenItsPlaceCannotBeRead() {
            assertThat(choose(PromptSelection.none()).rule()).isEqualTo(SelectionRule.DEFAULT);
            PromptRegistry broken = PromptRegistry.of(new BrokenSource());
            PromptException thrown = catchThrowableOfType(
                    PromptException.class, () -> broken.resolve("shop/facts", PromptSelection.none()));
            assertThat(thrown.reason()).isEqualTo(Reason.UNREADABLE);
            assertThat(thrown)
                    .hasMessageContaining("broken:shop/facts.prompt cannot be read")
                    .hasRootCauseMessage("no disk");
        }

        /** A place that fails. */
        private static final class BrokenSource implements PromptSource {
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
                throw new IOException("no disk");
            }
        }
    }

    @Test
    void theBuiltInPromptsCanBeListed() throws IOException {
        assertThat(new TreeSet<>(PromptSource.builtIn().paths()))
                .contains("generation/understand.prompt", "generation/enhance.art.prompt")
                .allMatch(path -> path.endsWith(".prompt"));
    }

    private static PromptOverrideBuilder override(String text) {
        return PromptOverride.builder("acme", "shop/facts", text, "colours are wrong", "ana", MONDAY);
    }

    private static PromptSelection forAcme() {
        return PromptSelection.builder().tenant("acme").subject("u").build();
    }

    private static PromptSelection subject(String user) {
        return PromptSelection.builder().subject(user).build();
    }

    private static PromptSelection pinFor(String tenant, String version) {
        return PromptSelection.builder().tenant(tenant).pin(version).build();
    }

    private static PromptSelection pin(String version) {
        return PromptSelection.builder().pin(version).build();
    }

    private SelectedPrompt choose(PromptSelection selection) {
        return registry.resolve("shop/facts", selection);
    }

    private PromptException failure(PromptSelection selection) {
        return catchThrowableOfType(PromptException.class, () -> registry.resolve("shop/facts", selection));
    }

    private static String text(SelectedPrompt prompt) {
        return prompt.render(Map.of("title", "a lamp")).text();
    }
}
