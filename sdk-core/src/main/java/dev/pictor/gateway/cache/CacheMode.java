package dev.pictor.gateway.cache;

/** How one call uses the caches. */
public enum CacheMode {
    /** Looks first, and stores what the model answers. */
    USE,
    /** Does not look, but stores what the model answers in place of what is there. */
    REFRESH,
    /** Neither looks nor stores. */
    BYPASS,
    /** Looks, but stores nothing. */
    READ_ONLY;

    /**
     * Returns whether a cached answer will do.
     *
     * @return true if the caches are looked in
     */
    public boolean reads() {
        return this == USE || this == READ_ONLY;
    }

    /**
     * Returns this mode for who wants a new answer.
     *
     * @return {@link #REFRESH} if it stores, else {@link #BYPASS}
     */
    public CacheMode anew() {
        return writes() ? REFRESH : BYPASS;
    }

    /**
     * Returns whether a new answer is stored.
     *
     * @return true if it is
     */
    public boolean writes() {
        return this == USE || this == REFRESH;
    }
}
