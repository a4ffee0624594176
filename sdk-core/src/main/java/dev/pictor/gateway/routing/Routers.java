package dev.pictor.gateway.routing;

import static java.util.Objects.requireNonNull;

import dev.pictor.model.Money;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The usual ways to choose a model. What is unknown of a candidate, be it price, speed or quality, never counts in its
 * favour: it is ranked behind those of which it is known. But for {@link #staticOrder()}, a model that is down is
 * ranked behind all that are not; none is left out for its health alone.
 */
public final class Routers {

    private static final String VERSION = "1";
    private static final Score AS_CONFIGURED = new Score(1, "in the configured order");

    private Routers() {}

    /**
     * Returns the router that asks in the order of the request. All scores are 1: it judges nobody.
     *
     * @return a thread-safe router
     */
    public static Router staticOrder() {
        return new ScoredRouter("static-order", VERSION, (request, facts) -> AS_CONFIGURED, null);
    }

    /**
     * Returns the router that asks the cheapest first, by the most the call can cost. Prices in another currency than
     * that of the first candidate with a price do not compare and count as unknown.
     *
     * @return a thread-safe router
     */
    public static Router cheapest() {
        return scored("cheapest", VERSION, Routers::byCost);
    }

    /**
     * Returns the router that asks the fastest first: by the answers of the last while and how many calls it took to
     * get them, else by the profile.
     *
     * @return a thread-safe router
     */
    public static Router fastest() {
        return scored("fastest", VERSION, Routers::bySpeed);
    }

    /**
     * Returns the router that asks the best first, by {@code ModelProfile.quality()} or by what it is a specialist for, of
     * those that cannot cost more than a limit.
     *
     * @param limit the most one call may cost; prices in other currencies do not compare and are left out
     * @return a thread-safe router
     */
    public static Router bestQualityWithin(Money limit) {
        return new ScoredRouter(
                "best-quality-within-" + limit, VERSION, downLast(Routers::byQuality), requireNonNull(limit, "limit"));
    }

    /**
     * Returns the router that orders like another one, until the model it would ask first is near the limit of a
     * budget; then it asks the cheapest of those first.
     *
     * @param share of the budget that is used by then, 0 to 1
     * @param base the order as long as there is enough left
     * @return a thread-safe router
     * @throws IllegalArgumentException if {@code share} is outside 0 to 1
     */
    public static Router cheaperNearLimit(double share, Router base) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share must be 0 to 1, was " + share);
        }
        requireNonNull(base, "base");
        return request -> {
            Ranking ranking = base.rank(request);
            List<RankedCandidate> ranked = ranking.ranked();
            if (ranked.size() < 2 || shareUsed(request, ranked.get(0)) < share) {
                return ranking;
            }
            CandidateScore cost = downLast(Routers::byCost);
            return Ranking.builder("cheaper-near-limit(" + ranking.policy() + ")", ranking.version())
                    .addAllRanked(ranked.stream()
                            .map(candidate -> RankedCandidate.of(
                                    candidate.index(),
                                    candidate.candidate(),
                                    nearLimit(cost.score(
                                            request, request.candidates().get(candidate.index())))))
                            .sorted(ScoredRouter.BEST_FIRST)
                            .toList())
                    .rejected(ranking.rejected())
                    .build();
        };
    }

    /**
     * Returns the router that asks as the first rule says whose conditions hold, by the attributes of the call.
     *
     * @param rules of the program's own, or {@link RoutingRules#bundled()}
     * @return a thread-safe router
     */
    public static Router rules(RoutingRules rules) {
        return rules.router();
    }

    /**
     * Returns a router of one's own: it leaves out who cannot be asked, judges the others, and puts models that are
     * down behind the others.
     *
     * @param policy a name for traces, such as {@code by-style}
     * @param version of the policy, to be changed when its rankings may change
     * @param score judges one candidate, 0 to 1
     * @return a thread-safe router
     */
    public static Router scored(String policy, String version, CandidateScore score) {
        return new ScoredRouter(
                requireNonNull(policy, "policy"),
                requireNonNull(version, "version"),
                downLast(requireNonNull(score, "score")),
                null);
    }

    private static CandidateScore downLast(CandidateScore score) {
        return (request, facts) -> {
            Score base = score.score(request, facts);
            ModelHealth health = facts.health();
            return health.state() != HealthState.DOWN || base.value() < 0
                    ? base
                    : new Score(
                            base.value() - 1,
                            base.reason() + "; but it is down: " + health.failures() + " of " + health.calls()
                                    + " calls failed");
        };
    }

    static Score byCost(RoutingRequest request, CandidateFacts facts) {
        Optional<Money> estimate = facts.estimate();
        if (estimate.isEmpty()) {
            return new Score(0, "its price is unknown");
        }
        Money cost = estimate.get();
        String currency = firstKnown(request).currency();
        return cost.currency().equals(currency)
                ? new Score(closeness(cost.nanos()), "it costs at most " + cost)
                : new Score(0, "its price is in " + cost.currency() + ", not in " + currency);
    }

    private static Money firstKnown(RoutingRequest request) {
        for (CandidateFacts facts : request.candidates()) {
            Optional<Money> estimate = facts.estimate();
            if (estimate.isPresent()) {
                return estimate.get();
            }
        }
        throw new IllegalStateException("no candidate has a price");
    }

    static Score bySpeed(RoutingRequest request, CandidateFacts facts) {
        Optional<Duration> latency = Latency.expected(facts);
        if (latency.isEmpty()) {
            return new Score(0, "its speed is unknown");
        }
        ModelHealth health = facts.health();
        String source = health.p50().isPresent() ? "by " + health.calls() + " recent calls" : "by its profile";
        return new Score(
                closeness(latency.get().toNanos()),
                "it answers in about " + latency.get().toMillis() + " ms, " + source);
    }

    static Score byQuality(RoutingRequest request, CandidateFacts facts) {
        OptionalDouble quality =
                Quality.of(request.attributes(), facts.candidate().profile());
        return quality.isPresent()
                ? new Score(quality.getAsDouble(), "its quality is " + quality.getAsDouble())
                : new Score(0, "its quality is unknown");
    }

    /** Turns billionths of a unit, less is better, into a score: 1 for nothing, a half for one unit. */
    private static double closeness(long nanos) {
        return 1 / (1 + nanos / 1e9);
    }

    private static double shareUsed(RoutingRequest request, RankedCandidate candidate) {
        return request.candidates().get(candidate.index()).budgetShareUsed();
    }

    private static Score nearLimit(Score score) {
        return new Score(score.value(), "near the limit of a budget: " + score.reason());
    }
}
