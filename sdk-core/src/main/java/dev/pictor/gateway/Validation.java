package dev.pictor.gateway;

import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.ModelResult;
import dev.pictor.model.OptionWarning;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Refuses what the model cannot do before anything is sent, and says where an answer is less than was asked for.
 */
final class Validation implements ModelCall.Step {

    private final Clock clock;

    Validation(Clock clock) {
        this.clock = clock;
    }

    @Override
    public <R extends ModelResult> ModelAnswer<R> take(ModelCall<R> call, ModelCall.Road<R> onward)
            throws InterruptedException {
        List<String> problems = call.problems();
        if (!problems.isEmpty()) {
            throw new ModelException(ModelFailure.builder(
                            call.profile.id(),
                            ModelFailure.Reason.INVALID_REQUEST,
                            ModelFailure.Billed.NOT_SENT,
                            "model " + call.profile.id() + " " + String.join("; ", problems))
                    .build());
        }
        ModelAnswer<R> answer = onward.proceed();
        List<OptionWarning> warnings = new ArrayList<>(call.shortcomings(answer.result()));
        call.profile.retiresOn().ifPresent(date -> {
            if (!LocalDate.now(clock).isBefore(date)) {
                warnings.add(new OptionWarning(
                        "model", "the vendor retires " + call.profile.id() + " on " + date + ": choose another"));
            }
        });
        return answer.withWarnings(warnings);
    }
}
