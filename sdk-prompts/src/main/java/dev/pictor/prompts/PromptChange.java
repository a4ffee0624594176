package dev.pictor.prompts;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One difference between two prompts, besides the lines of the template. Immutable.
 *
 * <p>Whether it breaks a caller goes by the schema alone: what a caller gave before must still be taken, and what comes
 * back must still be what the caller reads.
 */
public final class PromptChange {

    private final String what;
    private final String message;
    private final boolean breaking;
    private final @Nullable String before;
    private final @Nullable String after;

    private PromptChange(
            String what, String message, boolean breaking, @Nullable String before, @Nullable String after) {
        this.what = what;
        this.message = message;
        this.breaking = breaking;
        this.before = before;
        this.after = after;
    }

    static PromptChange of(String what, @Nullable String before, @Nullable String after) {
        String message = before == null
                ? "added: " + after
                : after == null ? "removed, was: " + before : before + " -> " + after;
        return new PromptChange(what, message, false, before, after);
    }

    static PromptChange ofSchema(String what, String message, boolean breaking) {
        return new PromptChange(what, message, breaking, null, null);
    }

    /**
     * Returns what changed.
     *
     * @return a key of the front matter such as {@code config.temperature}, the way to a part of a schema such as {@code
     *     output.schema.facts[].met}, or the name of a partial
     */
    public String what() {
        return what;
    }

    /**
     * Returns how it changed.
     *
     * @return in words
     */
    public String message() {
        return message;
    }

    /**
     * Returns whether it breaks callers of the prompt.
     *
     * @return true for some changes of schemas, false for all others
     */
    public boolean isBreaking() {
        return breaking;
    }

    /**
     * Returns what was there before.
     *
     * @return JSON, or the digest of a partial; empty if there was nothing, and for changes of schemas
     */
    public Optional<String> before() {
        return Optional.ofNullable(before);
    }

    /**
     * Returns what is there now.
     *
     * @return JSON, or the digest of a partial; empty if there is nothing, and for changes of schemas
     */
    public Optional<String> after() {
        return Optional.ofNullable(after);
    }

    /** Returns the change on one line. */
    @Override
    public String toString() {
        return what + ": " + message + (breaking ? " (breaking)" : "");
    }
}
