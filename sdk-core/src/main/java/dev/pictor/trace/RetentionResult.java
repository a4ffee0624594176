package dev.pictor.trace;

import java.util.List;
import org.immutables.value.Value;

/** What {@link DirectoryRunStore#prune} did. Immutable. */
@Value.Immutable
public abstract class RetentionResult {

    RetentionResult() {}

    /**
     * The runs that are gone.
     *
     * @return their ids, oldest first unless bytes had to be saved
     */
    public abstract List<RunId> removedRuns();

    /**
     * How many pictures and other artifacts are gone.
     *
     * @return 0 or more
     */
    public abstract int removedArtifacts();

    /**
     * What that freed.
     *
     * @return bytes of files, 0 or more
     */
    public abstract long freedBytes();

    /**
     * What is left: runs, pictures, and pictures that no run names but that are too young to go.
     *
     * @return bytes of files, 0 or more
     */
    public abstract long keptBytes();
}
