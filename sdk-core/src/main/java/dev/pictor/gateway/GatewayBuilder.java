package dev.pictor.gateway;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.model.EmbeddingModelAdapter;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ReasoningModelAdapter;
import org.jspecify.annotations.Nullable;

/** Sets up a {@link Gateway}. Not thread-safe. */
public final class GatewayBuilder {

    final ImageModelAdapter imageModel;

    @Nullable
    ReasoningModelAdapter reasoningModel;

    @Nullable
    EmbeddingModelAdapter embeddingModel;

    GatewayBuilder(ImageModelAdapter imageModel) {
        this.imageModel = requireNonNull(imageModel, "imageModel");
    }

    /**
     * Sets the model that reads and answers. Default: none.
     *
     * @param reasoningModel the model; the caller closes it
     * @return this builder
     */
    @CanIgnoreReturnValue
    public GatewayBuilder reasoningModel(ReasoningModelAdapter reasoningModel) {
        this.reasoningModel = requireNonNull(reasoningModel, "reasoningModel");
        return this;
    }

    /**
     * Sets the model that embeds. Default: none.
     *
     * @param embeddingModel the model; the caller closes it
     * @return this builder
     */
    @CanIgnoreReturnValue
    public GatewayBuilder embeddingModel(EmbeddingModelAdapter embeddingModel) {
        this.embeddingModel = requireNonNull(embeddingModel, "embeddingModel");
        return this;
    }

    /**
     * Builds the gateway.
     *
     * @return a gateway to the models given so far
     */
    public Gateway build() {
        return new Gateway(this);
    }
}
