package dev.pictor.trace;

/** What metrics are told apart by, and with it what is counted. More may come; keep a {@code default} branch. */
public enum MetricsGrouping {
    /** By pipeline; runs are counted. */
    PIPELINE,
    /** By tenant; runs are counted. Those without a tenant have the empty name. */
    TENANT,
    /** By prompt, variant and version; runs that rendered it are counted, each with all it did. */
    PROMPT_VERSION,
    /** By the path of a stage, of all pipelines; beginnings of the stage are counted, those restored left out. */
    STAGE,
    /** By the model that was asked; attempts at it are counted. An answer from a cache counts for who served it. */
    MODEL
}
