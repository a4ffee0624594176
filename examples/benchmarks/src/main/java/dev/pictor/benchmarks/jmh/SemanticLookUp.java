package dev.pictor.benchmarks.jmh;

import dev.pictor.gateway.semantic.SemanticHit;
import dev.pictor.gateway.semantic.SemanticIndex;
import dev.pictor.model.Embedding;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** P12: the nearest of many prompts, by vectors of 768 numbers that are there already. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SemanticLookUp {

    private static final int DIMENSIONS = 768;
    private static final double LIKENESS = 0.8;
    private static final String ENVELOPE = "envelope";
    private static final String PROMPT = "a brass lamp on a walnut desk";

    @Param({"1000", "10000"})
    public int entries;

    private final Random random = new Random(12);
    private final float[] known = vector();
    private final float[] unknown = vector();
    private SemanticIndex index = SemanticIndex.create(1);

    @Setup
    public void fill() {
        index = SemanticIndex.create(entries);
        for (int i = 0; i < entries - 1; i++) {
            index.add(ENVELOPE, "id-" + i, PROMPT, Embedding.of(vector()));
        }
        index.add(ENVELOPE, "near", PROMPT, Embedding.of(known));
        if (hit().isEmpty() || miss().isPresent()) {
            throw new IllegalStateException("the index does not find what is there");
        }
    }

    private float[] vector() {
        float[] vector = new float[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    @Benchmark
    public final Optional<SemanticHit> hit() {
        return index.nearest(ENVELOPE, Embedding.of(known), PROMPT, LIKENESS);
    }

    @Benchmark
    public final Optional<SemanticHit> miss() {
        return index.nearest(ENVELOPE, Embedding.of(unknown), PROMPT, LIKENESS);
    }
}
