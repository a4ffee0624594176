package dev.pictor.gateway.routing;

import static java.util.Objects.requireNonNull;

import dev.pictor.time.TimeSource;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Learns from live traffic how models are. Holds a bounded number of models, each with counts of its calls within a
 * window, so that it takes the same memory however many calls there are. Thread-safe.
 */
public final class HealthTracker {

    private final Map<String, RecentCalls> models = new ConcurrentHashMap<>();
    private final Object dropping = new Object();
    private final HealthSettings settings;
    private final TimeSource time;

    private HealthTracker(HealthSettings settings, TimeSource time) {
        this.settings = requireNonNull(settings, "settings");
        this.time = requireNonNull(time, "time");
    }

    /**
     * Returns a tracker that knows nothing yet.
     *
     * @param settings when a model counts as degraded or down
     * @param time moves the window on
     * @return a new tracker
     */
    public static HealthTracker create(HealthSettings settings, TimeSource time) {
        return new HealthTracker(settings, time);
    }

    /**
     * Counts a call.
     *
     * @param candidateId whom it went to
     * @param signal what it said about the model
     * @param latency how long the model took; counts for answers only
     */
    public void record(String candidateId, HealthSignal signal, Duration latency) {
        requireNonNull(signal, "signal");
        requireNonNull(latency, "latency");
        long now = time.nanoTime();
        RecentCalls calls = models.get(requireNonNull(candidateId, "candidateId"));
        if (calls == null) {
            calls = models.computeIfAbsent(candidateId, id -> new RecentCalls(settings, now));
            dropOldest();
        }
        calls.record(signal, latency, now);
    }

    /**
     * Forgets the calls of a model, such as when a probe finds it back: its state is unknown, and it is asked like
     * others again.
     *
     * @param candidateId the model
     */
    public void forget(String candidateId) {
        RecentCalls calls = models.get(requireNonNull(candidateId, "candidateId"));
        if (calls != null) {
            calls.forget();
        }
    }

    /**
     * Returns how a model is.
     *
     * @param candidateId the model
     * @return its health; unknown if there was no call within the window
     */
    public ModelHealth health(String candidateId) {
        RecentCalls calls = models.get(requireNonNull(candidateId, "candidateId"));
        return calls == null ? ModelHealth.unknown() : calls.health(time.nanoTime());
    }

    private void dropOldest() {
        synchronized (dropping) {
            long now = time.nanoTime();
            while (models.size() > settings.maxModels()) {
                models.entrySet().stream()
                        .max(Comparator.comparingLong(
                                model -> now - model.getValue().lastNanos()))
                        .ifPresent(oldest -> models.remove(oldest.getKey()));
            }
        }
    }
}
