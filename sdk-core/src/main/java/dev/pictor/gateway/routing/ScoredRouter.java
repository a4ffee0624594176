package dev.pictor.gateway.routing;

import dev.pictor.model.Money;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Leaves out who may not be asked and orders the others by their scores. */
final class ScoredRouter implements Router {

    static final Comparator<RankedCandidate> BEST_FIRST =
            Comparator.comparingDouble(RankedCandidate::score).reversed();

    private final String policy;
    private final String version;
    private final CandidateScore score;
    private final @Nullable Money within;

    ScoredRouter(String policy, String version, CandidateScore score, @Nullable Money within) {
        this.policy = policy;
        this.version = version;
        this.score = score;
        this.within = within;
    }

    @Override
    public Ranking rank(RoutingRequest request) {
        Eligibility eligibility = new Eligibility(request, within);
        RankingBuilder ranking = Ranking.builder(policy, version);
        List<RankedCandidate> ranked = new ArrayList<>(request.candidates().size());
        for (int i = 0; i < request.candidates().size(); i++) {
            RejectedCandidate rejected = eligibility.rejection(i);
            if (rejected == null) {
                CandidateFacts facts = request.candidates().get(i);
                ranked.add(RankedCandidate.of(i, facts.candidate(), score.score(request, facts)));
            } else {
                ranking.addRejected(rejected);
            }
        }
        ranked.sort(BEST_FIRST);
        return ranking.addAllRanked(ranked).build();
    }

    @Override
    public String toString() {
        return policy + "/" + version;
    }
}
