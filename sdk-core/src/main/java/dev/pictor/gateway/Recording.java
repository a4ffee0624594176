package dev.pictor.gateway;

import dev.pictor.error.PictorException;
import dev.pictor.model.Cost;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelResult;
import dev.pictor.model.RawExchange;
import dev.pictor.model.Usage;
import dev.pictor.trace.ContentLevel;
import dev.pictor.trace.TraceAttributes;
import dev.pictor.trace.TraceEvent;
import dev.pictor.trace.TraceFields;
import dev.pictor.trace.TraceSpan;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes each attempt at a model into the trace, however it ends: what was sent, what came back, what it cost and how
 * long it took. Without a listener it only notes the attempt for the answer.
 */
final class Recording implements Step {

    private static final String EXCHANGES = "exchanges";
    private static final int MAX_EXCHANGES = 20;

    private final boolean recordsExchanges;

    /** @param recordsExchanges whether what goes over the wire is written too */
    Recording(boolean recordsExchanges) {
        this.recordsExchanges = recordsExchanges;
    }

    @Override
    public <R extends ModelResult> ModelAnswer<R> take(Road<R> road) throws InterruptedException {
        Journey journey = road.journey();
        if (journey.isLeft()) {
            return road.proceed(); // it goes on for others, and the run that began it may be over
        }
        TraceSpan span = journey.run.span().child();
        long begin = journey.nanoTime();
        boolean describes = span.keeps(ContentLevel.REFERENCES);
        if (describes) {
            road.call().keepInputs(journey.run);
        }
        if (span.isRecording()) {
            span.emit(
                    TraceEvent.MODEL_CALL_START,
                    request(road),
                    describes ? road.call().describe() : Map.of());
        }
        OpenAttempt open = new OpenAttempt(road, span, begin);
        journey.opened(open);
        boolean listens = recordsExchanges && describes;
        List<RawExchange> exchanges = listens ? new CopyOnWriteArrayList<>() : List.of();
        ModelAnswer<R> answer;
        try {
            answer = (listens ? road.heardBy(exchange -> keep(exchange, exchanges)) : road).proceed();
        } catch (InterruptedException | RuntimeException | Error e) {
            failed(road, open, span, e, Duration.ofNanos(journey.nanoTime() - begin), exchanges);
            throw e;
        }
        if (open.end(answer.cost(), answer.latency(), Optional.empty()) && span.isRecording()) {
            Duration total = Duration.ofNanos(journey.nanoTime() - begin);
            try {
                if (describes) {
                    road.call().keepOutputs(journey.run, answer.result());
                }
            } finally { // it is paid for, whether its pictures can be kept or not
                succeeded(span, road.call(), answer, total, exchanges);
                journey.described(answer.result(), span.id());
            }
        }
        return answer;
    }

    private static void keep(RawExchange exchange, List<RawExchange> exchanges) {
        if (exchanges.size() < MAX_EXCHANGES) {
            exchanges.add(exchange);
        }
    }

    private static @Nullable List<RawExchange> orNull(List<RawExchange> exchanges) {
        return exchanges.isEmpty() ? null : List.copyOf(exchanges);
    }

    private static TraceFields request(Road<?> road) {
        ModelCall<?> call = road.call();
        return TraceFields.of(
                        TraceAttributes.OPERATION,
                        call.operation(),
                        TraceAttributes.PROVIDER,
                        call.profile.provider(),
                        TraceAttributes.REQUEST_MODEL,
                        call.profile.id(),
                        TraceAttributes.OUTPUT_TYPE,
                        call.outputType(),
                        TraceAttributes.ATTEMPT,
                        road.attempt(),
                        TraceAttributes.IDEMPOTENCY_KEY,
                        road.idempotencyKey())
                .and(call.attributes());
    }

