package dev.pictor.testkit.wire;

import dev.pictor.image.ImageBytes;
import dev.pictor.model.Usage;
import dev.pictor.testkit.FaultAnswer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Imagen on Vertex AI: {@code POST /v1/projects/<p>/locations/<l>/publishers/google/models/<m>:predict}. It counts
 * nothing; what its filter holds back is told in {@code raiFilteredReason}, with status 200. Immutable.
 */
public final class VertexImagenWire extends GeminiErrors implements ImageWire {

    /** Creates the format. */
    public VertexImagenWire() {}

    @Override
    public Usage usage() {
        return Usage.none();
    }

    @Override
    public FaultAnswer success() {
        return pictures(List.of(WireText.anyPicture()));
    }

    @Override
    public FaultAnswer successWithoutUsage() {
        return success();
    }

    @Override
    public FaultAnswer newerSuccess() {
        return answer(
                prediction(WireText.anyPicture()), ",\n  \"aFieldOfTomorrow\": { \"list\": [1, { \"b\": null }] }");
    }

    @Override
    public FaultAnswer pictures(List<ImageBytes> pictures) {
        return answer(pictures.stream().map(VertexImagenWire::prediction).collect(Collectors.joining(", ")), "");
    }

    @Override
    public FaultAnswer picture(String mediaType, String base64) {
        return answer(prediction(mediaType, base64), "");
    }

    @Override
    public Map<String, FaultAnswer> empty() {
        Map<String, FaultAnswer> empty = new LinkedHashMap<>();
        empty.put("nothing but braces", FaultAnswer.json(200, "{}"));
        empty.put("no predictions", answer("", ""));
        return empty;
    }

    @Override
    public Map<String, FaultAnswer> broken() {
        return WireText.brokenJson(body(prediction(WireText.anyPicture()), ""));
    }

    @Override
    public List<WireRefusal> refusals() {
        return List.of(WireRefusal.ofOutput(
                "raiFilteredReason", answer("{ \"raiFilteredReason\": \"" + VENDOR_WORDS + " 58061214\" }", "")));
    }

    private static String prediction(ImageBytes picture) {
        return prediction(picture.format().mediaType(), WireText.base64(picture));
    }

    private static String prediction(String mediaType, String base64) {
        return "{ \"mimeType\": \"" + mediaType + "\", \"bytesBase64Encoded\": \"" + base64 + "\" }";
    }

    private static FaultAnswer answer(String predictions, String more) {
        return FaultAnswer.json(200, body(predictions, more));
    }

    private static String body(String predictions, String more) {
        return """
                {
                  "predictions": [%s]%s
                }
                """.formatted(predictions, more);
    }
}
