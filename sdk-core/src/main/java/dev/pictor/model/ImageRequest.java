package dev.pictor.model;

import dev.pictor.image.AspectRatio;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.PixelSize;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.immutables.value.Value;

/**
 * What a model is asked to draw: text, reference pictures and a mask in one request. Immutable.
 */
@Value.Immutable
public abstract class ImageRequest {

    /** The longest prompt: 32,000 characters, the smallest limit among the vendors that state one. */
    public static final int MAX_PROMPT_CHARS = 32_000;

    /** The most pictures that one request may ask for: 10. */
    public static final int MAX_COUNT = 10;

    ImageRequest() {}

    /**
     * Returns a builder for one picture.
     *
     * @param prompt what to draw, 1 to 32,000 characters, not blank
     * @return a new builder
     */
    public static ImageRequestBuilder builder(String prompt) {
        return new ImageRequestBuilder().prompt(prompt);
    }

    /**
     * Returns a builder that starts from this request.
     *
     * @return a new builder
     */
    public ImageRequestBuilder toBuilder() {
        return new ImageRequestBuilder().from(this);
    }

    /**
     * What to draw, exactly as the model gets it.
     *
     * @return 1 to 32,000 characters, not blank
     */
    @Value.Redacted
    public abstract String prompt();

    /**
     * Pictures the model draws after, in the order in which the prompt speaks of them. Default: none.
     *
     * @return at most as many as {@link ModelProfile#maxReferences()}
     */
    public abstract List<ImageBytes> references();

    /**
     * Where the first reference may be changed: a PNG of its size, transparent where the model draws. Default: empty,
     * which means everywhere.
     *
     * @return the mask; needs a reference
     */
    public abstract Optional<ImageBytes> mask();

    /**
     * How many pictures. The gateway makes several requests of what is more than {@link ModelProfile#maxCount()}, and keeps
     * what some of them draw when others fail. Default: 1.
     *
     * @return 1 to 10
     */
    @Value.Default
    public int count() {
        return 1;
    }

    /**
     * Width and height of each picture. Default: empty, which leaves it to the model. Excludes {@link #aspectRatio()}.
     *
     * @return the size in pixels
     */
    public abstract Optional<PixelSize> size();

    /**
     * Proportion of each picture, at the model's usual size. Default: empty. Excludes {@link #size()}.
     *
     * @return the ratio
     */
    public abstract Optional<AspectRatio> aspectRatio();

    /**
     * A number that makes a repeatable model draw the same picture again. When the gateway splits a request, each part after
     * the first has this number plus the count of the pictures before it, so that parts are not equal pictures. Default:
     * empty, which leaves it to the model.
     *
     * @return any number; vendors take 32 bits and warn of more
     */
    public abstract OptionalLong seed();

    /**
     * Options of one vendor, by that vendor's own names. Default: none. An adapter warns of each it does not know.
     *
     * @return names and JSON-like values
     */
    @Value.Redacted
    public abstract Map<String, Object> options();

    /**
     * Whether {@link ImageResult#continuation()} is wanted, to change the picture in a later request. It holds all
     * pictures of the conversation. Default: false.
     *
     * @return true if it is
     */
    @Value.Default
    public boolean continuable() {
        return false;
    }

    /**
     * The answer that this request goes on from: the prompt says what to change. Default: empty, which begins anew.
     *
     * @return of a model with {@link ModelProfile#supportsContinuation()}, by the same provider
     */
    @Value.Redacted
    public abstract Optional<Continuation> continuation();

    @Value.Check
    void check() {
        if (prompt().isBlank() || prompt().length() > MAX_PROMPT_CHARS) {
            throw new IllegalArgumentException("prompt must have 1 to " + MAX_PROMPT_CHARS
                    + " characters and not be blank, had " + prompt().length());
        }
        if (count() < 1 || count() > MAX_COUNT) {
            throw new IllegalArgumentException("count must be 1 to " + MAX_COUNT + ", was " + count());
        }
        if (size().isPresent() && aspectRatio().isPresent()) {
            throw new IllegalArgumentException("set size or aspectRatio, not both: size " + size().get()
                    + ", aspectRatio " + aspectRatio().get());
        }
        if (mask().isPresent() && references().isEmpty()) {
            throw new IllegalArgumentException("mask needs a reference picture to apply to");
        }
    }
}
