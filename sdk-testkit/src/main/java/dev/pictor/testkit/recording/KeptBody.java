package dev.pictor.testkit.recording;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pictor.image.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A body without secrets: as it is kept, to the byte, and as it is compared. A form is compared without its boundary and
 * JSON without its layout. Immutable.
 */
final class KeptBody {

    /** Keeps numbers as they are written. */
    static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final Pattern BOUNDARY = Pattern.compile("(?i)multipart/.*boundary=\"?([^\";]+)\"?.*");
    private static final String OUR_BOUNDARY = "recorded";

    private final byte[] bytes;
    private final boolean form;

    private KeptBody(byte[] bytes, boolean form) {
        this.bytes = bytes;
        this.form = form;
    }

    /** Returns a body whose secrets are gone, and the boundary of whose form is always the same. */
    static KeptBody of(byte[] bytes, String mediaType, LearnedSecrets secrets) {
        Matcher boundary = BOUNDARY.matcher(mediaType);
        boolean form = boundary.matches();
        byte[] usual = bytes;
        if (form) {
            usual = new String(bytes, ISO_8859_1)
                    .replace("--" + boundary.group(1), "--" + OUR_BOUNDARY)
                    .getBytes(ISO_8859_1);
        }
        return new KeptBody(secrets.scrub(usual), form);
    }

    /** Returns a media type with the boundary that forms are kept with. */
    static String mediaType(String mediaType) {
        Matcher boundary = BOUNDARY.matcher(mediaType);
        return boundary.matches() ? mediaType.replace(boundary.group(1), OUR_BOUNDARY) : mediaType;
    }

    byte[] bytes() {
        return bytes;
    }

    // as it is kept

    /** Returns what is written: JSON, lines of text, the parts of a form or the name of a blob. */
    JsonNode write(Blobs blobs, LearnedSecrets secrets) {
        KeptBody clean = new KeptBody(secrets.scrub(bytes), form); // of what was learned since, too
        return clean.writeClean(blobs, secrets);
    }

    private JsonNode writeClean(Blobs blobs, LearnedSecrets secrets) {
        ObjectNode kept = MAPPER.createObjectNode();
        if (form) {
            ArrayNode parts = kept.putArray("form");
            for (byte[] part : parts()) {
                parts.add(writeText(part, blobs, secrets));
            }
            return kept;
        }
        return writeText(bytes, blobs, secrets);
    }

    private static ObjectNode writeText(byte[] bytes, Blobs blobs, LearnedSecrets secrets) {
        ObjectNode kept = MAPPER.createObjectNode();
        String text = Blobs.text(bytes);
        if (text == null || !Blobs.canMark(text)) {
            int head = headOf(bytes);
            if (head > 0) { // of a part of a form: what it is can be read, what is in it is a blob
                kept.set("lines", lines(new String(bytes, 0, head, ISO_8859_1)));
                kept.put("blob", blobs.put(Arrays.copyOfRange(bytes, head, bytes.length)));
            } else {
                kept.put("blob", blobs.put(bytes));
            }
            return kept;
        }
        String readable = blobs.takeOut(text, secrets::scrub);
        JsonNode tree = tree(readable);
        if (tree != null && tree.isContainerNode() && tree.toString().equals(readable)) {
            kept.set("json", tree);
        } else {
            kept.set("lines", lines(readable));
        }
        return kept;
    }

    /** Where the content of a part begins, or 0 if this is no part of a form. */
    private static int headOf(byte[] bytes) {
        String text = new String(bytes, ISO_8859_1);
        if (!text.startsWith("\r\nContent-")) {
            return 0;
        }
        int end = text.indexOf("\r\n\r\n");
        return end < 0 ? 0 : end + 4;
    }

    private static ArrayNode lines(String text) {
        ArrayNode lines = MAPPER.createArrayNode();
        for (String line : text.split("\n", -1)) {
            lines.add(line);
        }
        return lines;
    }

