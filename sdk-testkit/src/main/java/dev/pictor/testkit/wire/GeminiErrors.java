package dev.pictor.testkit.wire;

import dev.pictor.testkit.FaultAnswer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What all of Google's APIs have in common: the form of errors, and the names of reasons. */
abstract class GeminiErrors implements WireFormat {

    private static final String PER_MINUTE = "GenerateRequestsPerMinutePerProjectPerModel-FreeTier";
    private static final String PER_DAY = "GenerateRequestsPerDayPerProjectPerModel-FreeTier";

    /** {@code BlockedReason} of google-genai 1.70.0, and one of tomorrow. */
    static final List<String> BLOCKED_PROMPTS = List.of(
            "SAFETY",
            "OTHER",
            "BLOCKLIST",
            "PROHIBITED_CONTENT",
            "IMAGE_SAFETY",
            "MODEL_ARMOR",
            "JAILBREAK",
            "A_POLICY_OF_TOMORROW");

    @Override
    public FaultAnswer error(int status) {
        return error(status, VENDOR_WORDS, "");
    }

    @Override
    public FaultAnswer quotaExhausted() {
        return error(429, VENDOR_WORDS, quotaFailure(PER_DAY));
    }

    @Override
    public FaultAnswer wrongKey(String key) {
        return error(400, "API key not valid: " + key + ". Please pass a valid API key.", """
                {
                  "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                  "reason": "API_KEY_INVALID",
                  "domain": "googleapis.com",
                  "metadata": { "service": "generativelanguage.googleapis.com" }
                }""");
    }

    /** The forms that others use, and Google's own, which is in the body. */
    @Override
    public Map<String, FaultAnswer> rateLimited(Duration wait) {
        Map<String, FaultAnswer> forms = new LinkedHashMap<>(WireFormat.super.rateLimited(wait));
        forms.put(
                "google.rpc.RetryInfo",
                error(429, VENDOR_WORDS, quotaFailure(PER_MINUTE) + """
                        ,
                        { "@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "%ds" }""".formatted(wait.toSeconds())));
        return forms;
    }

    @Override
    public Map<String, FaultAnswer> errorsInSuccess() {
        return Map.of("an error with status 200", FaultAnswer.json(200, body(500, VENDOR_WORDS, "")));
    }

    private static FaultAnswer error(int status, String message, String details) {
        return FaultAnswer.json(status, body(status, message, details));
    }

    private static String body(int status, String message, String details) {
        return """
                {
                  "error": {
                    "code": %d,
                    "message": "%s",
                    "status": "%s",
                    "details": [%s]
                  }
                }
                """.formatted(status, WireText.quoted(message), code(status), details);
    }

    /** As google.rpc.Code names them. */
    private static String code(int status) {
        return switch (status) {
            case 400 -> "INVALID_ARGUMENT";
            case 401 -> "UNAUTHENTICATED";
            case 403 -> "PERMISSION_DENIED";
            case 404 -> "NOT_FOUND";
            case 409 -> "ABORTED";
            case 429 -> "RESOURCE_EXHAUSTED";
            case 500 -> "INTERNAL";
            case 501 -> "UNIMPLEMENTED";
            case 503 -> "UNAVAILABLE";
            case 504 -> "DEADLINE_EXCEEDED";
            default -> "UNKNOWN";
        };
    }

    private static String quotaFailure(String quotaId) {
        return """
                {
                  "@type": "type.googleapis.com/google.rpc.QuotaFailure",
                  "violations": [
                    {
                      "quotaMetric": "generativelanguage.googleapis.com/generate_content_free_tier_requests",
                      "quotaId": "%s",
                      "quotaDimensions": { "location": "global" },
                      "quotaValue": "20"
                    }
                  ]
                }""".formatted(quotaId);
    }
}
