package dev.pictor.gateway.routing;

import static java.util.Objects.requireNonNull;

import dev.pictor.pipeline.CallScope;
import dev.pictor.time.TimeSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Probes models that are down, at an interval, until they are back: then what is known against them is forgotten. Holds
 * one pending action for each model that is down, and nothing for others. A probe that fails counts as a failed call; with
 * fewer probes in a window than it takes to judge, a model is unknown again after that window, and the next call finds
 * out. The caller closes it. Thread-safe.
 */
public final class HealthProbes implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HealthProbes.class);

    private final HealthProbe probe;
    private final HealthTracker tracker;
    private final ProbeSettings settings;
    private final Executor executor;
    private final TimeSource time;
    private final AtomicBoolean warned = new AtomicBoolean();
    private final Object lock = new Object();

    // guarded by lock
    private final Map<String, Watch> watches = new HashMap<>();
    private boolean closed;

    private HealthProbes(
            HealthProbe probe, HealthTracker tracker, ProbeSettings settings, Executor executor, TimeSource time) {
        this.probe = requireNonNull(probe, "probe");
        this.tracker = requireNonNull(tracker, "tracker");
        this.settings = requireNonNull(settings, "settings");
        this.executor = requireNonNull(executor, "executor");
        this.time = requireNonNull(time, "time");
    }

    /**
     * Returns probes that watch nobody yet.
     *
     * @param probe asks a model
     * @param tracker knows which models are down, and is told what the probe found
     * @param settings how often, and how long a probe may take
     * @param executor runs the probes on threads of its own; the caller closes it, after these
     * @param time measures interval and limit; the caller closes it, after these
     * @return new probes, to be closed by the caller
     */
    public static HealthProbes create(
            HealthProbe probe, HealthTracker tracker, ProbeSettings settings, Executor executor, TimeSource time) {
        return new HealthProbes(probe, tracker, settings, executor, time);
    }

    /**
     * Begins to probe a model if it is down and not probed already. Cheap enough for every failed call.
     *
     * @param candidate the model
     */
    public void watch(Candidate candidate) {
        if (tracker.health(candidate.id()).state() != HealthState.DOWN) {
            return;
        }
        Watch watch = new Watch(candidate);
        synchronized (lock) {
            if (closed
                    || watches.size() >= settings.maxModels()
                    || watches.putIfAbsent(candidate.id(), watch) != null) {
                return;
            }
        }
        watch.waitForNext();
    }

    /**
     * Returns how many models are being probed.
     *
     * @return 0 or more
     */
    public int watched() {
        synchronized (lock) {
            return watches.size();
        }
    }

    /** Stops probing. A probe on its way is interrupted; close does not wait for it. */
    @Override
    public void close() {
        Watch[] open;
        synchronized (lock) {
            closed = true;
            open = watches.values().toArray(new Watch[0]);
            watches.clear();
        }
        for (Watch watch : open) {
            watch.stop();
        }
    }

    private final class Watch {

        private final Candidate candidate;
        private final Object watchLock = new Object();

        // guarded by watchLock
        private Runnable stopper = () -> {};
        private boolean stopped;

        Watch(Candidate candidate) {
            this.candidate = candidate;
        }

        void waitForNext() {
            TimeSource.Pending next = time.after(settings.interval(), this::start);
            stopBy(next::cancel);
        }

        private void start() {
            try {
                executor.execute(this::run);
            } catch (RejectedExecutionException e) {
                warn(e);
                end();
            }
        }

        private void run() {
            boolean isDown = false;
            try {
                isDown = tracker.health(candidate.id()).state() == HealthState.DOWN && !isFound();
            } finally {
                if (!isDown) {
                    end();
                }
            }
            if (isDown && !isStopped()) {
                waitForNext();
            }
        }

        private boolean isFound() {
            boolean isUp = isUp();
            if (isUp) {
                tracker.forget(candidate.id());
            } else if (!isStopped()) {
                tracker.record(candidate.id(), HealthSignal.FAILED, Duration.ZERO);
            }
            return isUp;
        }

        private boolean isUp() {
            try (CallScope scope = CallScope.open(time, settings.limit())) {
                stopBy(scope::cancel);
                return scope.call(() -> probe.isUp(candidate, scope));
            } catch (InterruptedException e) {
                // by the limit or by close, both of which the scope keeps from the executor's thread
                return false;
            } catch (Exception e) {
                warn(e);
                return false;
            }
        }

        /** Says how to stop what comes next, and does so at once if it is to be stopped already. */
        private void stopBy(Runnable how) {
            synchronized (watchLock) {
                stopper = how;
                if (!stopped) {
                    return;
                }
            }
            how.run();
        }

        void stop() {
            Runnable how;
            synchronized (watchLock) {
                stopped = true;
                how = stopper;
            }
            how.run();
        }

        private boolean isStopped() {
            synchronized (watchLock) {
                return stopped;
            }
        }

        private void end() {
            synchronized (lock) {
                watches.remove(candidate.id(), this);
            }
        }
    }

    private void warn(Exception e) {
        if (warned.compareAndSet(false, true)) {
            LOG.warn("a health probe failed; this and later failures are taken as models that are down", e);
        }
    }
}
