package dev.pictor.prompts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/** SHA-256 digests, as 64 lower-case hexadecimal characters. */
final class Digests {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Digests() {}

    /** Returns the digest of a prompt file; with partials, that of a list of the digests of all its files. */
    static String ofFiles(String text, SortedMap<String, Partials.Partial> partials) {
        if (partials.isEmpty()) {
            return of(text);
        }
        StringBuilder list = new StringBuilder(of(text)).append('\n');
        partials.forEach((name, partial) ->
                list.append(of(partial.text())).append(' ').append(name).append('\n'));
        return of(list.toString());
    }

    /** Returns the digest of messages in their canonical form, which {@link RenderedPrompt} describes. */
    static String ofMessages(List<PromptMessage> messages) {
        List<Object> canonical = new ArrayList<>();
        for (PromptMessage message : messages) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("role", message.role().name().toLowerCase(Locale.ROOT));
            fields.put(
                    "content", message.parts().stream().map(Digests::canonical).toList());
            canonical.add(fields);
        }
        try {
            return of(JSON.writeValueAsString(canonical));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps, lists and text can always be written", e);
        }
    }

    private static Map<String, Object> canonical(PromptPart part) {
        if (part instanceof PromptPart.Text text) {
            return Map.of("text", text.text());
        }
        if (part instanceof PromptPart.Media media) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("url", media.url());
            media.contentType().ifPresent(type -> fields.put("contentType", type));
            return Map.of("media", fields);
        }
        return Map.of("section", ((PromptPart.Section) part).name());
    }

    static String of(String text) {
        return HexFormat.of().formatHex(sha256(text.getBytes(StandardCharsets.UTF_8)));
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-256, which every JVM must have", e);
        }
    }
}
