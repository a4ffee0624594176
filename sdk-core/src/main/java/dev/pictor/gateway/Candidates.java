package dev.pictor.gateway;

import dev.pictor.error.PictorException;
import dev.pictor.gateway.budget.BudgetExceededException;
import dev.pictor.gateway.budget.Budgets;
import dev.pictor.gateway.budget.UnknownPriceException;
import dev.pictor.gateway.cache.AnswerCache;
import dev.pictor.gateway.resilience.BreakerPermit;
import dev.pictor.gateway.resilience.GatewayRefusedException;
import dev.pictor.gateway.resilience.RetryDecision;
import dev.pictor.gateway.resilience.RetryPolicy;
import dev.pictor.gateway.routing.CandidateFacts;
import dev.pictor.gateway.routing.FallbackPolicy;
import dev.pictor.gateway.routing.RankedCandidate;
import dev.pictor.gateway.routing.Ranking;
import dev.pictor.gateway.routing.RankingBuilder;
import dev.pictor.gateway.routing.RejectedCandidate;
import dev.pictor.gateway.routing.Rejection;
import dev.pictor.gateway.routing.Router;
import dev.pictor.gateway.routing.RoutingRequest;
import dev.pictor.gateway.routing.Score;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelResult;
import dev.pictor.model.Money;
import dev.pictor.time.TimeSource;
import dev.pictor.trace.Decision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Puts the candidates in order, with reasons, and asks one after the other until one serves. Moves on only after failures
 * that another model may not have; what a content policy refused is never sent elsewhere in silence.
 */
final class Candidates implements Step {

    private final Router router;
    private final FallbackPolicy fallback;
    private final RetryPolicy retry;
    private final AnswerCache cache;
    private final PriceList prices;
    private final Budgets budgets;
    private final Traffic traffic;
    private final TimeSource time;
    private final RandomGenerator random;

    Candidates(
            Router router,
            FallbackPolicy fallback,
            RetryPolicy retry,
            AnswerCache cache,
            PriceList prices,
            Budgets budgets,
            Traffic traffic,
            TimeSource time,
            RandomGenerator random) {
        this.router = router;
        this.fallback = fallback;
        this.retry = retry;
        this.cache = cache;
        this.prices = prices;
        this.budgets = budgets;
        this.traffic = traffic;
        this.time = time;
        this.random = random;
    }

    @Override
    public <R extends ModelResult> ModelAnswer<R> take(Road<R> road) throws InterruptedException {
        if (road.candidates().size() == 1 && road.journey().options.forceModel().isEmpty()) {
            return road.proceed(); // nothing to choose: what stands in the way of the one will say so itself
        }
        RoutingRequest request = request(road.journey(), road.candidates());
        Ranking ranking = rankingNow(road, request);
        KeptAnswers<R> kept = KeptAnswers.of(road, cache, router, request, ranking);
        if (ranking.ranked().isEmpty()) {
            Optional<ModelAnswer<R>> found = kept.rest();
            if (found.isPresent()) {
                return found.get();
            }
        }
        for (int wait = 1; wait < retry.maxAttempts() && isPaused(ranking); wait++) {
            awaitFirst(road, ranking);
            ranking = rankingNow(road, request(road.journey(), road.candidates()));
        }
        if (ranking.ranked().isEmpty()) {
            throw nobody(road, ranking);
        }
        return inTurn(road, ranking.ranked(), kept);
    }

    private Ranking rankingNow(Road<?> road, RoutingRequest request) {
        Ranking ranking = ranking(request);
        road.journey().decide(() -> ranking.toDecision(request.attributes()));
        return ranking;
    }

    /** Whether vendors asked all for a pause, which one waits for as one does with a single model. */
    private static boolean isPaused(Ranking ranking) {
        return ranking.isAllOpen()
                && ranking.rejected().stream().anyMatch(candidate -> candidate.rejection() == Rejection.COOLING_DOWN);
    }

    private void awaitFirst(Road<?> road, Ranking ranking) throws InterruptedException {
        Duration pause = ranking.earliestRetry().orElse(Duration.ZERO);
        if (!(retry.await(pause, road.context().timeLeft(), random) instanceof RetryDecision.Wait wait)) {
            throw nobody(road, ranking);
        }
        road.journey()
                .decide(() -> Decision.builder(
                                "retry",
                                "wait until a model may be asked?",
                                "for " + wait.delay().toMillis() + " ms",
                                "all cool down; the first may be asked in " + pause.toMillis() + " ms")
                        .build());
        road.journey().sleep(wait.delay());
        road.checkOpen();
    }

    /** A model that should be gone is asked after all when there is no other: it may still be there, and says so if not. */
    private Ranking ranking(RoutingRequest request) {
        Ranking ranking = router.rank(request);
        if (!ranking.ranked().isEmpty() || ranking.isAllOpen()) {
            return ranking;
        }
        RankingBuilder retired = Ranking.builder(ranking.policy(), ranking.version());
        for (RejectedCandidate candidate : ranking.rejected()) {
            if (candidate.rejection() == Rejection.RETIRED) {
                retired.addRanked(RankedCandidate.of(
                        candidate.index(),
                        candidate.candidate(),
                        new Score(0, candidate.reason() + ", and there is no other")));
            } else {
                retired.addRejected(candidate);
            }
        }
        return retired.build();
    }

