package dev.pictor.testkit.wire;

import dev.pictor.model.Usage;
import dev.pictor.testkit.FaultAnswer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code Response} of OpenAI's Responses API. */
final class OpenAiResponses extends OpenAiErrors implements ReasoningWire {

    private static final String USAGE = """
            {
                "input_tokens": 36,
                "input_tokens_details": { "cached_tokens": 0 },
                "output_tokens": 87,
                "output_tokens_details": { "reasoning_tokens": 64 },
                "total_tokens": 123
              }""";
    private static final String THOUGHT = """
            { "id": "rs_67cc", "type": "reasoning", "summary": [] }""";
    private static final String NO_DETAILS = "null";

    @Override
    public Usage usage() {
        return Usage.builder().inputTextTokens(36).outputTextTokens(87).build();
    }

    @Override
    public FaultAnswer success() {
        return text("Brass.");
    }

    @Override
    public FaultAnswer successWithoutUsage() {
        return answer(body("completed", NO_DETAILS, message(outputText("Brass.")), "null", ""));
    }

    @Override
    public FaultAnswer newerSuccess() {
        String output =
                """
                { "id": "tt_1", "type": "telepathy_call", "status": "soup", "content": { "a": [1] } }, %s""".formatted(message("{ \"type\": \"output_hologram\", \"scene\": {} }, " + outputText("Brass.")));
        return answer(body("completed", NO_DETAILS, output, USAGE, "\"a_field_of_tomorrow\": { \"b\": [null] },\n  "));
    }

    @Override
    public FaultAnswer text(String text) {
        return answer(body("completed", NO_DETAILS, message(outputText(text)), USAGE, ""));
    }

    @Override
    public FaultAnswer cutShort(String text) {
        return answer(
                body("incomplete", "{ \"reason\": \"max_output_tokens\" }", message(outputText(text)), USAGE, ""));
    }

    @Override
    public Map<String, FaultAnswer> empty() {
        Map<String, FaultAnswer> empty = new LinkedHashMap<>();
        empty.put("no output", answer(body("completed", NO_DETAILS, "", USAGE, "")));
        empty.put("thoughts alone", answer(body("completed", NO_DETAILS, THOUGHT, USAGE, "")));
        empty.put("a message without content", answer(body("completed", NO_DETAILS, message(""), USAGE, "")));
        return empty;
    }

    @Override
    public Map<String, FaultAnswer> broken() {
        return WireText.brokenJson(body("completed", NO_DETAILS, message(outputText("Brass.")), USAGE, ""));
    }

    @Override
    public Map<String, FaultAnswer> errorsInSuccess() {
        Map<String, FaultAnswer> errors = new LinkedHashMap<>(super.errorsInSuccess());
        errors.put("status failed", answer("""
                {
                  "id": "resp_67cc",
                  "object": "response",
                  "status": "failed",
                  "error": { "code": "server_error", "message": "%s" },
                  "output": [],
                  "usage": null
                }
                """.formatted(VENDOR_WORDS)));
        return errors;
    }

    @Override
    public List<WireRefusal> refusals() {
        return List.of(
                WireRefusal.inWords(
                        "content of type refusal",
                        answer(body(
                                "completed",
                                NO_DETAILS,
                                message("{ \"type\": \"refusal\", \"refusal\": \"" + VENDOR_WORDS + "\" }"),
                                USAGE,
                                ""))),
                WireRefusal.ofOutput(
                        "incomplete, content_filter",
                        answer(body("incomplete", "{ \"reason\": \"content_filter\" }", "", "null", ""))),
                WireRefusal.ofInput(
                        "content_policy_violation",
                        error(400, "invalid_request_error", "content_policy_violation", VENDOR_WORDS)));
    }

    private static FaultAnswer answer(String body) {
        return FaultAnswer.json(200, body).header("x-request-id", "req_7");
    }

    private static String outputText(String text) {
        return "{ \"type\": \"output_text\", \"annotations\": [], \"logprobs\": [], \"text\": \""
                + WireText.quoted(text) + "\" }";
    }

    private static String message(String content) {
        return """
                %s, {
                      "id": "msg_67cc",
                      "type": "message",
                      "status": "completed",
                      "content": [%s],
                      "role": "assistant"
                    }""".formatted(THOUGHT, content);
    }

    private static String body(String status, String details, String output, String usage, String more) {
        return """
                {
                  %s"id": "resp_67cc",
                  "object": "response",
                  "created_at": 1763632800,
                  "status": "%s",
                  "error": null,
                  "incomplete_details": %s,
                  "model": "gpt-answers",
                  "output": [%s],
                  "usage": %s
                }
                """.formatted(more, status, details, output, usage);
    }
}
