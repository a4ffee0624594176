package dev.pictor.prompts;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Messages in the form that the format's reference gives them. */
final class PlainMessages {

    private PlainMessages() {}

    static Map<String, Object> of(PromptMessage message) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("role", message.role().name().toLowerCase(Locale.ROOT));
        plain.put("content", message.parts().stream().map(PlainMessages::of).toList());
        return plain;
    }

    private static Map<String, Object> of(PromptPart part) {
        if (part instanceof PromptPart.Text text) {
            return Map.of("text", text.text());
        }
        if (part instanceof PromptPart.Section section) {
            return Map.of("metadata", Map.of("purpose", section.name(), "pending", true));
        }
        PromptPart.Media media = (PromptPart.Media) part;
        Map<String, Object> plain = new LinkedHashMap<>(Map.of("url", media.url()));
        media.contentType().ifPresent(type -> plain.put("contentType", type));
        return Map.of("media", plain);
    }
}
