package dev.pictor.trace;

import dev.pictor.image.Sha256;
import dev.pictor.model.Money;
import dev.pictor.model.RawExchange;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Holds back a run that sampling did not choose, until it is known whether it matters. Its first event goes on at once, so
 * that the run is seen while it is under way. Thread-safe; one for each run.
 */
final class SampledRun implements TraceSink {

    /** What an event takes beside its texts, about. */
    private static final long EVENT_BYTES = 400;

    private static final long VALUE_BYTES = 40;

    private final TraceSink sink;
    private final Sampling sampling;
    private final CompletableFuture<Boolean> released = new CompletableFuture<>();
    private final Object lock = new Object();

    // guarded by lock
    private final RunTally tally = new RunTally();
    private List<TraceEvent> events = new ArrayList<>();
    private Map<Sha256, Runnable> pictures = new LinkedHashMap<>();
    private long bytes;
    private @Nullable String kept;

    SampledRun(TraceSink sink, Sampling sampling) {
        this.sink = sink;
        this.sampling = sampling;
    }

    /** Keeps the bytes of a picture if the run is kept. */
    void put(ArtifactStore store, Sha256 sha256, ByteBuffer picture) {
        boolean isHeld;
        boolean isFull;
        synchronized (lock) {
            isHeld = kept == null;
            if (isHeld && pictures.put(sha256, () -> store.put(sha256, picture)) == null) {
                bytes += picture.remaining();
            }
            isFull = isHeld && bytes > sampling.maxBufferedBytes();
        }
        if (isFull) {
            release("large");
        } else if (!isHeld) {
            store.put(sha256, picture);
        }
    }

    @Override
    public void accept(TraceEvent event) {
        if (event.type().equals(TraceEvent.RUN_END)) {
            end(event);
            return;
        }
        boolean isStart =
                event.type().equals(TraceEvent.RUN_START) || event.type().equals(TraceEvent.RUN_RESUME);
        @Nullable String reason = null;
        boolean isHeld;
        synchronized (lock) {
            tally.add(event);
            isHeld = kept == null && !isStart;
            if (isHeld) {
                events.add(event);
                bytes += sizeOf(event);
                reason = reasonSoFar(event);
            }
        }
        if (reason != null) {
            release(reason);
        } else if (!isHeld) {
            if (!isStart) {
                boolean unused = released.join();
            }
            sink.accept(event);
        }
    }

    /** Called with the lock. */
    private @Nullable String reasonSoFar(TraceEvent event) {
        if (sampling.keepExperiments() && event.attributes().containsKey(TraceAttributes.EXPERIMENT_ID)) {
            return "experiment";
        }
        return bytes > sampling.maxBufferedBytes() ? "large" : null;
    }

    private void end(TraceEvent event) {
        RunTotals totals;
        @Nullable String before;
        synchronized (lock) {
            totals = tally.totals();
            before = kept;
        }
        @Nullable String reason = before == null ? reason(event, totals) : before;
        if (reason != null) {
            release(reason);
            sink.accept(new TraceEventBuilder()
                    .from(event)
                    .putAttributes(TraceAttributes.SAMPLING_KEPT, reason)
                    .build());
            return;
        }
        int leftOut;
        synchronized (lock) {
            leftOut = events.size();
            events = List.of();
            pictures = Map.of();
        }
        sink.accept(new TraceEventBuilder()
                .from(event)
                .putAttributes(TraceAttributes.SAMPLED, false)
                .putBody("totals", totals)
                .putBody("left_out", leftOut)
                .build());
    }

    private @Nullable String reason(TraceEvent end, RunTotals totals) {
        String succeeded = RunStatus.SUCCEEDED.name();
        String status = String.valueOf(end.attributes().get(TraceAttributes.STATUS));
        if (sampling.keepFailed() && !status.equalsIgnoreCase(succeeded)) {
            return "failed";
        }
        Optional<Duration> slow = sampling.keepSlowerThan();
        if (slow.isPresent() && end.elapsedNanos() > slow.get().toNanos()) {
            return "slow";
        }
        Optional<Money> most = sampling.keepCostlierThan();
        Optional<Money> spent = totals.cost().amount();
        boolean isCostly = most.isPresent()
                && spent.isPresent()
                && spent.get().currency().equals(most.get().currency())
                && spent.get().nanos() > most.get().nanos();
        return isCostly ? "costly" : null;
    }

    /** Lets go of what was held; whatever comes meanwhile waits for it. No lock is held while the sink works. */
    private void release(String reason) {
        List<TraceEvent> held;
        Collection<Runnable> bytesHeld;
        boolean isFirst;
        synchronized (lock) {
            isFirst = kept == null;
            kept = isFirst ? reason : kept;
            held = events;
            bytesHeld = pictures.values();
            events = List.of();
            pictures = Map.of();
        }
        if (!isFirst) {
            boolean unused = released.join();
            return;
        }
        try {
            let(held, bytesHeld);
        } finally {
            released.complete(true);
        }
    }

    /** The pictures first: no event names one that is not there. One that cannot be kept keeps back no event. */
    private void let(List<TraceEvent> held, Collection<Runnable> bytesHeld) {
        @Nullable RuntimeException failure = null;
        for (Runnable put : bytesHeld) {
            try {
                put.run();
            } catch (RuntimeException e) {
                failure = failure == null ? e : failure;
            }
        }
        held.forEach(sink::accept);
        if (failure != null) {
            throw failure;
        }
    }

    private static long sizeOf(TraceEvent event) {
        return EVENT_BYTES + sizeOf(event.attributes()) + sizeOf(event.body());
    }

    private static long sizeOf(@Nullable Object value) {
        if (value instanceof CharSequence text) {
            return VALUE_BYTES + text.length();
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .mapToLong(entry -> sizeOf(entry.getKey()) + sizeOf(entry.getValue()))
                    .sum();
        }
        if (value instanceof Collection<?> list) {
            return list.stream().mapToLong(SampledRun::sizeOf).sum();
        }
        if (value instanceof RawExchange exchange) {
            return VALUE_BYTES
                    + exchange.requestBody().orElse("").length()
                    + exchange.responseBody().orElse("").length();
        }
        return VALUE_BYTES;
    }
}
