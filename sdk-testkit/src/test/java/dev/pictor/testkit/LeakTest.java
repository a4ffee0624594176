package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.resilience.RetryPolicy;
import dev.pictor.image.ImageBytes;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.pipeline.DeadlineExceededException;
import dev.pictor.pipeline.Needs;
import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.pipeline.StageKey;
import dev.pictor.trace.DirectoryRunStore;
import dev.pictor.trace.MemoryRunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** However many runs there were, nothing of them stays: no thread, no open file. */
@Timeout(120)
class LeakTest {

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final boolean OPEN_FILES_ARE_SHOWN = Files.isDirectory(DESCRIPTORS);

    private static final int RUNS_IN_MEMORY = 1_900;
    private static final int RUNS_IN_FILES = 100;
    private static final StageKey<ImageBytes> DRAW = StageKey.of("draw", ImageBytes.class);
    private static final StageKey<String> ASK = StageKey.of("ask", String.class);
    private static final StageKey<String> DONE = StageKey.of("done", String.class);

    @TempDir
    Path directory;

    private final FakeImageModel painter = FakeImageModel.create();
    private final FakeImageModel staller = FakeImageModel.create();
    private final Pipeline<String, String> painting = pipeline(painter);
    private final Pipeline<String, String> stalling = pipeline(staller);

    private static Pipeline<String, String> pipeline(FakeImageModel model) {
        Gateway gateway = Gateway.builder(model)
                .retry(RetryPolicy.builder()
                        .maxAttempts(1)
                        .minimumTimeLeft(Duration.ofMillis(1))
                        .build())
                .build();
        return Pipeline.named("leaky", String.class)
                .stage(
                        DRAW,
                        (run, in) -> gateway.generate(
                                        run, ImageRequest.builder(in).build())
                                .result()
                                .images()
                                .get(0))
                .stage(ASK, (run, in) -> in)
                .stage(DONE, Needs.needs(DRAW, ASK), (run, in, draw, ask) -> ask)
                .returning(DONE);
    }

    @Test
    void leavesNoThread() throws Exception {
        Set<Thread> before = threads();
        MemoryRunStore store = new MemoryRunStore();
        try (PipelineRunner runner = PipelineRunner.builder()
                .traceSink(store)
                .journal(store)
                .artifacts(store)
                .build()) {
            run(runner, RUNS_IN_MEMORY);
        }
        Set<Thread> left = threads();
        left.removeAll(before);
        for (Thread thread : left) {
            TimeUnit.SECONDS.timedJoin(thread, 10);
        }
        assertThat(left).noneMatch(Thread::isAlive);
    }

    @Test
    void leavesNoOpenFile() throws Exception {
        try (DirectoryRunStore store = DirectoryRunStore.open(directory)) {
            try (PipelineRunner runner = PipelineRunner.builder()
                    .traceSink(store)
                    .journal(store)
                    .artifacts(store)
                    .build()) {
                run(runner, RUNS_IN_FILES);
            }
            Path lock = directory.toRealPath().resolve("LOCK");
            assertThat(openFiles()).isEqualTo(OPEN_FILES_ARE_SHOWN ? List.of(lock) : List.of());
            assertThat(store.newest(RUNS_IN_FILES + 1)).hasSize(RUNS_IN_FILES);
        }
        assertThat(openFiles()).isEmpty();
    }

    /** Most runs succeed, some fail, some stall until their deadline. */
    private void run(PipelineRunner runner, int count) throws Exception {
        RunOptions brief = RunOptions.builder().deadline(Duration.ofMillis(20)).build();
        for (int i = 0; i < count; i++) {
            Form form = i % 2 == 0 ? Form.BLOCKING : Form.ASYNC;
            switch (i % 50) {
                case 10 -> {
                    painter.thenFail(Reason.UNAVAILABLE, Billed.NOT_SENT);
                    assertThatThrownBy(() -> form.start(runner, painting, "x", RunOptions.ofDefaults())
                                    .await())
                            .isInstanceOf(ModelException.class);
                }
                case 21 -> {
                    staller.thenStall();
                    assertThatThrownBy(() ->
                                    form.start(runner, stalling, "x", brief).await())
                            .isInstanceOf(DeadlineExceededException.class);
                }
                default ->
                    assertThat(form.start(runner, painting, "x", RunOptions.ofDefaults())
                                    .await()
                                    .value())
                            .isEqualTo("x");
            }
        }
    }

    /** Of this thread's group: the JVM's own, such as the carriers of virtual threads, are in others. */
    private static Set<Thread> threads() {
        ThreadGroup ours = Thread.currentThread().getThreadGroup();
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> ours.equals(thread.getThreadGroup()))
                .collect(Collectors.toSet());
    }

    /** The open files below the test's folder; none on systems that do not show them. */
    private List<Path> openFiles() throws IOException {
        if (!OPEN_FILES_ARE_SHOWN) {
            return List.of();
        }
        Path ours = directory.toRealPath();
        try (Stream<Path> links = Files.list(DESCRIPTORS)) {
            return links.flatMap(LeakTest::target)
                    .filter(target -> target.startsWith(ours))
                    .toList();
        }
    }

    private static Stream<Path> target(Path link) {
        try {
            return Stream.of(Files.readSymbolicLink(link));
        } catch (IOException e) {
            return Stream.empty(); // closed meanwhile
        }
    }
}
