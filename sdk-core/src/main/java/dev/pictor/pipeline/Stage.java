package dev.pictor.pipeline;

/**
 * The work of a stage: straight-line, blocking code that honours interruption. It sees the run, the pipeline's input
 * and the outputs it declared, and nothing else. It may throw anything: what is no
 * {@link dev.pictor.error.PictorException} reaches the caller as the cause of a {@link StageException}, but for an
 * {@link Error}, which fails the run and reaches the caller as it is.
 */
public final class Stage {

    private Stage() {}

    /**
     * Work on the input alone.
     *
     * @param <I> the pipeline's input
     * @param <T> what the stage gives
     */
    @FunctionalInterface
    public interface Of0<I, T> {
        /**
         * Does the work.
         *
         * @param run the run it is part of
         * @param input the pipeline's input
         * @return the output
         * @throws Exception whatever went wrong
         */
        T run(RunContext run, I input) throws Exception;
    }

    /**
     * Work on the input and one output.
     *
     * @param <I> the pipeline's input
     * @param <A> the output it needs
     * @param <T> what the stage gives
     */
    @FunctionalInterface
    public interface Of1<I, A, T> {
        /**
         * Does the work.
         *
         * @param run the run it is part of
         * @param input the pipeline's input
         * @param first the output it needs
         * @return the output
         * @throws Exception whatever went wrong
         */
        T run(RunContext run, I input, A first) throws Exception;
    }

    /**
     * Work on the input and two outputs.
     *
     * @param <I> the pipeline's input
     * @param <A> the first output it needs
     * @param <B> the second output it needs
     * @param <T> what the stage gives
     */
    @FunctionalInterface
    public interface Of2<I, A, B, T> {
        /**
         * Does the work.
         *
         * @param run the run it is part of
         * @param input the pipeline's input
         * @param first the first output it needs
         * @param second the second output it needs
         * @return the output
         * @throws Exception whatever went wrong
         */
        T run(RunContext run, I input, A first, B second) throws Exception;
    }

    /**
     * Work on the input and three outputs.
     *
     * @param <I> the pipeline's input
     * @param <A> the first output it needs
     * @param <B> the second output it needs
     * @param <C> the third output it needs
     * @param <T> what the stage gives
     */
    @FunctionalInterface
    public interface Of3<I, A, B, C, T> {
        /**
         * Does the work.
         *
         * @param run the run it is part of
         * @param input the pipeline's input
         * @param first the first output it needs
         * @param second the second output it needs
         * @param third the third output it needs
         * @return the output
         * @throws Exception whatever went wrong
         */
        T run(RunContext run, I input, A first, B second, C third) throws Exception;
    }

    /**
     * What takes over when an optional stage fails. The result of the run says that it did.
     *
     * @param <I> the pipeline's input
     * @param <T> what the stage gives
     */
    @FunctionalInterface
    public interface Fallback<I, T> {
        /**
         * Gives a value in place of the stage.
         *
         * @param run the run it is part of
         * @param input the pipeline's input
         * @param failure why the stage failed
         * @return the output
         * @throws Exception whatever went wrong; it then fails the run
         */
        T run(RunContext run, I input, Exception failure) throws Exception;
    }
}
