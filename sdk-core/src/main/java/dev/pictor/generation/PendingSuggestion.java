package dev.pictor.generation;

import dev.pictor.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A suggestion that is gone on with by itself after a time, unless its user says something first. What comes first counts;
 * what comes later is told so. The time is counted by this process and ends with it: the run waits on then, as it does when
 * Pictor is closed before, and {@link ImageGenerator#proceed} takes it up. Thread-safe.
 */
public final class PendingSuggestion {

    private static final Duration MAX_WAIT = Duration.ofDays(1);

    private final CompletableFuture<GeneratedImages> result = new CompletableFuture<>();
    private final AtomicBoolean decided = new AtomicBoolean();
    private final Executor executor;
    private final Function<List<String>, GeneratedImages> run;
    private final AtomicReference<TimeSource.@Nullable Pending> timer = new AtomicReference<>();

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
        CompletableFuture<GeneratedImages> unused = pending.result.whenComplete((images, failure) -> pending.forget());
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
     * What comes of it. Whoever cancels it, or has it time out, calls off the suggestion unless it was decided before; a run
     * that is under way by then comes to its end.
     *
     * @return a future with the pictures, or what the run threw; {@link RejectedExecutionException} if Pictor was closed
     *     before it was decided
     */
    public CompletableFuture<GeneratedImages> result() {
        return result;
    }

    /** Whoever gave up the result takes back the rest. */
    private void forget() {
        boolean unused = callOff();
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

    private void timed(TimeSource.Pending pending) {
        timer.set(pending);
        if (decided.get()) {
            pending.cancel();
        }
    }

    private void stopTimer() {
        TimeSource.@Nullable Pending pending = timer.get();
        if (pending != null) {
            pending.cancel();
        }
    }
}
