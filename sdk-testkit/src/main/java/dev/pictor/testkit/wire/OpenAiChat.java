package dev.pictor.testkit.wire;

import dev.pictor.model.Usage;
import dev.pictor.testkit.FaultAnswer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code chat.completion} of OpenAI's API, and as Ollama and LM Studio write it. */
final class OpenAiChat extends OpenAiErrors implements ReasoningWire {

    /** Who speaks. */
    enum Dialect {
        OPENAI,
        OLLAMA,
        LM_STUDIO
    }

    private final Dialect dialect;

    OpenAiChat(Dialect dialect) {
        this.dialect = dialect;
    }

    @Override
    public Usage usage() {
        return Usage.builder().inputTextTokens(36).outputTextTokens(87).build();
    }

    private String counts() {
        String details = """
                ,
                    "prompt_tokens_details": { "cached_tokens": 0, "audio_tokens": 0 },
                    "completion_tokens_details": { "reasoning_tokens": 64, "audio_tokens": 0 }""";
        return """
                ,
                  "usage": {
                    "prompt_tokens": 36,
                    "completion_tokens": 87,
                    "total_tokens": 123%s
                  }""".formatted(dialect == Dialect.OPENAI ? details : "");
    }

    @Override
    public FaultAnswer success() {
        return text("Brass.");
    }

    @Override
    public FaultAnswer successWithoutUsage() {
        return answer(body(message("Brass.", "stop"), ""));
    }

    @Override
    public FaultAnswer newerSuccess() {
        return answer(body(
                message("Brass.", "out_of_ideas"), counts() + ",\n  \"a_field_of_tomorrow\": { \"b\": [1, null] }"));
    }

    @Override
    public FaultAnswer text(String text) {
        return answer(body(message(text, "stop"), counts()));
    }

    @Override
    public FaultAnswer cutShort(String text) {
        return answer(body(message(text, "length"), counts()));
    }

    @Override
    public Map<String, FaultAnswer> empty() {
        Map<String, FaultAnswer> empty = new LinkedHashMap<>();
        empty.put("no choices", answer(body("", counts())));
        empty.put("null for content", answer(body(choice("\"content\": null", "stop"), counts())));
        empty.put("empty content", answer(body(message("", "stop"), counts())));
        return empty;
    }

    @Override
    public Map<String, FaultAnswer> broken() {
        return WireText.brokenJson(body(message("Brass.", "stop"), counts()));
    }

    @Override
    public FaultAnswer error(int status) {
        return switch (dialect) {
            case OPENAI -> super.error(status);
            case OLLAMA ->
                status < 500
                        ? error(status, status == 404 ? "not_found_error" : "invalid_request_error", null, VENDOR_WORDS)
                        : words(status);
            case LM_STUDIO -> words(status);
        };
    }

    @Override
    public FaultAnswer quotaExhausted() {
        return dialect == Dialect.OPENAI ? super.quotaExhausted() : error(402);
    }

    @Override
    public Map<String, FaultAnswer> errorsInSuccess() {
        Map<String, FaultAnswer> errors = new LinkedHashMap<>(super.errorsInSuccess());
        if (dialect == Dialect.LM_STUDIO) {
            errors.put(
                    "an endpoint that is not there",
                    FaultAnswer.json(
                            200,
                            "{\"error\":\"Unexpected endpoint or method. (POST /v1/chat) " + VENDOR_WORDS + "\"}"));
        }
        return errors;
    }

    @Override
    public List<WireRefusal> refusals() {
        if (dialect != Dialect.OPENAI) {
            return List.of();
        }
        return List.of(
                WireRefusal.inWords(
                        "message.refusal",
                        answer(body(
                                choice("\"content\": null, \"refusal\": \"" + VENDOR_WORDS + "\"", "stop"), counts()))),
                WireRefusal.ofOutput(
                        "finish_reason content_filter", answer(body(message("", "content_filter"), counts()))),
                WireRefusal.ofInput(
                        "content_policy_violation",
                        error(400, "invalid_request_error", "content_policy_violation", VENDOR_WORDS)));
    }

    private FaultAnswer answer(String body) {
        FaultAnswer answer = FaultAnswer.json(200, body);
        return dialect == Dialect.OPENAI ? answer.header("x-request-id", "req_7") : answer;
    }

    private static String message(String content, String finish) {
        return choice("\"content\": \"" + WireText.quoted(content) + "\"", finish);
    }

    private static String choice(String content, String finish) {
        return """
                {
                      "index": 0,
                      "message": { "role": "assistant", %s },
                      "logprobs": null,
                      "finish_reason": "%s"
                    }""".formatted(content, finish);
    }

    private static String body(String choices, String more) {
        return """
                {
                  "id": "chatcmpl-123",
                  "object": "chat.completion",
                  "created": 1763632800,
                  "model": "chat-answers",
                  "choices": [%s],
                  "system_fingerprint": "fp_44709d6fcb"%s
                }
                """.formatted(choices, more);
    }
}
