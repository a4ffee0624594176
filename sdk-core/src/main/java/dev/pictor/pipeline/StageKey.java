package dev.pictor.pipeline;

import static java.util.Objects.requireNonNull;

/**
 * The name and type of what a stage gives. Immutable.
 *
 * @param <T> what the stage gives
 * @param name the stage's name
 * @param type its output type
 */
public record StageKey<T>(String name, Class<T> type) {

    /** Checks that both are given. */
    public StageKey {
        requireNonNull(name, "name");
        requireNonNull(type, "type");
    }

    /**
     * Returns a key.
     *
     * @param name the stage's name
     * @param type its output type
     * @param <T> what the stage gives
     * @return the key
     */
    public static <T> StageKey<T> of(String name, Class<T> type) {
        return new StageKey<>(name, type);
    }
}
