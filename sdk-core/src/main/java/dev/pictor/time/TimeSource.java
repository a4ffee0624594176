package dev.pictor.time;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Clock;
import java.time.Duration;

/**
 * Where everything that waits, measures or expires takes its time from: deadlines, waits before another attempt,
 * breakers, budgets, caches. {@code dev.pictor.testkit} has one that moves by hand.
 *
 * <p><b>Threads.</b> Called from many threads at once.
 *
 * <p><b>Blocking.</b> {@link #sleep} blocks; nothing else does.
 *
 * <p><b>Closing.</b> Whoever made it closes it. What is pending then happens at once, so that nobody waits for ever.
 */
public interface TimeSource extends AutoCloseable {

    /**
     * Returns the machine's time. Its one daemon thread starts with the first {@link #after}.
     *
     * @return a new source, to be closed by the caller
     */
    static TimeSource system() {
        return new SystemTime();
    }

    /**
     * Returns what the clock on the wall shows. It may be set back.
     *
     * @return a clock in UTC
     */
    Clock clock();

    /**
     * Returns a reading of a counter that no correction moves.
     *
     * @return nanoseconds since an arbitrary moment; only differences mean something
     */
    long nanoTime();

    /**
     * Waits.
     *
     * @param time how long; nothing happens if it is not positive
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    void sleep(Duration time) throws InterruptedException;

    /**
     * Does something after a while, on a thread that does nothing else, so that no busy pool can delay it.
     *
     * @param delay how long; at once if it is not positive
     * @param action quick, and does not throw
     * @return takes the action back
     */
    @CanIgnoreReturnValue
    Pending after(Duration delay, Runnable action);

    /** Ends the thread. What is pending happens at once. */
    @Override
    void close();

    /** An action that has not happened yet. */
    interface Pending {
        /** Takes the action back. It may still happen once if its time has just come. */
        void cancel();
    }
}
