package dev.pictor.testkit.wire;

import dev.pictor.model.Usage;
import dev.pictor.testkit.FaultAnswer;
import java.util.List;
import java.util.stream.Stream;

/** Words of {@code generateContent}. */
final class GeminiWords extends GeminiContent implements ReasoningWire {

    @Override
    public Usage usage() {
        return Usage.builder().inputTextTokens(13).outputTextTokens(88 + 21).build();
    }

    @Override
    String counts() {
        return """
                {
                    "promptTokenCount": 13,
                    "candidatesTokenCount": 21,
                    "thoughtsTokenCount": 88,
                    "totalTokenCount": 122,
                    "promptTokensDetails": [{ "modality": "TEXT", "tokenCount": 13 }]
                  }""";
    }

    @Override
    String parts() {
        return part("Brass.");
    }

    @Override
    public FaultAnswer text(String text) {
        return answer(part(text));
    }

    @Override
    public FaultAnswer cutShort(String text) {
        return answer(part(text), "MAX_TOKENS");
    }

    /** With a thought before it, which is no part of the answer. */
    private static String part(String text) {
        return """
                { "text": "**Considering lamps**", "thought": true },
                          { "text": "%s", "thoughtSignature": "EpwHCpkHAXLI2nx" }""".formatted(WireText.quoted(text));
    }

    @Override
    public List<WireRefusal> refusals() {
        return Stream.concat(
                        BLOCKED_PROMPTS.stream().map(GeminiContent::blockedPrompt),
                        policies().stream().map(GeminiContent::heldBack))
                .toList();
    }
}
