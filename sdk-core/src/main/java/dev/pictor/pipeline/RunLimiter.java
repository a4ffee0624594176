package dev.pictor.pipeline;

/**
 * Decides whether one more run may start for a user and a tenant. {@link MemoryRunLimiter} decides for one process; one of
 * your own may ask a store that several share.
 *
 * <p><b>What it does.</b> It is asked once for each run, before anything of it happens: a refused run has no record, no
 * place in the journal and no cost. A run that is resumed, or joined under an idempotency key, is not asked for again; a
 * fork is a run of its own.
 *
 * <p><b>Threads.</b> Called from many threads at once, on the thread that would run.
 *
 * <p><b>Blocking.</b> It may block for as long as it takes to ask a store; it never waits for a place.
 *
 * <p><b>Errors.</b> A {@link RunLimitException} refuses the run. What else it throws fails the start of the run as it is;
 * one that would rather let runs through while its store is down catches that itself.
 *
 * <p><b>Closing.</b> Whoever made it closes it, if there is something to close.
 */
@FunctionalInterface
public interface RunLimiter {

    /**
     * Returns the limiter that lets every run start.
     *
     * @return no limits
     */
    static RunLimiter none() {
        return NoRunLimiter.INSTANCE;
    }

    /**
     * Counts a run that is about to start.
     *
     * @param options whom it is for
     * @throws RunLimitException if it must not start now; then nothing is counted
     */
    void admit(RunOptions options);
}
