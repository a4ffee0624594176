package dev.pictor.benchmarks;

import dev.pictor.adapter.embedded.ProceduralPainter;
import dev.pictor.model.ImageRequest;
import dev.pictor.testkit.TestCallContext;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Measures the embedded painter: one picture of 1024x1024 with its encoding, the first of each kind and those after it. */
public final class PainterTimes {

    private static final int ROUNDS = 15;
    private static final List<String> WISHES = List.of(
            "impressionist garden with flowers",
            "portrait photo of an old fisherman at golden hour",
            "flowchart of an order process",
            "product photo of a ceramic mug on white");

    private PainterTimes() {}

    /**
     * Prints the figures.
     *
     * @param args none
     * @throws InterruptedException if the thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        ProceduralPainter painter = new ProceduralPainter();
        for (String wish : WISHES) {
            double first = paintMillis(painter, wish);
            double[] later = new double[ROUNDS];
            for (int i = 0; i < ROUNDS; i++) {
                later[i] = paintMillis(painter, wish);
            }
            Arrays.sort(later);
            System.out.println(String.format(
                    Locale.ROOT,
                    "painter     1024x1024, first %.0f ms, then p50 %.0f ms, max %.0f ms of %d: %s",
                    first,
                    later[ROUNDS / 2],
                    later[ROUNDS - 1],
                    ROUNDS,
                    wish));
        }
    }

    private static double paintMillis(ProceduralPainter painter, String wish) throws InterruptedException {
        try (TestCallContext call = TestCallContext.unbounded()) {
            long begin = System.nanoTime();
            int pictures = painter.generate(ImageRequest.builder(wish).build(), call)
                    .images()
                    .size();
            long end = System.nanoTime();
            if (pictures != 1) {
                throw new IllegalStateException("asked for one picture, got " + pictures);
            }
            return (end - begin) / 1e6;
        }
    }
}
