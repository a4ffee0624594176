package dev.pictor.pipeline;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Collects the stages of a pipeline. Each method adds a stage and returns it for {@link StageBuilder#weight weight} and
 * {@link StageBuilder#fallback fallback}; the next stage follows in the same chain. Not thread-safe.
 *
 * @param <I> what goes into the pipeline
 */
public sealed class PipelineBuilder<I> permits StageBuilder {

    /** The most items of a fan-out that run side by side: 1,000. */
    public static final int MAX_CONCURRENCY = 1_000;

    /** The most rounds of a loop: 1,000. */
    public static final int MAX_ROUNDS = 1_000;

    final String name;
    final Class<I> inputType;
    final List<StageNode> stages;

    PipelineBuilder(String name, Class<I> inputType, List<StageNode> stages) {
        this.name = requireNonNull(name, "name");
        this.inputType = requireNonNull(inputType, "inputType");
        this.stages = stages;
    }

    /**
     * Adds a stage that works on the input alone.
     *
     * @param key its name and output type
     * @param stage its work
     * @param <T> what it gives
     * @return the stage
     */
    @CanIgnoreReturnValue
    public <T> StageBuilder<I, T> stage(StageKey<T> key, Stage.Of0<? super I, ? extends T> stage) {
        requireNonNull(stage, "stage");
        return add(key, StageNode.Kind.STAGE, List.of(), "", null, (at, in, needs) -> stage.run(at.context(), in(in)));
    }

    /**
     * Adds a stage that needs one output.
     *
     * @param key its name and output type
     * @param needs what it needs
     * @param stage its work
     * @param <A> what it needs
     * @param <T> what it gives
     * @return the stage
     */
    @CanIgnoreReturnValue
    public <A, T> StageBuilder<I, T> stage(
            StageKey<T> key, Needs.Of1<A> needs, Stage.Of1<? super I, ? super A, ? extends T> stage) {
        requireNonNull(stage, "stage");
        return add(
                key,
                StageNode.Kind.STAGE,
                keys(needs),
                "",
                null,
                (at, in, outputs) -> stage.run(at.context(), in(in), out(outputs, 0)));
    }

    /**
     * Adds a stage that needs two outputs.
     *
     * @param key its name and output type
     * @param needs what it needs
     * @param stage its work
     * @param <A> the first it needs
     * @param <B> the second it needs
     * @param <T> what it gives
     * @return the stage
     */
    @CanIgnoreReturnValue
    public <A, B, T> StageBuilder<I, T> stage(
            StageKey<T> key, Needs.Of2<A, B> needs, Stage.Of2<? super I, ? super A, ? super B, ? extends T> stage) {
        requireNonNull(stage, "stage");
        return add(
                key,
                StageNode.Kind.STAGE,
                keys(needs),
                "",
                null,
                (at, in, outputs) -> stage.run(at.context(), in(in), out(outputs, 0), out(outputs, 1)));
    }

    /**
     * Adds a stage that needs three outputs.
     *
     * @param key its name and output type
     * @param needs what it needs
     * @param stage its work
     * @param <A> the first it needs
     * @param <B> the second it needs
     * @param <C> the third it needs
     * @param <T> what it gives
     * @return the stage
     */
    @CanIgnoreReturnValue
    public <A, B, C, T> StageBuilder<I, T> stage(
            StageKey<T> key,
            Needs.Of3<A, B, C> needs,
            Stage.Of3<? super I, ? super A, ? super B, ? super C, ? extends T> stage) {
        requireNonNull(stage, "stage");
        List<StageKey<?>> keys = List.of(needs.first(), needs.second(), needs.third());
        return add(
                key,
                StageNode.Kind.STAGE,
                keys,
                "",
                null,
                (at, in, outputs) ->
                        stage.run(at.context(), in(in), out(outputs, 0), out(outputs, 1), out(outputs, 2)));
    }

    /**
     * Adds a stage that works on each item of a list, several side by side. The outputs are in the order of the items.
     * The first item that fails stops the others and fails the stage.
     *
     * @param key its name and output type
     * @param over the list
     * @param concurrency at most so many items at a time, 1 to 1,000
     * @param each the work on one item
     * @param <E> the items
     * @param <T> what each item becomes
     * @return the stage
     * @throws IllegalArgumentException if {@code concurrency} is out of range
     */
    @CanIgnoreReturnValue
    public <E, T> StageBuilder<I, List<T>> forEach(
            StageKey<List<T>> key,
            Needs.Of1<List<E>> over,
            int concurrency,
            Stage.Of1<? super I, ? super E, ? extends T> each) {
        requireNonNull(each, "each");
        checkBetween(concurrency, MAX_CONCURRENCY, "concurrency");
        return add(key, StageNode.Kind.FOR_EACH, keys(over), "at most " + concurrency, null, (at, in, outputs) -> {
            List<E> items = out(outputs, 0);
            return at.forEach(items, concurrency, (run, item) -> each.run(run, in(in), item));
        });
    }

    /**
     * Adds a stage that improves a value round by round until it is good enough. When the limit is reached first, the
     * last value stands, and a decision of kind {@code limit} in the trace says so.
     *
     * @param key its name and output type
     * @param start the value to begin with
     * @param maxRounds at most so many rounds, 1 to 1,000
     * @param until true for a value that is good enough; asked before each round
     * @param round makes the next value
     * @param <T> the value
     * @return the stage
     * @throws IllegalArgumentException if {@code maxRounds} is out of range
     */
    @CanIgnoreReturnValue
    public <T> StageBuilder<I, T> loop(
            StageKey<T> key,
            Needs.Of1<T> start,
            int maxRounds,
            Predicate<? super T> until,
            Stage.Of1<? super I, ? super T, ? extends T> round) {
        requireNonNull(until, "until");
        requireNonNull(round, "round");
        checkBetween(maxRounds, MAX_ROUNDS, "maxRounds");
        return add(key, StageNode.Kind.LOOP, keys(start), "at most " + maxRounds, null, (at, in, outputs) -> {
            T first = out(outputs, 0);
            return at.loop(first, maxRounds, until, (run, value) -> round.run(run, in(in), value));
        });
    }

    /**
     * Adds a stage that is a whole pipeline. Its stages show in trace, progress and journal under this stage's name.
     *
     * @param key its name and output type
     * @param child the pipeline to run
     * @param input makes the child's input
     * @param <J> the child's input
     * @param <T> what the child gives
     * @return the stage
     */
    @CanIgnoreReturnValue
    public <J, T> StageBuilder<I, T> pipeline(
            StageKey<T> key, Pipeline<J, T> child, Stage.Of0<? super I, ? extends J> input) {
        requireNonNull(input, "input");
        return add(
                key,
                StageNode.Kind.PIPELINE,
                List.of(),
                child.definition().hex(),
                child,
                (at, in, outputs) -> at.child(child, input.run(at.context(), in(in))));
    }

    /**
     * Adds a stage that is a whole pipeline whose input is made from another stage's output.
     *
     * @param key its name and output type
     * @param child the pipeline to run
     * @param needs what its input is made from
     * @param input makes the child's input
     * @param <A> what is needed
     * @param <J> the child's input
     * @param <T> what the child gives
     * @return the stage
     */
    @CanIgnoreReturnValue
    public <A, J, T> StageBuilder<I, T> pipeline(
            StageKey<T> key,
            Pipeline<J, T> child,
            Needs.Of1<A> needs,
            Stage.Of1<? super I, ? super A, ? extends J> input) {
        requireNonNull(input, "input");
        return add(
                key,
                StageNode.Kind.PIPELINE,
                keys(needs),
                child.definition().hex(),
                child,
                (at, in, outputs) -> at.child(child, input.run(at.context(), in(in), out(outputs, 0))));
    }

    /**
     * Builds the pipeline.
     *
     * @param result the stage whose output the pipeline gives
     * @param <O> what the pipeline gives
     * @return the pipeline
     * @throws IllegalStateException if stages are missing, duplicate or in a circle; the message names all of them
     */
    public <O> Pipeline<I, O> returning(StageKey<O> result) {
        return Pipeline.build(this, result);
    }

    private <T> StageBuilder<I, T> add(
            StageKey<T> key,
            StageNode.Kind kind,
            List<StageKey<?>> needs,
            String detail,
            @Nullable Pipeline<?, ?> child,
            StageNode.Work work) {
        StageNode node = new StageNode(requireNonNull(key, "key"), kind, needs, detail, child, work);
        stages.add(node);
        return new StageBuilder<>(this, node);
    }

    private static List<StageKey<?>> keys(Needs.Of1<?> needs) {
        return List.of(needs.first());
    }

    private static List<StageKey<?>> keys(Needs.Of2<?, ?> needs) {
        return List.of(needs.first(), needs.second());
    }

    /** The engine hands each stage the input of its own pipeline. */
    @SuppressWarnings("unchecked")
    private I in(Object input) {
        return (I) input;
    }

    /** Keys are checked when the pipeline is built and values when a stage ends, so the type is right. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T> T out(List<Object> outputs, int index) {
        return (T) outputs.get(index);
    }

    private static void checkBetween(int value, int max, String name) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException(name + " must be 1 to " + max + ", was " + value);
        }
    }
}
