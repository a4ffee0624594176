package dev.pictor.pipeline;

import static java.util.Objects.requireNonNull;

/** Which other stages' outputs a stage gets, for {@code import static}. Each value is immutable. */
public final class Needs {

    private Needs() {}

    /**
     * Returns the need for one output.
     *
     * @param first the stage whose output is needed
     * @param <A> its type
     * @return the need
     */
    public static <A> Of1<A> needs(StageKey<A> first) {
        return new Of1<>(first);
    }

    /**
     * Returns the need for two outputs.
     *
     * @param first a stage whose output is needed
     * @param second a stage whose output is needed
     * @param <A> the type of the first
     * @param <B> the type of the second
     * @return the need
     */
    public static <A, B> Of2<A, B> needs(StageKey<A> first, StageKey<B> second) {
        return new Of2<>(first, second);
    }

    /**
     * Returns the need for three outputs.
     *
     * @param first a stage whose output is needed
     * @param second a stage whose output is needed
     * @param third a stage whose output is needed
     * @param <A> the type of the first
     * @param <B> the type of the second
     * @param <C> the type of the third
     * @return the need
     */
    public static <A, B, C> Of3<A, B, C> needs(StageKey<A> first, StageKey<B> second, StageKey<C> third) {
        return new Of3<>(first, second, third);
    }

    /**
     * One output.
     *
     * @param first the stage whose output is needed
     * @param <A> its type
     */
    public record Of1<A>(StageKey<A> first) {
        /** Checks that it is given. */
        public Of1 {
            requireNonNull(first, "first");
        }
    }

    /**
     * Two outputs.
     *
     * @param first a stage whose output is needed
     * @param second a stage whose output is needed
     * @param <A> the type of the first
     * @param <B> the type of the second
     */
    public record Of2<A, B>(StageKey<A> first, StageKey<B> second) {
        /** Checks that both are given. */
        public Of2 {
            requireNonNull(first, "first");
            requireNonNull(second, "second");
        }
    }

    /**
     * Three outputs.
     *
     * @param first a stage whose output is needed
     * @param second a stage whose output is needed
     * @param third a stage whose output is needed
     * @param <A> the type of the first
     * @param <B> the type of the second
     * @param <C> the type of the third
     */
    public record Of3<A, B, C>(StageKey<A> first, StageKey<B> second, StageKey<C> third) {
        /** Checks that all are given. */
        public Of3 {
            requireNonNull(first, "first");
            requireNonNull(second, "second");
            requireNonNull(third, "third");
        }
    }
}
