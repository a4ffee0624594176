package dev.pictor.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.pictor.image.AspectRatio;
import dev.pictor.image.PixelSize;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.immutables.value.Value;

/**
 * What a model is, can do and costs: data that is asked before a call, so that nobody learns by failing. Adapters read
 * profiles from dated files. Immutable.
 */
@Value.Immutable
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonDeserialize(builder = ModelProfileBuilder.class)
public abstract class ModelProfile {

    ModelProfile() {}

    /**
     * Returns a builder for a model that can do no more than take text.
     *
     * @param id the model's id, as its vendor names it
     * @param provider who serves it, by the OpenTelemetry name where there is one, such as {@code gcp.gemini}
     * @return a new builder
     */
    public static ModelProfileBuilder builder(String id, String provider) {
        return new ModelProfileBuilder().id(id).provider(provider);
    }

    /**
     * Returns a builder that starts from this profile.
     *
     * @return a new builder
     */
    public ModelProfileBuilder toBuilder() {
        return new ModelProfileBuilder().from(this);
    }

    /**
     * The model's id, as its vendor names it.
     *
     * @return such as {@code gemini-3-pro-image}
     */
    public abstract String id();

    /**
     * Who serves the model.
     *
     * @return the OpenTelemetry {@code gen_ai.provider.name} where there is one
     */
    public abstract String provider();

    /**
     * Other names under which the model is asked for. Default: none.
     *
     * @return names
     */
    public abstract List<String> aliases();

    /**
     * How many reference pictures a request may have. Default: 0.
     *
     * @return 0 or more
     */
    @Value.Default
    public int maxReferences() {
        return 0;
    }

    /**
     * Whether a request may have a mask. Default: false.
     *
     * @return true if it may
     */
    @Value.Default
    public boolean supportsMask() {
        return false;
    }

    /**
     * Whether a seed is honoured. Default: false.
     *
     * @return true if the same seed gives the same picture
     */
    @Value.Default
    public boolean supportsSeed() {
        return false;
    }

    /**
     * Whether a request may go on from an earlier answer. Default: false.
     *
     * @return true if it may
     */
    @Value.Default
    public boolean supportsContinuation() {
        return false;
    }

    /**
     * Whether a reasoning model reads pictures. Default: false.
     *
     * @return true if it does
     */
    @Value.Default
    public boolean readsPictures() {
        return false;
    }

    /**
     * Whether a reasoning model reads PDF documents. Default: false.
     *
     * @return true if it does
     */
    @Value.Default
    public boolean readsPdf() {
        return false;
    }

    /**
     * Whether a reasoning model is held to the JSON Schema of an answer by its vendor. Default: false; a schema may be
     * asked for anyway, and the answer has to be looked at more closely.
     *
     * @return true if it is
     */
    @Value.Default
    public boolean answersBySchema() {
        return false;
    }

    /**
     * The most that a reasoning model reads in one call, and what a PDF counts as before it is read. Default: empty,
     * which means unknown.
     *
     * @return tokens, 1 or more
     */
    public abstract OptionalLong maxInputTokens();

    /**
     * How many numbers a vector of an embedding model has. Default: empty, which means unknown.
     *
     * @return 1 or more
     */
    public abstract OptionalInt dimensions();

    /**
     * How many pictures one request to the vendor may ask for. The gateway splits what asks for more. Default: 1.
     *
     * @return 1 or more
     */
    @Value.Default
    public int maxCount() {
        return 1;
    }

    /**
     * The largest picture, for a model that draws every size up to it. Default: empty, which means that the model
     * chooses the size.
     *
     * @return width x height in pixels
     */
    public abstract Optional<PixelSize> maxSize();

    /**
     * The sizes that can be asked for, where there are only some. Default: none.
     *
     * @return width x height in pixels
     */
    public abstract List<PixelSize> sizes();

    /**
     * The vendor's names of the classes of sizes that can be asked for, such as {@code 1K}. Default: none.
     *
     * @return names, the smallest first
     */
    public abstract List<String> sizeClasses();

    /**
     * The proportions that can be asked for. Default: none; with {@link #maxSize()} every proportion is fine.
     *
     * @return the ratios
     */
    public abstract List<AspectRatio> aspectRatios();

    /**
     * The longest prompt it reads whole. Default: empty, which means as long as a request may have.
     *
     * @return characters, 1 or more
     */
    public abstract OptionalInt maxPromptChars();

    /**
     * How good its pictures are, by whoever set up the model. Default: empty, which means unknown.
     *
     * @return 0 to 1; 1 is best
     */
    public abstract OptionalDouble quality();

    /**
     * What it is a specialist for, and how good it is at that: by domain or style, such as {@code photography}. What is
     * not named is as good as {@link #quality()} says. Default: none, it is no specialist.
     *
     * @return 0 to 1 by domain or style; 1 is best
     */
    public abstract Map<String, Double> strengths();

    /**
     * How long an answer usually takes. Default: empty, which means unknown.
     *
     * @return the time
     */
    public abstract Optional<Duration> typicalLatency();

    /**
     * What it costs. Default: empty, which means unknown and never free.
     *
     * @return the rates
     */
    public abstract Optional<Price> price();

    /**
     * The day from which the vendor no longer serves the model. Default: not announced.
     *
     * @return a date
     */
    public abstract Optional<LocalDate> retiresOn();

    /**
     * The model that its vendor names in its place. Default: none named.
     *
     * @return a model id
     */
    public abstract Optional<String> successor();

    /**
     * What whoever asks this model should know, such as that it answers in the place of a retired one. Each answer has
     * it as a warning of {@code model}. Default: nothing.
     *
     * @return a sentence
     */
    public abstract Optional<String> notice();

    @Value.Check
    void check() {
        if (maxInputTokens().orElse(1) < 1 || dimensions().orElse(1) < 1) {
            throw new IllegalArgumentException("maxInputTokens and dimensions must be 1 or more, were "
                    + maxInputTokens() + " and " + dimensions());
        }
        if (maxPromptChars().orElse(1) < 1) {
            throw new IllegalArgumentException("maxPromptChars must be 1 or more, was " + maxPromptChars());
        }
        double quality = quality().orElse(0);
        if (!(quality >= 0 && quality <= 1)) {
            throw new IllegalArgumentException("quality must be 0 to 1, was " + quality);
        }
        strengths().forEach((name, strength) -> {
            if (!(strength >= 0 && strength <= 1)) {
                throw new IllegalArgumentException("the strength in " + name + " must be 0 to 1, was " + strength);
            }
        });
    }
}
