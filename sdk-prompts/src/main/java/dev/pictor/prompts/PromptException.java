package dev.pictor.prompts;

import static java.util.Objects.requireNonNull;

import java.io.Serial;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A prompt cannot be found, read or rendered. The message never holds the value of a variable. Thread-safe.
 */
public final class PromptException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Why. More may be added, so a switch needs a {@code default}. */
    public enum Reason {
        /** There is no such prompt, variant or version. */
        MISSING,
        /** The place where prompts or overrides are cannot be reached, read or written. */
        UNREADABLE,
        /** The file is no text, or its front matter, schema or template is wrong. */
        MALFORMED,
        /** The input schema requires a variable that has neither a value nor a default. */
        UNBOUND,
        /** A list or a map stands where text belongs; the template needs {@code json} or {@code each}. */
        NOT_TEXT,
        /** A name leads out of the registry, or a value cannot be an address, media type, role or section. */
        UNSAFE,
        /** The file, the partials or the rendered text are over the limit. */
        TOO_LARGE
    }

    private final Reason reason;
    private final String promptName;
    private final @Nullable String version;

    /**
     * Creates an exception.
     *
     * @param reason why
     * @param promptName the prompt's name, as it was asked for
     * @param message what, where and what to do; no value of a variable
     */
    public PromptException(Reason reason, String promptName, String message) {
        this(reason, promptName, null, message, null);
    }

    PromptException(
            Reason reason, String promptName, @Nullable String version, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = requireNonNull(reason, "reason");
        this.promptName = requireNonNull(promptName, "promptName");
        this.version = version;
    }

    /**
     * Returns why.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }

    /**
     * Returns the prompt's name.
     *
     * @return the name, as it was asked for
     */
    public String promptName() {
        return promptName;
    }

    /**
     * Returns the prompt's version.
     *
     * @return the version, or empty if the file could not be read that far
     */
    public Optional<String> version() {
        return Optional.ofNullable(version);
    }
}
