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
import dev.pictor.trace.MemoryRunStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Runs a pipeline of three stages, one of them a model call to a fake, 10,000 times: without listeners, with trace,
 * journal and pictures in memory, and the same in a directory. Prints time and allocation of a run, and whether heap,
 * threads and open files are what they were.
 */
public final class TenThousandRuns {

    private static final int RUNS = 10_000;
    private static final int WARM_UP = 2_000;
    private static final StageKey<String> ENHANCE = StageKey.of("enhance", String.class);
    private static final StageKey<Integer> DRAW = StageKey.of("draw", Integer.class);
    private static final StageKey<String> CHECK = StageKey.of("check", String.class);

    private TenThousandRuns() {}

    /**
     * Prints the figures.
     *
     * @param args none
     * @throws IOException if the directory for the third row cannot be made
     */
    public static void main(String[] args) throws IOException {
        measure("no listener", PipelineRunner.builder());
        MemoryRunStore memory = new MemoryRunStore();
        measure(
                "in memory",
                PipelineRunner.builder().traceSink(memory).journal(memory).artifacts(memory));
        Path folder = Files.createTempDirectory("pictor-benchmark");
        try (DirectoryRunStore directory = DirectoryRunStore.open(folder)) {
            measure(
                    "directory",
                    PipelineRunner.builder()
                            .traceSink(directory)
                            .journal(directory)
                            .artifacts(directory));
        } finally {
            delete(folder);
        }
    }

    private static void measure(String name, PipelineRunnerBuilder setUp) {
        Gateway gateway = Gateway.builder(FakeImageModel.create()).build();
        Pipeline<String, String> pipeline = Pipeline.named("benchmark", String.class)
                .stage(ENHANCE, (run, wish) -> wish + ", in soft light")
                .stage(
                        DRAW,
                        needs(ENHANCE),
                        (run, wish, prompt) -> gateway.generate(
                                        run, ImageRequest.builder(prompt).build())
                                .result()
                                .images()
                                .size())
                .stage(CHECK, needs(DRAW), (run, wish, count) -> count == 1 ? "ok" : "not one picture")
                .returning(CHECK);
        try (PipelineRunner runner = setUp.build()) {
            run(runner, pipeline, new double[WARM_UP]);
            long filesBefore = openFiles();
            int threadsBefore = Thread.activeCount();
            long heapBefore = usedHeap();
            double[] micros = new double[RUNS];
            long allocatedBefore = allocated();
            run(runner, pipeline, micros);
            long allocated = allocated() - allocatedBefore;
            Arrays.sort(micros);
            System.out.println(String.format(
                    Locale.ROOT,
                    "%-11s %,d runs: p50 %.0f us, p99 %.0f us, %.1f KB a run; heap %+.1f MB, threads %+d, files %+d",
                    name,
                    RUNS,
                    micros[RUNS / 2],
                    micros[RUNS * 99 / 100],
                    allocated / 1024.0 / RUNS,
                    (usedHeap() - heapBefore) / 1e6,
                    Thread.activeCount() - threadsBefore,
                    openFiles() - filesBefore));
        }
    }

    private static void run(PipelineRunner runner, Pipeline<String, String> pipeline, double[] micros) {
        for (int i = 0; i < micros.length; i++) {
            long begin = System.nanoTime();
            String checked = runner.run(pipeline, "a red chair").value();
            micros[i] = (System.nanoTime() - begin) / 1e3;
            if (!checked.equals("ok")) {
                throw new IllegalStateException(checked);
            }
        }
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** What Linux lists for this process; 0 elsewhere. */
    private static long openFiles() {
        Path list = Path.of("/proc/self/fd");
        if (Files.notExists(list)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(list)) {
            return files.count();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot count open files", e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
