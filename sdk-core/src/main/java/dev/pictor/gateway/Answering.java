package dev.pictor.gateway;

import dev.pictor.model.ModelResult;
import dev.pictor.trace.ContentLevel;
import dev.pictor.trace.TraceAttributes;
import dev.pictor.trace.TraceEvent;
import dev.pictor.trace.TraceFields;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
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

    /** An answer that no attempt of this call gave is described here, and its pictures are kept like any other. */
    private static <R extends ModelResult> TraceFields kept(Road<R> road, ModelAnswer<R> answer) {
        road.call().keepOutputs(road.journey().run, answer.result());
        return AnswerForm.describe(road.call(), answer.result());
    }

    private <R extends ModelResult> void emit(
            Road<R> road, @Nullable ModelAnswer<R> answer, @Nullable Throwable failure, long nanos) {
        Journey journey = road.journey();
        List<Attempt> attempts = journey.attempts();
        TraceFields attributes = TraceFields.of(
                TraceAttributes.OPERATION,
                road.call().operation(),
                TraceAttributes.ATTEMPTS,
                attempts.size(),
                TraceAttributes.OVERHEAD_MICROS,
                TimeUnit.NANOSECONDS.toMicros(overhead(journey, nanos)),
                TraceAttributes.REQUEST_MODEL,
                answer == null ? null : answer.modelId(),
                TraceAttributes.RESPONSE_MODEL,
                answer == null ? null : answer.result().servedBy(),
                TraceAttributes.ANSWER_SOURCE,
                answer == null ? null : answer.source().name(),
                TraceAttributes.ANSWER_IS_FALLBACK,
                answer == null ? null : answer.isFallback(),
                TraceAttributes.SIMILARITY,
                answer == null || answer.similarity().isEmpty()
                        ? null
                        : answer.similarity().getAsDouble(),
                TraceAttributes.ERROR_TYPE,
                failure == null ? null : Recording.errorType(failure));
        boolean describes = journey.run.span().keeps(ContentLevel.REFERENCES);
        String servedIn = answer == null ? null : journey.spanOf(answer.result());
        TraceFields body = TraceFields.of(
                AnswerForm.REQUEST,
                describes ? RequestFields.of(road.call(), journey.options) : null,
                AnswerForm.ANSWERED_BY,
                servedIn,
                AnswerForm.RESULT,
                answer == null || servedIn != null || !describes || journey.isLeft() ? null : kept(road, answer),
                AnswerForm.WARNINGS,
                answer == null || answer.warnings().isEmpty() ? null : answer.warnings(),
                AnswerForm.RESULT_WARNINGS,
                answer == null || answer.warnings().equals(answer.result().warnings())
                        ? null
                        : answer.result().warnings(),
                AnswerForm.FAILURE,
                failure == null ? null : AnswerForm.describe(failure),
                "original_prompt",
                answer == null ? null : answer.originalPrompt().orElse(null),
                "error",
                failure == null ? null : Recording.message(failure),
                TraceAttributes.COST,
                answer == null ? Attempt.costOf(attempts).plus(journey.sideCost()) : answer.cost(),
                "attempts",
                describe(attempts),
                "steps_us",
                steps(journey));
        journey.run.span().emit(TraceEvent.ANSWER, attributes, body);
    }

    private static List<Object> describe(List<Attempt> attempts) {
        Object[] described = new Object[attempts.size()];
        Arrays.setAll(described, i -> describe(attempts.get(i)));
        return List.of(described);
    }

    private static TraceFields describe(Attempt attempt) {
        return TraceFields.of(
                "model",
                attempt.model(),
                "error",
                attempt.error().orElse(null),
                "latency_us",
                TimeUnit.NANOSECONDS.toMicros(attempt.latency().toNanos()),
                TraceAttributes.COST,
                attempt.cost());
    }

    /** What each step took by itself; the last one's time is the model's. */
    private TraceFields steps(Journey journey) {
        Object[] micros = new Object[2 * (stepNames.size() - 1)];
        for (int step = 1; step < stepNames.size(); step++) {
            micros[2 * step - 2] = stepNames.get(step);
            micros[2 * step - 1] = TimeUnit.NANOSECONDS.toMicros(journey.ownNanos(step));
        }
        return TraceFields.of(micros);
    }
}
