package dev.pictor.testkit.wire;

import dev.pictor.image.ImageBytes;
import dev.pictor.testkit.FaultAnswer;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Pieces of answers. */
final class WireText {

    /** 64x64, 1 bit a pixel, black. */
    private static final String PNG =
            "iVBORw0KGgoAAAANSUhEUgAAAEAAAABAAQAAAACCEkxzAAAAD0lEQVR42mNgGAWjgHwAAAJAAAHgTR1EAAAAAElFTkSuQmCC";

    private WireText() {}

    /** A picture for whoever asked for any. */
    static ImageBytes anyPicture() {
        return ImageBytes.wrap(Base64.getDecoder().decode(PNG));
    }

    static String base64(ImageBytes picture) {
        return Base64.getEncoder().encodeToString(picture.toByteArray());
    }

    /** A text as it stands within quotes in JSON. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length());
        text.chars().forEach(c -> {
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append((char) c);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> quoted.append((char) c);
            }
        });
        return quoted.toString();
    }

    /** What is no JSON object, though it is said to be. */
    static Map<String, FaultAnswer> brokenJson(String success) {
        Map<String, FaultAnswer> broken = new LinkedHashMap<>();
        broken.put("a page of HTML", FaultAnswer.html(200));
        broken.put("JSON that ends early", FaultAnswer.json(200, success.substring(0, success.length() * 2 / 3)));
        broken.put("nothing at all", FaultAnswer.json(200, ""));
        broken.put("a list", FaultAnswer.json(200, "[]"));
        return broken;
    }
}
