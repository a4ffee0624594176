package dev.pictor.model;

import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/** The vectors of some texts. Immutable. */
@Value.Immutable
public abstract class EmbeddingResult implements ModelResult {

    EmbeddingResult() {}

    /**
     * Returns a builder for an answer with nothing more to tell.
     *
     * @param servedBy the model that answered
     * @param embeddings one for each text, in order
     * @return a new builder
     */
    public static EmbeddingResultBuilder builder(String servedBy, List<Embedding> embeddings) {
        return new EmbeddingResultBuilder().servedBy(servedBy).embeddings(embeddings);
    }

    /**
     * The vectors.
     *
     * @return one for each text, in order
     */
    public abstract List<Embedding> embeddings();

    @Override
    @Value.Default
    public Usage usage() {
        return Usage.none();
    }

    @Override
    @Value.Default
    public FinishReason finishReason() {
        return FinishReason.STOP;
    }

    @Override
    public abstract String servedBy();

    @Override
    public abstract List<OptionWarning> warnings();

    @Override
    public abstract Optional<String> vendorRequestId();
}
