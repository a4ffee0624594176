package dev.pictor.testkit.wire;

import dev.pictor.testkit.FaultAnswer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** OpenAI's form of errors. */
abstract class OpenAiErrors implements WireFormat {

    @Override
    public FaultAnswer error(int status) {
        return switch (status) {
            case 429 -> error(status, "requests", "rate_limit_exceeded", VENDOR_WORDS);
            case 404 -> error(status, "invalid_request_error", "model_not_found", VENDOR_WORDS);
            default -> error(status, status < 500 ? "invalid_request_error" : "server_error", null, VENDOR_WORDS);
        };
    }

    @Override
    public FaultAnswer quotaExhausted() {
        return error(429, "insufficient_quota", "insufficient_quota", VENDOR_WORDS);
    }

    @Override
    public FaultAnswer wrongKey(String key) {
        return error(
                401,
                "invalid_request_error",
                "invalid_api_key",
                "Incorrect API key provided: " + key + ". You can find your API key in your account.");
    }

    @Override
    public Map<String, FaultAnswer> errorsInSuccess() {
        Map<String, FaultAnswer> errors = new LinkedHashMap<>();
        errors.put(
                "an error with status 200",
                FaultAnswer.json(200, body("server_error", null, VENDOR_WORDS)).header("x-request-id", "req_7"));
        errors.put("plain words with status 200", words(200));
        return errors;
    }

    /** As local servers and some proxies say it. */
    static FaultAnswer words(int status) {
        return FaultAnswer.json(status, "{\"error\":\"" + VENDOR_WORDS + "\"}");
    }

    static FaultAnswer error(int status, String type, @Nullable String code, String message) {
        return FaultAnswer.json(status, body(type, code, message)).header("x-request-id", "req_7");
    }

    private static String body(String type, @Nullable String code, String message) {
        return """
                {
                  "error": {
                    "message": "%s",
                    "type": "%s",
                    "param": null,
                    "code": %s
                  }
                }
                """.formatted(WireText.quoted(message), type, code == null ? "null" : '"' + code + '"');
    }
}
