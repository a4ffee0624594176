package dev.pictor.pipeline;

import java.util.Map;

/**
 * Something that a run carries for parts of the program that the engine does not know, such as recorded answers for the
 * gateway. They find it with {@link RunContext#extension(Class)}.
 *
 * <p>Implementations are thread-safe: all stages of a run share them.
 */
public interface RunExtension {

    /**
     * What the first event of the run says of it.
     *
     * @return flat facts, by names with a dot in them; none unless overridden
     */
    default Map<String, Object> attributes() {
        return Map.of();
    }

    /**
     * Returns whether the run is another one without this, which the journal does not keep.
     *
     * @return true, unless overridden, so that a run that was ended before its time cannot be resumed
     */
    default boolean isNeededToResume() {
        return true;
    }
}
