package dev.pictor.adapter.openai;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelFailure.Refusal;
import dev.pictor.model.ModelFailureBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What OpenAI's errors mean: "Error codes" of the API reference, the error codes of a response in openai-java 4.100.0,
 * and what users report, read in November 2026.
 */
final class OpenAiFailures {

    /** Codes that say more than the status they come with. */
    static final Map<String, Reason> CODES = Map.ofEntries(
            entry("insufficient_quota", Reason.QUOTA_EXHAUSTED),
            entry("billing_hard_limit_reached", Reason.QUOTA_EXHAUSTED),
            entry("billing_not_active", Reason.QUOTA_EXHAUSTED),
            entry("rate_limit_exceeded", Reason.RATE_LIMITED),
            entry("invalid_api_key", Reason.UNAUTHORIZED),
            entry("account_deactivated", Reason.FORBIDDEN),
            entry("unsupported_country_region_territory", Reason.FORBIDDEN),
            entry("model_not_found", Reason.MODEL_NOT_FOUND),
            entry("previous_response_not_found", Reason.INVALID_REQUEST),
            entry("moderation_blocked", Reason.BLOCKED_BY_POLICY),
            entry("content_policy_violation", Reason.BLOCKED_BY_POLICY),
            entry("image_content_policy_violation", Reason.BLOCKED_BY_POLICY),
            entry("content_filter", Reason.BLOCKED_BY_POLICY),
            entry("bio_policy", Reason.BLOCKED_BY_POLICY),
            entry("misalignment_policy_violation", Reason.BLOCKED_BY_POLICY),
            entry("invalid_prompt", Reason.BLOCKED_BY_POLICY),
            entry("server_error", Reason.UNAVAILABLE));

    /** A code goes into our message; anything else may quote the request. */
    private static final Pattern CODE = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{1,63}");

    private OpenAiFailures() {}

    /** Returns the failure of a request that was found to be impossible before it was sent. */
    static ModelException invalid(String modelId, String problem) {
        return new ModelException(
                start(modelId, Reason.INVALID_REQUEST, Billed.NOT_SENT, problem).build());
    }

    /**
     * Throws if there is an error in an answer. A response that failed has status 200, and so has anything at all from
     * some compatible servers.
     */
    static void checkError(String modelId, JsonNode answer, Optional<String> requestId) {
        JsonNode error = answer.path("error");
        if (!error.isMissingNode() && !error.isNull()) {
            Optional<String> words = Optional.of(error.isTextual() ? error : error.path("message"))
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::textValue);
            JsonNode code = error.path("code").isTextual() ? error.path("code") : error.path("type");
            throw failed(modelId, code.asText(), words, requestId);
        }
    }

    /** Returns the failure of an answer that broke off on OpenAI's side, by the code that it gave. */
    static ModelException failed(String modelId, String code, Optional<String> words, Optional<String> requestId) {
        Reason reason = CODES.getOrDefault(code, Reason.INVALID_REQUEST);
        String named = CODE.matcher(code).matches() ? ": " + code : "";
        ModelFailureBuilder failure = switch (reason) {
            case BLOCKED_BY_POLICY ->
                start(modelId, reason, Billed.REJECTED, "was refused by the content policy" + named)
                        .refusal(Refusal.BLOCKED_INPUT);
            case RATE_LIMITED -> start(modelId, reason, Billed.REJECTED, "had too many calls");
            case UNAVAILABLE -> start(modelId, reason, Billed.UNKNOWN_OUTCOME, "failed while it worked");
            default -> start(modelId, reason, Billed.REJECTED, "could not serve the request" + named);
        };
        return answered(failure, words, requestId);
    }

    /** Returns the failure of an answer that a policy held back. */
    static ModelException heldBack(String modelId, Optional<String> words, Optional<String> requestId) {
        return answered(
                start(modelId, Reason.BLOCKED_BY_POLICY, Billed.BILLED_UNUSABLE, "held its answer back by policy")
                        .refusal(Refusal.BLOCKED_OUTPUT),
                words,
                requestId);
    }

    /** Returns the failure of a prompt or picture that a policy refused inside an answer. */
    static ModelException blocked(String modelId, Optional<String> words, Optional<String> requestId) {
        return answered(
                start(modelId, Reason.BLOCKED_BY_POLICY, Billed.REJECTED, "was refused by the content policy")
                        .refusal(Refusal.BLOCKED_INPUT),
                words,
                requestId);
    }

    /** Returns the failure of a model that declined in words. */
    static ModelException declined(String modelId, String words, Optional<String> requestId) {
        return answered(
                start(modelId, Reason.BLOCKED_BY_POLICY, Billed.BILLED_UNUSABLE, "declined to answer")
                        .refusal(Refusal.REFUSED),
                Optional.of(words),
                requestId);
    }

    /** Returns the failure of an answer without a picture. */
    static ModelException withoutPicture(String modelId, Optional<String> words, Optional<String> requestId) {
        return answered(
                start(modelId, Reason.MALFORMED_ANSWER, Billed.BILLED_UNUSABLE, "answered without a picture")
                        .refusal(Refusal.NO_PICTURE),
                words,
                requestId);
    }

    /** Returns the failure of a complete answer that is of no use. */
    static ModelException useless(String modelId, String problem, Optional<String> requestId) {
        return answered(
                start(modelId, Reason.MALFORMED_ANSWER, Billed.BILLED_UNUSABLE, problem), Optional.empty(), requestId);
    }

    private static ModelFailureBuilder start(String modelId, Reason reason, Billed billed, String problem) {
        return ModelFailure.builder(modelId, reason, billed, modelId + " " + problem);
    }

    private static ModelException answered(
            ModelFailureBuilder failure, Optional<String> words, Optional<String> requestId) {
        return new ModelException(failure.httpStatus(200)
                .vendorMessage(words.filter(said -> !said.isBlank()))
                .vendorRequestId(requestId)
                .build());
    }
}
