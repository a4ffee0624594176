package dev.pictor.adapter.gemini;

import com.google.genai.types.EmbedContentConfig;
import dev.pictor.gateway.routing.HealthProbe;
import dev.pictor.model.CallContext;
import dev.pictor.model.Embedding;
import dev.pictor.model.EmbeddingModelAdapter;
import dev.pictor.model.EmbeddingRequest;
import dev.pictor.model.EmbeddingResult;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelProfile;
import java.util.List;
import java.util.Optional;

/**
 * Turns texts into vectors with Gemini's embedding models (batchEmbedContents of the Gemini API): all texts of a request
 * in one call. Thread-safe; close it when it is no longer needed.
 *
 * <p>Vectors are as Google sends them. Those of gemini-embedding-001 have length 1 at 3,072 dimensions only; whoever asks
 * for fewer and compares by the dot product sets their length first (ai.google.dev, read on 2026-11-29). Failures are
 * those of {@link GeminiImageAdapter}; another number of vectors than of texts, or of
 * numbers in one than {@link ModelProfile#dimensions()} says, is MALFORMED_ANSWER.
 */
public final class GeminiEmbeddingAdapter implements EmbeddingModelAdapter, AutoCloseable {

    private final ModelProfile profile;
    private final GeminiConnection connection;
    private final Optional<Integer> dimensions;
    private final Optional<String> taskType;

    GeminiEmbeddingAdapter(
            ModelProfile profile,
            GeminiConnection connection,
            Optional<Integer> dimensions,
            Optional<String> taskType) {
        this.profile = profile;
        this.connection = connection;
        this.dimensions = dimensions;
        this.taskType = taskType;
    }

    /**
     * Returns a builder for an adapter to the Gemini API.
     *
     * @param apiKey a key of the Gemini API, printable ASCII without blanks; it is sent to the base URL and shown nowhere
     * @return a new builder
     * @throws IllegalArgumentException if the key has another form
     */
    public static GeminiEmbeddingAdapterBuilder builder(String apiKey) {
        return new GeminiEmbeddingAdapterBuilder(new GoogleAccess.ApiKey(apiKey));
    }

    @Override
    public ModelProfile profile() {
        return profile;
    }

    /**
     * Embeds, as said at the top.
     *
     * @throws IllegalStateException if the adapter is closed
     */
    @Override
    public EmbeddingResult embed(EmbeddingRequest request, CallContext call) throws InterruptedException {
        List<String> texts = request.texts();
        EmbedContentConfig.Builder config = EmbedContentConfig.builder();
        dimensions.ifPresent(config::outputDimensionality);
        taskType.ifPresent(config::taskType);
        EmbeddingAnswer answer = connection.send(
                call,
                EmbeddingAnswer::read,
                (models, http) -> models.embedContent(
                        profile.id(), texts, config.httpOptions(http).build()));
        if (answer.vectors().size() != texts.size()) {
            throw unusable(answer, "gave " + answer.vectors().size() + " vectors for " + texts.size() + " texts");
        }
        for (Embedding vector : answer.vectors()) {
            if (vector.dimensions() != profile.dimensions().orElse(vector.dimensions())) {
                throw unusable(answer, "gave a vector of " + vector.dimensions() + " numbers");
            }
        }
        return EmbeddingResult.builder(profile.id(), answer.vectors())
                .usage(answer.usage())
                .build();
    }

    private ModelException unusable(EmbeddingAnswer answer, String problem) {
        return new ModelException(ModelFailure.builder(
                        profile.id(), Reason.MALFORMED_ANSWER, Billed.BILLED_UNUSABLE, profile.id() + " " + problem)
                .httpStatus(200)
                .vendorMessage(answer.error())
                .build());
    }

    /**
     * Returns a probe that asks Google what this model is, which costs nothing. Of any other candidate it says that it is
     * not up: where a gateway has several, ask each candidate's own.
     *
     * @return a probe that works until this adapter is closed
     */
    public HealthProbe probe() {
        return connection.probe(profile);
    }

    /** Stops the calls in flight and closes all connections. Calls after that fail. */
    @Override
    public void close() {
        connection.close();
    }

    @Override
    public String toString() {
        return "GeminiEmbeddingAdapter[" + profile.id() + "]";
    }
}
