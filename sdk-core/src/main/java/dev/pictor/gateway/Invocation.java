package dev.pictor.gateway;

import dev.pictor.model.ModelResult;
import java.time.Duration;

/** The end of the road: the adapter, once. Sends nothing when the call's time is over. */
final class Invocation implements Step {

    @Override
    public <R extends ModelResult> ModelAnswer<R> take(Road<R> road) throws InterruptedException {
        road.checkOpen();
        Journey journey = road.journey();
        AttemptContext context = new AttemptContext(road.context(), road.idempotencyKey(), road.listener());
        long begin = journey.nanoTime();
        road.markSent();
        try {
            R result = road.call().invoke(context);
            return ModelAnswer.of(road.call(), result, Duration.ofNanos(journey.nanoTime() - begin));
        } finally {
            journey.addOutside(journey.nanoTime() - begin);
        }
    }
}
