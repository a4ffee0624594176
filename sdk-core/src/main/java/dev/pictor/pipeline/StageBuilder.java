package dev.pictor.pipeline;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

/**
 * The stage added last, for its weight and fallback; the chain goes on with the next stage. Not thread-safe.
 *
 * @param <I> what goes into the pipeline
 * @param <T> what the stage gives
 */
public final class StageBuilder<I, T> extends PipelineBuilder<I> {

    private static final int MAX_WEIGHT = 1_000_000;

    private final StageNode node;

    StageBuilder(PipelineBuilder<I> pipeline, StageNode node) {
        super(pipeline.name, pipeline.inputType, pipeline.stages);
        this.node = node;
    }

    /**
     * Sets the stage's share of the progress. Default: 1.
     *
     * @param weight in relation to the other stages of its pipeline, 1 to 1,000,000
     * @return this stage
     * @throws IllegalArgumentException if {@code weight} is out of range
     */
    @CanIgnoreReturnValue
    public StageBuilder<I, T> weight(int weight) {
        if (weight < 1 || weight > MAX_WEIGHT) {
            throw new IllegalArgumentException("weight must be 1 to " + MAX_WEIGHT + ", was " + weight);
        }
        node.weight = weight;
        return this;
    }

    /**
     * Makes the stage optional: when it fails, the fallback gives the output, and trace and result say so. A run that
     * was cancelled or is past its deadline does not fall back. Default: none, a failing stage fails the run.
     *
     * @param fallback gives the output in place of the stage
     * @return this stage
     */
    @CanIgnoreReturnValue
    @SuppressWarnings("unchecked") // the engine hands it the input of this pipeline
    public StageBuilder<I, T> fallback(Stage.Fallback<? super I, ? extends T> fallback) {
        requireNonNull(fallback, "fallback");
        node.fallback = (Stage.Fallback<Object, Object>) fallback;
        return this;
    }
}
