package dev.pictor.pipeline;

import dev.pictor.trace.RunId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A run under way. Thread-safe.
 *
 * @param <O> what the pipeline gives
 */
public final class RunHandle<O> {

    private final RunId runId;
    private final Cancellation cancellation;
    private final CompletableFuture<RunResult<O>> future;

    RunHandle(RunId runId, Cancellation cancellation, CompletableFuture<RunResult<O>> future) {
        this.runId = runId;
        this.cancellation = cancellation;
        this.future = future;
    }

    /**
     * Returns the run.
     *
     * @return its id
     */
    public RunId runId() {
        return runId;
    }

    /** Stops the run and the calls it has in flight. Does nothing if it is over. */
    public void cancel() {
        cancellation.cancel(Cancellation.Cause.CANCELLED);
    }

    /**
     * Returns the result as a future of its own: completing or cancelling it does not touch the run.
     *
     * @return completed on a thread of the run, with what {@link #await} returns or throws
     */
    public CompletableFuture<RunResult<O>> future() {
        return future.copy();
    }

    /**
     * Waits for the result.
     *
     * @param atMost how long to wait; the run goes on if it takes longer
     * @return the result
     * @throws TimeoutException if the run is not over by then
     * @throws InterruptedException if this thread was interrupted meanwhile; the run goes on
     * @throws dev.pictor.error.PictorException as the blocking form throws it
     */
    public RunResult<O> await(Duration atMost) throws InterruptedException, TimeoutException {
        try {
            return future.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException("a run ended with a checked exception", e.getCause());
        }
    }
}
