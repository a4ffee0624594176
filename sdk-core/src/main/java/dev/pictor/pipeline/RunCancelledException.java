package dev.pictor.pipeline;

import dev.pictor.error.PictorException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The caller stopped a run, by its handle or by interrupting the thread it ran on. Thread-safe. */
public final class RunCancelledException extends PictorException {

    @Serial
    private static final long serialVersionUID = 1L;

    RunCancelledException(@Nullable Throwable cause) {
        super("the run was cancelled", cause);
    }

    @Override
    public boolean isRetryable() {
        return false;
    }
}
