package dev.pictor.benchmarks.load;

import dev.pictor.model.Cost;
import dev.pictor.model.Money;
import dev.pictor.model.Usage;
import dev.pictor.trace.DirectoryRunStore;
import dev.pictor.trace.MetricsGrouping;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunPage;
import dev.pictor.trace.RunQuery;
import dev.pictor.trace.RunStatus;
import dev.pictor.trace.TraceAttributes;
import dev.pictor.trace.TraceEvent;
import dev.pictor.trace.TraceFields;
import dev.pictor.trace.TraceSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Records many made-up runs in a directory, each of three stages and two calls, then asks for pages and metrics: of a store
 * that was just opened, and of one that has them in memory. {@code --runs 100000 --days 10 --folder FOLDER}; the folder is
 * a new one by default, and is left empty. In memory ({@code /dev/shm}) recording is quicker, since each run is forced to
 * the disk several times.
 */
final class RunIndexTimes implements Scenario {

    private static final String CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final Instant NEWEST = Instant.parse("2026-11-20T12:00:00Z");
    private static final int PAGES = 200;
    private static final int ROUNDS = 5;
    private static final int ADDED = 100;
    private static final double PAGE_MILLIS = 50;
    private static final double METRICS_MILLIS = 1_000;

    private final Random random = new Random(20261120);

    @Override
    public void run(Options options, Figures figures) throws Exception {
        int runs = (int) options.number("runs", 100_000);
        int days = (int) options.number("days", 10);
        Path folder = options.text("folder").isPresent()
                ? Files.createTempDirectory(Path.of(options.text("folder").get()), "pictor-runs")
                : Files.createTempDirectory("pictor-runs");
        try {
            record(folder, runs, days, figures);
            ask(folder, figures);
        } finally {
            delete(folder);
        }
    }

    private void record(Path folder, int runs, int days, Figures figures) {
        long begin = System.nanoTime();
        try (DirectoryRunStore store = DirectoryRunStore.open(folder)) {
            for (int i = 0; i < runs; i++) {
                Duration age = Duration.ofDays(days).multipliedBy(runs - 1 - i).dividedBy(runs);
                record(store, runId(NEWEST.minus(age)));
            }
        }
        figures.add(Figure.told("M1", "runs recorded", runs, "runs"));
        figures.add(Figure.told("M1", "recording a run, its line in the index with it", millis(begin) / runs, "ms"));
    }

    private void ask(Path folder, Figures figures) throws InterruptedException, IOException {
        long heap = ThisProcess.heapAfterCollection();
        try (DirectoryRunStore store = DirectoryRunStore.open(folder)) {
            figures.add(Figure.told("M1", "cold: the first page", once(() -> store.list(RunQuery.all())), "ms"));
            figures.add(Figure.told(
                    "M1",
                    "cold: metrics, reading the rest of the index",
                    once(() -> store.metrics(RunQuery.all(), MetricsGrouping.STAGE)),
                    "ms"));
            figures.add(Figure.told(
                    "M1", "heap of the index in memory", (ThisProcess.heapAfterCollection() - heap) / 1e6, "MB"));
            figures.add(Figure.told("M1", "index on disk", bytes(folder.resolve("index")) / 1e6, "MB"));
            pages(store, figures);
            for (MetricsGrouping grouping : MetricsGrouping.values()) {
                double[] times = new double[ROUNDS];
                Arrays.setAll(times, round -> once(() -> store.metrics(RunQuery.all(), grouping)));
                figures.add(Figure.atMost(
                        "M2",
                        "metrics by " + grouping,
                        Arrays.stream(times).max().orElseThrow(),
                        "ms",
                        METRICS_MILLIS));
            }
            double[] whileAdding = new double[ADDED];
            for (int i = 0; i < ADDED; i++) {
                record(store, runId(NEWEST.plusMillis(i)));
                whileAdding[i] =
                        once(() -> store.list(RunQuery.builder().tenant("t7").build()));
            }
            add(figures, "page right after another run ended", whileAdding);
            figures.add(Figure.told(
                    "M1",
                    "making the index again from all logs",
                    once(() -> {
                        store.rebuildIndex();
                        return store;
                    }),
                    "ms"));
        }
    }

    private static void pages(DirectoryRunStore store, Figures figures) {
        RunQuery failed = RunQuery.builder()
                .tenant("t7")
                .addStatuses(RunStatus.FAILED, RunStatus.CRASHED)
                .build();
        RunPage page = store.list(failed);
        RunQuery next = failed.toBuilder().cursor(page.next()).build();
        Map<String, RunQuery> queries = Map.of(
                "page of a tenant's failed runs", failed,
                "the page after it", next,
                "page by label, model and least cost",
                        RunQuery.builder()
                                .putLabels("campaign", "c3")
                                .model("pencil")
                                .costAtLeast(Money.usd(70_000_000))
                                .build(),
                "page by an asset that no run has (reads all)",
                        RunQuery.builder().asset("sku-none").build(),
                "page by a failed stage that none has (reads all)",
                        RunQuery.builder().failedStage("none").build(),
                "page of 1,000 runs", RunQuery.builder().limit(1_000).build());
        queries.forEach((what, query) -> {
            double[] times = new double[PAGES];
            Arrays.setAll(times, round -> once(() -> store.list(query)));
            add(figures, what, times);
        });
    }

    private static void add(Figures figures, String what, double[] millis) {
        Arrays.sort(millis);
        figures.add(Figure.told("M1", what + ", p50", millis[millis.length / 2], "ms"));
        figures.add(Figure.atMost("M1", what + ", p99", millis[millis.length * 99 / 100], "ms", PAGE_MILLIS));
    }

