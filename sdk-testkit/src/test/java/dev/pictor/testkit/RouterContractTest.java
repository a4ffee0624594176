package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.gateway.routing.Candidate;
import dev.pictor.gateway.routing.RankedCandidate;
import dev.pictor.gateway.routing.Ranking;
import dev.pictor.gateway.routing.RankingBuilder;
import dev.pictor.gateway.routing.RejectedCandidate;
import dev.pictor.gateway.routing.Rejection;
import dev.pictor.gateway.routing.Router;
import dev.pictor.gateway.routing.Routers;
import dev.pictor.gateway.routing.RoutingRules;
import dev.pictor.gateway.routing.Score;
import dev.pictor.model.Money;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every router of ours keeps the contract, and each rule of it finds out a router that breaks it. */
@SuppressWarnings("JUnitMethodInvoked") // whether the contract finds out a broken router is what is tested
class RouterContractTest {

    @Nested
    class StaticOrder extends RouterContract {
        @Override
        protected Router router() {
            return Routers.staticOrder();
        }
    }

    @Nested
    class Cheapest extends RouterContract {
        @Override
        protected Router router() {
            return Routers.cheapest();
        }
    }

    @Nested
    class Fastest extends RouterContract {
        @Override
        protected Router router() {
            return Routers.fastest();
        }
    }

    @Nested
    class BestQualityWithin extends RouterContract {
        @Override
        protected Router router() {
            return Routers.bestQualityWithin(Money.usd(80_000_000));
        }
    }

    @Nested
    class CheaperNearLimit extends RouterContract {
        @Override
        protected Router router() {
            return Routers.cheaperNearLimit(0.5, Routers.bestQualityWithin(Money.usd(100_000_000)));
        }
    }

    @Nested
    class Rules extends RouterContract {
        @Override
        protected Router router() {
            return Routers.rules(RoutingRules.bundled());
        }
    }

    @Nested
    class OfOnesOwn extends RouterContract {
        @Override
        protected Router router() {
            return Routers.scored(
                    "by-name",
                    "7",
                    (request, facts) -> new Score(facts.candidate().id().endsWith("3") ? 1 : 0.5, "by its name"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenRouters")
    void findsOutARouterThat(String fault, Router router, Consumer<RouterContract> rule) {
        RouterContract contract = new RouterContract() {
            @Override
            protected Router router() {
                return router;
            }
        };

        assertThatThrownBy(() -> rule.accept(contract)).isInstanceOf(AssertionError.class);
    }

    @Test
    void takesARouterThatRanksNobodyForOneThatIsTooShyOnly() {
        Router shy = request -> {
            RankingBuilder ranking = Ranking.builder("shy", "1");
            for (int i = 0; i < request.candidates().size(); i++) {
                Candidate candidate = request.candidates().get(i).candidate();
                ranking.addRejected(RejectedCandidate.builder(i, candidate, Rejection.CANNOT_SERVE, "shy")
                        .build());
            }
            return ranking.build();
        };
        RouterContract contract = new RouterContract() {
            @Override
            protected Router router() {
                return shy;
            }
        };

        contract.putsEveryCandidateOnceIntoTheRanking();
        contract.ranksNobodyWhoMayCostTooMuch();
        assertThatThrownBy(contract::ranksASingleModelThatIsDown).isInstanceOf(AssertionError.class);
    }

    static Stream<Arguments> brokenRouters() {
        AtomicInteger calls = new AtomicInteger();
        Router everybody = request -> {
            List<RankedCandidate> ranked = new ArrayList<>();
            for (int i = 0; i < request.candidates().size(); i++) {
                ranked.add(RankedCandidate.of(
                        i, request.candidates().get(i).candidate(), new Score(1 - i / 10.0, "it is there")));
            }
            return Ranking.builder("everybody", "1").addAllRanked(ranked).build();
        };
        Router upsideDown = request -> {
            Ranking ranking = everybody.rank(request);
            List<RankedCandidate> ranked = new ArrayList<>(ranking.ranked());
            Collections.reverse(ranked);
            return Ranking.builder("upside-down", "1").addAllRanked(ranked).build();
        };
        Router nobody = request -> Ranking.builder("nobody", "1").build();
        Router nameless = request -> Ranking.builder("", "1").build();
        Router moody = request ->
                Ranking.builder("moody", "" + calls.incrementAndGet()).build();
        return Stream.of(
                broken("loses candidates", nobody, RouterContract::putsEveryCandidateOnceIntoTheRanking),
                broken("asks who cannot serve", everybody, RouterContract::ranksNobodyWhoCannotServeTheRequest),
                broken("asks who is retired", everybody, RouterContract::ranksNobodyWhoIsRetired),
                broken("asks who is to be left alone", everybody, RouterContract::ranksNobodyWhoIsToBeLeftAlone),
                broken("spends too much", everybody, RouterContract::ranksNobodyWhoMayCostTooMuch),
                broken("asks others", everybody, RouterContract::ranksNobodyButTheModelThatTheCallerInsistsOn),
                broken("does not sort", upsideDown, RouterContract::givesScoresThatNeverRise),
                broken("has no name", nameless, RouterContract::givesReasonsAndNamesItsPolicy),
                broken("changes its mind", moody, RouterContract::ranksTheSameRequestInTheSameWay),
                broken("gives up a single model", nobody, RouterContract::ranksASingleModelThatIsDown),
                broken("does not say when to come back", nobody, RouterContract::saysWhenTheFirstMayBeAskedAgain));
    }

    private static Arguments broken(String fault, Router router, Consumer<RouterContract> rule) {
        return Arguments.of(fault, router, rule);
    }
}
