package dev.pictor.trace;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** A run's span under some rules, and what comes of it. */
final class RecordedSpan {

    static final Instant TIME = Instant.parse("2026-11-20T08:15:30Z");

    final RunId runId = RunId.create();
    final List<TraceEvent> events = Collections.synchronizedList(new ArrayList<>());
    final AtomicLong nanos = new AtomicLong();
    final TraceSpan span;

    RecordedSpan(TraceRules rules) {
        span = TraceSpan.ofRun(
                runId, events::add, rules, Clock.fixed(TIME, ZoneOffset.UTC), nanos::get, Duration.ZERO, 0);
    }

    static RecordedSpan at(ContentLevel level) {
        return new RecordedSpan(TraceRules.builder().content(level).build());
    }

    static RecordedSpan under(Redaction redaction) {
        return new RecordedSpan(TraceRules.builder().redaction(redaction).build());
    }

    TraceEvent emit(String type, Map<String, ?> attributes, Map<String, ?> body) {
        span.emit(type, attributes, body);
        return last();
    }

    TraceEvent last() {
        return events.get(events.size() - 1);
    }

    List<String> types() {
        return events.stream().map(TraceEvent::type).toList();
    }

    RunRecord record() {
        return RunRecord.of(events);
    }
}
