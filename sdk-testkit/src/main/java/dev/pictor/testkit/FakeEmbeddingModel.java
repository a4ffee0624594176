package dev.pictor.testkit;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.model.CallContext;
import dev.pictor.model.Embedding;
import dev.pictor.model.EmbeddingModelAdapter;
import dev.pictor.model.EmbeddingRequest;
import dev.pictor.model.EmbeddingResult;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.Price;
import java.util.List;
import java.util.Random;

/**
 * An embedding model that answers from a script, in order, and remembers what it was asked. When the script is empty each
 * text gets a vector of {@value #DIMENSIONS} numbers from 0 to 1 that depends on the text alone and means nothing.
 *
 * <p>Thread-safe. It keeps every request, so make one for each test.
 */
public final class FakeEmbeddingModel implements EmbeddingModelAdapter {

    /** The length of a vector when the script is empty. */
    public static final int DIMENSIONS = 8;

    private static final ModelProfile PROFILE = ModelProfile.builder("fake-embedding-model", "pictor.fake")
            .price(Price.free())
            .build();

    private final FakeScript<EmbeddingRequest, EmbeddingResult> script = new FakeScript<>(
            PROFILE,
            (request, profile, call) -> EmbeddingResult.builder(
                            profile.id(),
                            request.texts().stream()
                                    .map(FakeEmbeddingModel::vector)
                                    .toList())
                    .build());

    private FakeEmbeddingModel() {}

    /**
     * Returns a model with an empty script and a profile that is free.
     *
     * @return a new model
     */
    public static FakeEmbeddingModel create() {
        return new FakeEmbeddingModel();
    }

    /**
     * Adds one answer to the script.
     *
     * @param result the answer
     * @return this model
     */
    @CanIgnoreReturnValue
    public FakeEmbeddingModel thenReturn(EmbeddingResult result) {
        requireNonNull(result, "result");
        script.add((request, profile, call) -> result);
        return this;
    }

    /**
     * Adds a failure to the script.
     *
     * @param failure a {@link dev.pictor.model.ModelException}, or something that an adapter ought not to throw
     * @return this model
     */
    @CanIgnoreReturnValue
    public FakeEmbeddingModel thenThrow(RuntimeException failure) {
        script.addThrow(failure);
        return this;
    }

    /**
     * Returns what the model was asked so far.
     *
     * @return a copy, in order of arrival; calls that failed or were stopped are in it
     */
    public List<EmbeddingRequest> requests() {
        return script.requests();
    }

    @Override
    public ModelProfile profile() {
        return script.profile();
    }

    @Override
    public EmbeddingResult embed(EmbeddingRequest request, CallContext call) throws InterruptedException {
        return script.play(request, call);
    }

    private static Embedding vector(String text) {
        Random numbers = new Random(text.hashCode());
        float[] vector = new float[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] = numbers.nextFloat();
        }
        return Embedding.of(vector);
    }
}
