package dev.pictor.gateway;

import dev.pictor.error.PictorException;
import java.io.Serial;

/**
 * A call failed in the run that is replayed, with something that cannot be made again from its record, such as a budget
 * that was used up. Thread-safe.
 */
public final class RecordedFailureException extends PictorException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String errorType;
    private final boolean retryable;

    RecordedFailureException(String errorType, String message, boolean retryable) {
        super("the recorded call failed with " + errorType + ": " + message, null);
        this.errorType = errorType;
        this.retryable = retryable;
    }

    /**
     * Returns what it failed with.
     *
     * @return as the trace has it, such as {@code BudgetExceededException}
     */
    public String errorType() {
        return errorType;
    }

    @Override
    public boolean isRetryable() {
        return retryable;
    }
}
