package dev.pictor.prompts;

import static java.util.Objects.requireNonNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Finds prompts by name. The factories here read files: a prompt {@code generation/enhance} is {@code
 * generation/enhance.prompt}, its variant {@code art} is {@code generation/enhance.art.prompt}, and a partial {@code
 * {{>tone}}} that they use is {@code _tone.prompt}, in the same folder, else in the root.
 *
 * <p>Implementations are thread-safe and may be called by many threads at once. They may block for as long as reading a
 * file takes. They fail only with {@link PromptException}, which has the reason {@link PromptException.Reason#MISSING}
 * if and only if they do not have the prompt. They neither log nor need closing.
 */
@FunctionalInterface
public interface PromptRegistry {

    /**
     * Finds a prompt. No other variant stands in for one that is missing.
     *
     * @param name the prompt's name: up to 8 parts joined by {@code /}, each of lower-case letters, digits, {@code _} and
     *     {@code -}
     * @param selection what to choose by besides the name
     * @return the prompt
     * @throws PromptException if there is no such prompt or variant, the name is not allowed, or the file is wrong
     */
    Prompt resolve(String name, PromptSelection selection);

    /**
     * Returns the prompts that come with Pictor.
     *
     * @return the registry, which is always the same
     */
    static PromptRegistry builtIn() {
        return BuiltIn.REGISTRY;
    }

    /**
     * Returns the prompts among the resources of a program. Up to 256 stay parsed. If the class is in a named module,
     * the packages that correspond to the folders must be open to {@code dev.pictor.prompts}.
     *
     * @param anchor a class of the program, whose module or class loader has the resources
     * @param root the folder of the resources, such as {@code com/acme/prompts}
     * @return a new registry
     */
    static PromptRegistry ofClasspath(Class<?> anchor, String root) {
        requireNonNull(anchor, "anchor");
        String folder = root.replaceAll("^/+|/+$", "");
        return new FileRegistry(new ClasspathFiles(anchor, folder.isEmpty() ? "" : folder + "/"));
    }

    /**
     * Returns the prompts in a directory. Up to 256 stay parsed; each is read again when the time or size of one of its
     * files has changed.
     *
     * @param directory the root folder
     * @return a new registry
     * @throws IllegalArgumentException if it is not a directory
     */
    static PromptRegistry ofDirectory(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new IllegalArgumentException("prompts need a directory, but " + directory + " is none");
        }
        return new FileRegistry(new DirectoryFiles(directory));
    }

    /**
     * Returns the prompts of several registries: the first that has a prompt, in the variant asked for, gives it. So a
     * directory overrides the class path. Partials come from where the prompt is.
     *
     * @param first the registry to ask first
     * @param more those to ask next, in order
     * @return a new registry
     */
    static PromptRegistry of(PromptRegistry first, PromptRegistry... more) {
        return new CompositeRegistry(
                Stream.concat(Stream.of(first), Stream.of(more)).toList());
    }
}
