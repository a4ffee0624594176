package dev.pictor.gateway.routing;

import dev.pictor.model.Money;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who may be asked at all. What lasts is looked at before what passes, so that a candidate for which waiting helps is
 * one for which nothing else stands in the way.
 */
final class Eligibility {

    private final RoutingRequest request;
    private final @Nullable Money within;

    /**
     * @param request what is asked
     * @param within a limit of the policy's own, beside the request's; null if there is none
     */
    Eligibility(RoutingRequest request, @Nullable Money within) {
        this.request = request;
        this.within = within;
    }

    /** Returns why a candidate is left out, or null if it may be asked. */
    @Nullable
    RejectedCandidate rejection(int index) {
        CandidateFacts facts = request.candidates().get(index);
        Candidate candidate = facts.candidate();
        String forced = request.forceModel().orElse(null);
        if (forced != null && !candidate.answersTo(forced)) {
            return rejected(index, candidate, Rejection.NOT_ASKED_FOR, "the caller insists on " + forced);
        }
        if (!facts.problems().isEmpty()) {
            return rejected(index, candidate, Rejection.CANNOT_SERVE, String.join("; ", facts.problems()));
        }
        LocalDate retiresOn = facts.retiresOn().orElse(null);
        if (retiresOn != null && !request.today().isBefore(retiresOn)) {
            return rejected(index, candidate, Rejection.RETIRED, "retired on " + retiresOn);
        }
        RejectedCandidate tooDear = byCost(index, facts);
        return tooDear != null ? tooDear : byTrouble(index, facts);
    }

    private @Nullable RejectedCandidate byCost(int index, CandidateFacts facts) {
        Money budget = request.budget().orElse(null);
        Money estimate = facts.estimate().orElse(null);
        Money limit = budget == null ? within : budget;
        if (limit == null) {
            return null;
        }
        Candidate candidate = facts.candidate();
        if (estimate == null) {
            return tooDear(
                    index, candidate, Rejection.UNKNOWN_PRICE, "its price is unknown, and cost is limited", limit);
        }
        if (budget != null && exceeds(estimate, budget)) {
            return overBudget(index, candidate, estimate, budget);
        }
        if (within == null) {
            return null;
        }
        if (!estimate.currency().equals(within.currency())) {
            String reason = "its price is in " + estimate.currency() + ", the limit is " + within;
            return tooDear(index, candidate, Rejection.UNKNOWN_PRICE, reason, within);
        }
        return exceeds(estimate, within) ? overBudget(index, candidate, estimate, within) : null;
    }

    private static @Nullable RejectedCandidate byTrouble(int index, CandidateFacts facts) {
        Optional<Duration> open = facts.breakerOpenFor();
        Optional<Duration> cooling = facts.coolingDownFor();
        if (open.isEmpty() && cooling.isEmpty()) {
            return null;
        }
        // both must be over before it may be asked
        boolean isBreaker = open.isPresent() && (cooling.isEmpty() || open.get().compareTo(cooling.get()) >= 0);
        Duration wait = isBreaker ? open.get() : cooling.orElseThrow();
        return RejectedCandidate.builder(
                        index,
                        facts.candidate(),
                        isBreaker ? Rejection.BREAKER_OPEN : Rejection.COOLING_DOWN,
                        (isBreaker ? "its breaker is open for another " : "it cools down for another ")
                                + wait.toMillis() + " ms")
                .retryAfter(wait)
                .build();
    }

    private static boolean exceeds(Money estimate, Money limit) {
        return estimate.currency().equals(limit.currency()) && estimate.nanos() > limit.nanos();
    }

    private static RejectedCandidate overBudget(int index, Candidate candidate, Money estimate, Money limit) {
        String reason = "it may cost " + estimate + ", the limit is " + limit;
        return tooDear(index, candidate, Rejection.OVER_BUDGET, reason, limit);
    }

    private static RejectedCandidate tooDear(
            int index, Candidate candidate, Rejection rejection, String reason, Money limit) {
        return RejectedCandidate.builder(index, candidate, rejection, reason)
                .limit(limit)
                .build();
    }

    private static RejectedCandidate rejected(int index, Candidate candidate, Rejection rejection, String reason) {
        return RejectedCandidate.builder(index, candidate, rejection, reason).build();
    }
}
