package dev.pictor.generation;

import dev.pictor.gateway.CostLimitException;
import dev.pictor.gateway.UnusableAnswerException;
import dev.pictor.gateway.budget.BudgetExceededException;
import dev.pictor.gateway.budget.UnknownPriceException;
import dev.pictor.gateway.resilience.GatewayRefusedException;
import dev.pictor.model.Cost;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import java.util.stream.Stream;

/** What a call cost that failed, as far as its failure tells. */
final class FailureCost {

    private FailureCost() {}

    /** Nothing, if nothing was sent or all was rejected; what the failure says, if it does; else unknown. */
    static Cost of(Throwable failure) {
        Cost own = ofThis(failure);
        return Stream.of(failure.getSuppressed()).map(FailureCost::of).reduce(own, Cost::plus);
    }

    private static Cost ofThis(Throwable failure) {
        if (failure instanceof UnusableAnswerException known) {
            return known.cost();
        }
        if (failure instanceof QualityException known) {
            return known.cost();
        }
        return isFree(failure) ? Cost.nothing() : Cost.unknown();
    }

    private static boolean isFree(Throwable failure) {
        if (failure instanceof ModelException known) {
            return known.billed() == Billed.NOT_SENT || known.billed() == Billed.REJECTED;
        }
        return failure instanceof BudgetExceededException
                || failure instanceof UnknownPriceException
                || failure instanceof CostLimitException
                || failure instanceof GatewayRefusedException;
    }
}
