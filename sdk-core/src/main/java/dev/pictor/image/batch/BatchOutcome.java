package dev.pictor.image.batch;

import java.util.Optional;

/**
 * What became of one item of a batch. Immutable as far as its value is.
 *
 * @param <T> what the work makes of an item
 */
public sealed interface BatchOutcome<T> {

    /**
     * Returns what was made.
     *
     * @return the value, empty unless {@link Succeeded}
     */
    default Optional<T> value() {
        return Optional.empty();
    }

    /**
     * The work was done.
     *
     * @param <T> what the work makes of an item
     * @param result what it made
     */
    record Succeeded<T>(T result) implements BatchOutcome<T> {

        @Override
        public Optional<T> value() {
            return Optional.of(result);
        }
    }

    /**
     * The item could not be loaded, or the work on it failed.
     *
     * @param <T> what the work makes of an item
     * @param failure what was thrown
     */
    record Failed<T>(Exception failure) implements BatchOutcome<T> {}

    /**
     * The batch was cancelled before this item was done, so nothing was made of it.
     *
     * @param <T> what the work makes of an item
     */
    record Cancelled<T>() implements BatchOutcome<T> {}
}
