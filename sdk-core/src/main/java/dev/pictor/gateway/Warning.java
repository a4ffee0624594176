package dev.pictor.gateway;

import dev.pictor.model.ModelResult;
import dev.pictor.model.OptionWarning;
import dev.pictor.time.TimeSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Says where an answer is less than was asked for, and when its model will be gone. What of a request was not sent is
 * added further out: a kept answer tells nothing of that.
 */
final class Warning implements Step {

    private final TimeSource time;

    Warning(TimeSource time) {
        this.time = time;
    }

    @Override
    public <R extends ModelResult> ModelAnswer<R> take(Road<R> road) throws InterruptedException {
        ModelCall<R> call = road.call();
        ModelAnswer<R> answer = road.proceed();
        List<OptionWarning> warnings = new ArrayList<>(call.shortcomings(answer.result()));
        call.profile.retiresOn().ifPresent(date -> {
            if (!LocalDate.now(time.clock()).isBefore(date)) {
                String next = call.profile.successor().map(id -> "take " + id).orElse("choose another");
                warnings.add(new OptionWarning(
                        "model", "the vendor retires " + call.profile.id() + " on " + date + ": " + next));
            }
        });
        call.profile.notice().ifPresent(notice -> warnings.add(new OptionWarning("model", notice)));
        return answer.withWarnings(warnings);
    }
}