    static KeptBody read(JsonNode kept, Blobs blobs) {
        if (!kept.has("form")) {
            return new KeptBody(readText(kept, blobs), false);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String delimiter = "--" + OUR_BOUNDARY;
        for (JsonNode part : kept.get("form")) {
            bytes.writeBytes((bytes.size() == 0 ? delimiter : "\r\n" + delimiter).getBytes(ISO_8859_1));
            bytes.writeBytes(readText(part, blobs));
        }
        return new KeptBody(bytes.toByteArray(), true);
    }

    private static byte[] readText(JsonNode kept, Blobs blobs) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (kept.has("json")) {
            bytes.writeBytes(blobs.putBack(kept.get("json").toString()).getBytes(UTF_8));
        }
        if (kept.has("lines")) {
            List<String> lines = new ArrayList<>();
            kept.get("lines").forEach(line -> lines.add(line.asText()));
            bytes.writeBytes(blobs.putBack(String.join("\n", lines)).getBytes(UTF_8));
        }
        if (kept.has("blob")) {
            bytes.writeBytes(blobs.get(kept.get("blob").asText()));
        }
        return bytes.toByteArray();
    }

    /** What stands between the boundaries; the last is what follows the last one. */
    private List<byte[]> parts() {
        List<byte[]> parts = new ArrayList<>();
        String text = new String(bytes, ISO_8859_1);
        String first = text.startsWith("--" + OUR_BOUNDARY) ? text.substring(2 + OUR_BOUNDARY.length()) : text;
        for (String part : first.split(Pattern.quote("\r\n--" + OUR_BOUNDARY), -1)) {
            parts.add(part.getBytes(ISO_8859_1));
        }
        return parts;
    }

    // as it is compared

    /** Returns what is in it, by names that may be told: values are texts to compare, never to show. */
    Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        if (form) {
            List<byte[]> parts = parts();
            for (int i = 0; i < parts.size(); i++) {
                facts.put("part " + (i + 1) + nameOf(parts.get(i)), digest(parts.get(i)));
            }
            return facts;
        }
        String text = Blobs.text(bytes);
        JsonNode tree = text == null ? null : tree(text);
        if (tree == null || !tree.isContainerNode()) {
            facts.put("body", digest(bytes));
            return facts;
        }
        flatten("", tree, facts);
        return facts;
    }

    private static String nameOf(byte[] part) {
        Matcher name = Pattern.compile("name=\"([^\"]*)\"").matcher(new String(part, ISO_8859_1));
        return name.find() ? " (" + name.group(1) + ")" : "";
    }

    private static void flatten(String at, JsonNode node, Map<String, String> facts) {
        if (node.isObject()) {
            facts.put("body " + (at.isEmpty() ? "/" : at), "object");
            node.properties().forEach(field -> flatten(at + "/" + field.getKey(), field.getValue(), facts));
        } else if (node.isArray()) {
            facts.put("body " + (at.isEmpty() ? "/" : at), "list of " + node.size());
            for (int i = 0; i < node.size(); i++) {
                flatten(at + "/" + i, node.get(i), facts);
            }
        } else if (node.isNumber()) {
            BigDecimal number = node.decimalValue();
            facts.put("body " + at, "number " + (number.signum() == 0 ? "0" : number.stripTrailingZeros()));
        } else {
            facts.put("body " + at, node.getNodeType() + " " + node.asText());
        }
    }

    private static String digest(byte[] bytes) {
        return Sha256.of(bytes).toString();
    }

    private static @Nullable JsonNode tree(String text) {
        if (text.isBlank()) {
            return null;
        }
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            return null; // not JSON: compared as it is
        }
    }

    /** The layout in which recordings are written: one field a line. */
    static byte[] pretty(JsonNode node) {
        try {
            return (MAPPER.writerWithDefaultPrettyPrinter()
                                    .writeValueAsString(node)
                                    .replace("\r\n", "\n") + "\n")
                    .getBytes(UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a tree", e);
        }
    }
}
