package dev.pictor.gateway.cache;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.ImageLimits;
import dev.pictor.image.ImageRejectedException;
import dev.pictor.model.BackgroundRemovalResult;
import dev.pictor.model.Continuation;
import dev.pictor.model.Cost;
import dev.pictor.model.Embedding;
import dev.pictor.model.EmbeddingResult;
import dev.pictor.model.FinishReason;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelResult;
import dev.pictor.model.Money;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.ReasoningResult;
import dev.pictor.model.Usage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.zip.CRC32C;

/**
 * An entry as bytes: four that tell what it is, the number of the form, a length and so many bytes of JSON, then the
 * pictures or vectors one after the other, and the CRC-32C of everything before it. Numbers are big-endian.
 */
final class EntryFormat {

    private static final int MAGIC = 0x50434345; // PCCE
    private static final byte FORM = 1;
    private static final int FRAME = Integer.BYTES + 1 + Integer.BYTES + Integer.BYTES;

    /** Whatever was once accepted is accepted again. */
    private static final ImageLimits LIMITS = ImageLimits.builder()
            .maxBytes(Integer.MAX_VALUE)
            .maxSidePx(Integer.MAX_VALUE)
            .maxPixels(Long.MAX_VALUE)
            .maxMetadataBytes(Integer.MAX_VALUE)
            .build();

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
            .build();

    private EntryFormat() {}

