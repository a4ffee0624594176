package dev.pictor.replay;

import static dev.pictor.trace.StoredRunException.Reason.NOT_FOUND;
import static java.util.Objects.requireNonNull;

import dev.pictor.error.PictorException;
import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.RunExtension;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.pipeline.RunResult;
import dev.pictor.trace.ArtifactStore;
import dev.pictor.trace.JournaledRun;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunJournal;
import dev.pictor.trace.RunRecord;
import dev.pictor.trace.RunStore;
import dev.pictor.trace.StoredRunException;
import dev.pictor.trace.TraceEvent;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Runs past runs again, each time as a run of its own that names the past one.
 *
 * <ul>
 *   <li>{@link #replay}: every call is answered from the record. No model is called, nothing is paid.
 *   <li>{@link #fork}: from a stage on, with something changed. What does not depend on that stage is taken over.
 *   <li>{@link #forkAll}: many runs with the same changes.
 * </ul>
 *
 * <p>Thread-safe.
 */
public final class RunReplay {

    private final PipelineRunner runner;
    private final RunStore runs;
    private final RunJournal journal;
    private final ArtifactStore artifacts;

    private RunReplay(PipelineRunner runner, RunStore runs, RunJournal journal, ArtifactStore artifacts) {
        this.runner = requireNonNull(runner, "runner");
        this.runs = requireNonNull(runs, "runs");
        this.journal = requireNonNull(journal, "journal");
        this.artifacts = requireNonNull(artifacts, "artifacts");
    }

    /**
     * Returns replay over a store that has it all, such as a {@link dev.pictor.trace.DirectoryRunStore}.
     *
     * @param runner runs them again; its own artifact store is where it finds what is taken over
     * @param store has the past runs
     * @param <S> a store of traces, journals and artifacts
     * @return a new replay
     */
    public static <S extends RunStore & RunJournal & ArtifactStore> RunReplay of(PipelineRunner runner, S store) {
        return of(runner, store, store, store);
    }

    /**
     * Returns replay over stores of their own.
     *
     * @param runner runs them again; its own artifact store is where it finds what is taken over
     * @param runs has the traces of past runs
     * @param journal has what past runs were started with and what their stages gave
     * @param artifacts has their pictures
     * @return a new replay
     */
    public static RunReplay of(PipelineRunner runner, RunStore runs, RunJournal journal, ArtifactStore artifacts) {
        return new RunReplay(runner, runs, journal, artifacts);
    }

    /**
     * Replays a run with default options.
     *
     * @param pipeline the pipeline it was started with
     * @param runId the run
     * @param <O> what comes out
     * @return the result of a new run
     * @throws PictorException as {@link #replay(Pipeline, RunId, RunOptions)} says
     */
    public <O> RunResult<O> replay(Pipeline<?, O> pipeline, RunId runId) {
        return replay(pipeline, runId, RunOptions.ofDefaults());
    }

    /**
     * Replays a run: its stages run anew, and each of their calls gets the answer that the same call was given then, in the
     * same stage. No model is called. Pictures are those of the artifact store, byte by byte. What failed fails alike.
     *
     * @param pipeline the pipeline it was started with, over a gateway with the same models
     * @param runId the run
     * @param options how long it may take and who listens; tenant and user are those of the past run
     * @param <O> what comes out
     * @return the result of a new run
     * @throws StoredRunException if the record is of no use for it; the reason says why, and no run is begun
     * @throws UnmatchedCallException if the run asks for something that was not recorded, whatever its stages made of that
     * @throws PictorException what the past run failed with, or what else {@link PipelineRunner#run} says
     */
    public <O> RunResult<O> replay(Pipeline<?, O> pipeline, RunId runId, RunOptions options) {
        return replayTyped(pipeline, runId, options);
    }

    private <I, O> RunResult<O> replayTyped(Pipeline<I, O> pipeline, RunId runId, RunOptions options) {
        JournaledRun past = past(runId);
        return replay(pipeline, runner.inputOf(pipeline, past), past, options);
    }

    /**
     * Replays a run with an input that should be the same, as a test does: where it leads to other calls, that is told.
     *
     * @param pipeline the pipeline it was started with, over a gateway with the same models
     * @param input what goes in
     * @param runId the run
     * @param options how long it may take and who listens; tenant and user are those of the past run
     * @param <I> what goes in
     * @param <O> what comes out
     * @return the result of a new run
     * @throws PictorException as {@link #replay(Pipeline, RunId, RunOptions)} says
     */
    public <I, O> RunResult<O> replay(Pipeline<I, O> pipeline, I input, RunId runId, RunOptions options) {
        return replay(pipeline, input, past(runId), options);
    }

    private <I, O> RunResult<O> replay(Pipeline<I, O> pipeline, I input, JournaledRun past, RunOptions options) {
        RunId runId = past.runId();
        RecordedRun recorded = RecordedRun.of(runId, events(runId), artifacts);
        ReplayedAnswers answers = new ReplayedAnswers(runId, recorded);
        RunResult<O> result;
        try {
            result = runner.rerun(pipeline, input, past, recorded.restored(), carrying(answers, past, options));
        } catch (PictorException e) {
            @Nullable UnmatchedCallException unmatched = answers.unmatched();
            if (unmatched == null || unmatched.equals(e)) {
                throw e;
            }
            unmatched.addSuppressed(e);
            throw unmatched;
        }
        @Nullable UnmatchedCallException unmatched = answers.unmatched();
        if (unmatched != null) {
            throw unmatched;
        }
        return result;
    }

    /**
     * Forks a run with default options.
     *
     * @param pipeline the pipeline it was started with
     * @param runId the run
     * @param changes what to do otherwise
     * @param <O> what comes out
     * @return the result of a new run
     * @throws PictorException as {@link #fork(Pipeline, RunId, RunChanges, RunOptions)} says
     */
    public <O> RunResult<O> fork(Pipeline<?, O> pipeline, RunId runId, RunChanges changes) {
        return fork(pipeline, runId, changes, RunOptions.ofDefaults());
    }

    /**
     * Forks a run: the stages that the changes touch run anew, and all that need what they give. What the others gave is
     * taken over from the journal. Calls are made and paid for like any other. A stage that the past run did not finish
     * runs anew too. The changes are for this run alone and are not kept: a fork that fails is made again, since resuming
     * it would go on without them.
     *
     * @param pipeline the pipeline it was started with
     * @param runId the run, finished or not
     * @param changes what to do otherwise; at least one change or a {@link RunChanges#fromStage()}
     * @param options how long it may take and who listens; tenant and user are those of the past run
     * @param <O> what comes out
     * @return the result of a new run
     * @throws StoredRunException if something that is to be taken over is missing or was redacted; no run is begun
     * @throws IllegalArgumentException if a change names a stage or prompt that the run does not have, or touches a stage
     *     before {@link RunChanges#fromStage()}
     * @throws PictorException as {@link PipelineRunner#run(Pipeline, Object, RunOptions)} says
     */
    public <O> RunResult<O> fork(Pipeline<?, O> pipeline, RunId runId, RunChanges changes, RunOptions options) {
        return forkTyped(pipeline, runId, changes, options);
    }

    private <I, O> RunResult<O> forkTyped(
            Pipeline<I, O> pipeline, RunId runId, RunChanges changes, RunOptions options) {
        JournaledRun past = past(runId);
        ForkPlan plan = ForkPlan.of(pipeline, RunRecord.of(events(runId)), past, changes);
        I input = changes.input().isPresent() ? input(pipeline, changes.input().get()) : runner.inputOf(pipeline, past);
        ForkedCalls carried = new ForkedCalls(runId, plan.fromStage(), changes);
        return runner.rerun(pipeline, input, past, plan.kept(), carrying(carried, past, options));
    }

    private static <I> I input(Pipeline<I, ?> pipeline, Object input) {
        if (!pipeline.inputType().isInstance(input)) {
            throw new IllegalArgumentException("input of pipeline " + pipeline.name() + " must be a "
                    + pipeline.inputType().getName() + ", was a "
                    + input.getClass().getName());
        }
        return pipeline.inputType().cast(input);
    }

    /**
     * Forks runs with the same changes, a few at once. What one of them meets is in its line and stops no other.
     * Interrupting the thread stops what is under way; the lines of the rest say so.
     *
     * @param pipeline the pipeline they were started with
     * @param runIds the runs, of which the first {@link BatchOptions#maxRuns()} are forked
     * @param changes what to do otherwise
     * @param options how many at once and at what cost
     * @return one line for each run
     */
    public ForkBatch forkAll(
            Pipeline<?, ?> pipeline, Collection<RunId> runIds, RunChanges changes, BatchOptions options) {
        List<RunId> first = runIds.stream().limit(options.maxRuns()).toList();
        return new BatchFork(this, runs, pipeline, first, changes, options).run();
    }

    /**
     * Forks those of the newest runs of a pipeline that a filter lets through, as {@link #forkAll(Pipeline, Collection,
     * RunChanges, BatchOptions)} does.
     *
     * @param pipeline the pipeline they were started with
     * @param filter which runs; asked newest first, until {@link BatchOptions#maxRuns()} are found
     * @param lookAt how many of the newest runs to look at, 1 or more
     * @param changes what to do otherwise
     * @param options how many at once and at what cost
     * @return one line for each run
     * @throws IllegalArgumentException if {@code lookAt} is below 1
     */
    public ForkBatch forkAll(
            Pipeline<?, ?> pipeline,
            Predicate<RunRecord> filter,
            int lookAt,
            RunChanges changes,
            BatchOptions options) {
        List<RunId> found = runs.newest(lookAt).stream()
                .map(runs::find)
                .flatMap(Optional::stream)
                .filter(record -> record.pipeline().equals(pipeline.name()))
                .filter(filter)
                .limit(options.maxRuns())
                .map(RunRecord::runId)
                .toList();
        return forkAll(pipeline, found, changes, options);
    }

    private JournaledRun past(RunId runId) {
        return journal.read(runId)
                .orElseThrow(() -> new StoredRunException(NOT_FOUND, "run " + runId + " is not in the journal", null));
    }

    private List<TraceEvent> events(RunId runId) {
        List<TraceEvent> events = runs.events(runId);
        if (events.isEmpty()) {
            throw new StoredRunException(NOT_FOUND, "run " + runId + " is not in the store", null);
        }
        return events;
    }

    private static RunOptions carrying(RunExtension extension, JournaledRun past, RunOptions options) {
        return RunOptions.builder()
                .from(options)
                .tenant(past.tenant())
                .user(past.user())
                .addExtensions(extension)
                .build();
    }
}
