package dev.pictor.trace;

import java.util.Optional;
import org.immutables.value.Value;

/** That a run rendered a prompt, and which. Immutable. */
@Value.Immutable
@ClosedStyle
public abstract class PromptUse {

    PromptUse() {}

    /**
     * The name of the prompt.
     *
     * @return such as {@code generation/enhance}
     */
    public abstract String name();

    /**
     * The variant of the prompt.
     *
     * @return such as {@code art}, or empty for the base file
     */
    public abstract Optional<String> variant();

    /**
     * The version of the prompt.
     *
     * @return as the file says, else from its hash
     */
    public abstract String version();

    /**
     * By which rule it was chosen.
     *
     * @return such as {@code override} or {@code default}, or empty if none did
     */
    public abstract Optional<String> rule();

    /**
     * The experiment that the subject takes part in.
     *
     * @return its id and arm as {@code id/arm}, or empty
     */
    public abstract Optional<String> experiment();

    /**
     * Returns name, variant and version as one text.
     *
     * @return such as {@code generation/enhance.art@1.2}
     */
    public final String key() {
        return name() + variant().map(variant -> "." + variant).orElse("") + "@" + version();
    }
}
