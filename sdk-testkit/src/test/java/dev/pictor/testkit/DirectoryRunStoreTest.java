package dev.pictor.testkit;

import static dev.pictor.pipeline.Needs.needs;
import static dev.pictor.testkit.TraceAssertions.assertThatEvents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pictor.image.ImageBytes;
import dev.pictor.image.PixelSize;
import dev.pictor.image.Sha256;
import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.RunCancelledException;
import dev.pictor.pipeline.RunResult;
import dev.pictor.pipeline.StageKey;
import dev.pictor.trace.ArtifactStore;
import dev.pictor.trace.DirectoryRunStore;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunJournal;
import dev.pictor.trace.RunRecord;
import dev.pictor.trace.RunStatus;
import dev.pictor.trace.RunStore;
import dev.pictor.trace.StoredRunException;
import dev.pictor.trace.TraceEvent;
import dev.pictor.trace.TraceSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryRunStoreTest {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy/MM/dd", Locale.ROOT).withZone(ZoneOffset.UTC);

    @TempDir
    Path directory;

    private DirectoryRunStore store;

    @BeforeEach
    void open() {
        store = DirectoryRunStore.open(directory);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Nested
    class AsTraceSink extends TraceSinkContract {

        @Override
        protected TraceSink sink() {
            return store;
        }

        @Override
        protected List<TraceEvent> events(RunId runId) {
            return store.events(runId);
        }
    }

    @Nested
    class AsRunStore extends RunStoreContract {

        @Override
        protected RunStore store() {
            return store;
        }

        @Override
        protected TraceSink sink() {
            return store;
        }
    }

    @Nested
    class AsRunJournal extends RunJournalContract {

        @Override
        protected RunJournal journal() {
            return store;
        }

        @Override
        protected void reopen() {
            close();
            open();
        }
    }

    @Nested
    class AsArtifactStore extends ArtifactStoreContract {

        @Override
        protected ArtifactStore store() {
            return store;
        }
    }

    /** Whatever the code of a stage does with its thread, the log does not suffer. */
    @Nested
    class OnInterruptedThreads {

        private static final StageKey<String> NAME = StageKey.of("name", String.class);
        private static final StageKey<String> DONE = StageKey.of("done", String.class);
        private static final ImageBytes PICTURE = FakePicture.of(new PixelSize(3, 2), 0xB5A642);

        private PipelineRunner runner;
        private final Pipeline<String, String> pipeline = Pipeline.named("interrupted", String.class)
                .stage(NAME, (run, in) -> {
                    Thread.currentThread().interrupt();
                    run.keep("intermediate", PICTURE);
                    return in;
                })
                .stage(DONE, needs(NAME), (run, in, name) -> name)
                .returning(DONE);

        @BeforeEach
        void start() {
            runner = PipelineRunner.builder()
                    .traceSink(store)
                    .journal(store)
                    .artifacts(store)
                    .build();
        }

        @AfterEach
        void clear() {
            Thread.interrupted();
            runner.close();
        }

        @Test
        void losesNothingOfARunThatGoesOn() {
            RunResult<String> result = runner.run(pipeline, "x");

            assertThatEvents(store.events(result.runId()))
                    .isWellFormed()
                    .hasTypes(
                            "run.start", "stage.start", "artifact", "stage.end", "stage.start", "stage.end", "run.end");
            assertThat(store.get(PICTURE.sha256())).contains(PICTURE.asByteBuffer());
            assertThat(store.read(result.runId()).orElseThrow().isFinished()).isTrue();
            assertThat(Thread.interrupted()).isTrue();
        }

        @Test
        void recordsThatARunWasCancelledBeforeItBegan() {
            Pipeline<String, String> waiting = Pipeline.named("waiting", String.class)
                    .stage(DONE, (run, in) -> {
                        new CountDownLatch(1).await();
                        return in;
                    })
                    .returning(DONE);
            Thread.currentThread().interrupt();

            RunCancelledException cancelled =
                    catchThrowableOfType(RunCancelledException.class, () -> runner.run(waiting, "x"));

            assertThat(Thread.interrupted()).isTrue();
            RunId runId = new RunId(cancelled.runId().orElseThrow());
            assertThatEvents(store.events(runId)).isWellFormed();
            assertThat(store.find(runId)).map(RunRecord::status).contains(RunStatus.CANCELLED);
        }
    }

    @Nested
    class Artifacts {

        private final byte[] bytes = new byte[10_000];
        private final Sha256 name = Sha256.of(bytes);

        @Test
        void ofAProcessThatEndedWhileItWroteAreNotThere() throws IOException {
            Path draft = store.artifactFile(name).resolveSibling("." + name + ".draft");
            Files.createDirectories(draft.getParent());
            Files.write(draft, Arrays.copyOf(bytes, 5_000));

            assertThat(store.get(name)).isEmpty();
            store.put(name, ByteBuffer.wrap(bytes));
            assertThat(store.get(name)).contains(ByteBuffer.wrap(bytes));
        }

        @Test
        void thatLostTheirEndAreWrittenAgain() throws IOException {
            store.put(name, ByteBuffer.wrap(bytes));
            Files.write(store.artifactFile(name), Arrays.copyOf(bytes, 5_000));

            store.put(name, ByteBuffer.wrap(bytes));

            assertThat(store.get(name)).contains(ByteBuffer.wrap(bytes));
        }

        @Test
        void areNeverHalfVisible() throws Exception {
            byte[] large = new byte[4 << 20];
            Sha256 largeName = Sha256.of(large);
            AtomicBoolean kept = new AtomicBoolean();

            SideBySide.run(thread -> {
                if (thread == 0) {
                    store.put(largeName, ByteBuffer.wrap(large));
                    kept.set(true);
                }
                boolean seen = false;
                while (!seen) {
                    boolean mustBeThere = kept.get();
                    Optional<ByteBuffer> now = store.get(largeName);
                    now.ifPresent(whole -> assertThat(whole.remaining()).isEqualTo(large.length));
                    assertThat(now.isPresent() || !mustBeThere).isTrue();
                    seen = now.isPresent();
                }
            });
        }
    }

    @Nested
    class Runs {

        @Test
        void haveOneWriter() {
            RunId runId = RunId.create();
            TraceEvent event =
                    TraceEvent.builder(runId, "acme.tick", Instant.EPOCH).build();
            try (DirectoryRunStore other = DirectoryRunStore.open(directory)) {
                other.accept(event);

                assertThatThrownBy(() -> store.accept(event))
                        .isInstanceOfSatisfying(StoredRunException.class, refusal -> {
                            assertThat(refusal.reason()).isEqualTo(StoredRunException.Reason.IN_USE);
                            assertThat(refusal.isRetryable()).isTrue();
                            assertThat(refusal).hasMessageContaining(runId.value());
                        });
                assertThat(store.events(runId)).containsExactly(event);
            }
            store.accept(event);
            assertThat(store.events(runId)).containsExactly(event, event);
        }

        @Test
        void areNotWrittenOnceTheStoreIsClosed() {
            TraceEvent event = TraceEvent.builder(RunId.create(), "acme.tick", Instant.EPOCH)
                    .build();
            store.accept(event);
            store.close();
            store.close();

            assertThatThrownBy(() -> store.accept(event))
                    .isInstanceOfSatisfying(
                            StoredRunException.class,
                            refusal -> assertThat(refusal.reason()).isEqualTo(StoredRunException.Reason.NOT_WRITTEN))
                    .hasMessageContaining("is closed");
            assertThat(store.events(event.runId())).containsExactly(event);
        }

        @Test
        void areListedAcrossDaysAndYears() {
            List<RunId> byAge = List.of(
                    new RunId("01FR9EZ7008Z3Y1X2C3D4E5F61"), // 2022-01-01
                    new RunId("01GNMGH6008Z3Y1X2C3D4E5F72"), // 2023-01-01
                    new RunId("01GNQ2XT808Z3Y1X2C3D4E5F83"), // a day later
                    RunId.create());
            byAge.forEach(runId -> store.accept(TraceEvent.builder(runId, TraceEvent.RUN_START, runId.createdAt())
                    .sequence(1)
                    .build()));

            assertThat(store.newest(3)).containsExactly(byAge.get(3), byAge.get(2), byAge.get(1));
            assertThat(byAge.get(2).createdAt()).isAfter(byAge.get(1).createdAt());
        }

        @Test
        void areListedBesideFilesThatAreNotOurs() throws IOException {
            RunId runId = RunId.create();
            store.accept(TraceEvent.builder(runId, TraceEvent.RUN_START, runId.createdAt())
                    .sequence(1)
                    .build());
            Path runs = directory.resolve("runs");
            Path day = runs.resolve(DAY.format(runId.createdAt()));
            Files.writeString(runs.resolve(".DS_Store"), "x");
            Files.writeString(day.resolve("notes.txt"), "x");
            Files.writeString(day.resolve("zzz.jsonl"), "x");

            assertThat(store.newest(10)).containsExactly(runId);
        }
    }
}
