package dev.pictor.trace;

/**
 * Takes what someone thinks of a run that is recorded, also long after it has ended. {@link RunRecord#feedback()} has it
 * then.
 *
 * <p><b>Threads.</b> Called from many threads at once, also for one run.
 *
 * <p><b>Blocking.</b> Returns when the feedback is kept as durably as the store keeps runs.
 *
 * <p><b>Errors.</b> {@link StoredRunException}: {@code NOT_FOUND} if the run is not here, {@code NOT_WRITTEN} if it
 * cannot be kept.
 */
public interface FeedbackStore {

    /**
     * Keeps feedback. Keys of known vendors and the like are taken out of it, as {@link Redaction#ofDefaults()} does.
     *
     * @param runId the run
     * @param feedback what someone thinks of it
     * @throws StoredRunException if the run is not here or the feedback cannot be kept
     */
    void feedback(RunId runId, RunFeedback feedback);
}
