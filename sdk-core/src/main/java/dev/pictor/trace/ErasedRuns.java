package dev.pictor.trace;

import dev.pictor.image.Sha256;
import java.util.List;
import java.util.Set;
import org.immutables.value.Value;

/** What {@link RunEraser#erase} did. Immutable. */
@Value.Immutable
public abstract class ErasedRuns {

    ErasedRuns() {}

    /**
     * Returns a builder, for implementations.
     *
     * @return a new builder with nothing in it
     */
    public static ErasedRunsBuilder builder() {
        return new ErasedRunsBuilder();
    }

    /**
     * The runs that are gone.
     *
     * @return their ids
     */
    public abstract List<RunId> removedRuns();

    /**
     * The runs that are still here because they are under way.
     *
     * @return their ids; ask again when they are over
     */
    public abstract List<RunId> runsLeft();

    /**
     * How many pictures and other artifacts are gone. Default: 0.
     *
     * @return 0 or more
     */
    @Value.Default
    public int removedArtifacts() {
        return 0;
    }

    /**
     * The artifacts of erased runs that are still here though no other run names them: someone may be about to. What no run names
     * goes with the next {@link DirectoryRunStore#prune}.
     *
     * @return their hashes
     */
    public abstract Set<Sha256> artifactsLeft();

    /**
     * Returns whether everything is gone that was to go.
     *
     * @return true if nothing is left
     */
    public final boolean isComplete() {
        return runsLeft().isEmpty() && artifactsLeft().isEmpty();
    }
}
