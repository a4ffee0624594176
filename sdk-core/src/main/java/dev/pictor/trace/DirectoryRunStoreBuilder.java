package dev.pictor.trace;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.file.Path;
import java.time.Clock;

/** Sets up a {@link DirectoryRunStore}. Not thread-safe. */
public final class DirectoryRunStoreBuilder {

    /** When lines are forced to the disk unless it is set: {@link FsyncPolicy#MILESTONES}. */
    public static final FsyncPolicy DEFAULT_FSYNC = FsyncPolicy.MILESTONES;

    final Path directory;
    FsyncPolicy fsync = DEFAULT_FSYNC;
    Clock clock = Clock.systemUTC();
    Disk disk = Disk.REAL;

    DirectoryRunStoreBuilder(Path directory) {
        this.directory = requireNonNull(directory, "directory");
    }

    /**
     * Sets when lines are forced to the disk. Default: {@link FsyncPolicy#MILESTONES}.
     *
     * @param fsync the policy
     * @return this builder
     */
    @CanIgnoreReturnValue
    public DirectoryRunStoreBuilder fsync(FsyncPolicy fsync) {
        this.fsync = requireNonNull(fsync, "fsync");
        return this;
    }

    /** For tests. */
    @CanIgnoreReturnValue
    DirectoryRunStoreBuilder clock(Clock clock) {
        this.clock = clock;
        return this;
    }

    /** For tests. */
    @CanIgnoreReturnValue
    DirectoryRunStoreBuilder disk(Disk disk) {
        this.disk = disk;
        return this;
    }

    /**
     * Opens the store, creating the directory if it is not there.
     *
     * @return the store; close it to let go of files of runs under way
     * @throws java.io.UncheckedIOException if the directory cannot be created or written
     * @throws StoredRunException if it holds runs in another form ({@code OTHER_FORM}); nothing is changed
     */
    public DirectoryRunStore build() {
        return DirectoryRunStore.open(this);
    }
}