    private static <R extends ModelResult> void succeeded(
            TraceSpan span, ModelCall<R> call, ModelAnswer<R> answer, Duration total, List<RawExchange> exchanges) {
        R result = answer.result();
        TraceFields attributes = TraceFields.of(
                TraceAttributes.RESPONSE_MODEL,
                result.servedBy(),
                TraceAttributes.RESPONSE_ID,
                result.vendorRequestId().orElse(null),
                TraceAttributes.FINISH_REASONS,
                List.of(result.finishReason().value()),
                TraceAttributes.INPUT_TOKENS,
                orNull(result.usage().inputTokens()),
                TraceAttributes.OUTPUT_TOKENS,
                orNull(result.usage().outputTokens()),
                TraceAttributes.OVERHEAD_MICROS,
                TimeUnit.NANOSECONDS.toMicros(total.minus(answer.latency()).toNanos()));
        TraceFields body = TraceFields.of(
                "response",
                span.keeps(ContentLevel.REFERENCES) ? call.describe(result) : null,
                TraceAttributes.USAGE,
                result.usage(),
                TraceAttributes.COST,
                answer.cost(),
                "warnings",
                answer.withWarnings(call.omissions()).warnings(),
                EXCHANGES,
                orNull(exchanges));
        span.emit(TraceEvent.MODEL_CALL_END, attributes, body);
    }

    private static @Nullable Long orNull(OptionalLong count) {
        return count.isPresent() ? (Long) count.getAsLong() : null;
    }

    private static void failed(
            Road<?> road,
            OpenAttempt open,
            TraceSpan span,
            Throwable failure,
            Duration total,
            List<RawExchange> exchanges) {
        Cost cost = road.isSent() ? cost(failure) : Cost.nothing();
        String type = errorType(road, failure);
        if (!open.end(cost, total, Optional.of(type)) || !span.isRecording()) {
            return;
        }
        ModelException known = failure instanceof ModelException model ? model : null;
        TraceFields attributes = TraceFields.of(
                TraceAttributes.ERROR_TYPE,
                type,
                TraceAttributes.BILLED,
                billed(road, failure),
                TraceAttributes.HTTP_STATUS,
                known == null || known.httpStatus().isEmpty()
                        ? null
                        : known.httpStatus().getAsInt(),
                TraceAttributes.RESPONSE_ID,
                known == null ? null : known.vendorRequestId().orElse(null));
        TraceFields body = TraceFields.of(
                "error",
                message(failure),
                TraceAttributes.USAGE,
                Usage.none(),
                TraceAttributes.COST,
                cost,
                EXCHANGES,
                orNull(exchanges));
        span.emit(TraceEvent.MODEL_CALL_END, attributes, body);
    }

    private static @Nullable String billed(Road<?> road, Throwable failure) {
        Billed billed = null;
        if (failure instanceof InterruptedException) {
            billed = road.isSent() ? Billed.UNKNOWN_OUTCOME : Billed.NOT_SENT;
        } else if (failure instanceof ModelException known) {
            billed = known.billed();
        }
        return billed == null ? null : billed.name().toLowerCase(Locale.ROOT);
    }

    private static Cost cost(Throwable failure) {
        return failure instanceof ModelException known ? Costing.ofFailure(known) : Cost.unknown();
    }

    /** An attempt that was stopped is not told apart yet: that is done further out. */
    private static String errorType(Road<?> road, Throwable failure) {
        if (!(failure instanceof InterruptedException)) {
            return errorType(failure);
        }
        Reason why = road.context().timeLeft().isZero() ? Reason.TIMED_OUT : Reason.CANCELLED;
        return why.name().toLowerCase(Locale.ROOT);
    }

    static String errorType(Throwable failure) {
        return failure instanceof ModelException known
                ? known.reason().name().toLowerCase(Locale.ROOT)
                : failure.getClass().getSimpleName();
    }

    /** Only our own messages are known to hold no secret and no content. */
    static String message(Throwable failure) {
        return failure instanceof PictorException
                ? String.valueOf(failure.getMessage())
                : failure.getClass().getName();
    }
}
