package dev.pictor.gateway;

import dev.pictor.error.PictorException;
import dev.pictor.model.Cost;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelResult;
import dev.pictor.model.Usage;
import dev.pictor.trace.TraceAttributes;
import dev.pictor.trace.TraceEvent;
import dev.pictor.trace.TraceSpan;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Writes each call into the trace, however it ends: what was sent, what came back, what it cost and how long it took.
 * Without a listener it does nothing at all.
 */
final class Recording implements ModelCall.Step {

    @Override
    public <R extends ModelResult> ModelAnswer<R> take(ModelCall<R> call, ModelCall.Road<R> onward)
            throws InterruptedException {
        TraceSpan span = call.run.span().child();
        if (!span.isRecording()) {
            return onward.proceed();
        }
        long begin = System.nanoTime();
        call.keepInputs();
        span.emit(TraceEvent.MODEL_CALL_START, request(call), call.describe());
        ModelAnswer<R> answer;
        try {
            answer = onward.proceed();
        } catch (InterruptedException | RuntimeException | Error e) {
            failed(span, e);
            throw e;
        }
        Duration total = Duration.ofNanos(System.nanoTime() - begin);
        try {
            call.keepOutputs(answer.result());
        } finally { // it is paid for, whether its pictures can be kept or not
            succeeded(span, call, answer, total);
        }
        return answer;
    }

    private static <R extends ModelResult> Map<String, Object> request(ModelCall<R> call) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put(TraceAttributes.OPERATION, call.operation());
        attributes.put(TraceAttributes.PROVIDER, call.profile.provider());
        attributes.put(TraceAttributes.REQUEST_MODEL, call.profile.id());
        attributes.put(TraceAttributes.OUTPUT_TYPE, call.outputType());
        attributes.putAll(call.attributes());
        return attributes;
    }

    private static <R extends ModelResult> void succeeded(
            TraceSpan span, ModelCall<R> call, ModelAnswer<R> answer, Duration total) {
        R result = answer.result();
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put(TraceAttributes.RESPONSE_MODEL, result.servedBy());
        result.vendorRequestId().ifPresent(id -> attributes.put(TraceAttributes.RESPONSE_ID, id));
        attributes.put(
                TraceAttributes.FINISH_REASONS, List.of(result.finishReason().value()));
        put(attributes, TraceAttributes.INPUT_TOKENS, result.usage().inputTokens());
        put(attributes, TraceAttributes.OUTPUT_TOKENS, result.usage().outputTokens());
        attributes.put(
                TraceAttributes.OVERHEAD_MICROS,
                TimeUnit.NANOSECONDS.toMicros(total.minus(answer.latency()).toNanos()));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("response", call.describe(result));
        body.put(TraceAttributes.USAGE, result.usage());
        body.put(TraceAttributes.COST, answer.cost());
        body.put("warnings", answer.warnings());
        span.emit(TraceEvent.MODEL_CALL_END, attributes, body);
    }

    private static void failed(TraceSpan span, Throwable failure) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        Cost cost;
        if (failure instanceof ModelException known) {
            attributes.put(TraceAttributes.ERROR_TYPE, known.reason().name().toLowerCase(Locale.ROOT));
            attributes.put(TraceAttributes.BILLED, known.billed().name().toLowerCase(Locale.ROOT));
            known.httpStatus().ifPresent(status -> attributes.put(TraceAttributes.HTTP_STATUS, status));
            known.vendorRequestId().ifPresent(id -> attributes.put(TraceAttributes.RESPONSE_ID, id));
            cost = Costing.ofFailure(known);
        } else {
            attributes.put(TraceAttributes.ERROR_TYPE, failure.getClass().getSimpleName());
            cost = Cost.unknown();
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", message(failure));
        body.put(TraceAttributes.USAGE, Usage.none());
        body.put(TraceAttributes.COST, cost);
        span.emit(TraceEvent.MODEL_CALL_END, attributes, body);
    }

    /** Only our own messages are known to hold no secret and no content. */
    private static String message(Throwable failure) {
        return failure instanceof PictorException
                ? String.valueOf(failure.getMessage())
                : failure.getClass().getName();
    }

    private static void put(Map<String, Object> attributes, String name, OptionalLong value) {
        value.ifPresent(known -> attributes.put(name, known));
    }
}
