package dev.pictor.gateway.routing;

import org.immutables.value.Value;

/** A candidate that may be asked, and how it was judged. Immutable. */
@Value.Immutable
public abstract class RankedCandidate {

    RankedCandidate() {}

    /**
     * Returns a ranked candidate.
     *
     * @param index the candidate's place in the request, from 0
     * @param candidate the candidate
     * @param score how good it is for this call
     * @return the candidate with its score
     */
    public static RankedCandidate of(int index, Candidate candidate, Score score) {
        return new RankedCandidateBuilder()
                .index(index)
                .candidate(candidate)
                .score(score.value())
                .reason(score.reason())
                .build();
    }

    /**
     * Its place in the request.
     *
     * @return 0 or more
     */
    public abstract int index();

    /**
     * Who may be asked.
     *
     * @return the candidate
     */
    public abstract Candidate candidate();

    /**
     * How good it is for this call, by the router's policy.
     *
     * @return -1 to 1; 1 is best, and below 0 are models that are down
     */
    public abstract double score();

    /**
     * What the score rests on.
     *
     * @return a sentence
     */
    public abstract String reason();
}
