package dev.pictor.pipeline;

import static dev.pictor.trace.StoredRunException.Reason.IN_USE;
import static dev.pictor.trace.TraceAttributes.ASSETS;
import static dev.pictor.trace.TraceAttributes.CONTENT;
import static dev.pictor.trace.TraceAttributes.ENVIRONMENT;
import static dev.pictor.trace.TraceAttributes.ERROR_TYPE;
import static dev.pictor.trace.TraceAttributes.IDEMPOTENCY_KEY;
import static dev.pictor.trace.TraceAttributes.LABEL;
import static dev.pictor.trace.TraceAttributes.OPERATION;
import static dev.pictor.trace.TraceAttributes.SDK_VERSION;
import static dev.pictor.trace.TraceAttributes.STATUS;
import static dev.pictor.trace.TraceAttributes.TENANT;
import static dev.pictor.trace.TraceAttributes.USER;
import static dev.pictor.trace.TraceAttributes.WORKFLOW;
import static dev.pictor.trace.TraceAttributes.WORKFLOW_DEFINITION;
import static java.util.Objects.requireNonNull;

import dev.pictor.time.TimeSource;
import dev.pictor.trace.ArtifactStore;
import dev.pictor.trace.ContentLevel;
import dev.pictor.trace.JournaledRun;
import dev.pictor.trace.JournaledValue;
import dev.pictor.trace.Redaction;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunJournal;
import dev.pictor.trace.RunStatus;
import dev.pictor.trace.Sampling;
import dev.pictor.trace.StoredRunException;
import dev.pictor.trace.TraceEvent;
import dev.pictor.trace.TraceRules;
import dev.pictor.trace.TraceSink;
import dev.pictor.trace.TraceSpan;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs pipelines: with a deadline, cancellation, progress, a trace and a journal. Thread-safe; one for a whole program is
 * enough.
 */
public final class PipelineRunner implements AutoCloseable {

    private final TraceSink traceSink;
    private final RunJournal journal;
    private final ArtifactStore artifacts;
    private final ValueCodec codec;
    private final Redaction redaction;
    private final ContentLevel content;
    private final Sampling sampling;
    private final @Nullable String environment;
    private final RunThreads threads;
    private final Duration deadline;
    private final RunLimiter limiter;
    private final TimeSource time;
    private final boolean ownTime;
    private final Supplier<RunId> runIds;
    private final SavedRuns saved;
    private final KeyedRuns keyed;
    /** Runs under way, to be stopped when the runner is closed. */
    private final Set<Cancellation> underWay = ConcurrentHashMap.newKeySet();

    PipelineRunner(PipelineRunnerBuilder builder) {
        this.traceSink = TraceSink.composite(builder.traceSink);
        this.journal = builder.journal;
        this.artifacts = builder.artifacts;
        this.redaction = builder.redaction;
        this.content = builder.content;
        this.sampling = builder.sampling;
        this.environment = builder.environment;
        this.codec = new ValueCodec(artifacts, redaction);
        this.threads = new RunThreads(builder.executor);
        this.deadline = builder.deadline;
        this.limiter = builder.limiter;
        this.ownTime = builder.time == null;
        this.time = builder.time == null ? TimeSource.system() : builder.time;
        this.runIds = builder.runIds;
        this.saved = new SavedRuns(journal, codec, redaction, time);
        this.keyed = new KeyedRuns(new Engine(), journal, codec, time);
    }

    /**
     * Returns a builder for a runner without trace and journal.
     *
     * @return a new builder
     */
    public static PipelineRunnerBuilder builder() {
        return new PipelineRunnerBuilder();
    }

    /**
     * Runs a pipeline on the caller's thread, with default options.
     *
     * @param pipeline what to run
     * @param input what goes in
     * @param <I> what goes in
     * @param <O> what comes out
     * @return the result
     * @throws dev.pictor.error.PictorException as {@link #run(Pipeline, Object, RunOptions)} says
     */
    public <I, O> RunResult<O> run(Pipeline<I, O> pipeline, I input) {
        return run(pipeline, input, RunOptions.ofDefaults());
    }

