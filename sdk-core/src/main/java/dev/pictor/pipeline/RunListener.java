package dev.pictor.pipeline;

import dev.pictor.trace.RunId;
import dev.pictor.trace.RunStatus;
import dev.pictor.trace.StageOutcome;

/**
 * Hears of a run as it goes on, for progress bars and the like. Called on the threads that do the work, from several at
 * once; so be quick and thread-safe. What it throws is logged once per run and dropped. Each start is followed by
 * exactly one end.
 */
public interface RunListener {

    /**
     * A run begins or is taken up again.
     *
     * @param runId the run
     */
    default void runStarted(RunId runId) {}

    /**
     * A stage begins.
     *
     * @param runId the run
     * @param stage the stage's path
     */
    default void stageStarted(RunId runId, String stage) {}

    /**
     * A stage is over.
     *
     * @param runId the run
     * @param stage the stage's path
     * @param outcome how it ended
     */
    default void stageFinished(RunId runId, String stage, StageOutcome outcome) {}

    /**
     * The run has come further.
     *
     * @param runId the run
     * @param fraction the weighted share of what is finished, 0 to 1, never less than before on the same thread
     */
    default void progressed(RunId runId, double fraction) {}

    /**
     * A run is over.
     *
     * @param runId the run
     * @param status how it ended
     */
    default void runFinished(RunId runId, RunStatus status) {}

    /**
     * Returns the listener that does nothing.
     *
     * @return a listener
     */
    static RunListener none() {
        return new RunListener() {};
    }
}
