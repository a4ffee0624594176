package dev.pictor.testkit.wire;

import dev.pictor.image.ImageBytes;
import dev.pictor.model.Usage;
import dev.pictor.testkit.FaultAnswer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code ImagesResponse} of OpenAI's images API. */
final class OpenAiImages extends OpenAiErrors implements ImageWire {

    private static final String USAGE = """
            ,
              "usage": {
                "input_tokens": 13,
                "input_tokens_details": { "image_tokens": 0, "text_tokens": 13 },
                "output_tokens": 1056,
                "output_tokens_details": { "image_tokens": 1056, "text_tokens": 0 },
                "total_tokens": 1069
              }""";

    @Override
    public Usage usage() {
        return Usage.builder().inputTextTokens(13).outputImageTokens(1_056).build();
    }

    @Override
    public FaultAnswer success() {
        return pictures(List.of(WireText.anyPicture()));
    }

    @Override
    public FaultAnswer successWithoutUsage() {
        return answer(body(data(WireText.anyPicture()), ""));
    }

    @Override
    public FaultAnswer newerSuccess() {
        return answer(body(
                data(WireText.anyPicture()),
                USAGE + ",\n  \"a_field_of_tomorrow\": { \"list\": [1, { \"b\": null }] },\n  \"status\": \"soup\""));
    }

    @Override
    public FaultAnswer pictures(List<ImageBytes> pictures) {
        return answer(body(pictures.stream().map(OpenAiImages::data).collect(Collectors.joining(", ")), USAGE));
    }

    @Override
    public FaultAnswer picture(String mediaType, String base64) {
        return answer(body("{ \"b64_json\": \"" + base64 + "\" }", USAGE));
    }

    @Override
    public Map<String, FaultAnswer> empty() {
        Map<String, FaultAnswer> empty = new LinkedHashMap<>();
        empty.put("no data", answer(body("", USAGE)));
        empty.put("data without a picture", answer(body("{ \"revised_prompt\": \"a lamp\" }", USAGE)));
        empty.put("null for a picture", answer(body("{ \"b64_json\": null }", USAGE)));
        return empty;
    }

    @Override
    public Map<String, FaultAnswer> broken() {
        return WireText.brokenJson(body(data(WireText.anyPicture()), USAGE));
    }

    /** The vendor says by the stage whether it looked at the prompt or at the picture; both are errors of status 400. */
    @Override
    public List<WireRefusal> refusals() {
        return List.of(
                WireRefusal.ofInput(
                        "moderation_blocked",
                        error(400, "image_generation_user_error", "moderation_blocked", VENDOR_WORDS)),
                WireRefusal.ofInput("moderation_blocked, stage input", moderated("input")),
                WireRefusal.ofOutput("moderation_blocked, stage output", moderated("output")),
                WireRefusal.ofInput(
                        "content_policy_violation",
                        error(400, "image_generation_user_error", "content_policy_violation", VENDOR_WORDS)));
    }

    private static FaultAnswer moderated(String stage) {
        return FaultAnswer.json(400, """
                {
                  "error": {
                    "message": "%s safety_violations=[sexual].",
                    "type": "image_generation_user_error",
                    "param": null,
                    "code": "moderation_blocked",
                    "moderation_details": { "moderation_stage": "%s", "categories": ["sexual"] }
                  }
                }
                """.formatted(VENDOR_WORDS, stage));
    }

    private static FaultAnswer answer(String body) {
        return FaultAnswer.json(200, body).header("x-request-id", "req_7");
    }

    private static String data(ImageBytes picture) {
        return "{ \"b64_json\": \"" + WireText.base64(picture) + "\" }";
    }

    private static String body(String data, String more) {
        return """
                {
                  "created": 1763632800,
                  "background": "opaque",
                  "data": [%s],
                  "output_format": "png",
                  "quality": "medium",
                  "size": "1024x1024"%s
                }
                """.formatted(data, more);
    }
}
