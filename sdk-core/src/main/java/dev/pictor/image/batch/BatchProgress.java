package dev.pictor.image.batch;

/**
 * How far a batch has come. Immutable.
 *
 * @param succeeded items done, 0 to {@code total}
 * @param failed items that failed, 0 to {@code total}
 * @param total items in all
 */
public record BatchProgress(int succeeded, int failed, int total) {

    /**
     * Returns how many items are over.
     *
     * @return done or failed, 0 to {@link #total()}
     */
    public int finished() {
        return succeeded + failed;
    }
}