    private <R extends ModelResult> ModelAnswer<R> inTurn(
            Road<R> road, List<RankedCandidate> ranked, KeptAnswers<R> kept) throws InterruptedException {
        List<PictorException> failures = new ArrayList<>();
        for (RankedCandidate next : ranked) {
            ModelCall<R> call = road.candidates().get(next.index());
            try {
                Optional<ModelAnswer<R>> found = kept.before(next.index());
                ModelAnswer<R> answer =
                        found.isPresent() ? found.get() : road.to(call).proceed();
                return failures.isEmpty() ? answer : answer.asFallback();
            } catch (PictorException e) {
                failures.stream().filter(earlier -> !earlier.equals(e)).forEach(e::addSuppressed);
                boolean isLast = next.equals(ranked.get(ranked.size() - 1));
                if (!movesOn(e) || !isOpen(road)) {
                    throw e;
                }
                if (isLast) {
                    return kept.rest().orElseThrow(() -> e).asFallback();
                }
                failures.add(e);
                road.journey()
                        .decide(() -> Decision.builder(
                                        "fallback",
                                        "ask another model?",
                                        "yes",
                                        next.candidate().id() + " failed: " + Recording.errorType(e))
                                .build());
            }
        }
        throw new IllegalStateException("no candidate was asked");
    }

    private boolean isOpen(Road<?> road) {
        return !road.context().isCancelled() && retry.hasTime(road.context().timeLeft());
    }

    private boolean movesOn(PictorException failure) {
        if (failure instanceof ModelException known) {
            return fallback.movesOn(known);
        }
        return fallback.afterRefusal()
                && (failure instanceof GatewayRefusedException
                        || failure instanceof BudgetExceededException
                        || failure instanceof UnknownPriceException
                        || failure instanceof CostLimitException);
    }

    RoutingRequest request(Journey journey, List<? extends ModelCall<?>> calls) {
        List<CandidateFacts> facts = new ArrayList<>(calls.size());
        calls.forEach(call -> facts.add(facts(journey, call)));
        return RoutingRequest.builder(calls.get(0).operation(), facts, prices.today())
                .forceModel(journey.options.forceModel())
                .budget(journey.options.maxCost())
                .attributes(journey.options.attributes())
                .build();
    }

    private CandidateFacts facts(Journey journey, ModelCall<?> call) {
        Duration open = call.lane.breaker.retryAfter();
        Duration pause = traffic.cooldowns.left(call.lane.quota);
        return CandidateFacts.builder(call.candidate)
                .estimate(prices.estimate(call))
                .health(traffic.health(call.candidate))
                .problems(Validation.problems(call, journey.options))
                .breakerOpenFor(Optional.of(open).filter(wait -> !wait.isZero()))
                .coolingDownFor(Optional.of(pause).filter(wait -> !wait.isZero()))
                .budgetShareUsed(
                        budgets.budgets().isEmpty() ? 0 : budgets.shareUsed(Spending.spender(journey, call), time))
                .build();
    }

    /** Why a breaker is open: a refused key needs another remedy than waiting. */
    private static GatewayRefusedException.Reason whyOpen(ModelCall<?> call) {
        try (BreakerPermit permit = call.lane.breaker.tryAcquire()) {
            return permit.isAdmitted()
                    ? GatewayRefusedException.Reason.BREAKER_OPEN // a moment ago it was
                    : permit.refusal(call.profile.id()).reason();
        }
    }

    /** Says why nobody can be asked: when to come back if waiting helps, else what is wrong with the request. */
    private PictorException nobody(Road<?> road, Ranking ranking) {
        RejectedCandidate first = ranking.rejected().stream()
                .filter(candidate -> candidate.rejection() != Rejection.NOT_ASKED_FOR)
                .findFirst()
                .orElseThrow();
        String model = first.candidate().profile().id();
        if (ranking.isAllOpen()) {
            RejectedCandidate soonest = ranking.rejected().stream()
                    .filter(candidate -> candidate.retryAfter().equals(ranking.earliestRetry()))
                    .findFirst()
                    .orElse(first);
            return new GatewayRefusedException(
                    soonest.rejection() == Rejection.COOLING_DOWN
                            ? GatewayRefusedException.Reason.COOLING_DOWN
                            : whyOpen(road.candidates().get(soonest.index())),
                    soonest.candidate().profile().id(),
                    ranking.earliestRetry().orElse(Duration.ZERO));
        }
        if (first.rejection() == Rejection.OVER_BUDGET || first.rejection() == Rejection.UNKNOWN_PRICE) {
            Optional<Money> limit =
                    first.limit().or(() -> road.journey().options.maxCost());
            if (limit.isPresent()) {
                Optional<Money> estimate = prices.estimate(road.candidates().get(first.index()));
                return new CostLimitException(model, limit.get(), estimate.orElse(null));
            }
        }
        boolean byOptions = ranking.rejected().stream()
                .anyMatch(candidate -> candidate.rejection() == Rejection.CANNOT_SERVE
                        && Validation.canServe(road.candidates().get(candidate.index()), road.journey().options));
        return new ModelException(ModelFailure.builder(
                        model,
                        byOptions ? Reason.OPTION_NOT_HONOURED : Reason.INVALID_REQUEST,
                        Billed.NOT_SENT,
                        "no model can serve the request: "
                                + String.join(
                                        "; ",
                                        ranking.rejected().stream()
                                                .map(candidate ->
                                                        candidate.candidate().id() + " " + candidate.reason())
                                                .toList()))
                .build());
    }
}
