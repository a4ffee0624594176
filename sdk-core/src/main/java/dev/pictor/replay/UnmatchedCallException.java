package dev.pictor.replay;

import dev.pictor.error.PictorException;
import java.io.Serial;
import java.util.List;

/**
 * A replayed run asked for something that the recorded run was not answered. It names stage, operation and which parts of
 * the request are others, never their content. Thread-safe.
 */
public final class UnmatchedCallException extends PictorException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String path;
    private final String operation;
    private final String[] differences;

    UnmatchedCallException(String path, String operation, List<String> differences, String why) {
        super("stage " + path + " asked for " + operation + ", " + why, null);
        this.path = path;
        this.operation = operation;
        this.differences = differences.toArray(new String[0]);
    }

    /**
     * Returns the stage that asked.
     *
     * @return its path, such as {@code generate}
     */
    public String path() {
        return path;
    }

    /**
     * Returns what was asked for.
     *
     * @return the operation, by the name that the trace has for it
     */
    public String operation() {
        return operation;
    }

    /**
     * Returns which parts of the request are not as recorded.
     *
     * @return names such as {@code messages[0]} and {@code parameters.seed}, in order; empty if no more calls of the kind
     *     were recorded for the stage
     */
    public List<String> differences() {
        return List.of(differences);
    }

    @Override
    public boolean isRetryable() {
        return false;
    }
}
