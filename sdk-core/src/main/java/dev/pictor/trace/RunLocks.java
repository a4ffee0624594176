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
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure that a run has one writer, among all processes: a lock on the byte of one shared file whose position is
 * the random part of the run's id. The system lets go of it when the process ends, however it ends. A lock on the run's
 * own file would not do: POSIX drops it as soon as anyone in the process closes that file after reading. For the same
 * reason all stores of a process on one directory share these locks, and the last to close them closes the file.
 * Thread-safe.
 */
final class RunLocks implements AutoCloseable {

    private static final int TRIES = 20;
    private static final long MOMENT_NANOS = 500_000;
    /** Positions that no run has: those have 62 bits. */
    private static final long INDEX = 1L << 62;

    private static final long SWEEPING = INDEX + 1;

    private static final long FEEDBACK = SWEEPING + 1;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** What is done while a lock is held. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    /** The open lock files of this process. */
    private static final Map<Path, RunLocks> OPEN = new HashMap<>();

    private final Path file;
    private final FileChannel channel;
    private final Map<RunId, FileLock> held = new HashMap<>();
    private final Object lock = new Object();
    private final Object indexLock = new Object();
    private final Object feedback = new Object();
    /** Among the threads of this process, as {@link #SWEEPING} is among processes. */
    private final ReentrantReadWriteLock sweeping = new ReentrantReadWriteLock(true);

    private final Object sharing = new Object();
    private int sharers;
    private @Nullable FileLock shared;
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
                locks = new RunLocks(
                        file,
                        FileChannel.open(
                                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
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

    /** Writes the index, one after the other, in whatever process. */
    void withIndex(Work work) throws IOException {
        synchronized (indexLock) {
            try (FileLock alone = await(INDEX, false)) {
                work.run();
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

    /** Does what no sweep must come between. Any number of threads and processes may be at it. */
    void whileNobodySweeps(Work work) throws IOException {
        sweeping.readLock().lock();
        try {
            synchronized (sharing) {
                if (sharers == 0) {
                    shared = await(SWEEPING, true);
                }
                sharers++;
            }
            try {
                work.run();
            } finally {
                synchronized (sharing) {
                    sharers--;
                    if (sharers == 0 && shared != null) {
                        shared.release();
                    }
                }
            }
        } finally {
            sweeping.readLock().unlock();
        }
    }

    /** Does what nobody keeps artifacts at the same time as. Be short. */
    void sweep(Work work) throws IOException {
        sweeping.writeLock().lock();
        try (FileLock alone = await(SWEEPING, false)) {
            work.run();
        } finally {
            sweeping.writeLock().unlock();
        }
    }

    /** Writes feedback, which anybody may do, one after the other. */
    void feedback(Work work) throws IOException {
        synchronized (feedback) {
            try (FileLock alone = await(FEEDBACK, false)) {
                work.run();
            }
        }
    }

    /** Held by this process through another class loader's file is as good as held by another process. */
    private @Nullable FileLock tryLock(long position, boolean share) throws IOException {
        try {
            return channel.tryLock(position, 1, share);
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** Waits for a lock, on an interrupted thread too: the channel's own waiting would close it there, and drop all locks. */
    private FileLock await(long position, boolean share) throws IOException {
        long begin = System.nanoTime();
        boolean interrupted = false;
        try {
            while (true) {
                FileLock taken = tryLock(position, share);
                if (taken != null) {
                    return taken;
                }
                if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                    throw new IOException(file + " was locked by another process for " + PATIENCE);
                }
                LockSupport.parkNanos(this, MOMENT_NANOS);
                interrupted |= Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
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
