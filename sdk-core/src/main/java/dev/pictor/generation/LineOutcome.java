package dev.pictor.generation;

/** What came of one request of a batch. More may come; keep a {@code default} branch. */
public enum LineOutcome {
    /** There are pictures. */
    SUCCEEDED,
    /** The run ended without pictures. */
    FAILED,
    /** The batch ended before it: the limit of cost was reached, an earlier request failed, or the caller left. */
    NOT_STARTED
}
