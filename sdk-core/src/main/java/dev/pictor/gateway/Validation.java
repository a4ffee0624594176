package dev.pictor.gateway;

import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.ModelResult;
import dev.pictor.model.OptionWarning;
import dev.pictor.time.TimeSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Refuses what the model cannot do before anything is sent, and says where an answer is less than was asked for.
 */
final class Validation implements Step {

    private final TimeSource time;

    Validation(TimeSource time) {
        this.time = time;
    }

    @Override
    public <R extends ModelResult> ModelAnswer<R> take(Road<R> road) throws InterruptedException {
        ModelCall<R> call = fitting(road.call(), road.journey().options);
        List<String> problems = call.problems();
        if (!problems.isEmpty()) {
            throw new ModelException(ModelFailure.builder(
                            call.profile.id(),
                            ModelFailure.Reason.INVALID_REQUEST,
                            ModelFailure.Billed.NOT_SENT,
                            "model " + call.profile.id() + " " + String.join("; ", problems))
                    .build());
        }
        ModelAnswer<R> answer = road.to(call).proceed();
        List<OptionWarning> warnings = new ArrayList<>(call.omissions());
        warnings.addAll(call.shortcomings(answer.result()));
        call.profile.retiresOn().ifPresent(date -> {
            if (!LocalDate.now(time.clock()).isBefore(date)) {
                warnings.add(new OptionWarning(
                        "model", "the vendor retires " + call.profile.id() + " on " + date + ": choose another"));
            }
        });
        return answer.withWarnings(warnings);
    }

    static List<String> problems(ModelCall<?> call, CallOptions options) {
        return fitting(call, options).problems();
    }

    private static <R extends ModelResult> ModelCall<R> fitting(ModelCall<R> call, CallOptions options) {
        return options.shortenPrompt() ? call.shortened() : call;
    }
}
