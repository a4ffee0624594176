package dev.pictor.gateway.routing;

import dev.pictor.model.Money;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.immutables.value.Value;

/** A line of a {@link Comparison}. Immutable. */
@Value.Immutable
public abstract class ComparedCandidate {

    ComparedCandidate() {}

    static ComparedCandidateBuilder of(RoutingRequest request, CandidateFacts facts, String reason) {
        return new ComparedCandidateBuilder()
                .candidate(facts.candidate())
                .estimate(facts.estimate())
                .quality(Quality.of(request.attributes(), facts.candidate().profile()))
                .value(Quality.perUnit(request.attributes(), facts))
                .isWithinBudget(isWithin(request.budget(), facts.estimate()))
                .latency(Latency.expected(facts))
                .health(facts.health())
                .reason(reason);
    }

    private static boolean isWithin(Optional<Money> budget, Optional<Money> estimate) {
        return budget.isEmpty()
                || (estimate.isPresent()
                        && estimate.get().currency().equals(budget.get().currency())
                        && estimate.get().nanos() <= budget.get().nanos());
    }

    /**
     * Whom it is about.
     *
     * @return the candidate
     */
    public abstract Candidate candidate();

    /**
     * The most the call can cost there.
     *
     * @return an upper bound, or empty if it is unknown
     */
    public abstract Optional<Money> estimate();

    /**
     * How good its pictures are, by whoever set it up: in the domain or style of the call if it is a specialist for that,
     * else in general.
     *
     * @return 0 to 1, 1 is best; empty if it is unknown
     */
    public abstract OptionalDouble quality();

    /**
     * How much quality there is for a unit of money.
     *
     * @return 0 or more, more is better, infinite if it costs nothing; empty if quality or cost is unknown
     */
    public abstract OptionalDouble value();

    /**
     * Whether the most it can cost is no more than the call may cost.
     *
     * @return true if so or there is no limit; false if its price is unknown or in another currency
     */
    public abstract boolean isWithinBudget();

    /**
     * How long an answer takes: by its recent calls, else by its profile.
     *
     * @return the time, or empty if it is unknown
     */
    public abstract Optional<Duration> latency();

    /**
     * How it is.
     *
     * @return its health
     */
    public abstract ModelHealth health();

    /**
     * When it would be asked.
     *
     * @return 1 for the first; empty if it was rejected
     */
    public abstract OptionalInt rank();

    /**
     * Its score.
     *
     * @return -1 to 1, 1 is best; empty if it was rejected
     */
    public abstract OptionalDouble score();

    /**
     * The kind of reason for which it was rejected.
     *
     * @return the kind, or empty if it is ranked
     */
    public abstract Optional<Rejection> rejection();

    /**
     * Why it stands where it does.
     *
     * @return a sentence
     */
    public abstract String reason();
}
