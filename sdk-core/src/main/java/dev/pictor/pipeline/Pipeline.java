package dev.pictor.pipeline;

import java.util.function.Function;

/**
 * Stages in a row: each takes what the one before gave. Immutable.
 *
 * @param <I> what goes in
 * @param <O> what comes out
 */
public final class Pipeline<I, O> {

    private final Function<I, O> stages;

    private Pipeline(Function<I, O> stages) {
        this.stages = stages;
    }

    /**
     * Returns a pipeline of one stage.
     *
     * @param key the stage's name and output type
     * @param stage its work
     * @param <I> what goes in
     * @param <T> what the stage gives
     * @return the pipeline
     */
    public static <I, T> Pipeline<I, T> of(StageKey<T> key, Function<I, T> stage) {
        return new Pipeline<>(input -> key.type().cast(stage.apply(input)));
    }

    /**
     * Returns this pipeline with another stage at its end.
     *
     * @param key the stage's name and output type
     * @param stage its work
     * @param <T> what the stage gives
     * @return the longer pipeline
     */
    public <T> Pipeline<I, T> then(StageKey<T> key, Function<O, T> stage) {
        return new Pipeline<>(input -> key.type().cast(stage.apply(stages.apply(input))));
    }

    /**
     * Runs every stage on the caller's thread.
     *
     * @param input what goes in
     * @return what the last stage gave
     */
    public O run(I input) {
        return stages.apply(input);
    }
}
