package dev.pictor.adapter.gemini;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelFailureBuilder;
import dev.pictor.model.RetryAfter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** Tells what went wrong, from status, code and finish reason. The table is in {@link GeminiImageAdapter}. */
final class GeminiFailures {

    /** Finish reasons by which the content policy holds a picture back (google-genai 1.70.0, FinishReason). */
    private static final Set<String> POLICY_FINISH = Set.of(
            "SAFETY",
            "RECITATION",
            "BLOCKLIST",
            "PROHIBITED_CONTENT",
            "SPII",
            "IMAGE_SAFETY",
            "IMAGE_PROHIBITED_CONTENT",
            "IMAGE_RECITATION");

    /** An error's code goes into our message, its sentence does not: it may quote the request or the key. */
    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{1,63}");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private GeminiFailures() {}

    static ModelException failure(String modelId, Reason reason, Billed billed, String problem) {
        return failure(modelId, reason, billed, problem, null);
    }

    static ModelException failure(
            String modelId, Reason reason, Billed billed, String problem, @Nullable Throwable cause) {
        return new ModelException(
                ModelFailure.builder(modelId, reason, billed, modelId + " " + problem)
                        .build(),
                cause);
    }

    /** Returns the failure behind an HTTP status of 300 or more. */
    static ModelException ofStatus(String modelId, int status, Headers headers, String body) {
        JsonNode error = error(body);
        String code = code(error.path("status").asText());
        Reason reason = reason(status, code, error);
        ModelFailureBuilder failure = ModelFailure.builder(
                        modelId,
                        reason,
                        billed(status, code),
                        modelId + " answered " + status + (code.isEmpty() ? "" : " " + code) + ": " + advice(reason))
                .httpStatus(status)
                .vendorMessage(Optional.of(error.path("message").asText()).filter(words -> !words.isEmpty()));
        Function<String, Optional<String>> header = name -> Optional.ofNullable(headers.get(name));
        return new ModelException(failure.retryAfter(RetryAfter.of(header, body, Clock.systemUTC()))
                .build());
    }

    /** Returns the failure of an answer with status 200 and without a picture to use. */
    static Optional<ModelException> ofAnswer(String modelId, GeminiAnswer answer) {
        String block = answer.blockReason();
        String finish = answer.finishReason();
        if (block != null) {
            return Optional.of(
                    unusable(modelId, answer, Reason.BLOCKED_BY_POLICY, Billed.REJECTED, "refused the prompt", block));
        }
        if (finish != null && POLICY_FINISH.contains(finish)) {
            return Optional.of(unusable(
                    modelId,
                    answer,
                    Reason.BLOCKED_BY_POLICY,
                    Billed.BILLED_UNUSABLE,
                    "held back what it drew",
                    finish));
        }
        if (answer.images().isEmpty()) {
            return Optional.of(unusable(
                    modelId,
                    answer,
                    Reason.MALFORMED_ANSWER,
                    Billed.BILLED_UNUSABLE,
                    "answered without a picture",
                    finish == null ? "" : finish));
        }
        return Optional.empty();
    }

    private static ModelException unusable(
            String modelId, GeminiAnswer answer, Reason reason, Billed billed, String problem, String code) {
        String known = code(code);
        ModelFailureBuilder failure = ModelFailure.builder(
                        modelId, reason, billed, modelId + " " + problem + (known.isEmpty() ? "" : ": " + known))
                .httpStatus(200)
                .vendorMessage(Optional.ofNullable(answer.finishMessage()));
        return new ModelException(failure.vendorRequestId(Optional.ofNullable(answer.responseId()))
                .build());
    }

    private static Reason reason(int status, String code, JsonNode error) {
        return switch (status) {
            case 400 -> {
                if (details(error, "ErrorInfo").stream()
                        .anyMatch(info -> info.path("reason").asText().equals("API_KEY_INVALID"))) {
                    yield Reason.UNAUTHORIZED;
                }
                // region without a free tier, or billing switched off
                yield code.equals("FAILED_PRECONDITION") ? Reason.FORBIDDEN : Reason.INVALID_REQUEST;
            }
            case 401 -> Reason.UNAUTHORIZED;
            case 403 -> Reason.FORBIDDEN;
            case 404 -> Reason.MODEL_NOT_FOUND;
            case 429 -> isDailyQuota(error) ? Reason.QUOTA_EXHAUSTED : Reason.RATE_LIMITED;
            case 408 -> Reason.UNAVAILABLE;
            default -> status < 500 ? Reason.INVALID_REQUEST : Reason.UNAVAILABLE;
        };
    }

    private static Billed billed(int status, String code) {
        boolean refused = (status < 500 && status != 408) || code.equals("UNAVAILABLE");
        return refused ? Billed.REJECTED : Billed.UNKNOWN_OUTCOME;
    }

    private static String advice(Reason reason) {
        return switch (reason) {
            case UNAUTHORIZED -> "check the API key";
            case FORBIDDEN -> "the key's project may not do this; check its API, billing and region";
            case MODEL_NOT_FOUND -> "check the model id and whether the model is still served";
            case RATE_LIMITED -> "too many calls at this rate";
            case QUOTA_EXHAUSTED -> "the quota for the day is used up";
            case INVALID_REQUEST -> "the request cannot be served as it is";
            default -> "the service failed";
        };
    }

    private static boolean isDailyQuota(JsonNode error) {
        for (JsonNode failure : details(error, "QuotaFailure")) {
            for (JsonNode violation : failure.path("violations")) {
                if (violation.path("quotaId").asText().contains("PerDay")) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Returns the error object of a body, or a missing node if the body is something else, such as a page of HTML. */
    private static JsonNode error(String body) {
        try {
            JsonNode root = MAPPER.readTree(body);
            return (root.isArray() ? root.path(0) : root).path("error");
        } catch (JsonProcessingException e) {
            return MAPPER.missingNode();
        }
    }

    private static List<JsonNode> details(JsonNode error, String type) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode detail : error.path("details")) {
            if (detail.path("@type").asText().endsWith("/google.rpc." + type)) {
                found.add(detail);
            }
        }
        return found;
    }

    private static String code(String text) {
        return CODE.matcher(text).matches() ? text : "";
    }
}
