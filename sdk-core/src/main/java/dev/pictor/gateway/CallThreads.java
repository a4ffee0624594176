package dev.pictor.gateway;

import dev.pictor.time.Daemons;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The threads of calls that several callers share, and of attempts and parts that run side by side, started on first use:
 * virtual ones where the JVM has them (21+), else at most 256 daemons without a queue. Work has a thread at once or is
 * refused, so that nobody waits for work that waits for a thread. What is refused is done on its caller's thread.
 * Thread-safe.
 */
final class CallThreads implements Executor, AutoCloseable {

    private static final String PREFIX = "sdk-core-call-";
    private static final int MAX_THREADS = 256;
    private static final long IDLE_SECONDS = 10;
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final Object lock = new Object();
    private @Nullable ExecutorService threads; // guarded by lock
    private boolean closed; // guarded by lock

    @Override
    public void execute(Runnable task) {
        threads().execute(task);
    }

    /** Interrupts what is under way, and waits for its end: 5 s at most. */
    @Override
    public void close() {
        ExecutorService ending;
        synchronized (lock) {
            closed = true;
            ending = threads;
        }
        if (ending == null) {
            return;
        }
        ending.shutdownNow();
        try {
            boolean unused = ending.awaitTermination(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ExecutorService threads() {
        synchronized (lock) {
            if (closed) {
                throw new RejectedExecutionException("the gateway is closed");
            }
            if (threads == null) {
                threads = Daemons.virtual(PREFIX).orElseGet(CallThreads::pool);
            }
            return threads;
        }
    }

    private static ExecutorService pool() {
        return new ThreadPoolExecutor(
                0, MAX_THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), Daemons.factory(PREFIX));
    }
}
