package dev.pictor.trace;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An event as a span emits it: over the maps that were handed to it, without copies. */
final class EmittedEvent extends TraceEvent {

    private final RunId runId;
    private final String type;
    private final Instant time;
    private final long sequence;
    private final long elapsedNanos;
    private final String spanId;
    private final @Nullable String parentSpanId;
    private final Map<String, Object> attributes;
    private final Map<String, Object> body;
    private final @Nullable String traceId;
    private final List<RedactedField> redactions;

    EmittedEvent(
            RunId runId,
            String type,
            Instant time,
            long sequence,
            long elapsedNanos,
            String spanId,
            @Nullable String parentSpanId,
            Map<String, ?> attributes,
            Map<String, ?> body,
            @Nullable String traceId,
            List<RedactedField> redactions) {
        this.runId = runId;
        this.type = type;
        this.time = time;
        this.sequence = sequence;
        this.elapsedNanos = elapsedNanos;
        this.spanId = spanId;
        this.parentSpanId = parentSpanId;
        this.attributes = unmodifiable(attributes);
        this.body = unmodifiable(body);
        this.traceId = traceId;
        this.redactions = redactions;
    }

    private static Map<String, Object> unmodifiable(Map<String, ?> fields) {
        return fields instanceof TraceFields known ? known : Collections.unmodifiableMap(fields);
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public Instant time() {
        return time;
    }

    @Override
    public long elapsedNanos() {
        return elapsedNanos;
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public RunId runId() {
        return runId;
    }

    @Override
    public Optional<String> spanId() {
        return Optional.of(spanId);
    }

    @Override
    public Optional<String> parentSpanId() {
        return Optional.ofNullable(parentSpanId);
    }

    @Override
    public Map<String, Object> attributes() {
        return attributes;
    }

    @Override
    public Map<String, Object> body() {
        return body;
    }

    @Override
    public Optional<String> traceId() {
        return Optional.ofNullable(traceId);
    }

    @Override
    public List<RedactedField> redactions() {
        return redactions;
    }
}
