package dev.pictor.pipeline;

import static dev.pictor.pipeline.Needs.needs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pictor.image.ImageBytes;
import dev.pictor.image.Pictures;
import dev.pictor.trace.DirectoryRunStore;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunRecord;
import dev.pictor.trace.RunStatus;
import dev.pictor.trace.StageOutcome;
import dev.pictor.trace.StageRecord;
import dev.pictor.trace.StoredRunException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumeTest {

    record Room(String name, ImageBytes photo) {}

    private static final StageKey<Room> ROOM = StageKey.of("room", Room.class);
    private static final StageKey<List<Room>> VIEWS = StageKey.listOf("views", Room.class);
    private static final StageKey<List<Room>> INNER = StageKey.listOf("inner", Room.class);
    private static final StageKey<String> DONE = StageKey.of("done", String.class);

    @TempDir
    Path directory;

    private final AtomicInteger rooms = new AtomicInteger();
    private final AtomicInteger views = new AtomicInteger();
    private final AtomicBoolean broken = new AtomicBoolean(true);
    private DirectoryRunStore store;
    private PipelineRunner runner;

    @BeforeEach
    void open() {
        store = DirectoryRunStore.open(directory);
        runner = PipelineRunner.builder()
                .traceSink(store)
                .journal(store)
                .artifacts(store)
                .build();
    }

    @AfterEach
    void close() {
        runner.close();
        store.close();
    }

    private final Pipeline<Room, List<Room>> child = Pipeline.named("child", Room.class)
            .stage(VIEWS, (run, room) -> {
                views.incrementAndGet();
                return List.of(room, new Room(room.name() + " 2", Pictures.png(3, 2)));
            })
            .returning(VIEWS);

    private final Pipeline<String, String> pipeline = Pipeline.named("rooms", String.class)
            .stage(ROOM, (run, name) -> {
                rooms.incrementAndGet();
                return new Room(name, Pictures.png(4, 4));
            })
            .pipeline(INNER, child, needs(ROOM), (run, in, room) -> room)
            .stage(DONE, needs(INNER), (run, in, inner) -> {
                if (broken.get()) {
                    throw new IOException("out of luck");
                }
                return inner.size() + " views of " + inner.get(1).name() + " "
                        + inner.get(1).photo().size();
            })
            .returning(DONE);

    private RunId failOnce() {
        StageException failure = catchThrowableOfType(StageException.class, () -> runner.run(pipeline, "hall"));
        broken.set(false);
        return new RunId(failure.runId().orElseThrow());
    }

    private StoredRunException.Reason refusal(Pipeline<?, ?> resumed, RunId runId) {
        return catchThrowableOfType(
                        StoredRunException.class, () -> runner.resume(resumed, runId, RunOptions.ofDefaults()))
                .reason();
    }

    @Test
    void goesOnAfterTheLastFinishedStageInAnotherProcess() {
        RunId runId = failOnce();
        close();
        open();

        RunResult<String> result = runner.resume(pipeline, runId, RunOptions.ofDefaults());

        assertThat(result.value()).isEqualTo("2 views of hall 2 3x2");
        assertThat(rooms).hasValue(1);
        assertThat(views).hasValue(1);
        RunRecord record = store.find(runId).orElseThrow();
        assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(record.resumes()).isEqualTo(1);
        assertThat(record.missingEvents()).isZero();
        assertThat(record.stages())
                .filteredOn(stage -> stage.outcome().equals(Optional.of(StageOutcome.RESTORED)))
                .extracting(StageRecord::path)
                .containsExactly("room", "inner");
    }

    @Test
    void refusesARunThatIsFinished() {
        broken.set(false);
        RunId runId = runner.run(pipeline, "hall").runId();

        assertThat(refusal(pipeline, runId)).isEqualTo(StoredRunException.Reason.FINISHED);
    }

    @Test
    void refusesARunThatNobodyKnows() {
        assertThat(refusal(pipeline, RunId.create())).isEqualTo(StoredRunException.Reason.NOT_FOUND);
    }

    @Test
    void refusesAnotherDefinition() {
        RunId runId = failOnce();
        Pipeline<String, String> other = Pipeline.named("rooms", String.class)
                .stage(DONE, (run, in) -> in)
                .returning(DONE);

        assertThat(refusal(other, runId)).isEqualTo(StoredRunException.Reason.OTHER_DEFINITION);
    }

    @Test
    void refusesARunThatAnotherStoreIsWriting() {
        RunId runId = failOnce();
        try (DirectoryRunStore second = DirectoryRunStore.open(directory)) {
            second.begin(second.read(runId).orElseThrow());

            assertThat(refusal(pipeline, runId)).isEqualTo(StoredRunException.Reason.IN_USE);
        }
        assertThat(runner.resume(pipeline, runId, RunOptions.ofDefaults()).value())
                .startsWith("2 views");
    }

    @Test
    void refusesARunThatIsUnderWayInThisProcess() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Pipeline<String, String> slow = Pipeline.named("slow", String.class)
                .stage(DONE, (run, in) -> {
                    started.countDown();
                    go.await();
                    return in;
                })
                .returning(DONE);
        RunHandle<String> handle = runner.runAsync(slow, "hall", RunOptions.ofDefaults());
        started.await();

        assertThat(refusal(slow, handle.runId())).isEqualTo(StoredRunException.Reason.IN_USE);

        go.countDown();
        assertThat(handle.await(Duration.ofSeconds(20)).value()).isEqualTo("hall");
    }

    @Test
    void givesNumbersBackAsTheyWere() {
        StageKey<BigDecimal> price = StageKey.of("price", BigDecimal.class);
        BigDecimal exact = new BigDecimal("0.12345678901234567890123");
        Pipeline<String, String> priced = Pipeline.named("priced", String.class)
                .stage(price, (run, in) -> exact)
                .stage(DONE, needs(price), (run, in, amount) -> {
                    if (broken.get()) {
                        throw new IOException("out of luck");
                    }
                    return amount.toString();
                })
                .returning(DONE);
        StageException failure = catchThrowableOfType(StageException.class, () -> runner.run(priced, "x"));
        broken.set(false);

        RunId runId = new RunId(failure.runId().orElseThrow());
        assertThat(runner.resume(priced, runId, RunOptions.ofDefaults()).value())
                .isEqualTo(exact.toString());
    }

    @Test
    void refusesWhenAPictureWasReplaced() throws IOException {
        RunId runId = failOnce();
        Files.write(
                store.artifactFile(Pictures.png(4, 4).sha256()),
                Pictures.png(7, 7).toByteArray());

        assertThat(refusal(pipeline, runId)).isEqualTo(StoredRunException.Reason.ARTIFACT_MISSING);
    }

    @Test
    void refusesWhenAPictureIsGone() throws IOException {
        RunId runId = failOnce();
        Files.delete(store.artifactFile(Pictures.png(4, 4).sha256()));

        assertThat(refusal(pipeline, runId)).isEqualTo(StoredRunException.Reason.ARTIFACT_MISSING);
    }

    @Test
    void refusesWhenAValueWasWithheld() {
        StageKey<Object> odd = StageKey.of("odd", Object.class);
        Pipeline<String, String> withheld = Pipeline.named("odd", String.class)
                .stage(odd, (run, in) -> new Object())
                .stage(DONE, needs(odd), (run, in, o) -> {
                    throw new IOException("out of luck");
                })
                .returning(DONE);
        StageException failure = catchThrowableOfType(StageException.class, () -> runner.run(withheld, "x"));
        RunId runId = new RunId(failure.runId().orElseThrow());

        StoredRunException refusal = catchThrowableOfType(
                StoredRunException.class, () -> runner.resume(withheld, runId, RunOptions.ofDefaults()));

        assertThat(refusal.reason()).isEqualTo(StoredRunException.Reason.WITHHELD);
        assertThat(refusal)
                .hasMessageContaining("the output of stage odd was withheld: a java.lang.Object has no JSON");
    }
}
