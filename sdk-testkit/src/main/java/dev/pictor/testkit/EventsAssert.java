package dev.pictor.testkit;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.trace.RedactedField;
import dev.pictor.trace.TraceEvent;
import java.util.List;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/** Assertions on the events of one run. Made by {@link TraceAssertions}. Not thread-safe. */
public final class EventsAssert extends AbstractAssert<EventsAssert, List<TraceEvent>> {

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
        Assertions.assertThat(TraceLifecycle.telemetry(actual))
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
        List<String> problems = TraceLifecycle.problems(actual);
        if (!problems.isEmpty()) {
            failWithMessage(
                    "not well-formed: %s%n%s",
                    String.join("; ", problems),
                    TraceLifecycle.telemetry(actual).stream()
                            .map(TraceLifecycle::describe)
                            .collect(Collectors.joining("\n")));
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

    /**
     * Asserts that something was left out of the events by redaction.
     *
     * @param rule by which rule: {@code name}, {@code shape}, {@code value} or {@code redactor}
     * @return this
     */
    @CanIgnoreReturnValue
    public EventsAssert haveRedaction(String rule) {
        Assertions.assertThat(actual)
                .as("redactions")
                .flatExtracting(TraceEvent::redactions)
                .extracting(RedactedField::rule)
                .contains(rule);
        return this;
    }

    /**
     * Asserts that nothing was left out of the events by redaction.
     *
     * @return this
     */
    @CanIgnoreReturnValue
    public EventsAssert haveNoRedactions() {
        Assertions.assertThat(actual)
                .as("redactions")
                .flatExtracting(TraceEvent::redactions)
                .isEmpty();
        return this;
    }
}
