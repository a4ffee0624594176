package dev.pictor.gateway.routing;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Ways to put candidates in order, each by its word in a file of rules. */
final class RoutingOrder {

    /** By its word in a file. Each judges one candidate, 0 to 1. */
    static final Map<String, CandidateScore> KNOWN = Map.of(
            "specialist",
            RoutingOrder::specialist,
            "best-quality",
            Routers::byQuality,
            "best-value",
            RoutingOrder::byValue,
            "cheapest",
            Routers::byCost,
            "fastest",
            Routers::bySpeed,
            "as-configured",
            (request, facts) -> new Score(1, "in the configured order"));

    private RoutingOrder() {}

    /** Those of a list first, in its order. */
    static CandidateScore models(List<String> names) {
        return (request, facts) -> {
            for (int i = 0; i < names.size(); i++) {
                if (facts.candidate().answersTo(names.get(i))) {
                    return new Score(1 - (double) i / names.size(), "it is number " + (i + 1) + " of the rule's list");
                }
            }
            return new Score(0, "it is not in the rule's list");
        };
    }

    private static Score specialist(RoutingRequest request, CandidateFacts facts) {
        return Quality.strengthOf(request.attributes(), facts.candidate().profile())
                .map(strength -> new Score(1, "it is a specialist for " + strength))
                .orElseGet(() -> new Score(0, "it is no specialist for this"));
    }

    private static Score byValue(RoutingRequest request, CandidateFacts facts) {
        Score cost = Routers.byCost(request, facts);
        OptionalDouble value = Quality.perUnit(request.attributes(), facts);
        if (cost.value() == 0 || value.isEmpty()) {
            return new Score(0, "what it is worth for its price is unknown");
        }
        return new Score(
                1 - 1 / (1 + value.getAsDouble()),
                Routers.byQuality(request, facts).reason() + ", and " + cost.reason());
    }
}
