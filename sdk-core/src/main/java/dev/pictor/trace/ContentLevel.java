package dev.pictor.trace;

/**
 * How much of a run's content is in its trace. The journal, which a run resumes from, is another contract and is not
 * changed by it.
 */
public enum ContentLevel {
    /** Figures only: no text, no picture, no hash. Counts, times, cost, tokens, models and outcomes remain. */
    NONE,
    /** Texts and pictures by SHA-256 and size, no bytes of them. */
    REFERENCES,
    /** Everything: texts as they are, pictures in the artifact store. */
    FULL;

    /**
     * Returns the lower of two levels.
     *
     * @param other another level
     * @return the one that keeps less
     */
    public ContentLevel atMost(ContentLevel other) {
        return compareTo(other) <= 0 ? this : other;
    }

    /**
     * Returns whether what needs a level is kept at this one.
     *
     * @param wanted the level that it needs
     * @return true if this is that level or a higher one
     */
    public boolean keeps(ContentLevel wanted) {
        return compareTo(wanted) >= 0;
    }
}
