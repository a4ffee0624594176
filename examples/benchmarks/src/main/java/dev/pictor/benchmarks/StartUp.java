package dev.pictor.benchmarks;

import dev.pictor.Pictor;
import dev.pictor.testkit.FakeImageModel;
import dev.pictor.testkit.FakeReasoningModel;
import java.util.Arrays;
import java.util.Locale;

/** Measures {@code Pictor.builder(..)..build()}: the first in a JVM, which loads classes, and those after it. */
public final class StartUp {

    private static final int ROUNDS = 101;

    private StartUp() {}

    /**
     * Prints the figures.
     *
     * @param args none
     */
    public static void main(String[] args) {
        double first = buildMillis();
        double[] later = new double[ROUNDS];
        Arrays.setAll(later, i -> buildMillis());
        Arrays.sort(later);
        System.out.println(String.format(
                Locale.ROOT,
                "start-up   build(): first in the JVM %.1f ms, after class loading p50 %.3f ms, max %.3f ms of %d",
                first,
                later[ROUNDS / 2],
                later[ROUNDS - 1],
                ROUNDS));
    }

    private static double buildMillis() {
        FakeImageModel painter = FakeImageModel.create();
        FakeReasoningModel reader = FakeReasoningModel.create();
        long begin = System.nanoTime();
        try (Pictor pictor = Pictor.builder(painter).reasoningModel(reader).build()) {
            long end = System.nanoTime();
            if (pictor.images().pipeline().name().isEmpty()) {
                throw new IllegalStateException("a pipeline without a name");
            }
            return (end - begin) / 1e6;
        }
    }
}
