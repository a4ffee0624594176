package dev.pictor.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pictor.image.ImageBytes;
import dev.pictor.trace.ContentLevel;
import dev.pictor.trace.Evaluation;
import dev.pictor.trace.EvaluationRecord;
import dev.pictor.trace.Evaluator;
import dev.pictor.trace.MemoryRunStore;
import dev.pictor.trace.Redaction;
import dev.pictor.trace.RunRecord;
import dev.pictor.trace.Sampling;
import dev.pictor.trace.StoredRunException;
import dev.pictor.trace.TraceAttributes;
import dev.pictor.trace.TraceEvent;
import dev.pictor.trace.TraceParent;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a runner records of its runs. */
@Timeout(60)
class RecordedRunsTest {

    private static final StageKey<String> WORK = StageKey.of("work", String.class);
    private static final String KEY = "AIzaSyA1234567890abcdefghijklmnopqrstuv";

    private final MemoryRunStore store = new MemoryRunStore();

    @FunctionalInterface
    private interface Work {
        String in(RunContext run) throws Exception;
    }

    private PipelineRunnerBuilder storing() {
        return PipelineRunner.builder().traceSink(store).artifacts(store);
    }

    private static Pipeline<String, String> pipeline(Work work) {
        return Pipeline.named("sample", String.class)
                .stage(WORK, (run, in) -> work.in(run))
                .returning(WORK);
    }

    private RunRecord run(PipelineRunnerBuilder settings, RunOptions options, Work work) {
        try (PipelineRunner runner = settings.build()) {
            RunResult<String> result = runner.run(pipeline(work), "a lamp", options);
            return store.find(result.runId()).orElseThrow();
        }
    }

    private TraceEvent start(RunRecord run) {
        return store.events(run.runId()).stream()
                .filter(event -> event.type().equals(TraceEvent.RUN_START))
                .findFirst()
                .orElseThrow();
    }

