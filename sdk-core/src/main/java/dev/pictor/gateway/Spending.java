package dev.pictor.gateway;

import dev.pictor.gateway.budget.Budgets;
import dev.pictor.gateway.budget.Hold;
import dev.pictor.gateway.budget.Spender;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelResult;
import dev.pictor.model.Money;
import dev.pictor.time.TimeSource;
import java.util.Optional;

/**
 * Holds the most that an attempt may cost before it is sent, and settles when it is known what it did cost. What may have
 * been charged stays charged. The next attempt holds anew.
 */
final class Spending implements Step {

    private final Budgets budgets;
    private final PriceList prices;
    private final BudgetWatch watch;
    private final TimeSource time;

    Spending(Budgets budgets, PriceList prices, BudgetWatch watch, TimeSource time) {
        this.budgets = budgets;
        this.prices = prices;
        this.watch = watch;
        this.time = time;
    }

    /** Looks at the budgets after money was held. */
    @FunctionalInterface
    interface BudgetWatch {
        void held(Spender who);
    }

    @Override
    public <R extends ModelResult> ModelAnswer<R> take(Road<R> road) throws InterruptedException {
        Optional<Money> estimate = prices.estimate(road.call());
        checkLimit(road, estimate);
        Spender who = spender(road);
        Hold hold = budgets.reserve(who, estimate.orElse(null), time);
        boolean settled = false;
        try {
            watch.held(who);
            ModelAnswer<R> answer = road.proceed();
            settle(hold, answer);
            settled = true;
            return answer;
        } catch (ModelException e) {
            settled = true;
            switch (e.billed()) {
                case NOT_SENT, REJECTED -> hold.release();
                case UNKNOWN_OUTCOME, BILLED_UNUSABLE -> hold.keep();
            }
            throw e;
        } finally {
            if (!settled) { // stopped, or failed as no adapter should: it may have been charged if it was sent
                if (road.isSent()) {
                    hold.keep();
                } else {
                    hold.release();
                }
            }
        }
    }

    private static void settle(Hold hold, ModelAnswer<?> answer) {
        Optional<Money> actual = answer.cost().amount();
        if (answer.cost().isComplete()
                && actual.isPresent()
                && actual.get().currency().equals(hold.amount().currency())) {
            hold.settle(actual.get());
        } else {
            hold.keep();
        }
    }

    static Spender spender(Road<?> road) {
        return spender(road.journey(), road.call());
    }

    static Spender spender(Journey journey, ModelCall<?> call) {
        return Spender.of(
                journey.run.tenant().orElse(null),
                journey.run.user().orElse(null),
                call.profile.id(),
                journey.run.runId().value());
    }

    static void checkLimit(Road<?> road, Optional<Money> estimate) {
        Optional<Money> limit = road.journey().options.maxCost();
        if (limit.isEmpty()) {
            return;
        }
        if (estimate.isEmpty() || !estimate.get().currency().equals(limit.get().currency())) {
            throw new CostLimitException(road.call().profile.id(), limit.get(), null);
        }
        if (estimate.get().nanos() > limit.get().nanos()) {
            throw new CostLimitException(road.call().profile.id(), limit.get(), estimate.get());
        }
    }
}
