package dev.pictor.prompts;

import java.util.List;
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
     * Returns a selection of variants.
     *
     * @param first the variant to use
     * @param more those that may stand in for it, the better first
     * @return a selection that asks for nothing else
     */
    public static PromptSelection ofVariant(String first, String... more) {
        return builder().addVariants(first).addVariants(more).build();
    }

    /**
     * Returns a builder that starts from this selection.
     *
     * @return a new builder
     */
    public PromptSelectionBuilder toBuilder() {
        return builder().from(this);
    }

    /**
     * For whom the prompt is: whose overrides apply. Default: empty.
     *
     * @return the tenant's id
     */
    public abstract Optional<String> tenant();

    /**
     * The unit that experiments bucket by, such as a user's id. The same unit always sees the same arm. Default: empty,
     * which takes part in no experiment.
     *
     * @return an id
     */
    public abstract Optional<String> subject();

    /**
     * The variants that would do, the best first: the first that there is serves, and no other stands in. Where prompts are
     * in several places, the first place that has any of them serves. Default: empty, which is the file without a variant.
     *
     * @return each of lower-case letters, digits, {@code _} and {@code -}, up to 64 characters
     */
    public abstract List<String> variants();

    /**
     * The label to go by, as {@code labels.yaml} has it. Default: empty, which is the registry's own, see {@link
     * PromptRegistryBuilder#label}.
     *
     * @return a label
     */
    public abstract Optional<String> label();

    /**
     * The one version that will do, whatever overrides, experiments and labels say: for replaying a run. It is looked for
     * among the files of that name, and among the overrides of the {@link #tenant()}, ended ones too. Default: empty.
     *
     * @return a {@link Prompt#version()}, or the first 8 or more characters of a {@link Prompt#sha256()}
     */
    public abstract Optional<String> pin();

    @Value.Check
    void check() {
        for (String variant : variants()) {
            if (!PromptNames.isSegment(variant)) {
                throw new IllegalArgumentException("variant must be " + PromptNames.SEGMENT_RULE);
            }
        }
    }
}
