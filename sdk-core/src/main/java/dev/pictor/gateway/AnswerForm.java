package dev.pictor.gateway;

import dev.pictor.error.PictorException;
import dev.pictor.gateway.resilience.GatewayRefusedException;
import dev.pictor.model.Cost;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.ModelFailureBuilder;
import dev.pictor.model.ModelResult;
import dev.pictor.trace.TraceAttributes;
import dev.pictor.trace.TraceEvent;
import dev.pictor.trace.TraceFields;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The part of the event {@code answer} that a replay needs: written here and read here. */
final class AnswerForm {

    /** The parts of the request, as hashes. */
    static final String REQUEST = "request";
    /** The span of the attempt that has the result. */
    static final String ANSWERED_BY = "answered_by";
    /** The result, where no attempt has it. */
    static final String RESULT = "result";
    /** What was not done as asked, by the answer and by the result where that tells something else. */
    static final String WARNINGS = "warnings";

    static final String RESULT_WARNINGS = "result_warnings";
    static final String FAILURE = "failure";

    private AnswerForm() {}

    static <R extends ModelResult> TraceFields describe(ModelCall<R> call, R result) {
        return TraceFields.of(
                "response",
                call.describe(result),
                TraceAttributes.USAGE,
                result.usage(),
                "finish_reason",
                result.finishReason().value(),
                "response_id",
                result.vendorRequestId().orElse(null));
    }

    /** The vendor's own words are left out: they may quote the request. */
    static TraceFields describe(Throwable failure) {
        if (failure instanceof ModelException model) {
            return TraceFields.of(
                    "kind", "model",
                    "model", model.modelId(),
                    "reason", model.reason().name(),
                    "billed", model.billed().name(),
                    "refusal", model.refusal().map(Enum::name).orElse(null),
                    "http_status",
                            model.httpStatus().isPresent() ? model.httpStatus().getAsInt() : null,
                    "retry_after_ms", model.retryAfter().map(Duration::toMillis).orElse(null),
                    "response_id", model.vendorRequestId().orElse(null));
        }
        if (failure instanceof GatewayRefusedException refused) {
            return TraceFields.of(
                    "kind", "refused",
                    "model", refused.modelId(),
                    "reason", refused.reason().name(),
                    "retry_after_ms",
                            refused.retryAfter().map(Duration::toMillis).orElse(null));
        }
        return TraceFields.of(
                "kind", "other", "retryable", failure instanceof PictorException known && known.isRetryable());
    }

    /**
     * Returns what was answered.
     *
     * @throws PictorException what the call failed with
     */
    static <R extends ModelResult> ModelAnswer<R> read(ModelCall<R> call, RecordedAnswer recorded) {
        TraceEvent answer = recorded.answer();
        if (answer.body().get(FAILURE) instanceof Map<?, ?> failure) {
            throw failure(answer, failure);
        }
        RecordedResult result = RecordedResult.of(recorded);
        ModelAnswer<R> given = ModelAnswer.of(call, call.restore(result), Duration.ZERO)
                .by(
                        answer.attributes().get(TraceAttributes.REQUEST_MODEL) instanceof String id
                                ? id
                                : call.profile.id())
                .withCost(Cost.nothing())
                .warned(result.answerWarnings())
                .from(AnswerSource.REPLAY)
                .near(
                        answer.attributes().get(TraceAttributes.SIMILARITY) instanceof Number similarity
                                ? OptionalDouble.of(similarity.doubleValue())
                                : OptionalDouble.empty(),
                        Optional.ofNullable((String) answer.body().get("original_prompt")));
        return Boolean.TRUE.equals(answer.attributes().get(TraceAttributes.ANSWER_IS_FALLBACK))
                ? given.asFallback()
                : given;
    }

    private static PictorException failure(TraceEvent answer, Map<?, ?> failure) {
        String type = String.valueOf(answer.attributes().get(TraceAttributes.ERROR_TYPE));
        String message = String.valueOf(answer.body().get("error"));
        String model = String.valueOf(failure.get("model"));
        Optional<Duration> retryAfter = number(failure, "retry_after_ms").map(ms -> Duration.ofMillis(ms.longValue()));
        if ("model".equals(failure.get("kind"))) {
            Optional<ModelFailure.Reason> reason = word(failure, "reason", ModelFailure.Reason.class);
            Optional<ModelFailure.Billed> billed = word(failure, "billed", ModelFailure.Billed.class);
            if (reason.isPresent() && billed.isPresent()) {
                ModelFailureBuilder again = ModelFailure.builder(model, reason.get(), billed.get(), message)
                        .refusal(word(failure, "refusal", ModelFailure.Refusal.class))
                        .retryAfter(retryAfter)
                        .vendorRequestId(
                                Optional.ofNullable(failure.get("response_id")).map(String::valueOf));
                number(failure, "http_status").ifPresent(status -> again.httpStatus(status.intValue()));
                return new ModelException(again.build());
            }
        }
        if ("refused".equals(failure.get("kind"))) {
            Optional<GatewayRefusedException.Reason> reason =
                    word(failure, "reason", GatewayRefusedException.Reason.class);
            if (reason.isPresent()) {
                return new GatewayRefusedException(reason.get(), model, retryAfter.orElse(Duration.ZERO));
            }
        }
        return new RecordedFailureException(type, message, Boolean.TRUE.equals(failure.get("retryable")));
    }

    private static Optional<Number> number(Map<?, ?> from, String name) {
        return from.get(name) instanceof Number number ? Optional.of(number) : Optional.empty();
    }

    /** A word of a later version is none. */
    private static <E extends Enum<E>> Optional<E> word(Map<?, ?> from, String name, Class<E> words) {
        @Nullable Object wanted = from.get(name);
        return Arrays.stream(words.getEnumConstants())
                .filter(word -> word.name().equals(wanted))
                .findFirst();
    }
}
