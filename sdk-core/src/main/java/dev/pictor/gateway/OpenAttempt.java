package dev.pictor.gateway;

import dev.pictor.model.Cost;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.Usage;
import dev.pictor.trace.TraceAttributes;
import dev.pictor.trace.TraceEvent;
import dev.pictor.trace.TraceSpan;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An attempt under way, whose end is told once: by the thread that makes it, or by a caller who does not wait for it any
 * more. Thread-safe.
 */
final class OpenAttempt {

    private final Road<?> road;
    private final Journey journey;
    private final TraceSpan span;
    private final long begin;
    private final AtomicBoolean told = new AtomicBoolean();

    OpenAttempt(Road<?> road, TraceSpan span, long begin) {
        this.road = road;
        this.journey = road.journey();
        this.span = span;
        this.begin = begin;
    }

    /** Notes the end for the answer. Returns false if it was told already: it is too late for the trace too then. */
    boolean end(Cost cost, Duration latency, Optional<String> error) {
        if (!told.compareAndSet(false, true)) {
            return false;
        }
        journey.closed(
                this,
                new AttemptBuilder()
                        .model(road.call().profile.id())
                        .cost(cost)
                        .latency(latency)
                        .error(error)
                        .build());
        return true;
    }

    boolean isStopped() {
        return road.context().isCancelled();
    }

    /** Tells the end of an attempt that goes on without this caller: nobody knows what will come of it. */
    void leave() {
        Reason why = journey.run.timeLeft().isZero() ? Reason.TIMED_OUT : Reason.CANCELLED;
        String type = why.name().toLowerCase(Locale.ROOT);
        if (!end(Cost.unknown(), Duration.ofNanos(journey.nanoTime() - begin), Optional.of(type))) {
            return;
        }
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put(TraceAttributes.ERROR_TYPE, type);
        attributes.put(TraceAttributes.BILLED, Billed.UNKNOWN_OUTCOME.name().toLowerCase(Locale.ROOT));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", "the caller left before the end of the call");
        body.put(TraceAttributes.USAGE, Usage.none());
        body.put(TraceAttributes.COST, Cost.unknown());
        span.emit(TraceEvent.MODEL_CALL_END, attributes, body);
    }
}
