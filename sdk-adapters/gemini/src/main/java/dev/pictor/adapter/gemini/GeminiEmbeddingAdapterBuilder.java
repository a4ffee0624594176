package dev.pictor.adapter.gemini;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.catalogue.ModelKind;
import dev.pictor.model.ModelProfile;
import java.util.Optional;

/** Builds a {@link GeminiEmbeddingAdapter}. Not thread-safe. */
public final class GeminiEmbeddingAdapterBuilder extends GoogleBuilder<GeminiEmbeddingAdapterBuilder> {

    private static final int MAX_DIMENSIONS = 65_536;

    private Optional<Integer> dimensions = Optional.empty();
    private Optional<String> taskType = Optional.empty();

    GeminiEmbeddingAdapterBuilder(GoogleAccess access) {
        super(access, ModelKind.EMBEDDING);
    }

    @Override
    GeminiEmbeddingAdapterBuilder self() {
        return this;
    }

    @Override
    void check(ModelProfile promised) {}

    /**
     * Asks for shorter vectors than the model's own. Default: the model's own.
     *
     * @param dimensions 1 to the model's own
     * @return this builder
     * @throws IllegalArgumentException if {@code dimensions} is less than 1; in {@code build()} if it is more than the
     *     model has
     */
    @CanIgnoreReturnValue
    public GeminiEmbeddingAdapterBuilder dimensions(int dimensions) {
        if (dimensions < 1) {
            throw new IllegalArgumentException("dimensions must be 1 or more, was " + dimensions);
        }
        this.dimensions = Optional.of(dimensions);
        return this;
    }

    /**
     * Says what the vectors are for. Default: not said.
     *
     * @param taskType by Google's name, such as {@code SEMANTIC_SIMILARITY} or {@code RETRIEVAL_DOCUMENT}; models that
     *     know no such names refuse them or look past them
     * @return this builder
     * @throws IllegalArgumentException if it is blank
     */
    @CanIgnoreReturnValue
    public GeminiEmbeddingAdapterBuilder taskType(String taskType) {
        if (taskType.isBlank()) {
            throw new IllegalArgumentException("taskType must not be blank");
        }
        this.taskType = Optional.of(taskType);
        return this;
    }

    /**
     * Builds the adapter. Nothing is sent, and the environment is not read for settings.
     *
     * @return the adapter, to be closed by the caller
     * @throws IllegalArgumentException if more dimensions are asked for than the model has
     */
    public GeminiEmbeddingAdapter build() {
        ModelProfile own = profile();
        if (dimensions.isPresent() && dimensions.get() > own.dimensions().orElse(MAX_DIMENSIONS)) {
            throw new IllegalArgumentException(
                    "dimensions must be 1 to " + own.dimensions().orElse(MAX_DIMENSIONS) + ", was " + dimensions.get());
        }
        ModelProfile asked = dimensions.isPresent()
                ? own.toBuilder().dimensions(dimensions.get()).build()
                : own;
        return new GeminiEmbeddingAdapter(asked, connection(), dimensions, taskType);
    }
}