    /**
     * Runs a pipeline on the caller's thread. Interrupting the thread cancels the run. With an
     * {@link RunOptions#idempotencyKey() idempotency key}, a run that was started under it before gives its result; a
     * thread that waits for one under way waits no longer than its own deadline, and interrupting it ends the wait alone.
     *
     * @param pipeline what to run
     * @param input what goes in
     * @param options whom it is for and how long it may take
     * @param <I> what goes in
     * @param <O> what comes out
     * @return the result
     * @throws RunLimitException if its user or tenant may not start another run now; then nothing happened
     * @throws DeadlineExceededException if it took longer than its deadline
     * @throws RunCancelledException if it was cancelled; if by interruption, the thread's interrupt flag is set again
     * @throws StageException if a stage failed with something else than a {@code PictorException}
     * @throws StoredRunException if the journal cannot be written, or a run under the same idempotency key had another
     *     input ({@code OTHER_INPUT}) or is under way elsewhere ({@code IN_USE})
     * @throws IllegalStateException if there is an idempotency key and no journal
     * @throws dev.pictor.error.PictorException whatever else a stage failed with
     */
    public <I, O> RunResult<O> run(Pipeline<I, O> pipeline, I input, RunOptions options) {
        if (options.idempotencyKey().isPresent()) {
            return keyed.start(
                            pipeline, input, options, options.idempotencyKey().get())
                    .await(options.deadline().orElse(deadline));
        }
        return new Execution<>(pipeline, input, options, newRun(options, runIds.get(), Map.of()), Beginning.NEW).run();
    }

    /**
     * Runs a pipeline on a thread of the executor. With an {@link RunOptions#idempotencyKey() idempotency key}, the key is
     * claimed on the caller's thread, and a handle to a run that someone else started ends the wait alone.
     *
     * @param pipeline what to run
     * @param input what goes in
     * @param options whom it is for and how long it may take
     * @param <I> what goes in
     * @param <O> what comes out
     * @return the run under way
     * @throws java.util.concurrent.RejectedExecutionException if the executor takes no more work
     */
    public <I, O> RunHandle<O> runAsync(Pipeline<I, O> pipeline, I input, RunOptions options) {
        if (options.idempotencyKey().isPresent()) {
            return keyedAsync(keyed.start(
                    pipeline, input, options, options.idempotencyKey().get()));
        }
        Execution<I, O> execution =
                new Execution<>(pipeline, input, options, newRun(options, runIds.get(), Map.of()), Beginning.NEW);
        return new RunHandle<>(execution.run.runId, execution.run.cancellation, executed(execution::run));
    }

    private <I, O> RunHandle<O> keyedAsync(KeyedRuns.Start<I, O> start) {
        try {
            Duration atMost = start.options().deadline().orElse(deadline);
            return new RunHandle<>(start.runId(), start.cancellation, executed(() -> start.await(atMost)));
        } catch (RuntimeException e) {
            keyed.abandon(start, e);
            throw e;
        }
    }

    private <O> CompletableFuture<RunResult<O>> executed(Supplier<RunResult<O>> work) {
        CompletableFuture<RunResult<O>> future = new CompletableFuture<>();
        threads.execute(() -> {
            try {
                future.complete(work.get());
            } catch (RuntimeException | Error e) {
                future.completeExceptionally(e);
            }
        });
        return future;
    }

    /**
     * Takes up a run whose process ended or that failed, after its last finished stages, on the caller's thread. Tenant
     * and user are those it was started with.
     *
     * @param pipeline the pipeline it was started with
     * @param runId the run
     * @param options how long it may take and who listens
     * @param <O> what comes out
     * @return the result, as if nothing had happened
     * @throws StoredRunException if the run cannot be resumed; the reason says why
     * @throws dev.pictor.error.PictorException as {@link #run(Pipeline, Object, RunOptions)} says
     */
    public <O> RunResult<O> resume(Pipeline<?, O> pipeline, RunId runId, RunOptions options) {
        return resumeTyped(pipeline, runId, options, Beginning.RESUMED, new Cancellation());
    }

