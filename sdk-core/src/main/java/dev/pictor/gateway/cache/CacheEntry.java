package dev.pictor.gateway.cache;

import dev.pictor.model.BackgroundRemovalResult;
import dev.pictor.model.Cost;
import dev.pictor.model.EmbeddingResult;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelResult;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.ReasoningResult;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * A complete, valid answer and what it took to get it. All pictures of an answer are one entry, and they are held as they
 * are: whoever finds the entry gets the very same {@link dev.pictor.image.ImageBytes}. Immutable.
 */
@Value.Immutable
public abstract class CacheEntry {

    /** What an entry takes beside its content, roughly: objects, the key, its place in the table. */
    private static final long FRAME_BYTES = 1_024;

    CacheEntry() {}

    /**
     * Returns a builder.
     *
     * @param result what the model answered: an {@link ImageResult}, {@link ReasoningResult} or {@link EmbeddingResult}
     * @param createdAt when it answered
     * @return a new builder
     */
    public static CacheEntryBuilder builder(ModelResult result, Instant createdAt) {
        return new CacheEntryBuilder().result(result).createdAt(createdAt);
    }

    /**
     * What the model answered.
     *
     * @return an {@link ImageResult}, {@link ReasoningResult} or {@link EmbeddingResult}
     */
    public abstract ModelResult result();

    /**
     * When the model answered.
     *
     * @return by the clock of the process that asked it
     */
    public abstract Instant createdAt();

    /**
     * What the answer cost when the model gave it. Default: unknown.
     *
     * @return the cost of one call
     */
    @Value.Default
    public Cost cost() {
        return Cost.unknown();
    }

    /**
     * The prompt that was answered, for those who are given this answer to another one. Default: empty.
     *
     * @return its words
     */
    @Value.Redacted
    public abstract Optional<String> prompt();

    /**
     * What was not done as asked. Default: none.
     *
     * @return one for each option
     */
    public abstract List<OptionWarning> warnings();

    /**
     * How much memory the entry takes.
     *
     * @return bytes, roughly: those of pictures, conversations, vectors and text, and 1,024
     */
    @Value.Derived
    public long weightBytes() {
        long weight = FRAME_BYTES + 2L * prompt().map(String::length).orElse(0);
        if (result() instanceof ImageResult images) {
            weight += 2L * images.text().map(String::length).orElse(0);
            for (var image : images.images()) {
                weight += image.byteCount();
            }
            weight += images.continuation()
                    .map(state -> state.asByteBuffer().remaining())
                    .orElse(0);
        } else if (result() instanceof BackgroundRemovalResult cutOut) {
            weight += cutOut.image().byteCount();
        } else if (result() instanceof ReasoningResult words) {
            weight += 2L * words.text().length();
        } else if (result() instanceof EmbeddingResult vectors) {
            for (var embedding : vectors.embeddings()) {
                weight += (long) Float.BYTES * embedding.dimensions();
            }
        } else {
            throw new IllegalArgumentException("a cache keeps pictures, text and vectors, not a "
                    + result().getClass().getName());
        }
        return weight;
    }
}
