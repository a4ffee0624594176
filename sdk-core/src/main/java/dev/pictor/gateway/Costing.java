package dev.pictor.gateway;

import dev.pictor.model.Cost;
import dev.pictor.model.ModelException;
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

    /** What a failed call cost: nothing if the vendor did no work, else nobody knows. */
    static Cost ofFailure(ModelException failure) {
        return switch (failure.billed()) {
            case NOT_SENT, REJECTED -> Cost.nothing();
            case UNKNOWN_OUTCOME, BILLED_UNUSABLE -> Cost.unknown();
        };
    }
}
