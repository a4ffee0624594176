package dev.pictor.testkit.wire;

import dev.pictor.model.Usage;
import dev.pictor.testkit.FaultAnswer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers of {@code generateContent}: {@code GenerateContentResponse} of v1beta. */
abstract class GeminiContent extends GeminiErrors {

    private static final String NO_COUNTS = "{}";

    /** One TEXT prompt; whatever else was read, written and thought is told apart. */
    abstract String counts();

    /** The parts of a plain answer. */
    abstract String parts();

    @Override
    public FaultAnswer success() {
        return answer(parts());
    }

    final FaultAnswer answer(String parts) {
        return FaultAnswer.json(200, body(parts, "STOP", "", counts()));
    }

    final FaultAnswer answer(String parts, String finishReason) {
        return FaultAnswer.json(200, body(parts, finishReason, "", counts()));
    }

    @Override
    public FaultAnswer successWithoutUsage() {
        return FaultAnswer.json(200, body(parts(), "STOP", "", NO_COUNTS));
    }

    @Override
    public FaultAnswer newerSuccess() {
        String more = "\"aFieldOfTomorrow\": { \"list\": [1, { \"b\": null }] },\n      ";
        return FaultAnswer.json(200, body(parts(), "DONE_AS_OF_TOMORROW", more, counts()));
    }

    @Override
    public Map<String, FaultAnswer> empty() {
        Map<String, FaultAnswer> empty = new LinkedHashMap<>();
        empty.put("no candidates", FaultAnswer.json(200, "{ \"usageMetadata\": " + counts() + " }"));
        empty.put("a candidate without content", FaultAnswer.json(200, finished("STOP", "")));
        empty.put("content without parts", answer(""));
        return empty;
    }

    @Override
    public Map<String, FaultAnswer> broken() {
        return WireText.brokenJson(body(parts(), "STOP", "", counts()));
    }

    static WireRefusal blockedPrompt(String reason) {
        return WireRefusal.ofInput("promptFeedback " + reason, FaultAnswer.json(200, """
                {
                  "promptFeedback": { "blockReason": "%s", "safetyRatings": [] },
                  "usageMetadata": { "promptTokenCount": 13, "totalTokenCount": 13 },
                  "modelVersion": "gemini-answers",
                  "responseId": "q7YeaZ-mNJ2vkdUP0a6ByQU"
                }
                """.formatted(reason)));
    }

    static WireRefusal heldBack(String reason) {
        return WireRefusal.ofOutput(
                "finishReason " + reason,
                FaultAnswer.json(200, finished(reason, "\"finishMessage\": \"" + VENDOR_WORDS + "\",\n      ")));
    }

    /** A candidate without content. */
    static String finished(String reason, String more) {
        return """
                {
                  "candidates": [
                    {
                      %s"finishReason": "%s",
                      "index": 0
                    }
                  ],
                  "usageMetadata": { "promptTokenCount": 13, "candidatesTokenCount": 0, "totalTokenCount": 13 },
                  "modelVersion": "gemini-answers",
                  "responseId": "q7YeaZ-mNJ2vkdUP0a6ByQU"
                }
                """.formatted(more, reason);
    }

    private static String body(String parts, String finishReason, String more, String counts) {
        return """
                {
                  "candidates": [
                    {
                      %s"content": {
                        "parts": [%s],
                        "role": "model"
                      },
                      "finishReason": "%s",
                      "index": 0
                    }
                  ],
                  "usageMetadata": %s,
                  "modelVersion": "gemini-answers",
                  "responseId": "q7YeaZ-mNJ2vkdUP0a6ByQU"
                }
                """.formatted(more, parts, finishReason, counts);
    }

    static List<String> policies() {
        return List.of("SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII");
    }

    @Override
    public abstract Usage usage();
}
