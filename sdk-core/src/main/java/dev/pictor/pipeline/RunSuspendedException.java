package dev.pictor.pipeline;

import dev.pictor.error.PictorException;
import java.io.Serial;

/**
 * A stage cannot go on without something that it waits for, such as an answer of the user. The run ends as {@link
 * dev.pictor.trace.RunStatus#WAITING} and is resumed with what it waits for, as a {@link RunExtension}. No fallback takes
 * over. Thrown by stages; subclasses say what is missing. Thread-safe.
 */
public class RunSuspendedException extends PictorException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message what the run waits for, without content
     */
    public RunSuspendedException(String message) {
        super(message, null);
    }

    @Override
    public boolean isRetryable() {
        return false;
    }
}
