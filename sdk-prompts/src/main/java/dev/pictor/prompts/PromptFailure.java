package dev.pictor.prompts;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** What went wrong, from where the prompt's name is not known. Never leaves the package. */
final class PromptFailure extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final PromptException.Reason reason;

    PromptFailure(PromptException.Reason reason, String message) {
        this(reason, message, null);
    }

    PromptFailure(PromptException.Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    PromptException.Reason reason() {
        return reason;
    }

    /** Names the prompt. The cause goes along only where it cannot hold the value of a variable: while parsing. */
    PromptException in(String title, String promptName, @Nullable String version) {
        return new PromptException(reason, promptName, version, title + ": " + getMessage(), getCause());
    }
}