    /** Returns a new buffer, to be read from its first byte. */
    static ByteBuffer encode(CacheEntry entry) {
        Map<String, Object> head = new LinkedHashMap<>();
        List<ByteBuffer> blobs = new ArrayList<>();
        describe(entry, head);
        describe(entry.result(), head, blobs);
        head.put("lengths", blobs.stream().map(ByteBuffer::remaining).toList());
        byte[] json;
        try {
            json = MAPPER.writeValueAsBytes(head);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("an answer of " + entry.result().servedBy() + " is no JSON", e);
        }
        long length = FRAME + (long) json.length;
        for (ByteBuffer blob : blobs) {
            length += blob.remaining();
        }
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(length));
        bytes.putInt(MAGIC).put(FORM).putInt(json.length).put(json);
        blobs.forEach(bytes::put);
        return bytes.putInt(crc(bytes.duplicate().flip())).flip();
    }

    /** Returns the entry, or empty if the bytes are damaged or of another form. */
    static Optional<CacheEntry> decode(ByteBuffer given) {
        ByteBuffer bytes = given.slice();
        int end = bytes.remaining() - Integer.BYTES;
        if (end < FRAME - Integer.BYTES
                || bytes.getInt(end) != crc(bytes.duplicate().limit(end))) {
            return Optional.empty();
        }
        bytes.limit(end);
        if (bytes.getInt() != MAGIC || bytes.get() != FORM) {
            return Optional.empty();
        }
        try {
            JsonNode head = MAPPER.readTree(take(bytes, bytes.getInt()));
            List<byte[]> blobs = new ArrayList<>();
            for (JsonNode length : head.path("lengths")) {
                blobs.add(take(bytes, length.intValue()));
            }
            return Optional.of(entry(head, blobs));
        } catch (IOException
                | BufferUnderflowException
                | DateTimeException
                | ImageRejectedException
                | IllegalArgumentException e) {
            return Optional.empty(); // the caller counts it
        }
    }

    private static void describe(CacheEntry entry, Map<String, Object> head) {
        head.put("createdAt", entry.createdAt().toString());
        head.put("cost", entry.cost());
        head.put("prompt", entry.prompt());
        head.put("warnings", entry.warnings());
        ModelResult result = entry.result();
        head.put("servedBy", result.servedBy());
        head.put("usage", result.usage());
        head.put("finishReason", result.finishReason());
        head.put("resultWarnings", result.warnings());
        head.put("vendorRequestId", result.vendorRequestId());
    }

    private static void describe(ModelResult result, Map<String, Object> head, List<ByteBuffer> blobs) {
        if (result instanceof ImageResult images) {
            head.put("kind", "images");
            head.put("text", images.text());
            images.images().forEach(image -> blobs.add(image.asByteBuffer()));
            images.continuation().ifPresent(from -> {
                head.put("continuation", from.provider());
                blobs.add(from.asByteBuffer()); // after the pictures
            });
        } else if (result instanceof ReasoningResult words) {
            head.put("kind", "text");
            head.put("text", words.text());
        } else if (result instanceof BackgroundRemovalResult cutOut) {
            head.put("kind", "cutout");
            head.put("uncertainty", cutOut.uncertainty());
            head.put("charged", cutOut.charged());
            blobs.add(cutOut.image().asByteBuffer());
        } else if (result instanceof EmbeddingResult vectors) {
            head.put("kind", "vectors");
            vectors.embeddings().forEach(vector -> blobs.add(bytes(vector)));
        }
    }

    private static CacheEntry entry(JsonNode head, List<byte[]> blobs) throws IOException {
        return CacheEntry.builder(
                        result(head, blobs),
                        Instant.parse(head.path("createdAt").asText()))
                .cost(read(head, "cost", Cost.class, Cost.unknown()))
                .prompt(text(head, "prompt"))
                .warnings(warnings(head, "warnings"))
                .build();
    }

    private static ModelResult result(JsonNode head, List<byte[]> blobs) throws IOException {
        String servedBy = head.path("servedBy").asText();
        Usage usage = read(head, "usage", Usage.class, Usage.none());
        FinishReason finishReason = new FinishReason(head.path("finishReason").asText(FinishReason.STOP.value()));
        List<OptionWarning> warnings = warnings(head, "resultWarnings");
        Optional<String> vendorRequestId = text(head, "vendorRequestId");
        return switch (head.path("kind").asText()) {
            case "images" -> {
                Optional<Continuation> continuation =
                        text(head, "continuation").map(provider -> Continuation.of(provider, last(blobs)));
                yield ImageResult.builder(
                                servedBy,
                                blobs.stream()
                                        .limit(blobs.size() - (continuation.isPresent() ? 1 : 0))
                                        .map(blob -> ImageBytes.wrap(blob, LIMITS))
                                        .toList())
                        .continuation(continuation)
                        .text(text(head, "text"))
                        .usage(usage)
                        .finishReason(finishReason)
                        .warnings(warnings)
                        .vendorRequestId(vendorRequestId)
                        .build();
            }
            case "cutout" ->
                BackgroundRemovalResult.builder(servedBy, ImageBytes.wrap(last(blobs), LIMITS))
                        .uncertainty(
                                head.path("uncertainty").isNumber()
                                        ? OptionalDouble.of(
                                                head.path("uncertainty").doubleValue())
                                        : OptionalDouble.empty())
                        .charged(
                                head.hasNonNull("charged")
                                        ? Optional.of(read(head, "charged", Money.class, Money.usd(0)))
                                        : Optional.empty())
                        .usage(usage)
                        .finishReason(finishReason)
                        .warnings(warnings)
                        .vendorRequestId(vendorRequestId)
                        .build();
            case "text" ->
                ReasoningResult.builder(servedBy, text(head, "text").orElseThrow(IllegalArgumentException::new))
                        .usage(usage)
                        .finishReason(finishReason)
                        .warnings(warnings)
                        .vendorRequestId(vendorRequestId)
                        .build();
            case "vectors" ->
                EmbeddingResult.builder(
                                servedBy,
                                blobs.stream().map(EntryFormat::vector).toList())
                        .usage(usage)
                        .finishReason(finishReason)
                        .warnings(warnings)
                        .vendorRequestId(vendorRequestId)
                        .build();
            default -> throw new IllegalArgumentException("unknown kind of answer");
        };
    }

    private static byte[] last(List<byte[]> blobs) {
        if (blobs.isEmpty()) {
            throw new IllegalArgumentException("an entry that should have bytes has none");
        }
        return blobs.get(blobs.size() - 1);
    }

    private static <T> T read(JsonNode head, String name, Class<T> type, T absent) throws IOException {
        JsonNode node = head.path(name);
        return node.isObject() ? MAPPER.treeToValue(node, type) : absent;
    }

    private static Optional<String> text(JsonNode head, String name) {
        JsonNode text = head.path(name);
        return text.isTextual() ? Optional.of(text.textValue()) : Optional.empty();
    }

    private static List<OptionWarning> warnings(JsonNode head, String name) {
        List<OptionWarning> warnings = new ArrayList<>();
        for (JsonNode warning : head.path(name)) {
            warnings.add(new OptionWarning(
                    warning.path("option").asText(), warning.path("message").asText()));
        }
        return warnings;
    }

    private static ByteBuffer bytes(Embedding vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.dimensions() * Float.BYTES);
        bytes.asFloatBuffer().put(vector.toArray());
        return bytes;
    }

    private static Embedding vector(byte[] bytes) {
        float[] numbers = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).asFloatBuffer().get(numbers);
        return Embedding.of(numbers);
    }

    private static byte[] take(ByteBuffer bytes, int length) {
        if (length < 0 || length > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] taken = new byte[length];
        bytes.get(taken);
        return taken;
    }

    private static int crc(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
