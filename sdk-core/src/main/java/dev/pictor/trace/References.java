package dev.pictor.trace;

import dev.pictor.image.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What of an event is left below {@link ContentLevel#FULL}. Works on what {@link EventCleaner} gives. */
final class References {

    /** Attributes that hold words rather than facts. */
    private static final Set<String> TEXT_ATTRIBUTES = Set.of(TraceAttributes.EVALUATION_EXPLANATION);

    /** Members of a body that are figures: what was used, what it cost, how long it took. */
    private static final Set<String> FIGURES = Set.of(
            TraceAttributes.COST,
            TraceAttributes.USAGE,
            "attempts",
            "steps_us",
            "totals",
            "score",
            "evaluator",
            "source");

    /** Members that say what stands there, rather than what it says. */
    private static final Set<String> STRUCTURE = Set.of(
            "type",
            "role",
            "modality",
            "mime_type",
            "media_type",
            "sha256",
            "bytes",
            "width",
            "height",
            "size",
            "aspect_ratio",
            "kind",
            "chosen",
            "policy",
            "option",
            "method",
            "status",
            "took",
            "artifact");

    /** A word without blanks: what a person wrote seldom is. */
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_./+:;=-]{1,64}");

    private static final Pattern REFERENCE = Pattern.compile("sha256:[0-9a-f]{64}, [a-z/-]{1,40}, \\d{1,19} bytes");

    private static final Pattern STORED = Pattern.compile("cas://[a-z]{1,20}/sha256/[0-9a-f]{64}");

    private References() {}

    /** Returns the attributes without words, or with hashes in their place. */
    static Map<String, ?> attributes(ContentLevel level, Map<String, ?> attributes) {
        boolean hasText = TEXT_ATTRIBUTES.stream().anyMatch(attributes::containsKey);
        if (!hasText) {
            return attributes;
        }
        Map<String, Object> left = new LinkedHashMap<>(attributes);
        for (String name : TEXT_ATTRIBUTES) {
            Object text = left.remove(name);
            if (text != null && level == ContentLevel.REFERENCES) {
                left.put(name, of(String.valueOf(text)));
            }
        }
        return left;
    }

    /** Returns the figures of a body, and at {@link ContentLevel#REFERENCES} hashes in the place of its texts. */
    static Map<String, ?> body(ContentLevel level, Map<String, ?> body) {
        if (body.isEmpty()) {
            return body;
        }
        Map<String, Object> left = new LinkedHashMap<>();
        body.forEach((name, value) -> {
            if (FIGURES.contains(name)) {
                left.put(name, value);
            } else if (level == ContentLevel.REFERENCES) {
                left.put(name, refer(name, value));
            }
        });
        return left;
    }

    private static Object refer(String name, @Nullable Object value) {
        if (value instanceof String text) {
            return isStructure(name, text) || isReference(text) ? text : of(text);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> left = new LinkedHashMap<>();
            map.forEach((key, member) -> left.put(String.valueOf(key), refer(String.valueOf(key), member)));
            return left;
        }
        if (value instanceof Collection<?> list) {
            return list.stream().map(each -> refer(name, each)).toList();
        }
        if (value == null || value instanceof Number || value instanceof Boolean || value instanceof ArtifactRef) {
            return value == null ? "null" : value;
        }
        @Nullable Object json = TraceJson.MAPPER.convertValue(value, Object.class);
        return json instanceof Map<?, ?> || json instanceof List<?> || json instanceof String
                ? refer(name, json)
                : String.valueOf(json);
    }

    private static boolean isStructure(String name, String text) {
        return name.equals("chosen")
                || (STRUCTURE.contains(name) && WORD.matcher(text).matches());
    }

    private static boolean isReference(String text) {
        return text.equals(Redaction.MARK)
                || STORED.matcher(text).matches()
                || REFERENCE.matcher(text).matches();
    }

    /** Returns what stands for a text. */
    static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8), "text/plain");
    }

    static String of(byte[] bytes, String mediaType) {
        return "sha256:" + Sha256.of(bytes).hex() + ", " + mediaType + ", " + bytes.length + " bytes";
    }
}
