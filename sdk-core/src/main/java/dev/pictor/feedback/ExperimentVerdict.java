package dev.pictor.feedback;

/** What an experiment shows. More may come; keep a {@code default} branch. */
public enum ExperimentVerdict {
    /** Users came to the arms in other shares than they should: whatever caused that may cause the rest. Find out why first. */
    UNSOUND,
    /** Fewer users rated than the plan asks for. */
    TOO_EARLY,
    /** Enough users rated, and the difference may be chance. */
    NO_DIFFERENCE,
    /** More users of the treatment are satisfied. */
    BETTER,
    /** Fewer users of the treatment are satisfied. */
    WORSE
}
