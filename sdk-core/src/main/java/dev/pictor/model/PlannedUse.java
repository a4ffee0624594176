package dev.pictor.model;

import dev.pictor.image.PixelSize;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.immutables.value.Value;

/**
 * What a call asks a model for, as far as it bears on the price. What is not said may be anything, and counts as the
 * dearest. Immutable.
 */
@Value.Immutable
public abstract class PlannedUse {

    private static final PlannedUse NONE = builder().build();

    PlannedUse() {}

    /**
     * Returns a use of nothing.
     *
     * @return no picture, no prompt
     */
    public static PlannedUse none() {
        return NONE;
    }

    /**
     * Returns a builder that asks for nothing yet.
     *
     * @return a new builder
     */
    public static PlannedUseBuilder builder() {
        return new PlannedUseBuilder();
    }

    /**
     * Returns a builder that starts from this use.
     *
     * @return a new builder
     */
    public PlannedUseBuilder toBuilder() {
        return new PlannedUseBuilder().from(this);
    }

    /**
     * How many pictures are asked for. Default: 0.
     *
     * @return pictures, 0 or more
     */
    @Value.Default
    public int images() {
        return 0;
    }

    /**
     * The size that is asked for. Default: not said.
     *
     * @return width x height in pixels
     */
    public abstract Optional<PixelSize> size();

    /**
     * The vendor's name of the quality that is asked for. {@code auto} counts as not said. Default: not said.
     *
     * @return the name, such as {@code high}
     */
    public abstract Optional<String> quality();

    /**
     * The vendor's class of sizes that is asked for: {@code 512}, {@code 1K}, {@code 2K} or {@code 4K}. Default: the
     * smallest that holds {@link #size()}, or not said if that is not said either.
     *
     * @return the class
     */
    public abstract Optional<String> resolution();

    /**
     * How many steps are asked for. Default: not said.
     *
     * @return steps, 1 or more
     */
    public abstract OptionalInt steps();

    /**
     * How long everything is that the model reads as text. A token is at least one byte of it. Default: 0.
     *
     * @return bytes in UTF-8, 0 or more
     */
    @Value.Default
    public long promptBytes() {
        return 0;
    }

    /**
     * How many pictures the model reads. Default: 0.
     *
     * @return pictures, 0 or more
     */
    @Value.Default
    public int inputImages() {
        return 0;
    }

    /**
     * How many documents the model reads. Nobody can tell from a document's bytes how many tokens it counts, so each call
     * with one counts as {@link #maxInputTokens()}. Default: 0.
     *
     * @return documents, 0 or more
     */
    @Value.Default
    public int documents() {
        return 0;
    }

    /**
     * The most tokens that the model reads in one call. Asked for where there are {@link #documents()}. Default: not known,
     * and so is the price of a call with a document where tokens are paid for.
     *
     * @return tokens, 1 or more
     */
    public abstract OptionalLong maxInputTokens();

    /**
     * The most tokens that the model may write, those of thinking included. Default: not said.
     *
     * @return tokens, 0 or more
     */
    public abstract OptionalLong maxOutputTokens();

    /**
     * Whether the call goes to the vendor's batch service. Default: false.
     *
     * @return true if it does
     */
    @Value.Default
    public boolean batch() {
        return false;
    }

    @Value.Check
    void check() {
        if (images() < 0
                || inputImages() < 0
                || promptBytes() < 0
                || documents() < 0
                || maxOutputTokens().orElse(0) < 0) {
            throw new IllegalArgumentException("counts must not be negative, were " + this);
        }
        if (steps().orElse(1) < 1 || maxInputTokens().orElse(1) < 1) {
            throw new IllegalArgumentException(
                    "steps and maxInputTokens must be 1 or more, were " + steps() + " and " + maxInputTokens());
        }
    }
}
