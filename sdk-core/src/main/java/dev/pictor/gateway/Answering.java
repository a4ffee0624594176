package dev.pictor.gateway;

import dev.pictor.model.ModelResult;
import dev.pictor.trace.TraceAttributes;
import dev.pictor.trace.TraceEvent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The outermost step: says what the whole call came to. Who served it and from where, every attempt, what they cost
 * together, how long each step took, and how much of the time was ours.
 */
final class Answering implements Step {

    private final List<String> stepNames;

    Answering(List<String> stepNames) {
        this.stepNames = List.copyOf(stepNames);
    }

    @Override
    public <R extends ModelResult> ModelAnswer<R> take(Road<R> road) throws InterruptedException {
        Journey journey = road.journey();
        long begin = journey.nanoTime();
        ModelAnswer<R> answer;
        try {
            answer = road.proceed();
        } catch (InterruptedException | RuntimeException | Error e) {
            if (journey.isTimed()) {
                emit(road, null, e, journey.nanoTime() - begin);
            }
            throw e;
        }
        long nanos = journey.nanoTime() - begin;
        ModelAnswer<R> told =
                answer.told(journey.attempts(), journey.sideCost(), Duration.ofNanos(overhead(journey, nanos)));
        if (journey.isTimed()) {
            emit(road, told, null, nanos);
        }
        return told;
    }

    private static long overhead(Journey journey, long nanos) {
        return Math.max(0, nanos - journey.outsideNanos());
    }

    private void emit(Road<?> road, @Nullable ModelAnswer<?> answer, @Nullable Throwable failure, long nanos) {
        Journey journey = road.journey();
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put(TraceAttributes.OPERATION, road.call().operation());
        attributes.put(TraceAttributes.ATTEMPTS, journey.attempts().size());
        attributes.put(TraceAttributes.OVERHEAD_MICROS, TimeUnit.NANOSECONDS.toMicros(overhead(journey, nanos)));
        Map<String, Object> body = new LinkedHashMap<>();
        if (answer != null) {
            attributes.put(TraceAttributes.RESPONSE_MODEL, answer.result().servedBy());
            attributes.put(TraceAttributes.ANSWER_SOURCE, answer.source().name());
            attributes.put(TraceAttributes.ANSWER_IS_FALLBACK, answer.isFallback());
            answer.similarity().ifPresent(likeness -> attributes.put(TraceAttributes.SIMILARITY, likeness));
            answer.originalPrompt().ifPresent(prompt -> body.put("original_prompt", prompt));
            body.put(TraceAttributes.COST, answer.cost());
        }
        if (failure != null) {
            attributes.put(TraceAttributes.ERROR_TYPE, Recording.errorType(failure));
            body.put("error", Recording.message(failure));
            body.put(TraceAttributes.COST, journey.attemptsCost().plus(journey.sideCost()));
        }
        body.put(
                "attempts", journey.attempts().stream().map(Answering::describe).toList());
        body.put("steps_us", steps(journey));
        journey.run.span().emit(TraceEvent.ANSWER, attributes, body);
    }

    private static Map<String, Object> describe(Attempt attempt) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("model", attempt.model());
        attempt.error().ifPresent(error -> json.put("error", error));
        json.put("latency_us", TimeUnit.NANOSECONDS.toMicros(attempt.latency().toNanos()));
        json.put(TraceAttributes.COST, attempt.cost());
        return json;
    }

    /** What each step took by itself; the last one's time is the model's. */
    private Map<String, Object> steps(Journey journey) {
        Map<String, Object> micros = new LinkedHashMap<>(2 * stepNames.size());
        for (int step = 1; step < stepNames.size(); step++) {
            micros.put(stepNames.get(step), TimeUnit.NANOSECONDS.toMicros(journey.ownNanos(step)));
        }
        return micros;
    }
}
