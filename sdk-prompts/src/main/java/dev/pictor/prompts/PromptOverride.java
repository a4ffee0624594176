package dev.pictor.prompts;

import java.time.Instant;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * A tenant's own text for one prompt, for a while: the quick mend, until a better file is released. Immutable. The string
 * form shows no text.
 *
 * <p>The text is a template, or a whole prompt file. What its front matter does not say is as in the file it stands in for.
 * It may name another model and other parameters, but not another input or output: who calls the prompt must not notice.
 * Its partials are those of the file's folder.
 */
@Value.Immutable
public abstract class PromptOverride {

    private static final int MAX_TEXT = 256 * 1024;
    private static final int MAX_REASON = 1_000;
    private static final int MAX_ID = 256;

    PromptOverride() {}

    /**
     * Returns a builder.
     *
     * @param tenant whose it is
     * @param prompt the name of the prompt
     * @param text the template, or a whole prompt file
     * @param reason why there is an override
     * @param author who made it
     * @param createdAt when it was made
     * @return a new builder
     */
    public static PromptOverrideBuilder builder(
            String tenant, String prompt, String text, String reason, String author, Instant createdAt) {
        return new PromptOverrideBuilder()
                .tenant(tenant)
                .prompt(prompt)
                .text(text)
                .reason(reason)
                .author(author)
                .createdAt(createdAt);
    }

    /**
     * Whose it is.
     *
     * @return the tenant's id, 1 to 256 characters
     */
    public abstract String tenant();

    /**
     * The prompt it stands in for.
     *
     * @return the prompt's name
     */
    public abstract String prompt();

    /**
     * The variant it stands in for. Default: empty, which is the file without a variant.
     *
     * @return a variant
     */
    public abstract Optional<String> variant();

    /**
     * What to use instead.
     *
     * @return a template or a prompt file, up to 262,144 characters
     */
    @Value.Redacted
    public abstract String text();

    /**
     * Why there is an override.
     *
     * @return 1 to 1,000 characters
     */
    public abstract String reason();

    /**
     * Who made it.
     *
     * @return 1 to 256 characters
     */
    public abstract String author();

    /**
     * When it was made.
     *
     * @return a time
     */
    public abstract Instant createdAt();

    /**
     * When it ends. Default: empty, which is never.
     *
     * @return the first moment at which it is not in force any more, after {@link #createdAt()}
     */
    public abstract Optional<Instant> expiresAt();

    /**
     * Returns whether it has ended.
     *
     * @param now the time
     * @return true from {@link #expiresAt()} on
     */
    public boolean isExpired(Instant now) {
        return expiresAt().isPresent() && !now.isBefore(expiresAt().get());
    }

    @Value.Check
    void check() {
        checkText("tenant", tenant(), MAX_ID);
        checkText("author", author(), MAX_ID);
        checkText("reason", reason(), MAX_REASON);
        checkText("text", text(), MAX_TEXT);
        if (!PromptNames.isName(prompt())) {
            throw new IllegalArgumentException(
                    "prompt must be up to 8 parts joined by '/', each " + PromptNames.SEGMENT_RULE);
        }
        if (variant().isPresent() && !PromptNames.isSegment(variant().get())) {
            throw new IllegalArgumentException("variant must be " + PromptNames.SEGMENT_RULE);
        }
        if (isExpired(createdAt())) {
            throw new IllegalArgumentException("expiresAt must be after createdAt " + createdAt() + ", was "
                    + expiresAt().orElseThrow());
        }
    }

    private static void checkText(String what, String text, int max) {
        if (text.isBlank() || text.length() > max) {
            throw new IllegalArgumentException(
                    what + " must be 1 to " + max + " characters, not all blank, and had " + text.length());
        }
    }
}
