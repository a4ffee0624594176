package dev.pictor.model.http;

import java.lang.reflect.InvocationTargetException;
import java.net.http.HttpClient;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The threads on which a client looks up names and hands over bytes: virtual ones where the JVM has them (21+), else a
 * bounded pool. Nothing on them waits for a model. All are daemons. Thread-safe.
 */
final class HttpThreads implements Executor, AutoCloseable {

    private static final int POOL_SIZE = 16;
    private static final int POOL_QUEUE = 10_000;
    private static final long IDLE_SECONDS = 30;
    private static final String PREFIX = "sdk-core-http-";
    private static final Pattern NUMBER = Pattern.compile("\\((\\d+)\\)$");

    private final ExecutorService threads;

    HttpThreads() {
        ExecutorService virtual = virtualThreads();
        this.threads = virtual == null ? boundedPool() : virtual;
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    @Override
    public void close() {
        threads.shutdown();
    }

    /** Ends a client's own thread and its idle connections. */
    static void end(HttpClient client) {
        try {
            HttpClient.class.getMethod("shutdownNow").invoke(client);
        } catch (NoSuchMethodException e) { // JDK 17 to 20
            interruptSelector(client);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("this JVM's HTTP client does not end", e);
        }
    }

    /**
     * Before JDK 21 a client has no end of its own: its thread ends when the client is collected and no call is counted as
     * open, and a cancelled call may be counted for ever. Interrupting that thread ends it and closes its connections. It is
     * known by the client's number, which ends the client's text: {@code HttpClientImpl@306f16f3(1)}.
     */
    private static void interruptSelector(HttpClient client) {
        Matcher number = NUMBER.matcher(client.toString());
        if (!number.find()) {
            return; // another JDK's client: left to the garbage collector
        }
        String name = "HttpClient-" + number.group(1) + "-SelectorManager";
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .forEach(Thread::interrupt);
    }

    private static ExecutorService boundedPool() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                POOL_SIZE,
                POOL_SIZE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(POOL_QUEUE),
                daemons(),
                // a task that the client cannot place would leave its caller waiting
                new ThreadPoolExecutor.CallerRunsPolicy());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Looked up by name, since the baseline is Java 17; null where there are none. */
    private static @Nullable ExecutorService virtualThreads() {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            Object named = type.getMethod("name", String.class, long.class).invoke(builder, PREFIX, 1L);
            Object factory = type.getMethod("factory").invoke(named);
            return (ExecutorService) Executors.class
                    .getMethod("newThreadPerTaskExecutor", ThreadFactory.class)
                    .invoke(null, factory);
        } catch (NoSuchMethodException | ClassNotFoundException e) {
            return null; // JDK 17 to 20
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("this JVM has virtual threads but does not give one", e);
        }
    }

    private static ThreadFactory daemons() {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, PREFIX + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
