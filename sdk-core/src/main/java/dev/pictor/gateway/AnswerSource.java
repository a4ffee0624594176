package dev.pictor.gateway;

/** Where an answer came from. More may come; keep a {@code default} branch. */
public enum AnswerSource {
    /** A model, for this call. */
    MODEL,
    /** A model, for an equal call that was under way. */
    SHARED_CALL,
    /** The cache in memory: the same request was answered before. */
    MEMORY_CACHE,
    /** The shared cache: the same request was answered before. */
    SHARED_CACHE,
    /** The semantic cache: a request that means the same was answered before. */
    SEMANTIC_CACHE,
    /** The nearest cached picture, because no model served. */
    LAST_RESORT,
    /** The record of an earlier run, which is replayed. */
    REPLAY
}
