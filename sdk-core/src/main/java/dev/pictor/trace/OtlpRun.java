package dev.pictor.trace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The spans of one run, from its events. Not thread-safe; used once. */
final class OtlpRun {

    private static final int INTERNAL = 1;
    private static final int CLIENT = 3;
    private static final int ERROR = 2;
    private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000);
    private static final Set<String> STARTS =
            Set.of(TraceEvent.RUN_START, TraceEvent.RUN_RESUME, TraceEvent.STAGE_START, TraceEvent.MODEL_CALL_START);
    private static final Set<String> ENDS = Set.of(TraceEvent.RUN_END, TraceEvent.STAGE_END, TraceEvent.MODEL_CALL_END);
    /** Figures that stand in the body because they are no scalars. */
    private static final Set<String> FIGURES = Set.of(TraceAttributes.COST, TraceAttributes.USAGE);

    private final RunId runId;
    private final List<TraceEvent> events;
    private final boolean content;
    private final BigInteger began;
    private final Map<String, Span> spans = new LinkedHashMap<>();

    /** What is known of a span. */
    private static final class Span {
        private final List<TraceEvent> inside = new ArrayList<>();
        private @Nullable TraceEvent start;
        private @Nullable TraceEvent end;
    }

    OtlpRun(RunId runId, List<TraceEvent> log, boolean content) {
        this.runId = runId;
        this.content = content;
        this.events = log.stream()
                .filter(event -> event.spanId().isPresent())
                .sorted(Comparator.comparingLong(TraceEvent::sequence))
                .toList();
        this.began = events.isEmpty()
                ? BigInteger.ZERO
                : nanos(events.get(0).time())
                        .subtract(BigInteger.valueOf(events.get(0).elapsedNanos()));
    }

    private static BigInteger nanos(Instant time) {
        return BigInteger.valueOf(time.getEpochSecond()).multiply(NANOS).add(BigInteger.valueOf(time.getNano()));
    }

    Collection<ObjectNode> spans() {
        for (TraceEvent event : events) {
            Span span = spans.computeIfAbsent(event.spanId().orElseThrow(), id -> new Span());
            if (STARTS.contains(event.type())) {
                span.start = event;
            } else if (ENDS.contains(event.type())) {
                span.end = event;
            } else {
                span.inside.add(event);
            }
        }
        List<ObjectNode> all = new ArrayList<>();
        spans.forEach((id, span) -> all.add(json(id, span)));
        return all;
    }

    private ObjectNode json(String id, Span span) {
        TraceEvent first = span.start != null ? span.start : span.inside.isEmpty() ? span.end : span.inside.get(0);
        if (first == null) {
            throw new IllegalStateException("span " + id + " has no event");
        }
        TraceEvent last = span.end != null ? span.end : events.get(events.size() - 1);
        ObjectNode json = TraceJson.MAPPER.createObjectNode();
        json.put("traceId", runId.traceId()).put("spanId", id);
        first.parentSpanId().ifPresent(parent -> json.put("parentSpanId", parent));
        json.put("name", name(first));
        json.put("kind", first.type().startsWith("model_call.") ? CLIENT : INTERNAL);
        json.put("startTimeUnixNano", at(first)).put("endTimeUnixNano", at(last));
        ArrayNode attributes = json.putArray("attributes");
        attributes(attributes, span);
        OtlpValues.add(attributes, "pictor.run.id", runId.value());
        if (span.end == null) {
            OtlpValues.add(attributes, "pictor.unfinished", true);
        }
        ArrayNode inside = json.putArray("events");
        span.inside.forEach(event -> inside.add(event(event)));
        if (span.end != null && span.end.attributes().containsKey(TraceAttributes.ERROR_TYPE)) {
            ObjectNode status = json.putObject("status").put("code", ERROR);
            if (content) {
                status.put("message", String.valueOf(span.end.body().getOrDefault("error", "")));
            }
        }
        return json;
    }

    private static String name(TraceEvent first) {
        Map<String, Object> facts = first.attributes();
        return switch (first.type()) {
            case TraceEvent.RUN_START, TraceEvent.RUN_RESUME ->
                "invoke_workflow " + facts.getOrDefault(TraceAttributes.WORKFLOW, "unknown");
            case TraceEvent.STAGE_START -> "stage " + facts.getOrDefault(TraceAttributes.STAGE, "unknown");
            case TraceEvent.MODEL_CALL_START ->
                facts.getOrDefault(TraceAttributes.OPERATION, "unknown") + " "
                        + facts.getOrDefault(TraceAttributes.REQUEST_MODEL, "unknown");
            default -> "unknown"; // its start was lost
        };
    }

    private String at(TraceEvent event) {
        return began.add(BigInteger.valueOf(event.elapsedNanos())).toString();
    }

    private void attributes(ArrayNode attributes, Span span) {
        Map<String, Object> facts = new LinkedHashMap<>();
        Map<String, Object> body = new LinkedHashMap<>();
        for (TraceEvent event : new TraceEvent[] {span.start, span.end}) {
            if (event != null) {
                facts.putAll(event.attributes());
                body.putAll(event.body());
            }
        }
        facts.forEach((name, value) -> OtlpValues.add(attributes, name, value));
        FIGURES.stream().sorted().forEach(name -> OtlpValues.add(attributes, name, body.remove(name)));
        if (content) {
            messages(attributes, "gen_ai.input.messages", body.remove("messages"));
            messages(attributes, "gen_ai.output.messages", answer(body.remove("response")));
            if (!body.isEmpty()) {
                OtlpValues.add(attributes, "pictor.content", body);
            }
        }
    }

    private static void messages(ArrayNode attributes, String name, @Nullable Object messages) {
        if (messages == null) {
            return;
        }
        try {
            OtlpValues.add(attributes, name, TraceJson.MAPPER.writeValueAsString(messages));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("messages are no JSON", e);
        }
    }

    /** A response has a text and pictures; the conventions want a message with parts. */
    private static @Nullable Object answer(@Nullable Object response) {
        if (!(response instanceof Map<?, ?> members)) {
            return null;
        }
        List<Object> parts = new ArrayList<>();
        if (members.get("text") instanceof String text) {
            parts.add(TraceFields.of("type", "text", "content", text));
        }
        if (members.get("images") instanceof Collection<?> images) {
            parts.addAll(images);
        }
        return List.of(TraceFields.of("role", "assistant", "parts", parts));
    }

    private ObjectNode event(TraceEvent event) {
        ObjectNode json = TraceJson.MAPPER.createObjectNode();
        json.put("timeUnixNano", at(event)).put("name", eventName(event.type()));
        ArrayNode attributes = json.putArray("attributes");
        event.attributes().forEach((name, value) -> {
            if (content || !name.equals(TraceAttributes.EVALUATION_EXPLANATION)) {
                OtlpValues.add(attributes, name, value);
            }
        });
        Map<String, Object> body = new LinkedHashMap<>(event.body());
        FIGURES.stream().sorted().forEach(name -> OtlpValues.add(attributes, name, body.remove(name)));
        if (content && !body.isEmpty()) {
            OtlpValues.add(attributes, "pictor.content", body);
        }
        return json;
    }

    private static String eventName(String type) {
        return type.equals(TraceEvent.EVALUATION) ? "gen_ai.evaluation.result" : "pictor." + type;
    }
}
