package dev.pictor.trace;

/** How a stage ended. More may come; keep a {@code default} branch. */
public enum StageOutcome {
    /** It did its work. */
    EXECUTED,
    /** Its work was done before the run was resumed. */
    RESTORED,
    /** It failed, and its fallback took over. */
    FALLBACK,
    /** It failed, and the run with it. */
    FAILED,
    /** It cannot go on without something from outside, and will begin again when the run is resumed with it. */
    WAITING
}
