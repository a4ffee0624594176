package dev.pictor.testkit;

import dev.pictor.trace.RunId;
import dev.pictor.trace.TraceEvent;
import dev.pictor.trace.TraceSink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test whose runs leave a log that is not well-formed: its events are numbered from 1 without a gap; the run, each
 * stage and each call start once, inside a span that is open, and end once; everything else happens in an open span; and
 * the end of the run comes last. What was under way when a process ended may lack its end, if the run was resumed after it.
 *
 * <p>It is a JUnit extension, to be registered for an instance ({@code @RegisterExtension}, not static), that looks at all
 * runs after each test. Thread-safe.
 */
public final class TraceLifecycle implements TraceSink, AfterEachCallback {

    private static final Map<String, Set<String>> STARTS = Map.of(
            TraceEvent.RUN_END, Set.of(TraceEvent.RUN_START, TraceEvent.RUN_RESUME),
            TraceEvent.STAGE_END, Set.of(TraceEvent.STAGE_START),
            TraceEvent.MODEL_CALL_END, Set.of(TraceEvent.MODEL_CALL_START));

    private final RecordingTraceSink sink;

    private TraceLifecycle(RecordingTraceSink sink) {
        this.sink = sink;
    }

    /**
     * Returns a sink that looks at what it is given.
     *
     * @return a new sink
     */
    public static TraceLifecycle create() {
        return new TraceLifecycle(RecordingTraceSink.create());
    }

    /**
     * Returns what looks at the events of a sink.
     *
     * @param sink is given the runs of a test
     * @return what looks at it
     */
    public static TraceLifecycle of(RecordingTraceSink sink) {
        return new TraceLifecycle(sink);
    }

    @Override
    public void accept(TraceEvent event) {
        sink.accept(event);
    }

    /**
     * Looks at all runs.
     *
     * @throws AssertionError if the log of one is not well-formed
     */
    public void verify() {
        Map<RunId, List<TraceEvent>> runs = new LinkedHashMap<>();
        sink.events()
                .forEach(event -> runs.computeIfAbsent(event.runId(), id -> new ArrayList<>())
                        .add(event));
        runs.values().forEach(events -> TraceAssertions.assertThatEvents(events).isWellFormed());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        verify();
    }

    /**
     * Returns what is wrong with the log of a run that is over.
     *
     * @param log the events of one run, in any order; the journal's lines are left out
     * @return one sentence for each problem, empty if the log is well-formed
     */
    public static List<String> problems(List<TraceEvent> log) {
        List<TraceEvent> events = telemetry(log);
        List<String> problems = new ArrayList<>();
        if (events.stream().map(TraceEvent::runId).distinct().count() > 1) {
            problems.add("it is the log of more than one run");
        }
        if (events.isEmpty()
                || !events.get(0).type().equals(TraceEvent.RUN_START)
                || !events.get(events.size() - 1).type().equals(TraceEvent.RUN_END)) {
            problems.add("it does not go from run.start to run.end");
        }
        Spans spans = new Spans(problems);
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i).sequence() != i + 1) {
                problems.add("number " + events.get(i).sequence() + " is in place " + (i + 1));
            }
            spans.take(events.get(i));
        }
        return problems;
    }

    static List<TraceEvent> telemetry(List<TraceEvent> events) {
        return events.stream()
                .filter(event -> event.sequence() > 0)
                .sorted(Comparator.comparingLong(TraceEvent::sequence))
                .toList();
    }

    static String describe(TraceEvent event) {
        return event.sequence() + " " + event.type() + " " + event.spanId().orElse("-") + " in "
                + event.parentSpanId().orElse("-");
    }

    /** The spans of a run, event by event. */
    private static final class Spans {

        private final List<String> problems;
        /** The type of the start of each span, absent once it has ended. */
        private final Map<String, String> open = new HashMap<>();

        private final Set<String> begun = new HashSet<>();

        Spans(List<String> problems) {
            this.problems = problems;
        }

        void take(TraceEvent event) {
            String span = event.spanId().orElse("");
            switch (event.type()) {
                case TraceEvent.RUN_START -> begin(event, span);
                case TraceEvent.RUN_RESUME -> {
                    open.clear(); // the process in which they were open is gone
                    begin(event, span);
                }
                case TraceEvent.STAGE_START, TraceEvent.MODEL_CALL_START -> {
                    if (!open.containsKey(event.parentSpanId().orElse(""))) {
                        problems.add(describe(event) + " starts outside an open span");
                    }
                    begin(event, span);
                }
                case TraceEvent.STAGE_END, TraceEvent.MODEL_CALL_END -> end(event, span);
                case TraceEvent.RUN_END -> {
                    end(event, span);
                    if (!open.isEmpty()) {
                        problems.add(describe(event) + " leaves open " + open);
                    }
                }
                default -> {
                    if (!open.containsKey(span)) {
                        problems.add(describe(event) + " happens outside an open span");
                    }
                }
            }
        }

        private void begin(TraceEvent event, String span) {
            if (!begun.add(span)) {
                problems.add(describe(event) + " starts a second time");
            }
            open.put(span, event.type());
        }

        private void end(TraceEvent event, String span) {
            @Nullable String start = open.remove(span);
            if (start == null || !STARTS.getOrDefault(event.type(), Set.of()).contains(start)) {
                problems.add(describe(event) + " ends what is not open");
            }
        }
    }
}
