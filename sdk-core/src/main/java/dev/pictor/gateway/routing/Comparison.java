package dev.pictor.gateway.routing;

import java.util.ArrayList;
import java.util.List;
import org.immutables.value.Value;

/** All candidates of a call side by side. Immutable. */
@Value.Immutable
public abstract class Comparison {

    Comparison() {}

    /**
     * Compares the candidates of a request.
     *
     * @param request the candidates, with the facts of this moment
     * @param ranking what a router made of it
     * @return one line for each candidate: the ranked ones best first, then the rejected ones
     */
    public static Comparison of(RoutingRequest request, Ranking ranking) {
        List<ComparedCandidate> lines = new ArrayList<>();
        for (RankedCandidate ranked : ranking.ranked()) {
            lines.add(ComparedCandidate.of(request.candidates().get(ranked.index()), ranked.reason())
                    .rank(lines.size() + 1)
                    .score(ranked.score())
                    .build());
        }
        for (RejectedCandidate rejected : ranking.rejected()) {
            lines.add(ComparedCandidate.of(request.candidates().get(rejected.index()), rejected.reason())
                    .rejection(rejected.rejection())
                    .build());
        }
        return new ComparisonBuilder().ranking(ranking).candidates(lines).build();
    }

    /**
     * What the router made of them.
     *
     * @return the ranking
     */
    public abstract Ranking ranking();

    /**
     * The candidates.
     *
     * @return the ranked ones best first, then the rejected ones
     */
    public abstract List<ComparedCandidate> candidates();
}
