package dev.pictor.replay;

/** What came of one run of a batch. More may come; keep a {@code default} branch. */
public enum ForkOutcome {
    /** The fork gave its result. */
    SUCCEEDED,
    /** The fork ended without a result. */
    FAILED,
    /** There was no fork: something that it needs is missing, or no change touches this run. */
    REFUSED,
    /** The batch ended before it: the limit of cost was reached, or the caller left. */
    NOT_STARTED
}
