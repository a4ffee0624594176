package dev.pictor.trace;

/** How a run stands. More may come; keep a {@code default} branch. */
public enum RunStatus {
    /** It has begun and not ended: it is under way, or, for a store that cannot tell, its process is gone. */
    RUNNING,
    /** It gave its result. */
    SUCCEEDED,
    /** It ended without a result. */
    FAILED,
    /** The caller stopped it. */
    CANCELLED,
    /** It cannot go on without something from outside, such as an answer of the user, and is resumed with it. */
    WAITING,
    /** It has not ended and nobody is at it: its process is gone. Told by stores that know who writes; never in a log. */
    CRASHED
}
