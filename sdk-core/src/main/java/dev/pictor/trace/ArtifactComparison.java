package dev.pictor.trace;

import java.util.Optional;
import org.immutables.value.Value;

/** One picture or document in two runs: for the same purpose, at the same stage, as often stored before. Immutable. */
@Value.Immutable
public abstract class ArtifactComparison {

    ArtifactComparison() {}

    /**
     * What the first run has.
     *
     * @return it, or empty if only the second has it
     */
    public abstract Optional<ArtifactRecord> a();

    /**
     * What the second run has.
     *
     * @return it, or empty if only the first has it
     */
    public abstract Optional<ArtifactRecord> b();

    /**
     * Returns whether both are the same bytes, by their SHA-256.
     *
     * @return false also if one run has it only
     */
    public final boolean isSameContent() {
        return a().isPresent()
                && b().isPresent()
                && a().get().artifact().sha256().equals(b().get().artifact().sha256());
    }
}
