package dev.pictor.gateway.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * Leaves out who may not be asked, and orders the others as the rule says that decides. Models that are down are behind
 * all others, and those outside the rule's quality are behind those within.
 */
final class RulesRouter implements Router {

    /** A candidate, judged. The place is a tie-break: equal candidates stay in the configured order. */
    private record Judged(int index, CandidateFacts facts, boolean down, boolean outside, List<Score> scores) {

        static final Comparator<Judged> BEST_FIRST = Comparator.comparing(Judged::down)
                .thenComparing(Judged::outside)
                .thenComparing(Judged::byScores)
                .thenComparingInt(Judged::index);

        private static int byScores(Judged a, Judged b) {
            for (int i = 0; i < a.scores.size(); i++) {
                int order =
                        Double.compare(b.scores.get(i).value(), a.scores.get(i).value());
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        }

        String reason() {
            String words = scores.stream().map(Score::reason).distinct().collect(Collectors.joining(", "));
            ModelHealth health = facts.health();
            return words
                    + (outside ? "; but its quality is not what the rule asks for" : "")
                    + (down
                            ? "; but it is down: " + health.failures() + " of " + health.calls() + " calls failed"
                            : "");
        }
    }

    private final RoutingRules rules;

    RulesRouter(RoutingRules rules) {
        this.rules = rules;
    }

    @Override
    public Ranking rank(RoutingRequest request) {
        RoutingRule rule = rules.ruleFor(request);
        Eligibility eligibility = new Eligibility(request, null);
        RankingBuilder ranking = Ranking.builder(rules.name() + ":" + rule.name(), rules.version());
        List<Judged> judged = new ArrayList<>(request.candidates().size());
        for (int i = 0; i < request.candidates().size(); i++) {
            RejectedCandidate rejected = eligibility.rejection(i);
            if (rejected == null) {
                judged.add(judge(rule, request, i));
            } else {
                ranking.addRejected(rejected);
            }
        }
        judged.sort(Judged.BEST_FIRST);
        for (int place = 0; place < judged.size(); place++) {
            Judged candidate = judged.get(place);
            double score = 1 - (double) place / judged.size() - (candidate.down ? 1 : 0);
            String because = place == 0 && !rule.reason().isEmpty() ? ", " + rule.reason() : "";
            ranking.addRanked(RankedCandidate.of(
                    candidate.index,
                    candidate.facts.candidate(),
                    new Score(score, "rule " + rule.name() + because + ": " + candidate.reason())));
        }
        return ranking.build();
    }

    private static Judged judge(RoutingRule rule, RoutingRequest request, int index) {
        CandidateFacts facts = request.candidates().get(index);
        OptionalDouble quality =
                Quality.of(request.attributes(), facts.candidate().profile());
        boolean within = rule.quality().equals(NumberRange.ANY)
                || (quality.isPresent() && rule.quality().contains(quality.getAsDouble()));
        List<Score> scores =
                rule.orders().stream().map(order -> order.score(request, facts)).toList();
        return new Judged(index, facts, facts.health().state() == HealthState.DOWN, !within, scores);
    }

    @Override
    public String toString() {
        return rules.name() + "/" + rules.version();
    }
}
