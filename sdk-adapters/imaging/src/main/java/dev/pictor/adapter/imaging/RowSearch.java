package dev.pictor.adapter.imaging;

/**
 * Searches for where data break off, by tries that each start from the top: what a try costs is the rows that it asks for,
 * or those that are there. All tries together, the failed one of the whole picture included, cost at most twice the whole
 * picture and a bit that is free. Not thread-safe.
 */
final class RowSearch {

    /**
     * Where between what is there and what is not to try next. By golden section a first success is affordable wherever
     * the data end, and has at least three fifths of what is there.
     */
    private static final double GOLDEN = 0.618;

    private final long affordable;
    private int good;
    private int bad;
    private int failures = 1;
    private long successes;

    /**
     * Starts after the whole could not be had.
     *
     * @param whole rows of the picture, in any unit
     * @param free what may be spent beyond twice that
     */
    RowSearch(int whole, int free) {
        this.affordable = 2L * whole + free;
        this.bad = whole;
    }

    /** Returns how many rows to try, or 0 if the search is over. */
    int next() {
        if (bad - good <= 1) {
            return 0;
        }
        int next = good + Math.max(1, (int) ((bad - good) * GOLDEN));
        return spent() + next <= affordable ? next : 0;
    }

    /** Returns a bound: tries that failed came no further than the lowest of them. */
    private long spent() {
        return (long) failures * bad + successes;
    }

    /** Takes note of a try. */
    void tried(int rows, boolean present) {
        if (present) {
            good = rows;
            successes += rows;
        } else {
            bad = rows;
            failures++;
        }
    }
}
