package dev.pictor.gateway.routing;

import dev.pictor.model.Money;
import java.time.Duration;
import java.util.Optional;
import org.immutables.value.Value;

/** A candidate that was left out, and why. Immutable. */
@Value.Immutable
public abstract class RejectedCandidate {

    RejectedCandidate() {}

    /**
     * Returns a builder.
     *
     * @param index the candidate's place in the request, from 0
     * @param candidate the candidate
     * @param rejection the kind of reason
     * @param reason why, in a sentence
     * @return a new builder
     */
    public static RejectedCandidateBuilder builder(int index, Candidate candidate, Rejection rejection, String reason) {
        return new RejectedCandidateBuilder()
                .index(index)
                .candidate(candidate)
                .rejection(rejection)
                .reason(reason);
    }

    /**
     * Its place in the request.
     *
     * @return 0 or more
     */
    public abstract int index();

    /**
     * Whom it is about.
     *
     * @return the candidate
     */
    public abstract Candidate candidate();

    /**
     * The kind of reason.
     *
     * @return the kind
     */
    public abstract Rejection rejection();

    /**
     * Why.
     *
     * @return a sentence
     */
    public abstract String reason();

    /**
     * The limit on the cost that it is over, or may be over if nobody knows what it costs. Default: empty, which means that
     * it was not left out for its cost.
     *
     * @return the call's limit, or the router's own
     */
    public abstract Optional<Money> limit();

    /**
     * When it may be asked again. Default: empty, which means that waiting does not help, or nobody knows how long.
     *
     * @return time from the ranking on
     */
    public abstract Optional<Duration> retryAfter();
}
