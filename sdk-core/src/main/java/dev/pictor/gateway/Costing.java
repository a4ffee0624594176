package dev.pictor.gateway;

import dev.pictor.model.Cost;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelResult;
import dev.pictor.model.PlannedUse;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Puts a price on each answer: the model's rates on what the vendor counted. What is not known is never zero. */
final class Costing implements ModelCall.Step {

    @Override
    public <R extends ModelResult> ModelAnswer<R> take(ModelCall<R> call, ModelCall.Road<R> onward)
            throws InterruptedException {
        ModelAnswer<R> answer = onward.proceed();
        return answer.withCost(call.profile
                .price()
                .flatMap(price ->
                        price.actual(answer.result().usage(), PlannedUse.none(), LocalDate.now(ZoneOffset.UTC)))
                .map(Cost::of)
                .orElse(Cost.unknown()));
    }

    /** What a failed call cost: nothing if the vendor did no work, else nobody knows. */
    static Cost ofFailure(ModelException failure) {
        return switch (failure.billed()) {
            case NOT_SENT, REJECTED -> Cost.nothing();
            case UNKNOWN_OUTCOME, BILLED_UNUSABLE -> Cost.unknown();
        };
    }
}
