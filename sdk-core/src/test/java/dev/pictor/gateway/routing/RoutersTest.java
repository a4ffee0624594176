package dev.pictor.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.Money;
import dev.pictor.trace.Decision;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RoutersTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 1, 1);
    private static final Money CENT = Money.usd(10_000_000);
    private static final ModelHealth DOWN =
            ModelHealth.builder().state(HealthState.DOWN).calls(20).failures(18).build();

    private static CandidateFactsBuilder facts(String id) {
        return CandidateFacts.builder(Candidate.of(ModelProfile.builder(id, "vendor")
                .aliases(List.of("alias-" + id))
                .build()));
    }

    private static CandidateFactsBuilder costing(String id, long nanos) {
        return facts(id).estimate(Money.usd(nanos));
    }

    private static CandidateFactsBuilder withQuality(String id, double quality, long nanos) {
        ModelProfile profile =
                ModelProfile.builder(id, "vendor").quality(quality).build();
        return CandidateFacts.builder(Candidate.of(profile)).estimate(Money.usd(nanos));
    }

    private static CandidateFactsBuilder answeringIn(String id, long millis, int calls, int failures) {
        return facts(id)
                .health(ModelHealth.builder()
                        .state(HealthState.HEALTHY)
                        .calls(calls)
                        .failures(failures)
                        .p50(Duration.ofMillis(millis))
                        .build());
    }

    private static RoutingRequestBuilder request(CandidateFactsBuilder... candidates) {
        return RoutingRequest.builder(
                "generate_content",
                List.of(candidates).stream().map(CandidateFactsBuilder::build).toList(),
                TODAY);
    }

    private static List<String> order(Ranking ranking) {
        return ranking.ranked().stream()
                .map(candidate -> candidate.candidate().profile().id())
                .toList();
    }

    private static Map<String, Rejection> rejections(Ranking ranking) {
        return ranking.rejected().stream()
                .collect(Collectors.toMap(
                        candidate -> candidate.candidate().profile().id(), RejectedCandidate::rejection));
    }

    @Nested
    class Orders {

        @Test
        void staticOrderAsksInTheOrderOfTheRequestEvenIfTheFirstIsDown() {
            Ranking ranking = Routers.staticOrder()
                    .rank(request(costing("a", 3).health(DOWN), facts("b"), costing("c", 1))
                            .build());

            assertThat(order(ranking)).containsExactly("a", "b", "c");
        }

        @Test
        void cheapestAsksWhoseBoundIsLowestAndNeverTakesUnknownForFree() {
            Ranking ranking = Routers.cheapest()
                    .rank(request(facts("unknown"), costing("dear", 40_000_000), costing("cheap", 39_000_000))
                            .build());

            assertThat(order(ranking)).containsExactly("cheap", "dear", "unknown");
            assertThat(ranking.ranked().get(0).reason()).isEqualTo("it costs at most $0.039");
            assertThat(ranking.ranked().get(2).score()).isZero();
        }

        @Test
        void cheapestTellsPricesApartThatDifferByABillionth() {
            Ranking ranking = Routers.cheapest()
                    .rank(request(costing("b", 39_000_001), costing("a", 39_000_000))
                            .build());

            assertThat(order(ranking)).containsExactly("a", "b");
        }

        @Test
        void cheapestDoesNotCompareCreditsWithDollars() {
            Ranking ranking = Routers.cheapest()
                    .rank(request(
                                    costing("dollars", 40_000_000),
                                    facts("credits").estimate(new Money(1, "credits")))
                            .build());

            assertThat(order(ranking)).containsExactly("dollars", "credits");
            assertThat(ranking.ranked().get(1).reason()).isEqualTo("its price is in credits, not in USD");
        }

        @Test
        void fastestGoesByRecentAnswersAndElseByTheProfile() {
            CandidateFactsBuilder byProfile =
                    CandidateFacts.builder(Candidate.of(ModelProfile.builder("profile", "vendor")
                            .typicalLatency(Duration.ofSeconds(2))
                            .build()));

            Ranking ranking = Routers.fastest()
                    .rank(request(facts("unknown"), byProfile, answeringIn("quick", 900, 30, 0))
                            .build());

            assertThat(order(ranking)).containsExactly("quick", "profile", "unknown");
        }

        @Test
        void fastestCountsTheCallsThatFailedBeforeAnAnswer() {
            Ranking ranking = Routers.fastest()
                    .rank(request(answeringIn("flaky", 1_000, 100, 40), answeringIn("steady", 1_500, 100, 0))
                            .build());

            assertThat(order(ranking)).containsExactly("steady", "flaky");
        }

        @Test
        void bestQualityWithinLeavesOutWhatIsTooDearOrOfUnknownPrice() {
            Ranking ranking = Routers.bestQualityWithin(CENT)
                    .rank(request(
                                    withQuality("good", 0.7, 9_000_000),
                                    withQuality("best", 0.9, 10_000_001),
                                    withQuality("better", 0.8, 10_000_000),
                                    facts("unknown"),
                                    facts("credits").estimate(new Money(1, "credits")))
                            .build());

            assertThat(order(ranking)).containsExactly("better", "good");
            assertThat(rejections(ranking))
                    .containsOnly(
                            Map.entry("best", Rejection.OVER_BUDGET),
                            Map.entry("unknown", Rejection.UNKNOWN_PRICE),
                            Map.entry("credits", Rejection.UNKNOWN_PRICE));
        }

        @Test
        void equalScoresKeepTheOrderOfTheRequest() {
            Ranking ranking = Routers.cheapest()
                    .rank(request(costing("b", 5), costing("a", 5), costing("c", 5))
                            .build());

            assertThat(order(ranking)).containsExactly("b", "a", "c");
        }

        @Test
        void aModelThatIsDownComesAfterAllThatAreNot() {
            Ranking ranking = Routers.cheapest()
                    .rank(request(costing("down", 1).health(DOWN), facts("unknown"), costing("dear", 90_000_000))
                            .build());

            assertThat(order(ranking)).containsExactly("dear", "unknown", "down");
            assertThat(ranking.ranked().get(2).reason()).endsWith("but it is down: 18 of 20 calls failed");
            assertThat(ranking.ranked().get(2).score())
                    .isCloseTo(0, within(0.001))
                    .isNegative();
        }
    }

    @Nested
    class NearTheLimitOfABudget {

        private final Router router =
                Routers.cheaperNearLimit(0.8, Routers.bestQualityWithin(Money.usd(1_000_000_000)));

        private Ranking rank(double shareUsed) {
            return router.rank(request(
                            withQuality("cheap", 0.2, 5_000_000).budgetShareUsed(shareUsed),
                            withQuality("best", 0.9, 90_000_000).budgetShareUsed(shareUsed),
                            facts("unknown"))
                    .build());
        }

        @Test
        void theBestIsAskedAsLongAsThereIsEnoughLeft() {
            assertThat(order(rank(0.79))).containsExactly("best", "cheap");
        }

        @Test
        void theCheapestIsAskedFromTheShareOn() {
            Ranking ranking = rank(0.8);

            assertThat(order(ranking)).containsExactly("cheap", "best");
            assertThat(ranking.policy()).isEqualTo("cheaper-near-limit(best-quality-within-$1)");
            assertThat(ranking.ranked().get(0).reason())
                    .isEqualTo("near the limit of a budget: it costs at most $0.005");
            assertThat(rejections(ranking)).containsOnly(Map.entry("unknown", Rejection.UNKNOWN_PRICE));
        }

        @Test
        void aShareBeyondOneIsRefused() {
            assertThatThrownBy(() -> Routers.cheaperNearLimit(1.5, Routers.cheapest()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("share must be 0 to 1, was 1.5");
        }
    }

    @Nested
    class Rejections {

        @Test
        void sayWhatLastsBeforeWhatPasses() {
            Ranking ranking = Routers.staticOrder()
                    .rank(request(
                                    facts("unable")
                                            .addProblems("takes 2 references, was given 3", "has no mask")
                                            .retiresOn(Optional.of(TODAY)),
                                    facts("retired")
                                            .retiresOn(Optional.of(TODAY))
                                            .breakerOpenFor(Duration.ofSeconds(1)),
                                    costing("dear", 10_000_001).coolingDownFor(Duration.ofSeconds(1)),
                                    facts("unknown"),
                                    costing("fine", 10_000_000).retiresOn(Optional.of(TODAY.plusDays(1))))
                            .budget(CENT)
                            .build());

            assertThat(order(ranking)).containsExactly("fine");
            assertThat(rejections(ranking))
                    .containsOnly(
                            Map.entry("unable", Rejection.CANNOT_SERVE),
                            Map.entry("retired", Rejection.RETIRED),
                            Map.entry("dear", Rejection.OVER_BUDGET),
                            Map.entry("unknown", Rejection.UNKNOWN_PRICE));
            assertThat(ranking.rejected())
                    .extracting(RejectedCandidate::reason)
                    .containsExactly(
                            "takes 2 references, was given 3; has no mask",
                            "retired on 2026-01-01",
                            "it may cost $0.010000001, the limit is $0.01",
                            "its price is unknown, and cost is limited");
        }

        @Test
        @DisplayName("R15: a ranking without anybody says whether and how long to wait")
        void sayWhetherWaitingHelps() {
            Router router = Routers.staticOrder();
            Ranking open = router.rank(request(
                            facts("open").breakerOpenFor(Duration.ofSeconds(9)),
                            facts("cooling").coolingDownFor(Duration.ofSeconds(4)))
                    .build());
            Ranking hopeless = router.rank(
                    request(facts("unable").addProblems("has no mask")).build());
            Ranking fine = router.rank(request(facts("open").breakerOpenFor(Duration.ofSeconds(9)), facts("fine"))
                    .build());

            assertThat(open.isAllOpen()).isTrue();
            assertThat(open.earliestRetry()).contains(Duration.ofSeconds(4));
            assertThat(hopeless.isAllOpen()).isFalse();
            assertThat(hopeless.earliestRetry()).isEmpty();
            assertThat(fine.isAllOpen()).isFalse();
        }
    }

    @Nested
    class ForcedModels {

        @Test
        void areAskedByIdModelIdOrAlias() {
            for (String name : List.of("vendor/b", "b", "alias-b")) {
                Ranking ranking = Routers.cheapest()
                        .rank(request(costing("a", 1), costing("b", 2))
                                .forceModel(name)
                                .build());

                assertThat(order(ranking)).as(name).containsExactly("b");
                assertThat(rejections(ranking)).containsOnly(Map.entry("a", Rejection.NOT_ASKED_FOR));
            }
        }

        @Test
        void areRejectedLikeOthers() {
            Ranking ranking = Routers.cheapest()
                    .rank(request(facts("a"), facts("b").breakerOpenFor(Duration.ofSeconds(2)))
                            .forceModel("b")
                            .build());

            assertThat(ranking.isAllOpen()).isTrue();
            assertThat(ranking.earliestRetry()).contains(Duration.ofSeconds(2));
        }

        @Test
        void mustBeAmongTheCandidates() {
            assertThatThrownBy(() ->
                            request(facts("a"), facts("b")).forceModel("c").build())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("forceModel c is no candidate; there are vendor/a, vendor/b");
        }
    }

    @Nested
    class Values {

        @Test
        void aRequestNeedsCandidatesOfDifferentNames() {
            assertThatThrownBy(() -> request().build())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("there must be at least one candidate");
            assertThatThrownBy(() -> request(facts("a"), facts("a")).build())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("two candidates are named vendor/a; give one of them an id of its own");
        }

        @Test
        void aCandidateMayHaveANameOptionsAndALimitOfItsOwn() {
            Candidate candidate = Candidate.builder(
                            ModelProfile.builder("a", "vendor").build())
                    .id("careful-a")
                    .putOptions("steps", 50)
                    .attemptLimit(Duration.ofSeconds(30))
                    .build();

            assertThat(candidate.answersTo("careful-a")).isTrue();
            assertThat(candidate.answersTo("vendor/a")).isFalse();
            assertThat(candidate.toBuilder().build()).isEqualTo(candidate);
            assertThatThrownBy(() ->
                            candidate.toBuilder().attemptLimit(Duration.ZERO).build())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("attemptLimit must be more than zero, was PT0S");
        }

        @Test
        void aScoreStaysInItsRange() {
            assertThatThrownBy(() -> new Score(Double.NaN, "why"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("score must be -1 to 1, was NaN");
        }
    }

    @Nested
    class Decisions {

        private final Ranking ranking = Routers.cheapest()
                .rank(request(
                                costing("dear", 1_000_000_000),
                                costing("free", 0),
                                facts("open").breakerOpenFor(Duration.ofMillis(1_500)))
                        .build());

        @Test
        @DisplayName("R16: a ranking is a decision of the trace, with policy, scores and reasons")
        void nameThePolicyTheScoresAndEveryReason() {
            Decision decision = ranking.toDecision(CallAttributes.none());

            assertThat(decision.kind()).isEqualTo("route");
            assertThat(decision.chosen()).isEqualTo("vendor/free");
            assertThat(decision.reason()).isEqualTo("it costs at most $0");
            assertThat(decision.policy()).contains("cheapest/1");
            assertThat(decision.scores()).containsExactly(Map.entry("vendor/free", 1.0), Map.entry("vendor/dear", 0.5));
            assertThat(decision.rejected())
                    .containsExactly(
                            Map.entry("vendor/dear", "it costs at most $1"),
                            Map.entry("vendor/open", "its breaker is open for another 1500 ms"));
        }

        @Test
        void tellWhatWasKnownOfTheCall() {
            CallAttributes attributes =
                    CallAttributes.none().with(CallAttributes.TIER, "free").with(CallAttributes.COMPLEXITY, 0.25);

            assertThat(ranking.toDecision(attributes).facts())
                    .containsExactly(Map.entry("complexity", "0.25"), Map.entry("tier", "free"));
        }

        @Test
        void sayThatNobodyWasChosen() {
            Decision decision = Ranking.builder("mine", "2").build().toDecision(CallAttributes.none());

            assertThat(decision.chosen()).isEqualTo("none");
            assertThat(decision.policy()).contains("mine/2");
        }

        @Test
        void comeBackFromJsonAndAreReadWithoutWhatIsNew() throws JsonProcessingException {
            ObjectMapper mapper = new ObjectMapper().registerModule(new Jdk8Module());
            Decision old =
                    Decision.builder("fallback", "go on?", "yes", "because").build();

            assertThat(mapper.readValue(
                            mapper.writeValueAsString(ranking.toDecision(CallAttributes.none())), Decision.class))
                    .isEqualTo(ranking.toDecision(CallAttributes.none()));
            assertThat(mapper.writeValueAsString(old)).doesNotContain("scores", "policy", "facts");
            assertThat(mapper.readValue(mapper.writeValueAsString(old), Decision.class))
                    .isEqualTo(old);
        }
    }

    @Nested
    class Comparisons {

        @Test
        void putAllCandidatesSideBySideBestFirst() {
            RoutingRequest request = request(
                            withQuality("dear", 0.9, 50_000_000),
                            costing("open", 1).breakerOpenFor(Duration.ofSeconds(1)),
                            withQuality("cheap", 0.4, 10_000_000)
                                    .health(ModelHealth.builder()
                                            .state(HealthState.HEALTHY)
                                            .calls(8)
                                            .p50(Duration.ofMillis(700))
                                            .build()))
                    .build();

            Comparison comparison = Comparison.of(request, Routers.cheapest().rank(request));

            assertThat(comparison.candidates())
                    .extracting(line -> line.candidate().profile().id())
                    .containsExactly("cheap", "dear", "open");
            ComparedCandidate cheap = comparison.candidates().get(0);
            assertThat(cheap.rank()).hasValue(1);
            assertThat(cheap.estimate()).contains(CENT);
            assertThat(cheap.quality()).hasValue(0.4);
            assertThat(cheap.latency()).contains(Duration.ofMillis(700));
            assertThat(cheap.health().state()).isEqualTo(HealthState.HEALTHY);
            ComparedCandidate open = comparison.candidates().get(2);
            assertThat(open.rank()).isEmpty();
            assertThat(open.score()).isEmpty();
            assertThat(open.rejection()).contains(Rejection.BREAKER_OPEN);
        }

        @Test
        void nameTheBestByEachMeasureWhetherOrNotItIsWithinTheBudget() {
            RoutingRequest request = request(
                            withQuality("dear", 0.9, 50_000_000)
                                    .health(ModelHealth.builder()
                                            .state(HealthState.HEALTHY)
                                            .calls(8)
                                            .p50(Duration.ofMillis(900))
                                            .build()),
                            answeringIn("quick", 300, 5, 0).estimate(Money.usd(30_000_000)),
                            withQuality("worth it", 0.8, 20_000_000),
                            withQuality("cheap", 0.1, 10_000_000),
                            withQuality("credits", 0.9, 0).estimate(new Money(1, "credits")),
                            withQuality("unable", 1, 0).addProblems("takes no references"))
                    .budget(Money.usd(25_000_000))
                    .build();

            Comparison comparison = Comparison.of(request, Routers.cheapest().rank(request));

            assertThat(comparison.bestQuality()).hasValueSatisfying(line -> {
                assertThat(line.candidate().profile().id()).isEqualTo("credits");
                assertThat(line.isWithinBudget()).isFalse();
            });
            assertThat(comparison.bestValue()).hasValueSatisfying(line -> {
                assertThat(line.candidate().profile().id()).isEqualTo("worth it");
                assertThat(line.value()).hasValue(40);
                assertThat(line.isWithinBudget()).isTrue();
            });
            assertThat(comparison.cheapest()).hasValueSatisfying(line -> {
                assertThat(line.candidate().profile().id()).isEqualTo("cheap");
                assertThat(line.isWithinBudget()).isTrue();
            });
            assertThat(comparison.fastest()).hasValueSatisfying(line -> {
                assertThat(line.candidate().profile().id()).isEqualTo("quick");
                assertThat(line.isWithinBudget()).isFalse();
                assertThat(line.rejection()).contains(Rejection.OVER_BUDGET);
            });
        }

        @Test
        void nameNobodyByAMeasureOfWhichNothingIsKnown() {
            RoutingRequest request = request(facts("a"), facts("b")).build();

            Comparison comparison = Comparison.of(request, Routers.cheapest().rank(request));

            assertThat(comparison.bestQuality()).isEmpty();
            assertThat(comparison.bestValue()).isEmpty();
            assertThat(comparison.cheapest()).isEmpty();
            assertThat(comparison.fastest()).isEmpty();
            assertThat(comparison.candidates()).allMatch(ComparedCandidate::isWithinBudget);
        }

        @Test
        void judgeASpecialistByWhatItIsASpecialistFor() {
            CandidateFactsBuilder camera = CandidateFacts.builder(Candidate.of(ModelProfile.builder("camera", "vendor")
                    .quality(0.5)
                    .putStrengths("photography", 0.9)
                    .putStrengths("portrait", 0.95)
                    .build()));
            RoutingRequestBuilder request = request(camera, withQuality("all", 0.8, 1));
            CallAttributes photo = CallAttributes.none().with(CallAttributes.DOMAIN, "photography");

            assertThat(bestQuality(request.build())).isEqualTo("all 0.8");
            assertThat(bestQuality(request.attributes(photo).build())).isEqualTo("camera 0.9");
            assertThat(bestQuality(request.attributes(photo.with(CallAttributes.STYLE, "portrait"))
                            .build()))
                    .isEqualTo("camera 0.95");
        }

        private static String bestQuality(RoutingRequest request) {
            ComparedCandidate best = Comparison.of(
                            request, Routers.staticOrder().rank(request))
                    .bestQuality()
                    .orElseThrow();
            return best.candidate().profile().id() + " " + best.quality().orElseThrow();
        }
    }
}
