package dev.pictor.trace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.pictor.image.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps lines short: a text of more than {@link #MAX_TEXT_BYTES} is kept as an artifact and named in its place, and so is
 * the whole content of a line that would still have more than {@link #MAX_LINE_BYTES}. In place of the value stands
 * {@code {"artifact":{"sha256":..,"media_type":..,"bytes":..,"replaces":"text"}}}, or {@code "json"}.
 */
final class LargeValues {

    static final int MAX_TEXT_BYTES = 16 << 10;
    static final int MAX_LINE_BYTES = 256 << 10;

    private static final String ARTIFACT = "artifact";
    private static final String REPLACES = "replaces";
    private static final String TEXT = "text";
    private static final String JSON = "json";
    private static final byte[] MARK = "\"replaces\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final TypeReference<LinkedHashMap<String, Object>> MEMBERS = new TypeReference<>() {};

    private LargeValues() {}

    /** Returns the line of an event, without its line break, once what it names is kept. */
    static byte[] line(TraceEvent event, BiConsumer<Sha256, ByteBuffer> artifacts) {
        byte[] line = TraceJson.line(event);
        if (line.length <= MAX_TEXT_BYTES) {
            return line;
        }
        ObjectNode json = TraceJson.MAPPER.valueToTree(event);
        List<byte[]> texts = new ArrayList<>();
        byte[] shortLine = TraceJson.seal(bytes(shortened(json, texts)));
        if (shortLine.length <= MAX_LINE_BYTES) {
            texts.forEach(text -> artifacts.accept(Sha256.of(text), ByteBuffer.wrap(text)));
            return shortLine;
        }
        for (String content : List.of("body", "attributes")) {
            if (json.has(content)) {
                byte[] whole = bytes(json.get(content));
                artifacts.accept(Sha256.of(whole), ByteBuffer.wrap(whole));
                json.set(content, reference(whole, "application/json", JSON));
            }
        }
        byte[] bare = TraceJson.seal(bytes(json));
        if (bare.length > MAX_LINE_BYTES) {
            throw new IllegalArgumentException("an event's type must be a word, this one's line has " + bare.length
                    + " bytes without its content");
        }
        return bare;
    }

    private static JsonNode shortened(JsonNode node, List<byte[]> texts) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = TraceJson.MAPPER.createObjectNode();
            object.properties().forEach(member -> copy.set(member.getKey(), shortened(member.getValue(), texts)));
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = TraceJson.MAPPER.createArrayNode();
            array.forEach(element -> copy.add(shortened(element, texts)));
            return copy;
        }
        if (node instanceof TextNode && node.textValue().length() > MAX_TEXT_BYTES / 3) {
            byte[] text = node.textValue().getBytes(StandardCharsets.UTF_8);
            if (text.length > MAX_TEXT_BYTES) {
                texts.add(text);
                return reference(text, "text/plain;charset=utf-8", TEXT);
            }
        }
        return node;
    }

    private static JsonNode reference(byte[] value, String mediaType, String replaces) {
        ObjectNode reference = TraceJson.MAPPER.createObjectNode();
        reference
                .putObject(ARTIFACT)
                .put("sha256", Sha256.of(value).hex())
                .put("media_type", mediaType)
                .put("bytes", value.length)
                .put(REPLACES, replaces);
        return reference;
    }

    private static byte[] bytes(JsonNode json) {
        try {
            return TraceJson.MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("an event is no JSON", e);
        }
    }

    /** Returns whether a line may name a value that stands elsewhere. */
    static boolean mayName(byte[] line) {
        int last = line.length - MARK.length;
        for (int at = 0; at <= last; at++) {
            if (line[at] == MARK[0] && matches(line, at)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(byte[] line, int at) {
        for (int i = 1; i < MARK.length; i++) {
            if (line[at + i] != MARK[i]) {
                return false;
            }
        }
        return true;
    }

    /** Returns an event with its large values in their places. One that is no longer kept stays named. */
    static TraceEvent whole(TraceEvent event, Function<Sha256, Optional<ByteBuffer>> artifacts) {
        return new TraceEventBuilder()
                .from(event)
                .attributes(members(event.attributes(), artifacts))
                .body(members(event.body(), artifacts))
                .build();
    }

    @SuppressWarnings("unchecked") // the members of JSON have names
    private static Map<String, Object> members(
            Map<String, Object> members, Function<Sha256, Optional<ByteBuffer>> artifacts) {
        return replaced(members, artifacts) instanceof Map<?, ?> whole ? (Map<String, Object>) whole : members;
    }

    private static @Nullable Object replaced(@Nullable Object value, Function<Sha256, Optional<ByteBuffer>> artifacts) {
        if (value instanceof Map<?, ?> map) {
            Optional<Object> whole = kept(map, artifacts);
            if (whole.isPresent()) {
                return whole.get();
            }
            Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((name, member) -> copy.put(name, replaced(member, artifacts)));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>(list.size());
            list.forEach(element -> copy.add(replaced(element, artifacts)));
            return copy;
        }
        return value;
    }

    private static Optional<Object> kept(Map<?, ?> map, Function<Sha256, Optional<ByteBuffer>> artifacts) {
        if (map.size() != 1 || !(map.get(ARTIFACT) instanceof Map<?, ?> reference) || reference.get(REPLACES) == null) {
            return Optional.empty();
        }
        return name(reference)
                .flatMap(name -> artifacts
                        .apply(name)
                        .map(LargeValues::array)
                        .filter(value -> Sha256.of(value).equals(name))
                        .flatMap(value -> read(value, String.valueOf(reference.get(REPLACES)))));
    }

    private static Optional<Sha256> name(Map<?, ?> reference) {
        String hex = String.valueOf(reference.get("sha256"));
        return HexNames.isName(hex) ? Optional.of(new Sha256(hex)) : Optional.empty();
    }

    /** Returns the names of the values of an event that stand elsewhere. */
    static List<Sha256> named(TraceEvent event) {
        List<Sha256> names = new ArrayList<>();
        TraceEvent unused = whole(event, name -> {
            names.add(name);
            return Optional.empty();
        });
        return names;
    }

    static byte[] array(ByteBuffer bytes) {
        byte[] array = new byte[bytes.remaining()];
        bytes.get(array);
        return array;
    }

    private static Optional<Object> read(byte[] value, String as) {
        try {
            return switch (as) {
                case TEXT -> Optional.of(new String(value, StandardCharsets.UTF_8));
                case JSON -> Optional.of(TraceJson.MAPPER.readValue(value, MEMBERS));
                default -> Optional.empty(); // a later version's
            };
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
