package dev.pictor.trace;

import java.util.Optional;
import org.immutables.value.Value;

/** One stage in two runs. Of a stage that was begun several times, since a run was resumed, it is the last. Immutable. */
@Value.Immutable
public abstract class StageComparison {

    StageComparison() {}

    /**
     * The stage.
     *
     * @return its path
     */
    public abstract String path();

    /**
     * What it did in the first run.
     *
     * @return the record, or empty if only the second has such a stage
     */
    public abstract Optional<StageRecord> a();

    /**
     * What it did in the second run.
     *
     * @return the record, or empty if only the first has such a stage
     */
    public abstract Optional<StageRecord> b();

    /**
     * What it took in the first run, over all its beginnings.
     *
     * @return nothing if it has no such stage
     */
    public abstract Spent spentA();

    /**
     * What it took in the second run, over all its beginnings.
     *
     * @return nothing if it has no such stage
     */
    public abstract Spent spentB();

    /**
     * Returns whether only the first run has such a stage.
     *
     * @return true if the second has none
     */
    public final boolean isOnlyInA() {
        return b().isEmpty();
    }

    /**
     * Returns whether only the second run has such a stage.
     *
     * @return true if the first has none
     */
    public final boolean isOnlyInB() {
        return a().isEmpty();
    }
}
