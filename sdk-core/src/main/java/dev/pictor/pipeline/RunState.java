package dev.pictor.pipeline;

import dev.pictor.error.PictorException;
import dev.pictor.time.TimeSource;
import dev.pictor.trace.ArtifactStore;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunJournal;
import dev.pictor.trace.TraceSpan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all stages of a run share. Thread-safe. */
final class RunState {

    private static final Logger LOG = LoggerFactory.getLogger(PipelineRunner.class);

    final RunId runId;
    final RunOptions options;
    final Duration deadline;
    final TraceSpan span;
    final RunJournal journal;
    final ArtifactStore artifacts;
    final ValueCodec codec;
    final Executor executor;
    final TimeSource time;
    /** Outputs of stages that finished before the run was resumed, by path. */
    final Map<String, Object> restored;

    final Cancellation cancellation = new Cancellation();
    final List<Degradation> degradations = Collections.synchronizedList(new ArrayList<>());

    /** Whether someone interrupted a thread of this run, rather than this run itself. */
    volatile boolean interruptedFromOutside;

    /** The thread that the run is on; helpers come and go beside it. */
    volatile @Nullable Thread thread;

    /** Whether the run has ended: a stage that was left behind writes nothing more. */
    volatile boolean over;

    private final AtomicBoolean listenerFailed = new AtomicBoolean();
    private final DoubleAdder progress = new DoubleAdder();
    private final long startNanos;

    RunState(
            RunId runId,
            RunOptions options,
            Duration deadline,
            TraceSpan span,
            RunJournal journal,
            ArtifactStore artifacts,
            ValueCodec codec,
            Executor executor,
            TimeSource time,
            Map<String, Object> restored) {
        this.runId = runId;
        this.options = options;
        this.deadline = deadline;
        this.span = span;
        this.journal = journal;
        this.artifacts = artifacts;
        this.codec = codec;
        this.executor = executor;
        this.time = time;
        this.startNanos = time.nanoTime();
        this.restored = restored;
    }

    Duration elapsed() {
        return Duration.ofNanos(time.nanoTime() - startNanos);
    }

    Duration timeLeft() {
        Duration left = deadline.minus(elapsed());
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Adds to the progress: fractions of the whole run that sum up to 1. */
    void advance(double fraction) {
        progress.add(fraction);
        double sum = Math.min(1, progress.sum());
        tell(to -> to.progressed(runId, sum));
    }

    /** Tells what stages that failed inside a fallback have left untold. */
    void complete() {
        if (progress.sum() < 1 - 1e-9) {
            tell(to -> to.progressed(runId, 1));
        }
    }

    void tell(Consumer<RunListener> news) {
        try {
            news.accept(options.listener());
        } catch (RuntimeException e) {
            if (listenerFailed.compareAndSet(false, true)) {
                LOG.warn("the listener of run {} failed; this and later failures of it are dropped", runId, e);
            }
        }
    }

    /** Returns a failure in words for the trace. Only our own messages are known to hold no secret and no content. */
    static String message(Throwable failure) {
        return failure instanceof PictorException
                ? String.valueOf(failure.getMessage())
                : failure.getClass().getName();
    }

    /**
     * Turns whatever came out of a stage into what the caller gets. An interruption that is not ours stops the run, which
     * is late if its time is over: a call may notice that before the timer does. One that stops this stage because a
     * sibling failed passes as it is: the sibling's failure is what counts.
     */
    Exception translate(Exception failure, String stage, Cancellation part) {
        if (cancellation.cause() == null && timeLeft().isZero()) {
            cancellation.cancel(Cancellation.Cause.DEADLINE);
        }
        if (failure instanceof InterruptedException && !part.isCancelled()) {
            if (Thread.currentThread().equals(thread)) {
                interruptedFromOutside = true;
            }
            cancellation.cancel(Cancellation.Cause.CANCELLED);
        }
        Cancellation.@Nullable Cause cause = cancellation.cause();
        if (cause == null && part.isCancelled() && !(failure instanceof PictorException)) {
            return failure;
        }
        PictorException translated;
        if (cause == Cancellation.Cause.DEADLINE) {
            translated = failure instanceof DeadlineExceededException known
                    ? known
                    : new DeadlineExceededException(deadline, failure);
        } else if (cause == Cancellation.Cause.CANCELLED) {
            translated = failure instanceof RunCancelledException known ? known : new RunCancelledException(failure);
        } else if (failure instanceof PictorException known) {
            translated = known;
        } else {
            translated = new StageException(stage, failure);
        }
        translated.locate(runId.value(), stage);
        return translated;
    }
}
