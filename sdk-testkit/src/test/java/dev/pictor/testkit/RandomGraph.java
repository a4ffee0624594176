package dev.pictor.testkit;

import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.pipeline.Needs;
import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.PipelineBuilder;
import dev.pictor.pipeline.StageBuilder;
import dev.pictor.pipeline.StageKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** A random pipeline of up to 12 stages over numbers, and what it must give. The same seed gives the same graph. */
final class RandomGraph {

    private static final int MOST_STAGES = 12;
    private static final int MOST_NEEDS = 3;

    /** What a stage does. */
    private enum Fate {
        GIVES,
        FAILS,
        FALLS_BACK
    }

    private record Node(StageKey<Integer> key, List<Integer> needs, Fate fate) {}

    private final long seed;
    /** Each needs only those before it. */
    private final List<Node> nodes = new ArrayList<>();

    private final int result;

    private RandomGraph(long seed, int failuresInHundred) {
        this.seed = seed;
        Random random = new Random(seed);
        int size = 1 + random.nextInt(MOST_STAGES);
        for (int i = 0; i < size; i++) {
            List<Integer> earlier = new ArrayList<>();
            for (int j = 0; j < i; j++) {
                earlier.add(j);
            }
            Collections.shuffle(earlier, random);
            List<Integer> needs = earlier.subList(0, Math.min(random.nextInt(MOST_NEEDS + 1), i));
            Fate fate = random.nextInt(100) >= failuresInHundred
                    ? Fate.GIVES
                    : random.nextBoolean() ? Fate.FAILS : Fate.FALLS_BACK;
            nodes.add(new Node(StageKey.of("s" + i, Integer.class), List.copyOf(needs), fate));
        }
        this.result = random.nextInt(size);
    }

    static RandomGraph sound(long seed) {
        return new RandomGraph(seed, 0);
    }

    static RandomGraph failing(long seed) {
        return new RandomGraph(seed, 20);
    }

    boolean succeeds() {
        return nodes.stream().noneMatch(node -> node.fate() == Fate.FAILS);
    }

    /** Evaluates the graph one stage after the other. */
    int expected(int input) {
        List<Integer> values = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            List<Integer> needed =
                    nodes.get(i).needs().stream().map(values::get).toList();
            values.add(nodes.get(i).fate() == Fate.FALLS_BACK ? -i : mix(i, input, needed));
        }
        return values.get(result);
    }

    /** Declares the stages in a random order. */
    Pipeline<Integer, Integer> pipeline() {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(seed));
        PipelineBuilder<Integer> builder = Pipeline.named("random", Integer.class);
        for (int i : order) {
            StageBuilder<Integer, Integer> stage = declare(builder, i);
            if (nodes.get(i).fate() == Fate.FALLS_BACK) {
                stage.fallback((run, in, failure) -> -i);
            }
        }
        return builder.returning(nodes.get(result).key());
    }

    private StageBuilder<Integer, Integer> declare(PipelineBuilder<Integer> to, int i) {
        StageKey<Integer> key = nodes.get(i).key();
        List<StageKey<Integer>> needs =
                nodes.get(i).needs().stream().map(need -> nodes.get(need).key()).toList();
        return switch (needs.size()) {
            case 0 -> to.stage(key, (run, in) -> work(i, in, List.of()));
            case 1 -> to.stage(key, Needs.needs(needs.get(0)), (run, in, a) -> work(i, in, List.of(a)));
            case 2 ->
                to.stage(key, Needs.needs(needs.get(0), needs.get(1)), (run, in, a, b) -> work(i, in, List.of(a, b)));
            default ->
                to.stage(
                        key,
                        Needs.needs(needs.get(0), needs.get(1), needs.get(2)),
                        (run, in, a, b, c) -> work(i, in, List.of(a, b, c)));
        };
    }

    private int work(int i, int input, List<Integer> needed) throws IOException {
        Thread.onSpinWait();
        Fate fate = nodes.get(i).fate();
        if (fate == Fate.GIVES) {
            return mix(i, input, needed);
        }
        switch ((int) ((seed + i) % (fate == Fate.FAILS ? 3 : 2))) {
            case 0 -> throw new IOException("stage " + i + " is out of luck");
            case 2 -> throw new AssertionError("stage " + i + " is broken");
            default ->
                throw new ModelException(ModelFailure.builder(
                                "none", ModelFailure.Reason.UNAVAILABLE, ModelFailure.Billed.NOT_SENT, "no model")
                        .build());
        }
    }

    private static int mix(int i, int input, List<Integer> needed) {
        int value = 31 * input + i;
        for (int need : needed) {
            value = 31 * value + need;
        }
        return value;
    }

    @Override
    public String toString() {
        return "graph of seed " + seed + ": " + nodes + ", result s" + result;
    }
}
