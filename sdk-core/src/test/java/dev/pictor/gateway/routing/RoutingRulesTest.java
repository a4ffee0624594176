package dev.pictor.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pictor.model.ModelProfile;
import dev.pictor.model.Money;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RoutingRulesTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 1, 1);
    private static final ModelHealth DOWN =
            ModelHealth.builder().state(HealthState.DOWN).calls(20).failures(18).build();

    private static CandidateFactsBuilder facts(String id, double quality, long nanos) {
        return CandidateFacts.builder(Candidate.of(
                        ModelProfile.builder(id, "vendor").quality(quality).build()))
                .estimate(Money.usd(nanos));
    }

    /** A cheap model, a good one, and one for photographs. */
    private static CandidateFactsBuilder flash() {
        return facts("flash", 0.6, 39_000_000);
    }

    private static CandidateFactsBuilder pro() {
        return facts("pro", 0.8, 69_000_000);
    }

    private static CandidateFactsBuilder photos() {
        return CandidateFacts.builder(Candidate.of(ModelProfile.builder("photos", "vendor")
                        .aliases(List.of("camera"))
                        .quality(0.7)
                        .putStrengths("photography", 0.9)
                        .build()))
                .estimate(Money.usd(80_000_000));
    }

    private static RoutingRequest request(CallAttributes attributes, CandidateFactsBuilder... candidates) {
        return RoutingRequest.builder(
                        "generate_content",
                        List.of(candidates).stream()
                                .map(CandidateFactsBuilder::build)
                                .toList(),
                        TODAY)
                .attributes(attributes)
                .build();
    }

    private static CallAttributes call(String tier, String domain, double complexity) {
        return CallAttributes.none()
                .with(CallAttributes.TIER, tier)
                .with(CallAttributes.DOMAIN, domain)
                .with(CallAttributes.COMPLEXITY, complexity);
    }

    private static List<String> order(Ranking ranking) {
        return ranking.ranked().stream()
                .map(candidate -> candidate.candidate().profile().id())
                .toList();
    }

    private static RoutingRules rules(String rules) {
        String json = "{\"name\": \"mine\", \"version\": \"7\", \"rules\": " + rules + "}";
        try {
            return RoutingRules.read("mine.json", new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Arguments> specialistsThatAreNotAsked() {
        return Stream.of(
                arguments("cannot serve it", free(photos().addProblems("it takes no references"))),
                arguments("has retired", free(photos().retiresOn(TODAY))),
                arguments("cools down", free(photos().coolingDownFor(Duration.ofSeconds(30)))),
                arguments("has an open breaker", free(photos().breakerOpenFor(Duration.ofSeconds(30)))),
                arguments("is down", free(photos().health(DOWN))),
                arguments(
                        "is too dear",
                        new RoutingRequestBuilder()
                                .from(free(photos()))
                                .budget(Money.usd(70_000_000))
                                .build()),
                arguments(
                        "was not asked for",
                        new RoutingRequestBuilder()
                                .from(free(photos()))
                                .forceModel("flash")
                                .build()));
    }

    /** A photograph of some complexity for a user who does not pay. */
    private static RoutingRequest free(CandidateFactsBuilder specialist) {
        return request(call("free", "photography", 0.6), flash(), pro(), specialist);
    }

    @Nested
    class TheBundledRules {

        private final RoutingRules rules = RoutingRules.bundled();

        private Ranking rank(CallAttributes attributes) {
            return rules.router().rank(request(attributes, flash(), pro(), photos()));
        }

        @ParameterizedTest
        @CsvSource({
            "enterprise, photography, 0.1, enterprise,   photos",
            "enterprise, art,         0.1, enterprise,   pro",
            "enterprise, diagrams,    0.9, enterprise,   pro",
            "free,       products,    0.25, free-simple, flash",
            "free,       photography, 0.5, free-simple,  flash",
            "free,       photography, 0.51, specialist,  photos",
            "free,       art,         0.69, free-simple, flash",
            "free,       art,         0.7, free-complex, pro",
            "pro,        art,         0.29, simple,      flash",
            "pro,        art,         0.3, medium,       flash",
            "pro,        art,         0.69, medium,      flash",
            "pro,        art,         0.7, complex,      pro",
            "pro,        photography, 0.85, specialist,  photos",
            "team,       art,         0.85, complex,     pro"
        })
        void chooseByTierDomainAndComplexity(String tier, String domain, double complexity, String rule, String model) {
            Ranking ranking = rank(call(tier, domain, complexity));

            assertThat(order(ranking)).startsWith(model).hasSize(3);
            assertThat(ranking.policy()).isEqualTo("tiers:" + rule);
            assertThat(ranking.ranked().get(0).reason()).startsWith("rule " + rule + ", since ");
        }

        @ParameterizedTest
        @CsvSource({
            "pro,        0.45, quality, prefers-quality, pro",
            "pro,        0.2,  quality, simple,          flash",
            "free,       0.45, quality, free-simple,     flash",
            "pro,        0.9,  cost,    prefers-cost,    flash",
            "free,       0.9,  cost,    prefers-cost,    flash",
            "enterprise, 0.9,  cost,    enterprise,      pro"
        })
        void goByWhatTheUserCaresFor(String tier, double complexity, String preference, String rule, String model) {
            Ranking ranking = rank(call(tier, "art", complexity).with(CallAttributes.PREFERENCE, preference));

            assertThat(order(ranking)).startsWith(model);
            assertThat(ranking.policy()).isEqualTo("tiers:" + rule);
        }

        @Test
        void askTheCheapestOnceABudgetIsNearlyUsed() {
            Ranking ranking = rules.router()
                    .rank(request(
                            call("enterprise", "photography", 0.9), flash().budgetShareUsed(0.9), pro(), photos()));

            assertThat(order(ranking)).containsExactly("flash", "pro", "photos");
            assertThat(ranking.policy()).isEqualTo("tiers:near-limit");
        }

        @Test
        void askForTheBestValueWhereNothingIsKnown() {
            Ranking ranking = rank(CallAttributes.none());

            assertThat(order(ranking)).containsExactly("flash", "pro", "photos");
            assertThat(ranking.policy()).isEqualTo("tiers:unknown");
        }

        @Test
        void fallBackToTheNextBestWhenTheSpecialistIsLeftAlone() {
            Ranking ranking = rules.router()
                    .rank(request(
                            call("pro", "photography", 0.8),
                            flash(),
                            pro(),
                            photos().breakerOpenFor(Duration.ofSeconds(3))));

            assertThat(order(ranking)).containsExactly("pro", "flash");
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("dev.pictor.gateway.routing.RoutingRulesTest#specialistsThatAreNotAsked")
        void areDecidedByTierAloneWhereTheSpecialistIsNotAsked(String why, RoutingRequest request) {
            Ranking ranking = rules.router().rank(request);

            assertThat(ranking.policy()).isEqualTo("tiers:free-simple");
            assertThat(order(ranking)).startsWith("flash");
        }

        @Test
        void areDecidedByTierAloneWhereNobodyIsASpecialist() {
            assertThat(rules.deciding(request(call("free", "photography", 0.6), flash(), pro())))
                    .isEqualTo("free-simple");
        }

        @Test
        void endWithOneThatDecidesTheRest() {
            assertThat(rules.ruleNames()).startsWith("near-limit", "enterprise").endsWith("unknown");
            assertThat(rules).hasToString("RoutingRules[tiers/1, 11 rules]");
        }
    }

    @Nested
    class Orders {

        private static final CallAttributes NOTHING = CallAttributes.none();

        private static Ranking by(String prefer, CandidateFactsBuilder... candidates) {
            return rules("[{\"name\": \"only\", \"prefer\": " + prefer + "}]")
                    .router()
                    .rank(request(NOTHING, candidates));
        }

        @Test
        void bestValueIsQualityForMoney() {
            Ranking ranking = by(
                    "\"best-value\"",
                    pro(), // 11.6 for a dollar
                    flash(), // 15.4
                    facts("free", 0.1, 0),
                    facts("no-good", 0, 1),
                    CandidateFacts.builder(Candidate.of(ModelProfile.builder("unpriced", "vendor")
                            .quality(1)
                            .build())));

            assertThat(order(ranking)).containsExactly("free", "flash", "pro", "no-good", "unpriced");
            assertThat(ranking.ranked().get(1).reason())
                    .isEqualTo("rule only: its quality is 0.6, and it costs at most $0.039");
        }

        @Test
        void aListOfModelsGoesByIdsAndAliasesAndLeavesTheOthersBehind() {
            Ranking ranking =
                    by("[{\"models\": [\"camera\", \"vendor/pro\"]}, \"cheapest\"]", flash(), pro(), photos());

            assertThat(order(ranking)).containsExactly("photos", "pro", "flash");
            assertThat(ranking.ranked().get(1).reason())
                    .isEqualTo("rule only: it is number 2 of the rule's list, it costs at most $0.069");
        }

        @Test
        void theNextOrderDecidesAmongEquals() {
            Ranking ranking =
                    by("[\"best-quality\", \"cheapest\"]", facts("dear", 0.8, 3), facts("cheap", 0.8, 2), flash());

            assertThat(order(ranking)).containsExactly("cheap", "dear", "flash");
        }

        @Test
        void equalsStayInTheConfiguredOrder() {
            assertThat(order(by("\"as-configured\"", pro(), flash(), photos())))
                    .containsExactly("pro", "flash", "photos");
        }

        @Test
        void aModelThatIsDownIsBehindAllOthersHoweverGood() {
            Ranking ranking = by("\"best-quality\"", pro().health(DOWN), flash());

            assertThat(order(ranking)).containsExactly("flash", "pro");
            assertThat(ranking.ranked().get(1).score()).isNegative();
            assertThat(ranking.ranked().get(1).reason())
                    .isEqualTo("rule only: its quality is 0.8; but it is down: 18 of 20 calls failed");
        }

        @Test
        void anUnknownPriceIsBehindAKnownOne() {
            CandidateFactsBuilder unpriced = CandidateFacts.builder(
                    Candidate.of(ModelProfile.builder("unpriced", "vendor").build()));

            assertThat(order(by("\"cheapest\"", unpriced, pro()))).containsExactly("pro", "unpriced");
        }

        @Test
        void whatIsOutsideTheQualityOfTheRuleIsBehindWhatIsWithin() {
            RoutingRules floor = rules("[{\"name\": \"good\", \"prefer\": \"cheapest\","
                    + " \"quality\": {\"atLeast\": 0.75, \"below\": 0.95}}]");

            Ranking ranking = floor.router()
                    .rank(request(
                            CallAttributes.none().with(CallAttributes.DOMAIN, "photography"),
                            flash(),
                            photos(),
                            pro(),
                            facts("superb", 0.95, 1)));

            assertThat(order(ranking)).containsExactly("pro", "photos", "superb", "flash");
            assertThat(ranking.ranked().get(2).reason())
                    .isEqualTo(
                            "rule good: it costs at most $0.000000001; but its quality is not what the rule asks for");
        }
    }

    @Nested
    class Conditions {

        private static String deciding(String when, CallAttributes attributes) {
            return rules("[{\"name\": \"first\", \"when\": " + when + ", \"prefer\": \"cheapest\"},"
                            + " {\"name\": \"rest\", \"prefer\": \"cheapest\"}]")
                    .deciding(request(attributes, flash()));
        }

        @ParameterizedTest
        @CsvSource({"gold, first", "silver, first", "Gold, rest", "bronze, rest"})
        void aTextIsOneOfSome(String tier, String rule) {
            assertThat(deciding(
                            "{\"tier\": [\"gold\", \"silver\"]}",
                            CallAttributes.none().with("tier", tier)))
                    .isEqualTo(rule);
        }

        @ParameterizedTest
        @CsvSource({"-6, rest", "-5, first", "9.9, first", "10, rest"})
        void aNumberOfOnesOwnHasBounds(double number, String rule) {
            assertThat(deciding(
                            "{\"points\": {\"atLeast\": -5, \"below\": 10}}",
                            CallAttributes.none().with("points", number)))
                    .isEqualTo(rule);
        }

        @Test
        void allMustHold() {
            String both = "{\"tier\": \"gold\", \"complexity\": {\"above\": 0.5}}";

            assertThat(deciding(both, call("gold", "art", 0.51))).isEqualTo("first");
            assertThat(deciding(both, call("gold", "art", 0.5))).isEqualTo("rest");
            assertThat(deciding(both, call("silver", "art", 0.9))).isEqualTo("rest");
        }

        @Test
        void whatIsNotKnownFulfilsNone() {
            assertThat(deciding("{\"complexity\": {\"below\": 1}}", CallAttributes.none()))
                    .isEqualTo("rest");
            assertThat(deciding("{\"tier\": \"1\"}", CallAttributes.none().with("tier", 1)))
                    .isEqualTo("rest");
        }

        @Test
        void thereMayHaveToBeNoSpecialist() {
            assertThat(deciding("{\"specialist\": false}", call("pro", "art", 0)))
                    .isEqualTo("first");
            assertThat(deciding("{\"specialist\": true}", call("pro", "art", 0)))
                    .isEqualTo("rest");
        }
    }

    @Nested
    class RuleFiles {

        @TempDir
        Path work;

        @Test
        void areReadFromAPath() throws IOException {
            Path file = work.resolve("rules.json");
            Files.writeString(
                    file,
                    "{\"name\": \"mine\", \"version\": \"7\", \"rules\": [{\"name\": \"all\", \"prefer\": \"fastest\"}]}");

            assertThat(Routers.rules(RoutingRules.read(file))).hasToString("mine/7");
            assertThatThrownBy(() -> RoutingRules.read(work.resolve("none.json")))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessage("cannot read the routing rules " + work.resolve("none.json"));
        }

        @Test
        void areRefusedWithEverythingThatIsWrongInThem() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> rules("[{\"name\": \"a\", \"when\": {\"complexity\": {\"atLeast\": 7}},"
                            + " \"prefer\": \"best\"},"
                            + " {\"name\": \"a\", \"prefer\": [], \"quality\": {\"below\": \"x\"}, \"cost\": 1},"
                            + " {\"name\": \"b\", \"when\": {\"tier\": 3}, \"prefer\": {\"models\": []}}]"))
                    .withMessage("the routing rules mine.json cannot be used: "
                            + "rule a: when.complexity.atLeast must be 0 to 1, was 7; "
                            + "rule a: prefer must be one or a list of [as-configured, best-quality, best-value, cheapest,"
                            + " fastest, specialist] or {\"models\": [...]}, was \"best\"; "
                            + "rule a: has an unknown field cost; there are [name, prefer, quality, reason, when]; "
                            + "rule a: prefer must not be empty; "
                            + "rule a: quality.below must be a number, was \"x\"; "
                            + "rule a: has a name that another rule has; "
                            + "rule a: has no when, so that no rule after it is ever reached; "
                            + "rule b: when.tier must be a text of 1 to 256 characters, a list of such texts, or an object"
                            + " with atLeast, above or below; was 3; "
                            + "rule b: prefer.models must be a list of ids or aliases, was []; "
                            + "rule b: is the last and must have no when, so that some rule decides each call");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "[]| the file: rules must be a list of 1 to 200 rules, had 0",
                    "7| the file: rules must be a list of 1 to 200 rules",
                    "[{\"name\": \"A B\", \"prefer\": \"cheapest\"}]| rule A B: name must be 1 to 64 of a-z",
                    "[{\"prefer\": \"cheapest\"}]| rule 1: name must be a text of 1 to 256 characters, was missing",
                    "[{\"name\": \"a\"}]| or {\"models\": [...]}, was missing",
                    "[{\"name\": \"a\", \"prefer\": \"cheapest\", \"when\": {}}]| when must be an object with a condition",
                    "[{\"name\": \"a\", \"prefer\": \"cheapest\", \"quality\": {\"atLeast\": 0.5, \"above\": 0.5}}]|"
                            + " quality must have atLeast or above, not both",
                    "[{\"name\": \"a\", \"prefer\": \"cheapest\", \"quality\": {\"atLeast\": 0.5, \"below\": 0.5}}]|"
                            + " quality.atLeast must be less than below, was 0.5 and 0.5",
                    "[{\"name\": \"a\", \"prefer\": \"cheapest\", \"quality\": {\"most\": 1}}]|"
                            + " rule a, quality: has an unknown field most",
                    "[{\"name\": \"a\", \"prefer\": \"cheapest\", \"when\": {\"complexity\": 0.5}}]|"
                            + " when.complexity must be an object with atLeast, above or below, was 0.5",
                    "[{\"name\": \"a\", \"prefer\": \"cheapest\", \"when\": {\"specialist\": \"yes\"}}]|"
                            + " when.specialist must be true or false, was \"yes\"",
                    "[{\"name\": \"a\", \"prefer\": \"cheapest\", \"when\": {\"tier\": []}}]|"
                            + " when.tier must name at least one text",
                    "[{\"name\": \"a\", \"name\": \"b\"}]| it is no JSON: line 1, column"
                })
        void nameRuleFieldValueAndLimit(String rules, String problem) {
            assertThatIllegalArgumentException().isThrownBy(() -> rules(rules)).withMessageContaining(problem);
        }

        @Test
        void areNoLongerThanAMebibyte() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> RoutingRules.read(
                            "long.json", new ByteArrayInputStream(new byte[RoutingRules.MAX_BYTES + 1])))
                    .withMessage("the routing rules long.json cannot be used: it must have at most 1048576 bytes");
        }
    }
}
