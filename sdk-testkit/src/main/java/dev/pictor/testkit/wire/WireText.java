package dev.pictor.testkit.wire;

import dev.pictor.image.ImageBytes;
import dev.pictor.model.Embedding;
import dev.pictor.testkit.FaultAnswer;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.IntStream;

/** Pieces of answers. */
final class WireText {

    /** 64x64, 1 bit a pixel, black. */
    private static final String PNG =
            "iVBORw0KGgoAAAANSUhEUgAAAEAAAABAAQAAAACCEkxzAAAAD0lEQVR42mNgGAWjgHwAAAJAAAHgTR1EAAAAAElFTkSuQmCC";

    /** 128x128: what is left of the picture of {@code BackgroundRemoverContract}. */
    private static final String CUTOUT =
            "iVBORw0KGgoAAAANSUhEUgAAAIAAAACACAYAAADDPmHLAAABJ0lEQVR42u3dsZGDUBQEwQ1HJiEo/6RQDHhfTHfVS4"
                    + "Ad706wAQAAAAAAAAAAAAAAHO57fe4n54mFxhaF0cVgeCEYXgiGF4LhhWB8ERheCMYXgfFFYHwRGF8ExheB8UVgfBEI"
                    + "QADGF4HxRSAAARhfBAIQgPFFIAABGF8EAhCA8UUgAAEIQADGF4EABCAAAQhAAAJIB2DIeARGFIAhBeAE4ATgBOAE4A"
                    + "TgBOAE4ATg/D3A+WugE4ATgBOA85/Bzu8CnADc3siwfh1sYO8IMLA3hDjvCXLeEua8K9B5U6jzvmDjhxk/TgD4ZAw+"
                    + "GsV8No75cCTz6Vjm49HM5+P58xAsF47AYtEQLBQNwSLRECwQDcETD8bgyYai8MQAAAAAAAAAAAAAAIDT/QCzPjUy4q"
                    + "oMGgAAAABJRU5ErkJggg==";

    private WireText() {}

    static ImageBytes cutout() {
        return ImageBytes.wrap(Base64.getDecoder().decode(CUTOUT));
    }

    /** A picture for whoever asked for any. */
    static ImageBytes anyPicture() {
        return ImageBytes.wrap(Base64.getDecoder().decode(PNG));
    }

    static String base64(ImageBytes picture) {
        return Base64.getEncoder().encodeToString(picture.toByteArray());
    }

    /** Vectors, all different. */
    static List<Embedding> vectors(int count, int dimensions) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    float[] vector = new float[dimensions];
                    vector[i % dimensions] = (i / dimensions + 1) * 0.5f;
                    return Embedding.of(vector);
                })
                .toList();
    }

    static String numbers(Embedding vector) {
        StringJoiner numbers = new StringJoiner(", ");
        for (float value : vector.toArray()) {
            numbers.add(value == 0 ? "0" : Float.toString(value));
        }
        return numbers.toString();
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
