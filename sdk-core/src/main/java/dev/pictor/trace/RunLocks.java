package dev.pictor.trace;

import com.github.f4b6a3.ulid.Ulid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes sure that a run has one writer, among all processes: a lock on the byte of one shared file whose position is
 * the random part of the run's id. The system lets go of it when the process ends, however it ends. A lock on the run's
 * own file would not do: POSIX drops it as soon as anyone in the process closes that file after reading. Thread-safe.
 */
final class RunLocks implements AutoCloseable {

    private final FileChannel channel;
    private final Map<RunId, FileLock> held = new HashMap<>();
    private final Object lock = new Object();

    private RunLocks(FileChannel channel) {
        this.channel = channel;
    }

    static RunLocks open(Path file) throws IOException {
        return new RunLocks(FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
    }

    /** Returns false if someone else holds it. */
    boolean acquire(RunId runId) {
        synchronized (lock) {
            try {
                FileLock taken = channel.tryLock(position(runId), 1, false);
                if (taken == null) {
                    return false;
                }
                held.put(runId, taken);
                return true;
            } catch (OverlappingFileLockException e) { // held by another store of this process
                return false;
            } catch (IOException e) {
                throw new UncheckedIOException("cannot lock run " + runId, e);
            }
        }
    }

    void release(RunId runId) {
        synchronized (lock) {
            try {
                FileLock taken = held.remove(runId);
                if (taken != null) {
                    taken.release();
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot unlock run " + runId, e);
            }
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the lock file", e);
        }
    }

    private static long position(RunId runId) {
        return Ulid.from(runId.value()).getLeastSignificantBits() >>> 2;
    }
}
