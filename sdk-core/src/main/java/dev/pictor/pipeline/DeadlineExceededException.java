package dev.pictor.pipeline;

import dev.pictor.error.PictorException;
import java.io.Serial;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A run took longer than its deadline allows. Calls in flight were stopped. Thread-safe. */
public final class DeadlineExceededException extends PictorException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final Duration deadline;

    DeadlineExceededException(Duration deadline, @Nullable Throwable cause) {
        super("the run did not end within its deadline of " + deadline.toMillis() + " ms", cause);
        this.deadline = deadline;
    }

    /**
     * Returns the deadline.
     *
     * @return time from the start of the run
     */
    public Duration deadline() {
        return deadline;
    }

    @Override
    public boolean isRetryable() {
        return true;
    }
}
