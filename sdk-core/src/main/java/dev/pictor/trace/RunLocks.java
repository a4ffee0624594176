package dev.pictor.trace;

import com.github.f4b6a3.ulid.Ulid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes sure that a run has one writer, among all processes: a lock on the byte of one shared file whose position is
 * the random part of the run's id. The system lets go of it when the process ends, however it ends. A lock on the run's
 * own file would not do: POSIX drops it as soon as anyone in the process closes that file after reading. For the same
 * reason all stores of a process on one directory share these locks, and the last to close them closes the file.
 * Thread-safe.
 */
final class RunLocks implements AutoCloseable {

    /** The open lock files of this process. */
    private static final Map<Path, RunLocks> OPEN = new HashMap<>();

    private static final int TRIES = 20;
    private static final long MOMENT_NANOS = 500_000;
    private static final long INDEX_PATIENCE_NANOS = 10_000_000_000L;
    /** Beyond those of all runs. */
    private static final long INDEX_POSITION = 1L << 62;

    private final Path file;
    private final FileChannel channel;
    private final Map<RunId, FileLock> held = new HashMap<>();
    private final Object lock = new Object();
    private final Object indexLock = new Object();
    /** How many stores have it open; guarded by {@link #OPEN}. */
    private int users;

    private RunLocks(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static RunLocks open(Path directory) throws IOException {
        Path file = directory.toRealPath().resolve("LOCK");
        synchronized (OPEN) {
            RunLocks locks = OPEN.get(file);
            if (locks == null) {
                locks = new RunLocks(file, FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
                OPEN.put(file, locks);
            }
            locks.users++;
            return locks;
        }
    }

    /** Returns false if someone else holds it. Who only looks whether it is held holds it for a moment. */
    boolean acquire(RunId runId) {
        for (int tries = 0; tries < TRIES; tries++) {
            if (tryAcquire(runId)) {
                return true;
            }
            LockSupport.parkNanos(MOMENT_NANOS);
        }
        return false;
    }

    private boolean tryAcquire(RunId runId) {
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

    /** Returns whether anyone holds it, in whatever process. Once the last store here is closed nobody knows: true. */
    boolean isHeld(RunId runId) {
        synchronized (lock) {
            if (held.containsKey(runId)) {
                return true;
            }
            try (FileLock probe = channel.tryLock(position(runId), 1, false)) {
                return probe == null;
            } catch (OverlappingFileLockException | ClosedChannelException e) {
                return true;
            } catch (IOException e) {
                throw new UncheckedIOException("cannot ask for the lock of run " + runId, e);
            }
        }
    }

    /** Work on the index. */
    @FunctionalInterface
    interface IndexWork {
        void run() throws IOException;
    }

    /**
     * Does work while nobody else, in whatever process, does such work. An interrupted thread does it too.
     *
     * @throws IOException if it fails, or others are at it for too long
     */
    void withIndex(IndexWork work) throws IOException {
        synchronized (indexLock) {
            try (FileLock taken = lockIndex()) {
                work.run();
            }
        }
    }

    private FileLock lockIndex() throws IOException {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < INDEX_PATIENCE_NANOS) {
            try {
                FileLock taken = channel.tryLock(INDEX_POSITION, 1, false);
                if (taken != null) {
                    return taken;
                }
            } catch (OverlappingFileLockException e) { // held by this process through another file
                // as good as held by another process
            }
            LockSupport.parkNanos(MOMENT_NANOS);
        }
        throw new IOException("the index is being written by another process");
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

    /** Lets one store go, which has released its runs. */
    @Override
    public void close() {
        synchronized (OPEN) {
            users--;
            if (users > 0) {
                return;
            }
            OPEN.remove(file);
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot close the lock file", e);
            }
        }
    }

    private static long position(RunId runId) {
        return Ulid.from(runId.value()).getLeastSignificantBits() >>> 2;
    }
}
