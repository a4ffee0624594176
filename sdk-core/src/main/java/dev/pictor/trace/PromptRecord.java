package dev.pictor.trace;

import java.util.Optional;
import org.immutables.value.Value;

/** A prompt file that became text. Immutable. */
@Value.Immutable
public abstract class PromptRecord {

    PromptRecord() {}

    /**
     * The stage that rendered it.
     *
     * @return its path
     */
    public abstract String stage();

    /**
     * The name of the prompt.
     *
     * @return such as {@code generation/enhance}
     */
    public abstract String name();

    /**
     * The version of the prompt.
     *
     * @return as the file says, else from its hash
     */
    public abstract String version();

    /**
     * The variant of the prompt.
     *
     * @return such as {@code art}, or empty for the base file
     */
    public abstract Optional<String> variant();

    /**
     * Where it was found.
     *
     * @return such as a file path
     */
    public abstract String origin();

    /**
     * The SHA-256 of its source.
     *
     * @return 64 hexadecimal characters
     */
    public abstract String sha256();

    /**
     * By which rule it was chosen.
     *
     * @return {@code pin}, {@code override}, {@code experiment}, {@code label} or {@code default}, or empty if none did
     */
    public abstract Optional<String> rule();

    /**
     * The experiment that the subject takes part in.
     *
     * @return its id and arm as {@code id/arm}, or empty
     */
    public abstract Optional<String> experiment();

    /**
     * What it became.
     *
     * @return the text of all messages
     */
    @Value.Redacted
    public abstract String text();
}
