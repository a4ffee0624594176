package dev.pictor.testkit;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.model.CallContext;
import dev.pictor.model.ExchangeListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A {@link CallContext} for tests of adapters. It does what the engine does: when it is cancelled or its time is up, it
 * interrupts the calling thread and then runs the hooks. Thread-safe.
 *
 * <p>The clock is the real one. Closing ends the timer's thread; after that the calling thread is not interrupted any
 * more, and an interruption of the closing thread that came from here is cleared.
 */
public final class TestCallContext implements CallContext, AutoCloseable {

    private static final Duration GENEROUS = Duration.ofMinutes(1);
    private static final AtomicInteger THREADS = new AtomicInteger();

    private final long deadlineNanos;
    private final Thread caller;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition over = lock.newCondition();

    // guarded by lock
    private final List<Runnable> hooks = new ArrayList<>();
    private boolean cancelled;
    private boolean interrupted;
    private boolean closed;

    private volatile Optional<ExchangeListener> exchangeListener = Optional.empty();

    private TestCallContext(Duration timeLeft, Thread caller) {
        this.deadlineNanos = System.nanoTime() + timeLeft.toNanos();
        this.caller = caller;
    }

    /**
     * Returns a context with more time than any test takes: one minute, for a call on this thread.
     *
     * @return a context, to be closed by the caller
     */
    public static TestCallContext unbounded() {
        return within(GENEROUS);
    }

    /**
     * Returns a context for a call on this thread.
     *
     * @param timeLeft the time until the call is stopped
     * @return a context, to be closed by the caller
     */
    public static TestCallContext within(Duration timeLeft) {
        return within(timeLeft, Thread.currentThread());
    }

    /**
     * Returns a context for a call on another thread.
     *
     * @param timeLeft the time until the call is stopped
     * @param caller the thread that is interrupted then
     * @return a context, to be closed by the caller
     */
    public static TestCallContext within(Duration timeLeft, Thread caller) {
        TestCallContext context = new TestCallContext(timeLeft, requireNonNull(caller, "caller"));
        Thread timer = new Thread(context::awaitDeadline, "testkit-call-context-" + THREADS.incrementAndGet());
        timer.setDaemon(true);
        timer.start();
        return context;
    }

    /**
     * Cancels the call: interrupts the calling thread, unless that is this one, and runs the hooks. Does nothing the
     * second time.
     */
    public void cancel() {
        List<Runnable> toRun;
        lock.lock();
        try {
            if (cancelled || closed) {
                return;
            }
            cancelled = true;
            over.signalAll();
            if (!caller.equals(Thread.currentThread())) {
                interrupted = true;
                caller.interrupt();
            }
            toRun = List.copyOf(hooks);
            hooks.clear();
        } finally {
            lock.unlock();
        }
        toRun.forEach(Runnable::run);
    }

    /**
     * Has someone told what goes over the wire. Default: nobody.
     *
     * @param listener is given each exchange
     * @return this context
     */
    @CanIgnoreReturnValue
    public TestCallContext exchangesTo(ExchangeListener listener) {
        this.exchangeListener = Optional.of(listener);
        return this;
    }

    @Override
    public Optional<ExchangeListener> exchangeListener() {
        return exchangeListener;
    }

    @Override
    public Duration timeLeft() {
        return Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime()));
    }

    @Override
    public boolean isCancelled() {
        lock.lock();
        try {
            return cancelled || timeLeft().isZero();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Registration onCancel(Runnable hook) {
        lock.lock();
        try {
            if (!cancelled) {
                hooks.add(hook);
                return () -> remove(hook);
            }
        } finally {
            lock.unlock();
        }
        hook.run();
        return () -> {};
    }

    /** Ends the timer. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            over.signalAll();
            if (interrupted && caller.equals(Thread.currentThread())) {
                Thread.interrupted();
            }
        } finally {
            lock.unlock();
        }
    }

    private void remove(Runnable hook) {
        lock.lock();
        try {
            hooks.remove(hook);
        } finally {
            lock.unlock();
        }
    }

    private void awaitDeadline() {
        lock.lock();
        try {
            while (!cancelled && !closed && !timeLeft().isZero()) {
                over.awaitNanos(timeLeft().toNanos());
            }
        } catch (InterruptedException e) {
            return; // nobody but the JVM's end interrupts this thread
        } finally {
            lock.unlock();
        }
        cancel();
    }
}
