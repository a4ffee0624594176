package dev.pictor.gateway;

import dev.pictor.model.ModelResult;
import java.time.Duration;

/** The end of the road: the adapter, once. */
final class Invocation implements ModelCall.Step {

    @Override
    public <R extends ModelResult> ModelAnswer<R> take(ModelCall<R> call, ModelCall.Road<R> onward)
            throws InterruptedException {
        long begin = System.nanoTime();
        R result = call.invoke();
        return ModelAnswer.of(result, Duration.ofNanos(System.nanoTime() - begin));
    }
}
