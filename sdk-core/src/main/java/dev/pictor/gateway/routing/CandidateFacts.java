package dev.pictor.gateway.routing;

import dev.pictor.model.Money;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/** What is known of a candidate at the moment of a call. Immutable. */
@Value.Immutable
public abstract class CandidateFacts {

    CandidateFacts() {}

    /**
     * Returns a builder for a candidate of which nothing speaks against, with an unknown price.
     *
     * @param candidate the candidate
     * @return a new builder
     */
    public static CandidateFactsBuilder builder(Candidate candidate) {
        return new CandidateFactsBuilder().candidate(candidate);
    }

    /**
     * Whom they are about.
     *
     * @return the candidate
     */
    public abstract Candidate candidate();

    /**
     * The most the call can cost there. Default: empty, which means unknown and never free.
     *
     * @return an upper bound
     */
    public abstract Optional<Money> estimate();

    /**
     * How the model is. Default: unknown.
     *
     * @return its health
     */
    @Value.Default
    public ModelHealth health() {
        return ModelHealth.unknown();
    }

    /**
     * Why it cannot serve this request, such as more references than it takes. Default: none, it can.
     *
     * @return sentences
     */
    public abstract List<String> problems();

    /**
     * How long its breaker still stays open. Default: empty, which means that it is not open.
     *
     * @return time from now to the first call that may be let through
     */
    public abstract Optional<Duration> breakerOpenFor();

    /**
     * How long its vendor asked to be left alone. Default: empty, which means that it may be called.
     *
     * @return time from now
     */
    public abstract Optional<Duration> coolingDownFor();

    /**
     * How much of a budget is used: the highest share over all limits that a call to it counts against. Default: 0.
     *
     * @return 0 or more; 1 is all of it
     */
    @Value.Default
    public double budgetShareUsed() {
        return 0;
    }

    /**
     * The day from which the vendor no longer serves the model. Default: what its profile says.
     *
     * @return a date, or empty if none is announced
     */
    @Value.Default
    public Optional<LocalDate> retiresOn() {
        return candidate().profile().retiresOn();
    }

    @Value.Check
    void check() {
        if (!(budgetShareUsed() >= 0)) {
            throw new IllegalArgumentException("budgetShareUsed must be 0 or more, was " + budgetShareUsed());
        }
    }
}
