package dev.pictor.prompts;

import java.util.Optional;
import org.immutables.value.Value;

/** What a registry may choose a prompt by, besides its name. Everything is optional. Immutable. */
@Value.Immutable
public abstract class PromptSelection {

    private static final PromptSelection NONE = builder().build();

    PromptSelection() {}

    /**
     * Returns a builder.
     *
     * @return a new builder
     */
    public static PromptSelectionBuilder builder() {
        return new PromptSelectionBuilder();
    }

    /**
     * Returns the selection that asks for nothing in particular.
     *
     * @return the selection
     */
    public static PromptSelection none() {
        return NONE;
    }

    /**
     * For whom the prompt is. Default: empty.
     *
     * @return the tenant's id
     */
    public abstract Optional<String> tenant();

    /**
     * The unit that experiments bucket by, such as a user's id. Default: empty.
     *
     * @return an id
     */
    public abstract Optional<String> subject();

    /**
     * The variant to use. Default: empty, which is the file without a variant.
     *
     * @return lower-case letters, digits, {@code _} and {@code -}, up to 64 characters
     */
    public abstract Optional<String> variant();

    @Value.Check
    void check() {
        if (variant().isPresent() && !PromptNames.isSegment(variant().get())) {
            throw new IllegalArgumentException("variant must be " + PromptNames.SEGMENT_RULE);
        }
    }
}
