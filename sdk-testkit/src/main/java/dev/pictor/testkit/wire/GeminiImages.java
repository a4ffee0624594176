package dev.pictor.testkit.wire;

import dev.pictor.image.ImageBytes;
import dev.pictor.model.Usage;
import dev.pictor.testkit.FaultAnswer;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Pictures of {@code generateContent}. */
final class GeminiImages extends GeminiContent implements ImageWire {

    @Override
    public Usage usage() {
        return Usage.builder()
                .inputTextTokens(13)
                .outputImageTokens(1_120)
                .outputTextTokens(88)
                .build();
    }

    @Override
    String counts() {
        return """
                {
                    "promptTokenCount": 13,
                    "candidatesTokenCount": 1120,
                    "thoughtsTokenCount": 88,
                    "totalTokenCount": 1221,
                    "promptTokensDetails": [{ "modality": "TEXT", "tokenCount": 13 }],
                    "candidatesTokensDetails": [{ "modality": "IMAGE", "tokenCount": 1120 }]
                  }""";
    }

    @Override
    String parts() {
        return part(WireText.anyPicture());
    }

    @Override
    public FaultAnswer pictures(List<ImageBytes> pictures) {
        return answer(pictures.stream().map(GeminiImages::part).collect(Collectors.joining(", ")));
    }

    @Override
    public FaultAnswer picture(String mediaType, String base64) {
        return answer(part(mediaType, base64));
    }

    private static String part(ImageBytes picture) {
        return part(picture.format().mediaType(), WireText.base64(picture));
    }

    private static String part(String mediaType, String base64) {
        return """
                {
                            "inlineData": { "mimeType": "%s", "data": "%s" },
                            "thoughtSignature": "EpwHCpkHAXLI2nx"
                          }""".formatted(mediaType, base64);
    }

    @Override
    public List<WireRefusal> refusals() {
        Stream<WireRefusal> prompts = BLOCKED_PROMPTS.stream().map(GeminiContent::blockedPrompt);
        Stream<WireRefusal> pictures = Stream.concat(
                        policies().stream(), Stream.of("IMAGE_SAFETY", "IMAGE_PROHIBITED_CONTENT", "IMAGE_RECITATION"))
                .map(GeminiContent::heldBack);
        Stream<WireRefusal> others = Stream.of(
                WireRefusal.withoutPicture("finishReason NO_IMAGE", FaultAnswer.json(200, finished("NO_IMAGE", ""))),
                WireRefusal.withoutPicture(
                        "finishReason NO_IMAGE, with words",
                        answer("{ \"text\": \"" + VENDOR_WORDS + "\" }", "NO_IMAGE")));
        return Stream.of(prompts, pictures, others).flatMap(all -> all).toList();
    }
}