    /** A picture whose hash nobody knows yet. */
    private static ImageBytes picture() throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        assertThat(ImageIO.write(new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB), "png", png))
                .isTrue();
        return ImageBytes.wrap(png.toByteArray());
    }

    private static boolean isHashed(ImageBytes image) throws ReflectiveOperationException {
        Field hash = ImageBytes.class.getDeclaredField("sha256");
        hash.setAccessible(true);
        return hash.get(image) != null;
    }

    @Test
    void aRunBelowFullSaysSo() {
        RunRecord byRunner = run(storing().content(ContentLevel.NONE), RunOptions.ofDefaults(), run -> "done");
        RunRecord byRun = run(
                storing(), RunOptions.builder().content(ContentLevel.REFERENCES).build(), run -> "done");
        RunRecord full = run(storing(), RunOptions.ofDefaults(), run -> "done");

        assertThat(start(byRunner).attributes()).containsEntry(TraceAttributes.CONTENT, "none");
        assertThat(byRunner.content()).isEqualTo(ContentLevel.NONE);
        assertThat(byRun.content()).isEqualTo(ContentLevel.REFERENCES);
        assertThat(start(full).attributes()).doesNotContainKey(TraceAttributes.CONTENT);
        assertThat(full.content()).isEqualTo(ContentLevel.FULL);
    }

    @Test
    void noPictureIsHashedBelowReferencesOrWithoutASink() throws Exception {
        ImageBytes image = picture();
        RunOptions none = RunOptions.builder().content(ContentLevel.NONE).build();
        Work keeping = run -> {
            run.keep("output", image);
            return "done";
        };

        RunRecord record = run(storing(), none, keeping);
        try (PipelineRunner silent = PipelineRunner.builder().artifacts(store).build()) {
            assertThat(silent.run(pipeline(keeping), "a lamp").value()).isEqualTo("done");
        }

        assertThat(isHashed(image)).isFalse();
        assertThat(record.artifacts()).isEmpty();
        RunRecord named = run(
                storing(), RunOptions.builder().content(ContentLevel.REFERENCES).build(), keeping);
        assertThat(named.artifacts()).hasSize(1);
        assertThat(isHashed(image)).isTrue();
        assertThat(store.get(image.sha256())).isEmpty();
        assertThat(run(storing(), RunOptions.ofDefaults(), keeping).artifacts()).hasSize(1);
        assertThat(store.get(image.sha256())).isPresent();
    }

    @Test
    void theJournalKeepsWhatItNeedsAtAnyLevel() {
        RunRecord record = run(
                storing().journal(store),
                RunOptions.builder().content(ContentLevel.NONE).build(),
                run -> "done");

        assertThat(record.input().orElseThrow().json()).contains("a lamp");
        assertThat(record.stages().get(0).output().orElseThrow().json()).contains("done");
    }

    @Test
    void theJournalWithholdsASecretAndResumingIsRefusedWithTheReason() {
        AtomicBoolean fails = new AtomicBoolean(true);
        AtomicReference<RunContext> seen = new AtomicReference<>();
        Pipeline<String, String> pipeline = pipeline(run -> {
            seen.set(run);
            if (fails.getAndSet(false)) {
                throw new IOException("broken");
            }
            return "done";
        });
        try (PipelineRunner runner = storing().journal(store).build()) {
            assertThatExceptionOfType(StageException.class).isThrownBy(() -> runner.run(pipeline, "a lamp " + KEY));

            assertThat(store.events(seen.get().runId()).toString()).doesNotContain(KEY);
            assertThatExceptionOfType(StoredRunException.class)
                    .isThrownBy(() -> runner.resume(pipeline, seen.get().runId(), RunOptions.ofDefaults()))
                    .withMessageContaining("must not be recorded, by the rule \"shape\"")
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(StoredRunException.Reason.WITHHELD));
        }
    }

    @Test
    void theJournalNamesNobodyWhoMustNotBeNamed() {
        RunRecord record = run(
                storing()
                        .journal(store)
                        .redaction(Redaction.builder()
                                .addSecret("jane@example.com")
                                .build()),
                RunOptions.builder().user("jane@example.com").build(),
                run -> "done");

        assertThat(record.user()).contains(Redaction.MARK);
        assertThat(record.input().orElseThrow().json()).isEmpty();
        assertThat(store.read(record.runId()).orElseThrow().user()).isEmpty();
        assertThat(store.events(record.runId()).toString()).doesNotContain("jane");
    }

    @Test
    void theStartSaysWhereItRanAndWhoseTraceItIsPartOf() {
        TraceParent parent = TraceParent.parse("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        RunRecord inTrace = run(
                storing().environment("staging"),
                RunOptions.builder().traceParent(parent).build(),
                run -> "done");
        RunRecord alone = run(storing(), RunOptions.ofDefaults(), run -> "done");

        assertThat(inTrace.environment()).contains("staging");
        assertThat(inTrace.traceId()).isEqualTo(parent.traceId());
        assertThat(store.events(inTrace.runId()))
                .allSatisfy(event -> assertThat(event.traceId()).contains(parent.traceId()));
        assertThat(start(inTrace).parentSpanId()).contains(parent.spanId());
        assertThat(alone.traceId()).isEqualTo(alone.runId().traceId());
        assertThat(start(alone).traceId()).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PipelineRunner.builder().environment(""))
                .withMessage("environment must not be empty");
    }

    @Test
    void aRunThatSamplingLeftOutCanStillBeResumed() {
        AtomicBoolean fails = new AtomicBoolean(true);
        AtomicReference<RunContext> seen = new AtomicReference<>();
        Pipeline<String, String> pipeline = pipeline(run -> {
            seen.set(run);
            if (fails.getAndSet(false)) {
                throw new IOException("broken");
            }
            return "done";
        });
        try (PipelineRunner runner = storing()
                .journal(store)
                .sampling(Sampling.builder(0).keepFailed(false).build())
                .build()) {
            assertThatExceptionOfType(StageException.class).isThrownBy(() -> runner.run(pipeline, "a lamp"));
            RunResult<String> result = runner.resume(pipeline, seen.get().runId(), RunOptions.ofDefaults());

            RunRecord record = store.find(result.runId()).orElseThrow();
            assertThat(result.value()).isEqualTo("done");
            assertThat(record.sampled()).isFalse();
            assertThat(record.stages()).isEmpty();
            assertThat(record.missingEvents()).isZero();
            assertThat(record.resumes()).isEqualTo(1);
        }
    }

    @Test
    void anEvaluationMayHaveAScoreAndAJudge() {
        RunRecord record = run(storing(), RunOptions.ofDefaults(), run -> {
            run.evaluate(Evaluation.builder("likeness", Evaluation.Verdict.PASS, "close")
                    .score(0.75)
                    .evaluator(Evaluator.of(Evaluator.Kind.MODEL, "3"))
                    .build());
            run.evaluate(Evaluation.of("size", Evaluation.Verdict.WARN, "small"));
            return "done";
        });

        assertThat(record.evaluations())
                .extracting(EvaluationRecord::evaluation)
                .containsExactly(
                        Evaluation.builder("likeness", Evaluation.Verdict.PASS, "close")
                                .score(0.75)
                                .evaluator(Evaluator.of(Evaluator.Kind.MODEL, "3"))
                                .build(),
                        Evaluation.of("size", Evaluation.Verdict.WARN, "small"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Evaluation.builder("a", Evaluation.Verdict.PASS, "b")
                        .score(1.5)
                        .build())
                .withMessage("score must be 0 to 1, was 1.5");
    }
}