    /**
     * Starts a run of its own that takes over what stages of an earlier one gave. What replay and fork are built on.
     *
     * @param pipeline the pipeline of the earlier run
     * @param input what goes in
     * @param past the earlier run, as the journal has it
     * @param kept the stages to take over, by path; they do not run
     * @param options whom it is for, how long it may take and what it carries
     * @param <I> what goes in
     * @param <O> what comes out
     * @return the result
     * @throws StoredRunException if the earlier run had another definition, or an output to take over was withheld or
     *     cannot be read
     * @throws IllegalArgumentException if a stage to take over has no output, or there is an idempotency key
     * @throws dev.pictor.error.PictorException as {@link #run(Pipeline, Object, RunOptions)} says
     */
    public <I, O> RunResult<O> rerun(
            Pipeline<I, O> pipeline, I input, JournaledRun past, Set<String> kept, RunOptions options) {
        if (options.idempotencyKey().isPresent()) {
            throw new IllegalArgumentException("a rerun is a run of its own: it takes no idempotencyKey");
        }
        SavedRuns.checkDefinition(pipeline, past);
        Map<String, JournaledValue> taken = new LinkedHashMap<>(past.stages());
        taken.keySet().retainAll(kept);
        if (taken.size() < kept.size()) {
            throw new IllegalArgumentException("run " + past.runId() + " has outputs of "
                    + past.stages().keySet() + " only, stages to take over were " + kept);
        }
        RunState run = newRun(options, runIds.get(), saved.outputs(pipeline, taken));
        run.degradations.addAll(SavedRuns.degradations(taken));
        return new Execution<>(pipeline, input, options, run, Beginning.takingOver(taken)).run();
    }

    /**
     * Returns what an earlier run was started with.
     *
     * @param pipeline the pipeline of the run
     * @param past the run, as the journal has it
     * @param <I> what goes in
     * @return the input
     * @throws StoredRunException if it had another definition, or its input was withheld or cannot be read
     */
    public <I> I inputOf(Pipeline<I, ?> pipeline, JournaledRun past) {
        return saved.input(pipeline, past);
    }

    private <I, O> RunResult<O> resumeTyped(
            Pipeline<I, O> pipeline, RunId runId, RunOptions options, Beginning beginning, Cancellation outer) {
        journal.begin(saved.resumable(pipeline, runId));
        boolean handedOver = false;
        try {
            JournaledRun past = saved.resumable(pipeline, runId); // again: it may have gone on before it was ours
            I input = saved.input(pipeline, past);
            Map<String, Object> restored = saved.outputs(pipeline, past.stages());
            Duration sinceStart =
                    Duration.between(past.startedAt(), time.clock().instant());
            RunOptions sameUser = RunOptions.builder()
                    .from(options)
                    .tenant(past.tenant())
                    .user(past.user())
                    .build();
            RunState run = newState(
                    runId,
                    sameUser,
                    TraceSpan.ofRun(
                            runId,
                            traceSink,
                            rules(sameUser),
                            time.clock(),
                            time::nanoTime,
                            sinceStart,
                            past.lastSequence()),
                    restored);
            run.degradations.addAll(SavedRuns.degradations(past.stages()));
            handedOver = true;
            return new Execution<>(pipeline, input, sameUser, run, beginning).run(outer);
        } finally {
            if (!handedOver) {
                journal.end(runId, true);
            }
        }
    }

    private RunState newRun(RunOptions options, RunId runId, Map<String, Object> restored) {
        TraceSpan span =
                TraceSpan.ofRun(runId, traceSink, rules(options), time.clock(), time::nanoTime, Duration.ZERO, 0);
        return newState(runId, options, span, restored);
    }

    private TraceRules rules(RunOptions options) {
        return TraceRules.builder()
                .content(options.content().orElse(content))
                .redaction(redaction)
                .sampling(sampling)
                .traceParent(options.traceParent())
                .build();
    }

    private RunState newState(RunId runId, RunOptions options, TraceSpan span, Map<String, Object> restored) {
        return new RunState(
                runId,
                options,
                options.deadline().orElse(deadline),
                span,
                journal,
                artifacts,
                codec,
                threads,
                time,
                restored);
    }

    /**
     * Returns whether runs are kept in a journal.
     *
     * @return true if a run that waits, failed or lost its process can be resumed
     */
    public boolean isJournaled() {
        return !journal.equals(RunJournal.none());
    }

