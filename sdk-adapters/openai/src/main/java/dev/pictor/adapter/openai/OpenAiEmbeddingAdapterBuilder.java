package dev.pictor.adapter.openai;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.catalogue.ModelKind;
import java.util.OptionalInt;

/** Builds an {@link OpenAiEmbeddingAdapter}. Not thread-safe. */
public final class OpenAiEmbeddingAdapterBuilder extends ConnectionBuilder<OpenAiEmbeddingAdapterBuilder> {

    private static final int MOST_DIMENSIONS = 100_000;

    OptionalInt dimensions = OptionalInt.empty();
    boolean asText;

    OpenAiEmbeddingAdapterBuilder(String apiKey) {
        super(ModelKind.EMBEDDING, apiKey, "balanced");
    }

    @Override
    OpenAiEmbeddingAdapterBuilder self() {
        return this;
    }

    /**
     * Asks for shorter vectors than the model's own. Default: the model's own.
     *
     * @param dimensions 1 to 100,000; a model takes what it documents
     * @return this builder
     * @throws IllegalArgumentException if it is outside that range
     */
    @CanIgnoreReturnValue
    public OpenAiEmbeddingAdapterBuilder dimensions(int dimensions) {
        if (dimensions < 1 || dimensions > MOST_DIMENSIONS) {
            throw new IllegalArgumentException("dimensions must be 1 to " + MOST_DIMENSIONS + ", was " + dimensions);
        }
        this.dimensions = OptionalInt.of(dimensions);
        return this;
    }

    /**
     * Sets whether vectors are asked for as numbers in text. Default: false, which asks for base64, a third of the size;
     * some compatible servers know text only. Both are read, whatever is asked for.
     *
     * @param asText true for text
     * @return this builder
     */
    @CanIgnoreReturnValue
    public OpenAiEmbeddingAdapterBuilder vectorsAsText(boolean asText) {
        this.asText = asText;
        return this;
    }

    /**
     * Returns an adapter with these settings. It opens no connection yet.
     *
     * @return a new adapter, to be closed by the caller
     */
    public OpenAiEmbeddingAdapter build() {
        return new OpenAiEmbeddingAdapter(
                dimensions.isEmpty()
                        ? profile
                        : profile.toBuilder().dimensions(dimensions).build(),
                dimensions,
                asText,
                new OpenAiConnection(this));
    }
}
