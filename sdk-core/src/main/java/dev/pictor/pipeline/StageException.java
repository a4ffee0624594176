package dev.pictor.pipeline;

import dev.pictor.error.PictorException;
import java.io.Serial;

/**
 * The code of a stage failed with something that is no {@link PictorException}, or gave what its key does not promise.
 * The message names the class of the cause and leaves out its words, which may hold anything. Thread-safe.
 */
public final class StageException extends PictorException {

    @Serial
    private static final long serialVersionUID = 1L;

    StageException(String stage, Throwable cause) {
        super("stage " + stage + " failed: " + cause.getClass().getName(), cause);
    }

    StageException(String message) {
        super(message, null);
    }

    /**
     * Returns false: nothing is known of the cause.
     *
     * @return false
     */
    @Override
    public boolean isRetryable() {
        return false;
    }
}
