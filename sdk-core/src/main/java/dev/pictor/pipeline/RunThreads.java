package dev.pictor.pipeline;

import static java.util.Objects.requireNonNull;

import dev.pictor.time.Daemons;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a runner, started on first use: unless the caller gave an executor, a virtual thread for each task where
 * the JVM has them (21+) or a bounded pool where it does not. All are daemons. Once closed it takes no task, for an executor
 * that was given neither. Thread-safe.
 */
final class RunThreads implements Executor, AutoCloseable {

    /** On JDK 17 to 20: so many threads, and so many tasks that wait for one, before a task is rejected. */
    static final int POOL_SIZE = 64;

    static final int POOL_QUEUE = 10_000;

    private static final String PREFIX = "sdk-core-run-";
    private static final long IDLE_SECONDS = 30;

    private final Object lock = new Object();
    private final @Nullable Executor given;
    private @Nullable ExecutorService own;
    private boolean closed;

    RunThreads(@Nullable Executor given) {
        this.given = given;
    }

    @Override
    public void execute(Runnable task) {
        (given == null ? own() : given()).execute(task);
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            if (own != null) {
                own.shutdown();
            }
        }
    }

    private ExecutorService own() {
        synchronized (lock) {
            checkOpen();
            if (own == null) {
                own = Daemons.virtual(PREFIX).orElseGet(RunThreads::boundedPool);
            }
            return own;
        }
    }

    private Executor given() {
        synchronized (lock) {
            checkOpen();
        }
        return requireNonNull(given);
    }

    private void checkOpen() {
        if (closed) {
            throw new RejectedExecutionException("this runner is closed");
        }
    }

    private static ExecutorService boundedPool() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                POOL_SIZE,
                POOL_SIZE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(POOL_QUEUE),
                Daemons.factory(PREFIX));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