    private static double once(Supplier<?> work) {
        long begin = System.nanoTime();
        if (work.get() == null) {
            throw new IllegalStateException("nothing came of it");
        }
        return millis(begin);
    }

    private static double millis(long begin) {
        return (System.nanoTime() - begin) / 1e6;
    }

    private void record(TraceSink store, RunId runId) {
        new MadeUpRun(store, runId).record(random);
    }

    private RunId runId(Instant age) {
        StringBuilder id = new StringBuilder();
        for (int shift = 45; shift >= 0; shift -= 5) {
            id.append(CROCKFORD.charAt((int) (age.toEpochMilli() >>> shift) & 31));
        }
        random.ints(16, 0, 32).forEach(digit -> id.append(CROCKFORD.charAt(digit)));
        return new RunId(id.toString());
    }

    private static double bytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + folder, e);
        }
    }

    /** The log of one run, as a pipeline would write it. */
    private static final class MadeUpRun {

        private final TraceSink sink;
        private final RunId runId;
        private long sequence;
        private long nanos;

        MadeUpRun(TraceSink sink, RunId runId) {
            this.sink = sink;
            this.runId = runId;
        }

        void record(Random random) {
            boolean fails = random.nextInt(20) == 0;
            emit(
                    TraceEvent.RUN_START,
                    "run",
                    "",
                    TraceFields.of(
                            TraceAttributes.WORKFLOW,
                            "generation",
                            TraceAttributes.TENANT,
                            "t" + random.nextInt(50),
                            TraceAttributes.USER,
                            "u" + random.nextInt(5_000),
                            TraceAttributes.LABEL + "campaign",
                            "c" + random.nextInt(20)),
                    TraceFields.of());
            stage("understand", random, false, "pencil");
            emit(
                    TraceEvent.PROMPT_RENDER,
                    "understand",
                    "run",
                    TraceFields.of(
                            TraceAttributes.PROMPT_NAME, "generation/enhance",
                            TraceAttributes.PROMPT_VERSION, "v" + random.nextInt(4),
                            TraceAttributes.PROMPT_ORIGIN, "class path",
                            TraceAttributes.PROMPT_SHA256, "00"),
                    TraceFields.of("text", "a lamp"));
            stage("draw", random, fails, "brush");
            if (!fails) {
                stage("check", random, false, null);
                emit(
                        TraceEvent.EVALUATION,
                        "check",
                        "run",
                        TraceFields.of(
                                TraceAttributes.EVALUATION_NAME,
                                "picture.size",
                                TraceAttributes.EVALUATION_LABEL,
                                random.nextInt(9) == 0 ? "warn" : "pass"),
                        TraceFields.of());
            }
            emit(
                    TraceEvent.RUN_END,
                    "run",
                    "",
                    TraceFields.of(
                            TraceAttributes.STATUS, fails ? "failed" : "succeeded",
                            TraceAttributes.ERROR_TYPE, fails ? "ModelException" : null),
                    TraceFields.of());
        }

        private void stage(String path, Random random, boolean fails, @Nullable String model) {
            emit(
                    TraceEvent.STAGE_START,
                    path,
                    "run",
                    TraceFields.of(TraceAttributes.STAGE, path, TraceAttributes.STAGE_KIND, "stage"),
                    TraceFields.of());
            nanos += random.nextInt(5_000_000);
            if (model != null) {
                call(path, random, fails, model);
            }
            emit(
                    TraceEvent.STAGE_END,
                    path,
                    "run",
                    TraceFields.of(
                            TraceAttributes.STAGE, path,
                            TraceAttributes.STAGE_OUTCOME, fails ? "failed" : "executed",
                            TraceAttributes.ERROR_TYPE, fails ? "ModelException" : null),
                    TraceFields.of());
        }

        private void call(String path, Random random, boolean fails, String model) {
            emit(
                    TraceEvent.MODEL_CALL_START,
                    path + "-call",
                    path,
                    TraceFields.of(
                            TraceAttributes.OPERATION, "generate_content",
                            TraceAttributes.PROVIDER, "stub",
                            TraceAttributes.REQUEST_MODEL, model),
                    TraceFields.of());
            nanos += 1_000_000L * random.nextInt(20_000);
            emit(
                    TraceEvent.MODEL_CALL_END,
                    path + "-call",
                    path,
                    TraceFields.of(
                            TraceAttributes.RESPONSE_MODEL, fails ? null : model + "-2026",
                            TraceAttributes.ERROR_TYPE, fails ? "rate_limited" : null),
                    TraceFields.of(
                            TraceAttributes.USAGE,
                            fails
                                    ? Usage.none()
                                    : Usage.builder()
                                            .inputTextTokens(random.nextInt(900))
                                            .outputImageTokens(1_290)
                                            .images(1)
                                            .build(),
                            TraceAttributes.COST,
                            fails ? Cost.nothing() : Cost.of(Money.usd(39_000_000L + 1_000L * random.nextInt(900)))));
            emit(
                    TraceEvent.ANSWER,
                    path,
                    "run",
                    TraceFields.of(
                            TraceAttributes.ATTEMPTS, 1,
                            TraceAttributes.RESPONSE_MODEL, fails ? null : model + "-2026",
                            TraceAttributes.ANSWER_SOURCE, fails ? null : "MODEL"),
                    TraceFields.of());
        }

        private void emit(String type, String span, String parent, TraceFields attributes, TraceFields body) {
            sequence++;
            sink.accept(TraceEvent.builder(runId, type, runId.createdAt().plusNanos(nanos))
                    .sequence(sequence)
                    .elapsedNanos(nanos)
                    .spanId(span)
                    .parentSpanId(parent)
                    .attributes(attributes)
                    .body(body)
                    .build());
        }
    }
}
