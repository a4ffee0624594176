package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.gateway.routing.CandidateFacts;
import dev.pictor.gateway.routing.HealthState;
import dev.pictor.gateway.routing.ModelHealth;
import dev.pictor.gateway.routing.RankedCandidate;
import dev.pictor.gateway.routing.Ranking;
import dev.pictor.gateway.routing.RejectedCandidate;
import dev.pictor.gateway.routing.Router;
import dev.pictor.gateway.routing.RoutingRequest;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The tests that every {@link Router} passes. Extend it and give the router. Not thread-safe. */
public abstract class RouterContract {

    private static final int SCENES = 500;

    /** For subclasses. */
    protected RouterContract() {}

    /**
     * Returns the router under test. It ranks a model that costs a billionth of a dollar.
     *
     * @return a router
     */
    protected abstract Router router();

    @Test
    void putsEveryCandidateOnceIntoTheRanking() {
        inEveryScene((request, ranking) -> {
            Stream<Integer> places = Stream.concat(
                    ranking.ranked().stream().map(RankedCandidate::index),
                    ranking.rejected().stream().map(RejectedCandidate::index));

            assertThat(places)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, request.candidates().size())
                                    .boxed()
                                    .toList());
            assertThat(ranking.ranked())
                    .allSatisfy(candidate -> assertThat(candidate.candidate())
                            .isEqualTo(
                                    request.candidates().get(candidate.index()).candidate()));
            assertThat(ranking.rejected())
                    .allSatisfy(candidate -> assertThat(candidate.candidate())
                            .isEqualTo(
                                    request.candidates().get(candidate.index()).candidate()));
        });
    }

    @Test
    void ranksNobodyWhoCannotServeTheRequest() {
        ranksNobodyOf(facts -> !facts.problems().isEmpty());
    }

    @Test
    void ranksNobodyWhoIsRetired() {
        ranksNobodyOf(facts -> facts.retiresOn()
                .filter(day -> !RoutingScene.TODAY.isBefore(day))
                .isPresent());
    }

    @Test
    @DisplayName("R14, R15: ranks nobody whose breaker is open or who cools down")
    void ranksNobodyWhoIsToBeLeftAlone() {
        ranksNobodyOf(facts ->
                facts.breakerOpenFor().isPresent() || facts.coolingDownFor().isPresent());
    }

    @Test
    @DisplayName("R5: ranks nobody over the budget or of unknown price under one")
    void ranksNobodyWhoMayCostTooMuch() {
        inEveryScene((request, ranking) -> request.budget()
                .ifPresent(budget -> assertThat(rankedFacts(request, ranking)).allSatisfy(facts -> {
                    assertThat(facts.estimate()).isNotEmpty();
                    assertThat(facts.estimate().stream())
                            .noneMatch(estimate ->
                                    estimate.currency().equals(budget.currency()) && estimate.nanos() > budget.nanos());
                })));
    }

    @Test
    void ranksNobodyButTheModelThatTheCallerInsistsOn() {
        inEveryScene((request, ranking) -> request.forceModel()
                .ifPresent(forced -> assertThat(ranking.ranked())
                        .allMatch(candidate -> candidate.candidate().answersTo(forced))));
    }

    @Test
    void givesScoresThatNeverRise() {
        inEveryScene((request, ranking) -> {
            List<Double> scores =
                    ranking.ranked().stream().map(RankedCandidate::score).toList();

            assertThat(scores).allMatch(score -> score >= -1 && score <= 1);
            assertThat(scores).isSortedAccordingTo((a, b) -> Double.compare(b, a));
        });
    }

    @Test
    void givesReasonsAndNamesItsPolicy() {
        inEveryScene((request, ranking) -> {
            assertThat(ranking.policy()).isNotBlank();
            assertThat(ranking.version()).isNotBlank();
            assertThat(ranking.ranked())
                    .allSatisfy(candidate -> assertThat(candidate.reason()).isNotBlank());
            assertThat(ranking.rejected())
                    .allSatisfy(candidate -> assertThat(candidate.reason()).isNotBlank());
        });
    }

    @Test
    void ranksTheSameRequestInTheSameWay() {
        inEveryScene((request, ranking) -> assertThat(router().rank(request)).isEqualTo(ranking));
    }

    @Test
    @DisplayName("R15: a single model is asked however bad its health, unless its breaker is open")
    void ranksASingleModelThatIsDown() {
        RoutingRequest request = RoutingScene.request(RoutingScene.facts("alone")
                        .health(ModelHealth.builder()
                                .state(HealthState.DOWN)
                                .calls(10)
                                .failures(10)
                                .build())
                        .build())
                .build();

        assertThat(router().rank(request).ranked()).hasSize(1);
    }

    @Test
    @DisplayName("R15: when all are to be left alone, the ranking says so and when the first may be asked again")
    void saysWhenTheFirstMayBeAskedAgain() {
        RoutingRequest request = RoutingScene.request(
                        RoutingScene.facts("open")
                                .breakerOpenFor(Duration.ofSeconds(20))
                                .build(),
                        RoutingScene.facts("cooling")
                                .coolingDownFor(Duration.ofSeconds(7))
                                .build(),
                        RoutingScene.facts("both")
                                .breakerOpenFor(Duration.ofSeconds(3))
                                .coolingDownFor(Duration.ofSeconds(9))
                                .build(),
                        RoutingScene.facts("unable")
                                .addProblems("takes no references")
                                .breakerOpenFor(Duration.ofSeconds(1))
                                .build())
                .build();

        Ranking ranking = router().rank(request);

        assertThat(ranking.isAllOpen()).isTrue();
        assertThat(ranking.earliestRetry()).contains(Duration.ofSeconds(7));
    }

    private void ranksNobodyOf(Predicate<CandidateFacts> kind) {
        inEveryScene(
                (request, ranking) -> assertThat(rankedFacts(request, ranking)).noneMatch(kind));
    }

    private static List<CandidateFacts> rankedFacts(RoutingRequest request, Ranking ranking) {
        return ranking.ranked().stream()
                .map(candidate -> request.candidates().get(candidate.index()))
                .toList();
    }

    private void inEveryScene(BiConsumer<RoutingRequest, Ranking> rule) {
        Router router = router();
        for (long seed = 0; seed < SCENES; seed++) {
            RoutingRequest request = RoutingScene.random(seed);
            try {
                rule.accept(request, router.rank(request));
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }
}
