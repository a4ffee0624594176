package dev.pictor.benchmarks;

import static dev.pictor.pipeline.Needs.needs;

import dev.pictor.gateway.Gateway;
import dev.pictor.model.ImageRequest;
import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.PipelineRunnerBuilder;
import dev.pictor.pipeline.StageKey;
import dev.pictor.testkit.FakeImageModel;
import dev.pictor.trace.DirectoryRunStore;
import dev.pictor.trace.FsyncPolicy;
import dev.pictor.trace.MemoryRunStore;
import dev.pictor.trace.RunId;
import dev.pictor.trace.TraceEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a trace with all content costs: a run of two stages, one of them a call to a fake model, without a sink, into
 * memory and into a directory; and a record of 2 KB in a file that is forced to the disk or not. Prints medians, and what
 * 1 in 100 takes. The first argument is the folder to write to, by default one in the system's folder for such.
 */
public final class TraceTimes {

    private static final int RUNS = 1_000;
    /** So many runs that the compiler has nothing left to do, else what is measured first seems dearest. */
    private static final int WARM_UPS = 20_000;

    private static final int RECORDS = 2_000;
    private static final StageKey<String> ENHANCE = StageKey.of("enhance", String.class);
    private static final StageKey<Integer> DRAW = StageKey.of("draw", Integer.class);

    private TraceTimes() {}

    /**
     * Prints the figures.
     *
     * @param args a folder, or nothing
     * @throws IOException if the folder cannot be written
     */
    public static void main(String[] args) throws IOException {
        Path parent = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        double[] unusedTimes = measure(PipelineRunner.builder(), WARM_UPS);
        unusedTimes = measure(inMemory(), WARM_UPS);
        double none = run("no sink", PipelineRunner.builder(), 0);
        double unused = run("memory", inMemory(), none);
        for (FsyncPolicy policy : FsyncPolicy.values()) {
            Path folder = Files.createTempDirectory(parent, "pictor-trace");
            try (DirectoryRunStore store =
                    DirectoryRunStore.builder(folder).fsync(policy).build()) {
                String name = "directory, " + policy.name().toLowerCase(Locale.ROOT);
                unused = run(name, PipelineRunner.builder().traceSink(store).artifacts(store), none);
                records(store, policy);
            } finally {
                delete(folder);
            }
        }
    }

    private static PipelineRunnerBuilder inMemory() {
        MemoryRunStore memory = new MemoryRunStore();
        return PipelineRunner.builder().traceSink(memory).artifacts(memory);
    }

    private static double run(String name, PipelineRunnerBuilder setUp, double without) {
        double[] micros = measure(setUp, 2 * RUNS);
        double median = micros[RUNS / 2];
        System.out.printf(
                Locale.ROOT,
                "run      %-24s p50 %8.1f us  p99 %8.1f us  more than without %8.1f us%n",
                name,
                median,
                micros[RUNS * 99 / 100],
                without == 0 ? 0 : median - without);
        return median;
    }

    /** Returns how long the last runs of many took, in microseconds, the shortest first. */
    private static double[] measure(PipelineRunnerBuilder setUp, int runs) {
        Gateway gateway = Gateway.builder(FakeImageModel.create()).build();
        Pipeline<String, Integer> pipeline = Pipeline.named("benchmark", String.class)
                .stage(ENHANCE, (run, wish) -> wish + ", in soft light")
                .stage(
                        DRAW,
                        needs(ENHANCE),
                        (run, wish, prompt) -> gateway.generate(
                                        run, ImageRequest.builder(prompt).build())
                                .result()
                                .images()
                                .size())
                .returning(DRAW);
        double[] micros = new double[RUNS];
        try (PipelineRunner runner = setUp.build()) {
            for (int i = 0; i < runs; i++) {
                long begin = System.nanoTime();
                int pictures = runner.run(pipeline, "a lamp").value();
                micros[i % RUNS] = (System.nanoTime() - begin) / 1e3 + (pictures - 1);
            }
        }
        Arrays.sort(micros);
        return micros;
    }

    private static void records(DirectoryRunStore store, FsyncPolicy policy) {
        RunId runId = RunId.create();
        double[] micros = new double[RECORDS];
        Map<String, Object> body = Map.of("text", "x".repeat(2_000));
        for (int i = 0; i < RECORDS; i++) {
            TraceEvent event = TraceEvent.builder(runId, TraceEvent.MODEL_CALL_END, Instant.EPOCH)
                    .sequence(i + 1L)
                    .body(body)
                    .build();
            long begin = System.nanoTime();
            store.accept(event);
            micros[i] = (System.nanoTime() - begin) / 1e3;
        }
        Arrays.sort(micros);
        System.out.printf(
                Locale.ROOT,
                "record   %-24s p50 %8.1f us  p99 %8.1f us%n",
                policy.name().toLowerCase(Locale.ROOT),
                micros[RECORDS / 2],
                micros[RECORDS * 99 / 100]);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
