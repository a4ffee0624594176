package dev.pictor.testkit;

import static dev.pictor.testkit.TraceAssertions.assertThat;
import static dev.pictor.testkit.TraceAssertions.assertThatEvents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.image.Sha256;
import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.RunCancelledException;
import dev.pictor.pipeline.RunListener;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.pipeline.RunResult;
import dev.pictor.pipeline.StageKey;
import dev.pictor.trace.JournaledRun;
import dev.pictor.trace.JournaledValue;
import dev.pictor.trace.MemoryRunStore;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunJournal;
import dev.pictor.trace.RunStatus;
import dev.pictor.trace.StoredRunException;
import dev.pictor.trace.TraceEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens to a run that is journaled, event by event, in both forms of a run. */
@Timeout(60)
class JournalScenariosTest {

    private static final StageKey<String> DONE = StageKey.of("done", String.class);

    private final MemoryRunStore store = new MemoryRunStore();
    private final RecordingTraceSink sink = RecordingTraceSink.create();
    private final Pipeline<String, String> pipeline =
            Pipeline.named("sample", String.class).stage(DONE, (run, in) -> in).returning(DONE);

    @ParameterizedTest
    @EnumSource
    void writesEachEntryBeforeTheEventThatTellsOfIt(Form form) throws Exception {
        try (PipelineRunner runner =
                PipelineRunner.builder().traceSink(store).journal(store).build()) {
            RunId runId = form.start(runner, pipeline, "x", RunOptions.ofDefaults())
                    .await()
                    .runId();

            assertThat(store.events(runId))
                    .extracting(TraceEvent::type)
                    .containsExactly(
                            "journal.start",
                            "run.start",
                            "stage.start",
                            "journal.stage",
                            "stage.end",
                            "run.end",
                            "journal.end");
            assertThat(store.find(runId).orElseThrow().stages().get(0).output()).contains(JournaledValue.of("x"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void withholdsAnOutputThatHasNoJsonFormAndGoesOn(Form form) throws Exception {
        @SuppressWarnings("rawtypes")
        StageKey<Optional> nothing = StageKey.of("nothing", Optional.class);
        Pipeline<String, ?> empty = Pipeline.named("sample", String.class)
                .stage(nothing, (run, in) -> Optional.empty())
                .returning(nothing);
        try (PipelineRunner runner = PipelineRunner.builder().journal(store).build()) {
            RunResult<?> result =
                    form.start(runner, empty, "x", RunOptions.ofDefaults()).await();

            assertThat(result.value()).isEqualTo(Optional.empty());
            assertThat(store.read(result.runId()).orElseThrow().stages())
                    .containsOnlyKeys("nothing")
                    .containsValue(JournaledValue.withheld("a java.util.Optional has no JSON form"));
        }
    }

    /** A run is resumed by one thread at a time: a second one would pay for everything again. */
    @Test
    void refusesToResumeARunThatIsUnderWay() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Pipeline<String, String> stalling = Pipeline.named("sample", String.class)
                .stage(DONE, (run, in) -> {
                    begun.countDown();
                    new CountDownLatch(1).await();
                    return in;
                })
                .returning(DONE);
        try (PipelineRunner runner =
                PipelineRunner.builder().traceSink(store).journal(store).build()) {
            Form.Running<String> running = Form.ASYNC.start(runner, stalling, "x", RunOptions.ofDefaults());
            begun.await();
            RunId runId = store.newest(1).get(0);

            assertThatThrownBy(() -> runner.resume(pipeline, runId, RunOptions.ofDefaults()))
                    .isInstanceOfSatisfying(
                            StoredRunException.class,
                            refusal -> assertThat(refusal.reason()).isEqualTo(StoredRunException.Reason.IN_USE));

            running.cancel();
            assertThatThrownBy(running::await).isInstanceOf(RunCancelledException.class);
            assertThat(runner.resume(pipeline, runId, RunOptions.ofDefaults()).value())
                    .isEqualTo("x");
            assertThat(store.find(runId).orElseThrow())
                    .hasStatus(RunStatus.SUCCEEDED)
                    .hasStages("done", "done");
            assertThatEvents(store.events(runId)).isWellFormed();
        }
    }

    /** A journal that cannot write fails the run. */
    @Nested
    class AJournalThatFails {

        private final List<String> heard = new CopyOnWriteArrayList<>();
        private final RunOptions options = RunOptions.builder()
                .deadline(Duration.ofSeconds(20))
                .listener(new RunListener() {
                    @Override
                    public void runStarted(RunId runId) {
                        heard.add("started");
                    }

                    @Override
                    public void runFinished(RunId runId, RunStatus status) {
                        heard.add(status.toString());
                    }
                })
                .build();

        private void assertRunFails(Form form, FailingJournal journal) {
            try (PipelineRunner runner =
                    PipelineRunner.builder().traceSink(sink).journal(journal).build()) {
                assertThatThrownBy(
                                () -> form.start(runner, pipeline, "x", options).await())
                        .isInstanceOfSatisfying(
                                StoredRunException.class,
                                failure ->
                                        assertThat(failure.reason()).isEqualTo(StoredRunException.Reason.NOT_WRITTEN));
            }
        }

        @ParameterizedTest
        @EnumSource
        void atTheBeginningLeavesNoTraceOfARunThatNeverBegan(Form form) {
            FailingJournal journal = new FailingJournal("begin");

            assertRunFails(form, journal);

            assertThat(sink.types()).isEmpty();
            assertThat(heard).isEmpty();
            assertThat(journal.calls).containsExactly("begin", "end resumable");
        }

        @ParameterizedTest
        @EnumSource
        void inTheMiddleFailsTheStage(Form form) {
            FailingJournal journal = new FailingJournal("stage");

            assertRunFails(form, journal);

            assertThatEvents(sink.events()).isWellFormed().hasTypes("run.start", "stage.start", "stage.end", "run.end");
            assertThat(heard).containsExactly("started", "FAILED");
            assertThat(journal.calls).containsExactly("begin", "stage done", "end resumable");
        }

        @ParameterizedTest
        @EnumSource
        void atTheEndLeavesOneEndInTheTrace(Form form) {
            FailingJournal journal = new FailingJournal("end");

            assertRunFails(form, journal);

            assertThatEvents(sink.events()).isWellFormed().hasTypes("run.start", "stage.start", "stage.end", "run.end");
            assertThat(heard).containsExactly("started", "SUCCEEDED");
            assertThat(journal.calls).containsExactly("begin", "stage done", "end");
        }
    }

    /** Notes its calls and fails one kind of them. */
    private static final class FailingJournal implements RunJournal {

        private final String failing;
        final List<String> calls = new CopyOnWriteArrayList<>();

        FailingJournal(String failing) {
            this.failing = failing;
        }

        @Override
        public void begin(JournaledRun run) {
            note("begin", "begin");
        }

        @Override
        public void stageFinished(RunId runId, String stage, JournaledValue output) {
            note("stage", "stage " + stage);
        }

        @Override
        public void end(RunId runId, boolean resumable) {
            note("end", resumable ? "end resumable" : "end");
        }

        @Override
        public RunId claim(Sha256 key, RunId runId) {
            note("claim", "claim");
            return runId;
        }

        @Override
        public Optional<JournaledRun> read(RunId runId) {
            return Optional.empty();
        }

        private void note(String kind, String call) {
            calls.add(call);
            if (kind.equals(failing)) {
                throw new StoredRunException(StoredRunException.Reason.NOT_WRITTEN, "the disk is full", null);
            }
        }
    }
}