    /**
     * Where runs take their time from.
     *
     * @return the time source
     */
    public TimeSource time() {
        return time;
    }

    /**
     * Where asynchronous runs and side-by-side stages run.
     *
     * @return the executor; it takes no more work once the runner is closed
     */
    public Executor executor() {
        return threads;
    }

    /**
     * Stops the runs under way and lets go of the runner's own threads. An executor, sink, journal or store that was
     * given stays open.
     */
    @Override
    public void close() {
        threads.close();
        underWay.forEach(run -> run.cancel(Cancellation.Cause.CANCELLED));
        if (ownTime) {
            time.close();
        }
    }

    /**
     * How a run begins.
     *
     * @param event what tells of it
     * @param isJournaled whether the journal has it already
     * @param taken what it takes over from another run
     */
    private record Beginning(String event, boolean isJournaled, Map<String, JournaledValue> taken) {

        static final Beginning NEW = takingOver(Map.of());
        static final Beginning RESUMED = new Beginning(TraceEvent.RUN_RESUME, true, Map.of());
        /** It is in the journal, and nothing of it was told. */
        static final Beginning CLAIMED = new Beginning(TraceEvent.RUN_START, true, Map.of());

        static Beginning takingOver(Map<String, JournaledValue> taken) {
            return new Beginning(TraceEvent.RUN_START, false, taken);
        }
    }

    /** What runs with an idempotency key need of this runner. */
    private final class Engine implements KeyedRuns.Engine {

        @Override
        public <I, O> RunResult<O> start(
                Pipeline<I, O> pipeline, I input, RunOptions options, RunId runId, Cancellation outer) {
            return new Execution<>(pipeline, input, options, newRun(options, runId, Map.of()), Beginning.NEW)
                    .run(outer);
        }

        @Override
        public <I, O> RunResult<O> takeUp(
                Pipeline<I, O> pipeline, RunId runId, RunOptions options, boolean isNew, Cancellation outer) {
            return resumeTyped(pipeline, runId, options, isNew ? Beginning.CLAIMED : Beginning.RESUMED, outer);
        }

        @Override
        public <O> RunResult<O> restore(Pipeline<?, O> pipeline, JournaledRun run) {
            return RunResult.of(
                    run.runId(), saved.result(pipeline, run), SavedRuns.degradations(run.stages()), Duration.ZERO);
        }

        @Override
        public RunId newId() {
            return runIds.get();
        }

        @Override
        public JournaledRun asStarted(RunId runId, Pipeline<?, ?> pipeline, JournaledValue input, RunOptions options) {
            return saved.started(runId, pipeline, input, options);
        }
    }

    /** One run from its first event to its last. */
    private final class Execution<I, O> {

        private final Pipeline<I, O> pipeline;
        private final I input;
        private final RunOptions options;
        private final RunState run;
        private final Beginning beginning;
        /** A run whose journal refuses it has no start, and so no end. */
        private boolean begun;
        /** Somebody else runs it: the journal is theirs to let go. */
        private boolean inUse;

        private TimeSource.@Nullable Pending timer;

        Execution(Pipeline<I, O> pipeline, I input, RunOptions options, RunState run, Beginning beginning) {
            this.pipeline = requireNonNull(pipeline, "pipeline");
            this.input = requireNonNull(input, "input");
            this.options = options;
            this.run = run;
            this.beginning = beginning;
        }

        /** Runs until the end, or until another switch stops it. */
        RunResult<O> run(Cancellation outer) {
            try (var registration = outer.onCancel(() -> run.cancellation.cancel(Cancellation.Cause.CANCELLED))) {
                return run();
            }
        }

