package dev.pictor.adapter.gemini;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelFailure.Refusal;
import dev.pictor.model.ModelFailureBuilder;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What Google's errors and finish reasons mean, as far as {@link dev.pictor.model.http.ModelHttp} cannot know. The table
 * is in {@code docs/adapters/gemini.md}.
 */
final class GeminiFailures {

    /** Finish reasons by which the content policy holds an answer back (google-genai 1.70.0, FinishReason). */
    private static final Set<String> POLICY_FINISH = Set.of(
            "SAFETY",
            "RECITATION",
            "BLOCKLIST",
            "PROHIBITED_CONTENT",
            "SPII",
            "IMAGE_SAFETY",
            "IMAGE_PROHIBITED_CONTENT",
            "IMAGE_RECITATION");

    /** A code goes into our message, a sentence does not: it may quote the request or the key. */
    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{1,63}");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private GeminiFailures() {}

    /** Tells what an error means where its status says less: a wrong key is a 400, and a used-up day a 429. */
    static Optional<Reason> reason(int status, String body) {
        JsonNode error = error(body);
        if (status == 400 && details(error, "ErrorInfo").anyMatch(info -> is(info, "reason", "API_KEY_INVALID"))) {
            return Optional.of(Reason.UNAUTHORIZED);
        }
        if (status == 400 && is(error, "status", "FAILED_PRECONDITION")) { // no free tier in the region, or no billing
            return Optional.of(Reason.FORBIDDEN);
        }
        return status == 429 && isDailyQuota(error) ? Optional.of(Reason.QUOTA_EXHAUSTED) : Optional.empty();
    }

    private static boolean isDailyQuota(JsonNode error) {
        return details(error, "QuotaFailure")
                .flatMap(failure -> stream(failure.path("violations")))
                .anyMatch(violation -> violation.path("quotaId").asText().contains("PerDay"));
    }

    /** Throws what an answer means that a policy held back, whether or not something came with it. */
    static void checkPolicy(String modelId, GeminiAnswer answer) {
        Optional<String> blocked = answer.blockReason();
        if (blocked.isPresent()) {
            throw declined(modelId, answer, Refusal.BLOCKED_INPUT, "refused the prompt", blocked);
        }
        if (answer.finish().filter(POLICY_FINISH::contains).isPresent()) {
            throw declined(modelId, answer, Refusal.BLOCKED_OUTPUT, "held back its answer", answer.finish());
        }
    }

    /** Returns the failure of an answer without a picture, for which no policy was named. */
    static ModelException withoutPicture(String modelId, GeminiAnswer answer) {
        return declined(modelId, answer, Refusal.NO_PICTURE, "answered without a picture", answer.finish());
    }

    /** Returns the failure of an answer without a word in it. */
    static ModelException withoutText(String modelId, GeminiAnswer answer) {
        return new ModelException(unusable(
                        modelId,
                        answer,
                        Reason.MALFORMED_ANSWER,
                        Billed.BILLED_UNUSABLE,
                        "answered without a text",
                        answer.finish())
                .build());
    }

    private static ModelException declined(
            String modelId, GeminiAnswer answer, Refusal refusal, String problem, Optional<String> code) {
        Reason reason = refusal == Refusal.NO_PICTURE ? Reason.MALFORMED_ANSWER : Reason.BLOCKED_BY_POLICY;
        Billed billed = refusal == Refusal.BLOCKED_INPUT ? Billed.REJECTED : Billed.BILLED_UNUSABLE;
        return new ModelException(unusable(modelId, answer, reason, billed, problem, code)
                .refusal(refusal)
                .build());
    }

    private static ModelFailureBuilder unusable(
            String modelId, GeminiAnswer answer, Reason reason, Billed billed, String problem, Optional<String> code) {
        String known = code.filter(word -> CODE.matcher(word).matches())
                .map(word -> ": " + word)
                .orElse("");
        return ModelFailure.builder(modelId, reason, billed, modelId + " " + problem + known)
                .httpStatus(200)
                .vendorMessage(answer.words())
                .vendorRequestId(answer.responseId());
    }

    /** Returns the failure of a request that is not sent. */
    static ModelException invalid(String modelId, String problem) {
        return failure(modelId, Reason.INVALID_REQUEST, Billed.NOT_SENT, problem, null);
    }

    static ModelException failure(
            String modelId, Reason reason, Billed billed, String problem, @Nullable Throwable cause) {
        return new ModelException(
                ModelFailure.builder(modelId, reason, billed, modelId + " " + problem)
                        .build(),
                cause);
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

    private static Stream<JsonNode> details(JsonNode error, String type) {
        return stream(error.path("details"))
                .filter(detail -> detail.path("@type").asText().endsWith("/google.rpc." + type));
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private static boolean is(JsonNode object, String field, String value) {
        return object.path(field).asText().equals(value);
    }
}
