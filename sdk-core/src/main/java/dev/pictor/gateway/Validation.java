package dev.pictor.gateway;

import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.ModelResult;
import java.util.List;

/** Refuses what the model cannot do before anything is sent. */
final class Validation implements Step {

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
        return road.to(call).proceed().withWarnings(call.omissions()); // of this call, whoever was answered before
    }

    static List<String> problems(ModelCall<?> call, CallOptions options) {
        return fitting(call, options).problems();
    }

    private static <R extends ModelResult> ModelCall<R> fitting(ModelCall<R> call, CallOptions options) {
        return options.shortenPrompt() ? call.shortened() : call;
    }
}
