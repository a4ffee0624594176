package dev.pictor.trace;

import dev.pictor.prompts.LineDiff;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/** One prompt in two runs: the same name, at the same stage, as often rendered before. Immutable. */
@Value.Immutable
public abstract class PromptComparison {

    PromptComparison() {}

    /**
     * What the first run has.
     *
     * @return it, or empty if only the second has it
     */
    public abstract Optional<PromptRecord> a();

    /**
     * What the second run has.
     *
     * @return it, or empty if only the first has it
     */
    public abstract Optional<PromptRecord> b();

    /**
     * Returns whether both were rendered from the same source: name, variant, version and SHA-256 are the same.
     *
     * @return false also if one run has it only
     */
    public final boolean isSameSource() {
        return a().isPresent()
                && b().isPresent()
                && a().get().variant().equals(b().get().variant())
                && a().get().version().equals(b().get().version())
                && a().get().sha256().equals(b().get().sha256());
    }

    /**
     * Returns the rendered texts put beside each other.
     *
     * @return line by line; lines of one side only where one run has it only
     */
    public final List<LineDiff> text() {
        return LineDiff.between(
                a().map(PromptRecord::text).orElse(""),
                b().map(PromptRecord::text).orElse(""));
    }
}
