package dev.pictor.testkit;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.trace.TraceEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/** Assertions on the events of one run. Made by {@link TraceAssertions}. Not thread-safe. */
public final class EventsAssert extends AbstractAssert<EventsAssert, List<TraceEvent>> {

    private static final Map<String, Set<String>> STARTS = Map.of(
            TraceEvent.RUN_END, Set.of(TraceEvent.RUN_START, TraceEvent.RUN_RESUME),
            TraceEvent.STAGE_END, Set.of(TraceEvent.STAGE_START),
            TraceEvent.MODEL_CALL_END, Set.of(TraceEvent.MODEL_CALL_START));

    EventsAssert(List<TraceEvent> actual) {
        super(actual, EventsAssert.class);
    }

    /**
     * Asserts what happened, from first to last.
     *
     * @param types the type of each event, in the order of their numbers; the journal's lines are left out
     * @return this
     */
    @CanIgnoreReturnValue
    public EventsAssert hasTypes(String... types) {
        Assertions.assertThat(telemetry(actual))
                .extracting(TraceEvent::type)
                .as("types of events")
                .containsExactly(types);
        return this;
    }

    /**
     * Asserts what holds for the log of every run that is over: its events are numbered from 1 without a gap; the run,
     * each stage and each call start once, inside a span that is open, and end once; everything else happens in an open
     * span; and the end of the run comes last. What was under way when a process ended may lack its end, if the run was
     * resumed after it.
     *
     * @return this
     */
    @CanIgnoreReturnValue
    public EventsAssert isWellFormed() {
        List<String> problems = problems(telemetry(actual));
        if (!problems.isEmpty()) {
            failWithMessage(
                    "not well-formed: %s%n%s",
                    String.join("; ", problems),
                    telemetry(actual).stream().map(EventsAssert::describe).collect(Collectors.joining("\n")));
        }
        return this;
    }

    /**
     * Asserts that a text is nowhere in the events, for what must not be traced.
     *
     * @param secret the text
     * @return this
     */
    @CanIgnoreReturnValue
    public EventsAssert doNotMention(String secret) {
        for (TraceEvent event : actual) {
            Assertions.assertThat(event.attributes() + " " + event.body())
                    .as("attributes and body of %s", event.type())
                    .doesNotContain(secret);
        }
        return this;
    }

    private static List<TraceEvent> telemetry(List<TraceEvent> events) {
        return events.stream()
                .filter(event -> event.sequence() > 0)
                .sorted(Comparator.comparingLong(TraceEvent::sequence))
                .toList();
    }

    private static List<String> problems(List<TraceEvent> events) {
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

    private static String describe(TraceEvent event) {
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
