package dev.pictor.prompts;

/**
 * Finds prompts by name, and chooses among what there is of one. {@link #of} reads files: a prompt {@code
 * generation/enhance} is {@code generation/enhance.prompt}, its variant {@code art} is {@code
 * generation/enhance.art.prompt}, and a partial {@code {{>tone}}} that they use is {@code _tone.prompt}, in the same
 * folder, else in the root.
 *
 * <p>Implementations are thread-safe and may be called by many threads at once. They may block for as long as reading a
 * file takes. They fail only with {@link PromptException}, which has the reason {@link PromptException.Reason#MISSING}
 * if and only if they do not have the prompt. They neither log nor need closing.
 */
@FunctionalInterface
public interface PromptRegistry {

    /**
     * Finds a prompt.
     *
     * @param name the prompt's name: up to 8 parts joined by {@code /}, each of lower-case letters, digits, {@code _} and
     *     {@code -}
     * @param selection what to choose by besides the name
     * @return the prompt, and why it was chosen
     * @throws PromptException if there is no such prompt or variant, the name is not allowed, or the file is wrong
     */
    SelectedPrompt resolve(String name, PromptSelection selection);

    /**
     * Returns the prompts that come with Pictor.
     *
     * @return the registry, which is always the same
     */
    static PromptRegistry builtIn() {
        return BuiltIn.REGISTRY;
    }

    /**
     * Returns the prompts of some places, with their labels and experiments: what {@link #builder} builds when nothing
     * else is set.
     *
     * @param first the place to look in first
     * @param more those to look in next, in order
     * @return a new registry
     */
    static PromptRegistry of(PromptSource first, PromptSource... more) {
        PromptRegistryBuilder builder = builder(first);
        for (PromptSource source : more) {
            builder.addSource(source);
        }
        return builder.build();
    }

    /**
     * Returns a builder of a registry of files.
     *
     * @param first the place to look in first
     * @return a new builder
     */
    static PromptRegistryBuilder builder(PromptSource first) {
        return new PromptRegistryBuilder(first);
    }
}
