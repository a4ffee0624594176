package dev.pictor.pipeline;

import dev.pictor.model.CallContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one switch that stops a run or a part of it: it interrupts the threads at work and runs the hooks that close calls
 * in flight. Stopping a run stops its parts, not the other way round. Thread-safe.
 */
final class Cancellation {

    /** Why work stops. */
    enum Cause {
        /** The caller stopped it. */
        CANCELLED,
        /** The time of what it is part of is over. */
        DEADLINE,
        /** Its own time is over, not that of what it is part of. */
        LIMIT,
        /** A sibling failed, so its result is of no use. */
        SIBLING_FAILED
    }

    private static final Logger LOG = LoggerFactory.getLogger(Cancellation.class);

    private final Object lock = new Object();
    private final Set<Runnable> hooks = new LinkedHashSet<>(2);
    private final @Nullable Cancellation whole;
    private volatile @Nullable Cause cause;
    private List<Interrupter> interrupters = List.of(); // guarded by lock; of the threads at work when this was stopped

    /** Creates the switch of a whole run. */
    Cancellation() {
        this(null);
    }

    private Cancellation(@Nullable Cancellation whole) {
        this.whole = whole;
    }

    /** Returns a switch for a part; close it when the part is over. */
    Part part() {
        Cancellation part = new Cancellation(this);
        return new Part(part, onCancel(() -> part.cancel(Objects.requireNonNull(part.cause(), "cause"))));
    }

    record Part(Cancellation cancellation, CallContext.Registration registration) implements AutoCloseable {
        @Override
        public void close() {
            registration.close();
        }
    }

    /** Stops the work; the first cause counts. */
    void cancel(Cause why) {
        List<Runnable> toRun;
        synchronized (lock) {
            if (cause != null) {
                return;
            }
            cause = why;
            toRun = new ArrayList<>(hooks);
            hooks.clear();
            interrupters = toRun.stream()
                    .filter(Interrupter.class::isInstance)
                    .map(Interrupter.class::cast)
                    .toList();
        }
        toRun.forEach(Cancellation::runGuarded);
    }

    /** Why this or the whole it is part of was stopped: the news may not have come down to the part yet. */
    @Nullable
    Cause cause() {
        Cause own = cause;
        if (own != null || whole == null) {
            return own;
        }
        Cause above = whole.cause();
        return above == Cause.LIMIT ? Cause.DEADLINE : above;
    }

    /** Why this was stopped, whatever the whole does: the whole's cause comes down to it as its own. */
    @Nullable
    Cause ownCause() {
        return cause;
    }

    boolean isCancelled() {
        return cause() != null;
    }

    void throwIfCancelled() throws InterruptedException {
        if (isCancelled()) {
            throw new InterruptedException("cancelled: " + cause());
        }
    }

    CallContext.Registration onCancel(Runnable hook) {
        // a hook of our own for each registration, so that the same Runnable may be registered twice
        return register(new Runnable() {
            @Override
            public void run() {
                hook.run();
            }
        });
    }

    private CallContext.Registration register(Runnable hook) {
        synchronized (lock) {
            if (cause == null) {
                hooks.add(hook);
                return () -> remove(hook);
            }
        }
        runGuarded(hook);
        return () -> {};
    }

    /**
     * Runs work on this thread, which is interrupted when the switch is thrown meanwhile and never afterwards. If the
     * whole was stopped and the work went on regardless, what comes after it in the whole is interrupted in its turn.
     */
    <T> T interruptibly(Callable<T> work) throws Exception {
        Interrupter interrupter = new Interrupter(Thread.currentThread());
        boolean told = false;
        try (CallContext.Registration registration = register(interrupter)) {
            throwIfCancelled();
            return work.call();
        } catch (InterruptedException e) {
            told = true;
            throw e;
        } finally {
            boolean cleared = interrupter.stop();
            if (cleared && !told && whole != null) {
                whole.interruptAgain(Thread.currentThread());
            }
        }
    }

    /** Interrupts a thread that this or a whole above has interrupted, and that is still at work for it. */
    private void interruptAgain(Thread thread) {
        List<Interrupter> fired;
        synchronized (lock) {
            fired = interrupters;
        }
        fired.forEach(interrupter -> interrupter.again(thread));
        if (whole != null) {
            whole.interruptAgain(thread);
        }
    }

    private void remove(Runnable hook) {
        synchronized (lock) {
            hooks.remove(hook);
        }
    }

    private static void runGuarded(Runnable hook) {
        try {
            hook.run();
        } catch (RuntimeException e) {
            LOG.warn("a cancel hook failed; the call it belongs to may go on for a while", e);
        }
    }

    /** Interrupts a thread, but only while it is at work for us. */
    private static final class Interrupter implements Runnable {

        private final Thread thread;
        private final Object lock = new Object();
        private boolean atWork = true;
        private boolean interrupted;

        Interrupter(Thread thread) {
            this.thread = thread;
        }

        @Override
        public void run() {
            synchronized (lock) {
                if (atWork) {
                    interrupted = true;
                    thread.interrupt();
                }
            }
        }

        /** Ends the work. An interrupt of ours that nobody noticed must not hit what the thread does next. */
        boolean stop() {
            synchronized (lock) {
                atWork = false;
                return interrupted && Thread.interrupted();
            }
        }

        /** Sets an interrupt again that a part took for its own. */
        void again(Thread current) {
            synchronized (lock) {
                if (atWork && interrupted && thread.equals(current)) {
                    thread.interrupt();
                }
            }
        }
    }
}
