package dev.pictor.generation;

import static java.util.Objects.requireNonNull;

import dev.pictor.model.Cost;

/**
 * How far a batch of requests has come. Immutable.
 *
 * @param succeeded requests with pictures, 0 to {@code total}
 * @param failed requests that failed, 0 to {@code total}
 * @param total requests in all
 * @param cost what those that are over cost
 */
public record GenerationProgress(int succeeded, int failed, int total, Cost cost) {

    /** Checks that there is a cost. */
    public GenerationProgress {
        requireNonNull(cost, "cost");
    }

    /**
     * Returns how many requests are over.
     *
     * @return succeeded or failed, 0 to {@link #total()}
     */
    public int finished() {
        return succeeded + failed;
    }
}
