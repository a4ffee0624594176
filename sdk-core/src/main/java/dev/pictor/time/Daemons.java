package dev.pictor.time;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that keep no JVM alive, with names that tell whose they are. */
public final class Daemons {

    private Daemons() {}

    /**
     * Returns a factory of platform threads.
     *
     * @param prefix of their names, to which a number is added
     * @return a new factory
     */
    public static ThreadFactory factory(String prefix) {
        requireNonNull(prefix, "prefix");
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * Returns an executor that starts a virtual thread for each task, where the JVM has them (21+). Looked up by name,
     * since the baseline is Java 17.
     *
     * @param prefix of their names, to which a number is added
     * @return a new executor, to be shut down by the caller; empty on JDK 17 to 20
     */
    public static Optional<ExecutorService> virtual(String prefix) {
        requireNonNull(prefix, "prefix");
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            Object named = type.getMethod("name", String.class, long.class).invoke(builder, prefix, 1L);
            Object factory = type.getMethod("factory").invoke(named);
            Method perTask = Executors.class.getMethod("newThreadPerTaskExecutor", ThreadFactory.class);
            return Optional.of((ExecutorService) perTask.invoke(null, factory));
        } catch (NoSuchMethodException | ClassNotFoundException e) {
            return Optional.empty(); // JDK 17 to 20
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("this JVM has virtual threads but does not give one", e);
        }
    }
}
