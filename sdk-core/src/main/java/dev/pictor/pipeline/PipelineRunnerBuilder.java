package dev.pictor.pipeline;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.time.TimeSource;
import dev.pictor.trace.ArtifactStore;
import dev.pictor.trace.ContentLevel;
import dev.pictor.trace.Redaction;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunJournal;
import dev.pictor.trace.Sampling;
import dev.pictor.trace.TraceSink;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sets up a {@link PipelineRunner}. Not thread-safe. */
public final class PipelineRunnerBuilder {

    /** The deadline of a run that sets none: 5 minutes. */
    public static final Duration DEFAULT_DEADLINE = Duration.ofMinutes(5);

    TraceSink traceSink = TraceSink.none();
    RunJournal journal = RunJournal.none();
    ArtifactStore artifacts = ArtifactStore.none();

    ContentLevel content = ContentLevel.FULL;
    Redaction redaction = Redaction.ofDefaults();
    Sampling sampling = Sampling.all();

    @Nullable
    String environment;

    @Nullable
    Executor executor;

    RunLimiter limiter = RunLimiter.none();
    Duration deadline = DEFAULT_DEADLINE;

    @Nullable
    TimeSource time;

    Supplier<RunId> runIds = RunId::create;

    PipelineRunnerBuilder() {}

    /**
     * Sets where the events of runs go. Default: {@link TraceSink#none()}.
     *
     * @param traceSink takes the events; the caller closes it
     * @return this builder
     */
    @CanIgnoreReturnValue
    public PipelineRunnerBuilder traceSink(TraceSink traceSink) {
        this.traceSink = requireNonNull(traceSink, "traceSink");
        return this;
    }

    /**
     * Sets what runs can be resumed from. Default: {@link RunJournal#none()}, no run can be resumed.
     *
     * @param journal keeps the outputs of finished stages; the caller closes it
     * @return this builder
     */
    @CanIgnoreReturnValue
    public PipelineRunnerBuilder journal(RunJournal journal) {
        this.journal = requireNonNull(journal, "journal");
        return this;
    }

    /**
     * Sets where pictures are kept for trace and journal. Default: {@link ArtifactStore#none()}.
     *
     * @param artifacts keeps bytes by their SHA-256; the caller closes it
     * @return this builder
     */
    @CanIgnoreReturnValue
    public PipelineRunnerBuilder artifacts(ArtifactStore artifacts) {
        this.artifacts = requireNonNull(artifacts, "artifacts");
        return this;
    }

    /**
     * Sets how much content is in the traces of runs that do not say so. Default: {@link ContentLevel#FULL}.
     *
     * @param content the level
     * @return this builder
     */
    @CanIgnoreReturnValue
    public PipelineRunnerBuilder content(ContentLevel content) {
        this.content = requireNonNull(content, "content");
        return this;
    }

    /**
     * Sets what is left out of traces, and what makes a journal withhold a value. Default:
     * {@link Redaction#ofDefaults()}.
     *
     * @param redaction the rules, values and redactor
     * @return this builder
     */
    @CanIgnoreReturnValue
    public PipelineRunnerBuilder redaction(Redaction redaction) {
        this.redaction = requireNonNull(redaction, "redaction");
        return this;
    }

    /**
     * Sets of which runs everything is kept in the trace. Default: {@link Sampling#all()}.
     *
     * @param sampling which are kept, and by what they are judged at their end
     * @return this builder
     */
    @CanIgnoreReturnValue
    public PipelineRunnerBuilder sampling(Sampling sampling) {
        this.sampling = requireNonNull(sampling, "sampling");
        return this;
    }

    /**
     * Sets where the program runs, for the traces. Default: none.
     *
     * @param environment such as {@code production} or {@code staging}, not empty
     * @return this builder
     * @throws IllegalArgumentException if {@code environment} is empty
     */
    @CanIgnoreReturnValue
    public PipelineRunnerBuilder environment(String environment) {
        if (environment.isEmpty()) {
            throw new IllegalArgumentException("environment must not be empty");
        }
        this.environment = environment;
        return this;
    }

    /**
     * Sets the threads for asynchronous runs and for stages that run side by side. Default: threads of the runner's own,
     * started on first use: virtual ones where the JVM has them (21+), else at most 64 daemons.
     *
     * @param executor runs tasks that may block; the caller shuts it down
     * @return this builder
     */
    @CanIgnoreReturnValue
    public PipelineRunnerBuilder executor(Executor executor) {
        this.executor = requireNonNull(executor, "executor");
        return this;
    }

    /**
     * Bounds runs that set no deadline of their own. Default: 5 minutes.
     *
     * @param deadline time from the start of a run, 1 ms to 1 day
     * @return this builder
     * @throws IllegalArgumentException if {@code deadline} is out of range
     */
    @CanIgnoreReturnValue
    public PipelineRunnerBuilder deadline(Duration deadline) {
        this.deadline = RunOptions.checkDeadline(requireNonNull(deadline, "deadline"));
        return this;
    }

    /**
     * Sets how often runs may start. Default: {@link RunLimiter#none()}.
     *
     * @param limiter is asked before each run; the caller closes it, if there is something to close
     * @return this builder
     */
    @CanIgnoreReturnValue
    public PipelineRunnerBuilder limiter(RunLimiter limiter) {
        this.limiter = requireNonNull(limiter, "limiter");
        return this;
    }

    /**
     * Sets where runs take their time from. Default: the machine's time, with a thread that starts with the first run.
     *
     * @param time tells and measures time; the caller closes it
     * @return this builder
     */
    @CanIgnoreReturnValue
    public PipelineRunnerBuilder time(TimeSource time) {
        this.time = requireNonNull(time, "time");
        return this;
    }

    /** Sets the source of run ids, for tests. */
    @CanIgnoreReturnValue
    PipelineRunnerBuilder runIds(Supplier<RunId> runIds) {
        this.runIds = runIds;
        return this;
    }

    /**
     * Builds the runner. Starts no thread.
     *
     * @return a runner; close it to let go of its threads
     */
    public PipelineRunner build() {
        return new PipelineRunner(this);
    }
}
