package dev.pictor.trace;

import org.immutables.value.Value;

/** A picture or document that a run took or made. Immutable. */
@Value.Immutable
public abstract class ArtifactRecord {

    ArtifactRecord() {}

    /**
     * The stage that stored it.
     *
     * @return its path
     */
    public abstract String stage();

    /**
     * What it is for.
     *
     * @return {@code input}, {@code intermediate} or {@code output}
     */
    public abstract String role();

    /**
     * Its content.
     *
     * @return the reference
     */
    public abstract ArtifactRef artifact();
}
