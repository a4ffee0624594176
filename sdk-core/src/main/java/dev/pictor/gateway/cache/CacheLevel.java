package dev.pictor.gateway.cache;

/** Where an answer was found. */
public enum CacheLevel {
    /** In this process's memory. */
    MEMORY,
    /** In the store that processes share. */
    STORE
}
