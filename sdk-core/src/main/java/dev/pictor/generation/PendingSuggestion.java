package dev.pictor.generation;

import dev.pictor.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A suggestion that is gone on with by itself after a time, unless its user says something first. What comes first counts;
 * what comes later is told so. Thread-safe.
 */
public final class PendingSuggestion {

    private static final Duration MAX_WAIT = Duration.ofDays(1);

    private final CompletableFuture<GeneratedImages> result = new CompletableFuture<>();
    private final AtomicBoolean decided = new AtomicBoolean();
    private final Executor executor;
    private final Function<List<String>, GeneratedImages> run;
    private TimeSource.@Nullable Pending timer;

    private PendingSuggestion(Executor executor, Function<List<String>, GeneratedImages> run) {
        this.executor = executor;
        this.run = run;
    }

    static PendingSuggestion open(
            TimeSource time, Executor executor, Duration after, Function<List<String>, GeneratedImages> run) {
        if (after.isNegative() || after.compareTo(MAX_WAIT) > 0) {
            throw new IllegalArgumentException("after must be 0 to 1 day, was " + after);
        }
        PendingSuggestion pending = new PendingSuggestion(executor, run);
        TimeSource.Pending timer = time.after(after, pending::goOn);
        pending.timed(timer);
        return pending;
    }

    /**
     * Goes on now.
     *
     * @return false if it was decided before
     */
    public boolean agree() {
        return decide(List.of());
    }

    /**
     * Goes on with what the user means instead.
     *
     * @param answers as {@link ImageGenerator#answer} takes them
     * @return false if it was decided before
     */
    public boolean answer(List<String> answers) {
        if (answers.isEmpty()) {
            throw new IllegalArgumentException("answers must be 1 or more, were 0");
        }
        return decide(List.copyOf(answers));
    }

    /**
     * Leaves the run waiting: {@link #result()} is cancelled, and the run may be taken up later.
     *
     * @return false if it was decided before
     */
    public boolean callOff() {
        if (!decided.compareAndSet(false, true)) {
            return false;
        }
        stopTimer();
        return result.cancel(false);
    }

    /**
     * What comes of it.
     *
     * @return a future with the pictures, or what the run threw
     */
    public CompletableFuture<GeneratedImages> result() {
        return result;
    }

    private void goOn() {
        boolean unused = decide(List.of());
    }

    private boolean decide(List<String> answers) {
        if (!decided.compareAndSet(false, true)) {
            return false;
        }
        stopTimer();
        try {
            executor.execute(() -> go(answers));
        } catch (RejectedExecutionException e) { // closed meanwhile; the run waits on
            result.completeExceptionally(e);
        }
        return true;
    }

    private void go(List<String> answers) {
        try {
            result.complete(run.apply(answers));
        } catch (RuntimeException | Error e) { // whoever waits for the future gets it
            result.completeExceptionally(e);
        }
    }

    private synchronized void timed(TimeSource.Pending pending) {
        timer = pending;
        if (decided.get()) {
            pending.cancel();
        }
    }

    private synchronized void stopTimer() {
        if (timer != null) {
            timer.cancel();
        }
    }
}
