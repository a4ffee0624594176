package dev.pictor.gateway;

import dev.pictor.gateway.cache.AnswerCache;
import dev.pictor.gateway.cache.CacheHit;
import dev.pictor.gateway.cache.CacheKey;
import dev.pictor.gateway.routing.CandidateFacts;
import dev.pictor.gateway.routing.RankedCandidate;
import dev.pictor.gateway.routing.Ranking;
import dev.pictor.gateway.routing.RejectedCandidate;
import dev.pictor.gateway.routing.Rejection;
import dev.pictor.gateway.routing.Router;
import dev.pictor.gateway.routing.RoutingRequest;
import dev.pictor.model.ModelResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The answers that were kept for candidates which may not be asked now: an answer that is there needs no asking. Looks for
 * each once, in the order in which they would be asked if nothing stood in the way. Not thread-safe.
 */
final class KeptAnswers<R extends ModelResult> {

    private final Road<R> road;
    private final AnswerCache cache;
    private final Map<Integer, RejectedCandidate> unlooked = new TreeMap<>();
    private final List<Integer> order = new ArrayList<>();

    private KeptAnswers(Road<R> road, AnswerCache cache) {
        this.road = road;
        this.cache = cache;
    }

    static <R extends ModelResult> KeptAnswers<R> of(
            Road<R> road, AnswerCache cache, Router router, RoutingRequest request, Ranking ranking) {
        KeptAnswers<R> kept = new KeptAnswers<>(road, cache);
        if (cache.isEnabled() && road.journey().options.cacheMode().reads()) {
            for (RejectedCandidate candidate : ranking.rejected()) {
                if (mayHaveAnswered(candidate.rejection())) {
                    kept.unlooked.put(candidate.index(), candidate);
                }
            }
            if (!kept.unlooked.isEmpty()) {
                kept.rank(router, request);
            }
        }
        return kept;
    }

    /** What speaks against asking says nothing against an answer, but what speaks against the request does. */
    private static boolean mayHaveAnswered(Rejection rejection) {
        return rejection != Rejection.NOT_ASKED_FOR && rejection != Rejection.CANNOT_SERVE;
    }

    private void rank(Router router, RoutingRequest request) {
        List<CandidateFacts> free = new ArrayList<>(request.candidates().size());
        for (CandidateFacts facts : request.candidates()) {
            free.add(CandidateFacts.builder(facts.candidate())
                    .from(facts)
                    .breakerOpenFor(Optional.empty())
                    .coolingDownFor(Optional.empty())
                    .build());
        }
        Ranking ideal = router.rank(RoutingRequest.builder(request.operation(), free, request.today())
                .forceModel(request.forceModel())
                .attributes(request.attributes())
                .build());
        ideal.ranked().stream().map(RankedCandidate::index).forEach(order::add);
        unlooked.keySet().stream().filter(index -> !order.contains(index)).forEach(order::add);
    }

    /** Looks for those who would be asked before a candidate that may be asked. */
    Optional<ModelAnswer<R>> before(int index) throws InterruptedException {
        return look(order.subList(0, Math.max(0, order.indexOf(index))));
    }

    /** Looks for all who are left. */
    Optional<ModelAnswer<R>> rest() throws InterruptedException {
        return look(order);
    }

    private Optional<ModelAnswer<R>> look(List<Integer> indices) throws InterruptedException {
        for (int index : indices) {
            RejectedCandidate candidate = unlooked.remove(index);
            Optional<ModelAnswer<R>> found = candidate == null ? Optional.empty() : find(candidate);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<ModelAnswer<R>> find(RejectedCandidate candidate) throws InterruptedException {
        CallOptions options = road.journey().options;
        ModelCall<R> call = Validation.fitting(road.candidates().get(candidate.index()), options);
        CacheKey key = call.key(road.journey().run.tenant());
        Optional<CacheHit> hit = cache.find(key, road.context());
        if (hit.isEmpty() || !Cached.isAccepted(call, hit.get())) {
            return Optional.empty();
        }
        ModelAnswer<R> answer = Cached.exact(call, key, hit.get()).withWarnings(call.omissions());
        if (options.strictOptions() && !Validation.ignored(answer).isEmpty()) {
            return Optional.empty();
        }
        Cached.note(
                road,
                answer,
                candidate.candidate().id() + " is not asked (" + candidate.reason()
                        + "), but answered the same request " + Cached.age(road, hit.get()));
        return Optional.of(answer);
    }
}
