package dev.pictor.gateway;

import dev.pictor.gateway.budget.BudgetExceededException;
import dev.pictor.gateway.budget.UnknownPriceException;
import dev.pictor.gateway.resilience.GatewayRefusedException;
import dev.pictor.model.Cost;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelResult;

/** Puts a price on each answer: the model's rates on what the vendor counted. What is not known is never zero. */
final class Costing implements Step {

    private final PriceList prices;

    Costing(PriceList prices) {
        this.prices = prices;
    }

    @Override
    public <R extends ModelResult> ModelAnswer<R> take(Road<R> road) throws InterruptedException {
        ModelAnswer<R> answer = road.proceed();
        return answer.withCost(
                prices.actual(road.call(), answer.result()).map(Cost::of).orElse(Cost.unknown()));
    }

    /** What a failed call cost: nothing if nobody did any work, what the failure says if it does, else nobody knows. */
    static Cost ofFailure(Throwable failure) {
        if (failure instanceof UnusableAnswerException known) {
            return known.cost();
        }
        boolean free = failure instanceof ModelException known
                ? known.billed() == Billed.NOT_SENT || known.billed() == Billed.REJECTED
                : failure instanceof BudgetExceededException
                        || failure instanceof UnknownPriceException
                        || failure instanceof CostLimitException
                        || failure instanceof GatewayRefusedException;
        return free ? Cost.nothing() : Cost.unknown();
    }
}
