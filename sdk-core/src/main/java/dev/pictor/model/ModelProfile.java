package dev.pictor.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.pictor.image.AspectRatio;
import dev.pictor.image.PixelSize;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
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
     * How many pictures one request may ask for. Default: 1.
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

    @Value.Check
    void check() {
        if (maxPromptChars().orElse(1) < 1) {
            throw new IllegalArgumentException("maxPromptChars must be 1 or more, was " + maxPromptChars());
        }
        double quality = quality().orElse(0);
        if (!(quality >= 0 && quality <= 1)) {
            throw new IllegalArgumentException("quality must be 0 to 1, was " + quality);
        }
    }
}
