package dev.pictor.gateway.routing;

import dev.pictor.trace.Decision;
import dev.pictor.trace.DecisionBuilder;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/** In which order models are asked for a call, who is not asked, and why. Immutable. */
@Value.Immutable
public abstract class Ranking {

    /** The kind of the decision that a ranking is in a trace. */
    public static final String DECISION_KIND = "route";

    private static final String NOBODY = "none";

    Ranking() {}

    /**
     * Returns a builder for an empty ranking.
     *
     * @param policy who ranks, such as {@code cheapest}
     * @param version of the policy, which changes when its rankings may change
     * @return a new builder
     */
    public static RankingBuilder builder(String policy, String version) {
        return new RankingBuilder().policy(policy).version(version);
    }

    /**
     * Who ranked.
     *
     * @return the policy's name
     */
    public abstract String policy();

    /**
     * Of the policy.
     *
     * @return its version
     */
    public abstract String version();

    /**
     * Who is asked. Default: nobody.
     *
     * @return candidates, best first
     */
    public abstract List<RankedCandidate> ranked();

    /**
     * Who is not asked. Default: nobody.
     *
     * @return candidates in the order of the request
     */
    public abstract List<RejectedCandidate> rejected();

    /**
     * Returns whether nobody can be asked now, but somebody can a little later.
     *
     * @return true if nobody is ranked, and an open breaker or a cooldown is all that stands in the way of someone
     */
    public boolean isAllOpen() {
        return ranked().isEmpty()
                && rejected().stream()
                        .anyMatch(candidate -> candidate.rejection().isPassing());
    }

    /**
     * Returns when the first of those that are only left alone for a while may be asked again.
     *
     * @return time from the ranking on, or empty if waiting helps with nobody
     */
    public Optional<Duration> earliestRetry() {
        return rejected().stream()
                .filter(candidate -> candidate.rejection().isPassing())
                .flatMap(candidate -> candidate.retryAfter().stream())
                .min(Comparator.naturalOrder());
    }

    /**
     * Returns the ranking as a decision for the trace.
     *
     * @param attributes what was known of the call
     * @return a decision of kind {@value #DECISION_KIND}, with candidates by their ids
     */
    public Decision toDecision(CallAttributes attributes) {
        RankedCandidate first = ranked().isEmpty() ? null : ranked().get(0);
        DecisionBuilder decision = Decision.builder(
                        DECISION_KIND,
                        "Which model serves the call?",
                        first == null ? NOBODY : first.candidate().id(),
                        first == null ? "every candidate was rejected" : first.reason())
                .policy(policy() + "/" + version())
                .facts(attributes.asText());
        for (int place = 0; place < ranked().size(); place++) {
            RankedCandidate candidate = ranked().get(place);
            decision.putScores(candidate.candidate().id(), candidate.score());
            if (place > 0) {
                decision.putRejected(candidate.candidate().id(), candidate.reason());
            }
        }
        for (RejectedCandidate candidate : rejected()) {
            decision.putRejected(candidate.candidate().id(), candidate.reason());
        }
        return decision.build();
    }
}
