package dev.pictor.trace;

import dev.pictor.time.Daemons;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Forces files to the disk once a second, on a thread of its own. Thread-safe. */
final class IntervalSync implements AutoCloseable {

    static final Duration INTERVAL = Duration.ofSeconds(1);

    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(1, Daemons.factory("sdk-core-fsync-"));

    IntervalSync(Supplier<Collection<RunFile>> files, Consumer<IOException> failures) {
        ScheduledFuture<?> unused = timer.scheduleWithFixedDelay(
                () -> files.get().forEach(file -> force(file, failures)),
                INTERVAL.toMillis(),
                INTERVAL.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private static void force(RunFile file, Consumer<IOException> failures) {
        try {
            file.force();
        } catch (IOException e) {
            failures.accept(e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
