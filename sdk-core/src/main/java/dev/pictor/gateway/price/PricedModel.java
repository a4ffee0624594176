package dev.pictor.gateway.price;

import dev.pictor.model.Price;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.immutables.value.Value;

/** What a price list says of one model at one provider. Immutable. */
@Value.Immutable
public abstract class PricedModel {

    /** What a model makes. More may follow: a {@code switch} needs a {@code default}. */
    public enum Kind {
        /** Pictures. */
        IMAGE,
        /** Text. */
        TEXT,
        /** Vectors. */
        EMBEDDING
    }

    PricedModel() {}

    /**
     * Returns a builder for a model without other names.
     *
     * @param provider who serves it, by the OpenTelemetry name where there is one, such as {@code gcp.gemini}
     * @param id the model's id, as the provider names it
     * @param kind what it makes
     * @param price what it costs; a price without rates is unknown
     * @return a new builder
     */
    public static PricedModelBuilder builder(String provider, String id, Kind kind, Price price) {
        return new PricedModelBuilder().provider(provider).id(id).kind(kind).price(price);
    }

    /**
     * Who serves the model.
     *
     * @return the OpenTelemetry {@code gen_ai.provider.name} where there is one
     */
    public abstract String provider();

    /**
     * The model's id, as the provider names it.
     *
     * @return such as {@code gemini-3-pro-image}
     */
    public abstract String id();

    /**
     * Other names of the same model at the same price. Default: none.
     *
     * @return names
     */
    public abstract List<String> aliases();

    /**
     * What the model makes.
     *
     * @return the kind
     */
    public abstract Kind kind();

    /**
     * What it costs, with source and date.
     *
     * @return the price; one without rates is unknown
     */
    public abstract Price price();

    /**
     * The day from which the provider no longer serves the model. Default: not announced.
     *
     * @return a date
     */
    public abstract Optional<LocalDate> retiresOn();

    /**
     * The model that its provider names in its place. Default: none named.
     *
     * @return a model id
     */
    public abstract Optional<String> successor();

    /**
     * The longest prompt it reads whole. Default: not known.
     *
     * @return characters, 1 or more
     */
    public abstract OptionalInt maxPromptChars();

    /**
     * What the rates cannot say, such as charges beside them. Default: nothing.
     *
     * @return a sentence
     */
    public abstract Optional<String> note();

    @Value.Check
    void check() {
        if (provider().isBlank() || id().isBlank()) {
            throw new IllegalArgumentException("provider and id must not be blank");
        }
        if (maxPromptChars().orElse(1) < 1) {
            throw new IllegalArgumentException(
                    "maxPromptChars must be 1 or more, was " + maxPromptChars().getAsInt());
        }
    }
}
