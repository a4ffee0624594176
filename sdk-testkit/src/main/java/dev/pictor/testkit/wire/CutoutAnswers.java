package dev.pictor.testkit.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pictor.model.Usage;
import dev.pictor.testkit.FaultAnswer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers of PhotoRoom and remove.bg. */
final class CutoutAnswers implements CutoutWire {

    /** Who answers. */
    enum Service {
        PHOTOROOM,
        REMOVE_BG
    }

    private final Service service;

    CutoutAnswers(Service service) {
        this.service = service;
    }

    @Override
    public FaultAnswer success() {
        return picture("image/png", WireText.cutout().toByteArray());
    }

    @Override
    public FaultAnswer picture(String mediaType, byte[] bytes) {
        FaultAnswer answer = FaultAnswer.bytes(200, mediaType, bytes);
        return switch (service) {
            case PHOTOROOM -> answer.header("x-uncertainty-score", "0.07");
            case REMOVE_BG ->
                answer.header("X-Type", "product")
                        .header("X-Width", "128")
                        .header("X-Height", "128")
                        .header("X-Credits-Charged", "1")
                        .header("X-Foreground-Top", "23");
        };
    }

    @Override
    public Usage usage() {
        return Usage.none();
    }

    @Override
    public FaultAnswer successWithoutUsage() {
        return FaultAnswer.bytes(200, "image/png", WireText.cutout().toByteArray());
    }

    @Override
    public FaultAnswer newerSuccess() {
        return picture("application/octet-stream", WireText.cutout().toByteArray())
                .header("X-A-Header-Of-Tomorrow", "\"{soup}\"");
    }

    @Override
    public Map<String, FaultAnswer> empty() {
        return Map.of("nothing at all", picture("image/png", new byte[0]));
    }

    @Override
    public Map<String, FaultAnswer> broken() {
        byte[] whole = WireText.cutout().toByteArray();
        Map<String, FaultAnswer> broken = new LinkedHashMap<>();
        broken.put("a page of HTML", FaultAnswer.html(200));
        broken.put("an error in JSON", FaultAnswer.json(200, body("server_error", VENDOR_WORDS)));
        broken.put("text", picture("text/plain", "no picture today".getBytes(UTF_8)));
        broken.put("text, called a picture", picture("image/png", "no picture today".getBytes(UTF_8)));
        broken.put("a picture cut off within its header", picture("image/png", Arrays.copyOf(whole, 20)));
        broken.put(
                "a picture without transparency",
                picture("image/png", WireText.anyPicture().toByteArray()));
        return broken;
    }

    /** They have no policy. */
    @Override
    public List<WireRefusal> refusals() {
        return List.of();
    }

    @Override
    public FaultAnswer error(int status) {
        return FaultAnswer.json(
                status,
                body(
                        switch (status) {
                            case 400 -> "unknown_foreground";
                            case 402 -> "insufficient_credits";
                            case 403 -> "auth_failed";
                            case 429 -> "rate_limit_exceeded";
                            default -> "not_served";
                        },
                        VENDOR_WORDS));
    }

    @Override
    public FaultAnswer quotaExhausted() {
        return error(402);
    }

    @Override
    public FaultAnswer wrongKey(String key) {
        return FaultAnswer.json(403, body("auth_failed", "The API key " + key + " is not one"));
    }

    private String body(String code, String words) {
        return switch (service) {
            case PHOTOROOM -> "{\"error\":{\"message\":\"" + WireText.quoted(words) + "\"}}";
            case REMOVE_BG -> "{\"errors\":[{\"title\":\"" + WireText.quoted(words) + "\",\"code\":\"" + code + "\"}]}";
        };
    }
}