        RunResult<O> run() {
            admit();
            run.thread = Thread.currentThread();
            underWay.add(run.cancellation);
            try {
                O value = work();
                run.complete();
                end(RunStatus.SUCCEEDED, null);
                return RunResult.of(run.runId, value, List.copyOf(run.degradations), run.elapsed());
            } finally {
                run.over = true;
                if (timer != null) {
                    timer.cancel();
                }
                underWay.remove(run.cancellation);
                if (run.interruptedFromOutside) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        /** Counts the run, unless it was counted when it began. What is refused has not begun. */
        private void admit() {
            if (beginning.equals(Beginning.RESUMED)) {
                return;
            }
            try {
                limiter.admit(options);
            } catch (RuntimeException e) {
                if (beginning.isJournaled()) {
                    journal.end(run.runId, true); // it is free to be taken up again
                }
                throw e;
            }
        }

        private O work() {
            try {
                timer = time.after(run.timeLeft(), () -> run.cancellation.cancel(Cancellation.Cause.DEADLINE));
                beginJournal();
                begin();
                return graph();
            } catch (RuntimeException | Error e) {
                end(ending(e), e);
                throw e;
            }
        }

        private static RunStatus ending(Throwable failure) {
            if (failure instanceof RunSuspendedException) {
                return RunStatus.WAITING;
            }
            return failure instanceof RunCancelledException ? RunStatus.CANCELLED : RunStatus.FAILED;
        }

        @SuppressWarnings("unchecked") // the result stage's output was checked against its key
        private O graph() {
            try {
                return (O) run.cancellation.interruptibly(
                        () -> new GraphRun(run, pipeline, input, "", run.span, run.cancellation, 1).run());
            } catch (Exception e) {
                Exception translated = run.translate(e, "", run.cancellation);
                throw translated instanceof RuntimeException known
                        ? known
                        : new IllegalStateException("a run ended with a checked exception", translated);
            }
        }

        private void beginJournal() {
            if (isJournaled() && !beginning.isJournaled) {
                JournaledRun started = saved.started(run.runId, pipeline, codec.encode(input), options);
                try {
                    journal.begin(started);
                } catch (StoredRunException e) {
                    inUse = e.reason() == IN_USE;
                    throw e;
                }
                beginning.taken.forEach((stage, output) -> journal.stageFinished(run.runId, stage, output));
            }
        }

        private void begin() {
            Map<String, Object> attributes = new LinkedHashMap<>();
            attributes.put(OPERATION, "invoke_workflow");
            attributes.put(WORKFLOW, pipeline.name());
            attributes.put(WORKFLOW_DEFINITION, pipeline.definition().hex());
            put(attributes, TENANT, options.tenant());
            put(attributes, USER, options.user());
            options.labels().forEach((name, value) -> attributes.put(LABEL + name, value));
            if (!options.assets().isEmpty()) {
                attributes.put(ASSETS, options.assets());
            }
            put(attributes, ENVIRONMENT, Optional.ofNullable(environment));
            put(attributes, SDK_VERSION, SdkVersion.get());
            if (run.span.content() != ContentLevel.FULL) {
                attributes.put(CONTENT, run.span.content().name().toLowerCase(Locale.ROOT));
            }
            put(attributes, IDEMPOTENCY_KEY, options.idempotencyKey());
            options.extensions().forEach(extension -> attributes.putAll(extension.attributes()));
            begun = true;
            run.span.emit(beginning.event, attributes);
            run.tell(to -> to.runStarted(run.runId));
        }

        private void end(RunStatus status, @Nullable Throwable failure) {
            if (begun) {
                emitEnd(status.name().toLowerCase(Locale.ROOT), failure);
            }
            try {
                if (!inUse) {
                    journal.end(run.runId, failure != null);
                }
            } catch (RuntimeException e) {
                if (failure == null) {
                    throw e;
                }
                failure.addSuppressed(e);
            } finally {
                if (begun) {
                    run.tell(to -> to.runFinished(run.runId, status));
                }
            }
        }

        private void emitEnd(String status, @Nullable Throwable failure) {
            if (failure == null) {
                run.span.emit(TraceEvent.RUN_END, Map.of(STATUS, status));
            } else {
                run.span.emit(
                        TraceEvent.RUN_END,
                        Map.of(STATUS, status, ERROR_TYPE, failure.getClass().getSimpleName()),
                        Map.of("error", RunState.message(failure)));
            }
        }

        private static void put(Map<String, Object> attributes, String name, Optional<String> value) {
            value.ifPresent(known -> attributes.put(name, known));
        }
    }
}
