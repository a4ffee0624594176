package dev.pictor.gateway.cache;

import static java.util.Objects.requireNonNull;

import dev.pictor.image.ImageBytes;
import dev.pictor.model.BackgroundRemovalRequest;
import dev.pictor.model.EmbeddingRequest;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.Message;
import dev.pictor.model.MessagePart;
import dev.pictor.model.ReasoningRequest;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The name of a request: the SHA-256 of everything that an answer depends on, in an encoding in which two requests are
 * the same bytes only if they are the same request. The order of maps makes no difference. Immutable.
 */
public final class CacheKey {

    /** Goes into every key: a change of the encoding gives every request a new name. */
    private static final String FORM = "pictor-key-1";

    private static final int HEX_DIGITS = 64;

    private final long first;
    private final long second;
    private final long third;
    private final long fourth;

    private CacheKey(ByteBuffer sha256) {
        this.first = sha256.getLong();
        this.second = sha256.getLong();
        this.third = sha256.getLong();
        this.fourth = sha256.getLong();
    }

    /**
     * Returns the key of a request to draw.
     *
     * @param target which model is asked
     * @param request what it is asked
     * @return the key
     * @throws IllegalArgumentException if an option is neither text, a number, a truth value, a picture, a list nor a map
     */
    public static CacheKey of(CacheTarget target, ImageRequest request) {
        CacheKeyWriter writer = begin("image", target);
        write(writer, request);
        writer.text("prompt", request.prompt());
        return end(writer);
    }

    /**
     * Returns the key of everything in a request to draw but its prompt. Requests that share it differ in words alone.
     *
     * @param target which model is asked
     * @param request what it is asked
     * @return the key, which is no request's own
     * @throws IllegalArgumentException as {@link #of(CacheTarget, ImageRequest)} does
     */
    public static CacheKey envelope(CacheTarget target, ImageRequest request) {
        CacheKeyWriter writer = begin("image-envelope", target);
        write(writer, request);
        return end(writer);
    }

    /**
     * Returns the key of a request to reason.
     *
     * @param target which model is asked
     * @param request what it is asked
     * @return the key
     * @throws IllegalArgumentException as {@link #of(CacheTarget, ImageRequest)} does
     */
    public static CacheKey of(CacheTarget target, ReasoningRequest request) {
        CacheKeyWriter writer = begin("reasoning", target);
        writer.count("messages", request.messages().size());
        for (Message message : request.messages()) {
            writer.text("role", message.role().name());
            writer.count("parts", message.parts().size());
            message.parts().forEach(part -> write(writer, part));
        }
        writer.value("answerSchema", request.answerSchema());
        request.maxOutputTokens().ifPresent(most -> writer.number("maxOutputTokens", most));
        request.temperature().ifPresent(temperature -> writer.value("temperature", temperature));
        request.thinkingTokens().ifPresent(most -> writer.number("thinkingTokens", most));
        request.seed().ifPresent(seed -> writer.number("seed", seed));
        writer.value("options", request.options());
        return end(writer);
    }

    /**
     * Returns the key of a request for vectors.
     *
     * @param target which model is asked
     * @param request what it is asked
     * @return the key
     * @throws IllegalArgumentException as {@link #of(CacheTarget, ImageRequest)} does
     */
    public static CacheKey of(CacheTarget target, EmbeddingRequest request) {
        CacheKeyWriter writer = begin("embedding", target);
        writer.value("texts", request.texts());
        return end(writer);
    }

    /**
     * Returns the key of a request to remove a background.
     *
     * @param target which service is asked
     * @param request what it is asked
     * @return the key
     * @throws IllegalArgumentException as {@link #of(CacheTarget, ImageRequest)} does
     */
    public static CacheKey of(CacheTarget target, BackgroundRemovalRequest request) {
        CacheKeyWriter writer = begin("cutout", target);
        writer.picture("image", request.image());
        writer.value("options", request.options());
        return end(writer);
    }

    /**
     * Reads a key.
     *
     * @param hex 64 hexadecimal characters
     * @return the key
     * @throws IllegalArgumentException if it is something else
     */
    public static CacheKey parse(String hex) {
        if (requireNonNull(hex, "hex").length() != HEX_DIGITS) {
            throw new IllegalArgumentException(
                    "a cache key has " + HEX_DIGITS + " hexadecimal characters, was \"" + hex + "\"");
        }
        return new CacheKey(ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
    }

    private static CacheKeyWriter begin(String operation, CacheTarget target) {
        CacheKeyWriter writer = new CacheKeyWriter();
        writer.text("form", FORM);
        writer.text("operation", operation);
        writer.text("provider", target.provider());
        writer.text("model", target.model());
        target.modelVersion().ifPresent(version -> writer.text("modelVersion", version));
        target.tenant().ifPresent(tenant -> writer.text("tenant", tenant));
        writer.value("targetOptions", target.options());
        writer.value("versions", target.versions());
        return writer;
    }

    private static CacheKey end(CacheKeyWriter writer) {
        return new CacheKey(ByteBuffer.wrap(writer.sha256()));
    }

    /** Everything but the prompt. */
    private static void write(CacheKeyWriter writer, ImageRequest request) {
        List<ImageBytes> references = request.references();
        writer.count("references", references.size());
        references.forEach(image -> writer.picture("reference", image));
        request.mask().ifPresent(mask -> writer.picture("mask", mask));
        writer.number("count", request.count());
        request.size().ifPresent(size -> {
            writer.number("width", size.width());
            writer.number("height", size.height());
        });
        request.aspectRatio().ifPresent(ratio -> {
            writer.number("ratioWidth", ratio.width());
            writer.number("ratioHeight", ratio.height());
        });
        request.seed().ifPresent(seed -> writer.number("seed", seed));
        if (request.continuable()) {
            writer.value("continuable", true);
        }
        request.continuation().ifPresent(from -> {
            writer.text("continuationProvider", from.provider());
            writer.digest("continuation", from.sha256());
        });
        writer.value("options", request.options());
    }

    private static void write(CacheKeyWriter writer, MessagePart part) {
        if (part instanceof MessagePart.Text words) {
            writer.text("text", words.text());
        } else if (part instanceof MessagePart.Picture picture) {
            writer.picture("picture", picture.image());
        } else if (part instanceof MessagePart.Pdf pdf) {
            writer.digest("pdf", pdf.sha256());
        } else {
            throw new IllegalArgumentException("no cache key for a part of " + part.getClass());
        }
    }

    /**
     * Returns the key as text.
     *
     * @return 64 lower-case hexadecimal characters
     */
    public String hex() {
        return String.format(Locale.ROOT, "%016x%016x%016x%016x", first, second, third, fourth);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CacheKey that
                && first == that.first
                && second == that.second
                && third == that.third
                && fourth == that.fourth;
    }

    @Override
    public int hashCode() {
        return (int) first;
    }

    @Override
    public String toString() {
        return hex();
    }
}
