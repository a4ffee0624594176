package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pictor.trace.RunId;
import dev.pictor.trace.TraceEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TraceLifecycleTest {

    private static final Instant TIME = Instant.parse("2026-11-20T08:15:30Z");

    private final RunId runId = RunId.create();
    private final TraceLifecycle lifecycle = TraceLifecycle.create();
    private long number;

    private void take(String type, String span, String parent) {
        lifecycle.accept(TraceEvent.builder(runId, type, TIME)
                .sequence(++number)
                .spanId(span)
                .parentSpanId(parent.isEmpty() ? Optional.empty() : Optional.of(parent))
                .build());
    }

    private void assertFails(String message) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(lifecycle::verify)
                .withMessageContaining(message);
    }

    @Test
    void isContentWithWhatBelongsTogether() {
        take(TraceEvent.RUN_START, "a", "");
        take(TraceEvent.STAGE_START, "b", "a");
        take(TraceEvent.STAGE_END, "b", "a");
        take(TraceEvent.RUN_END, "a", "");

        assertThatCode(lifecycle::verify).doesNotThrowAnyException();
    }

    @Test
    void findsAStageThatNeverEnds() {
        take(TraceEvent.RUN_START, "a", "");
        take(TraceEvent.STAGE_START, "b", "a");
        take(TraceEvent.RUN_END, "a", "");

        assertFails("leaves open");
    }

    @Test
    void findsAnEndThatComesTwice() {
        take(TraceEvent.RUN_START, "a", "");
        take(TraceEvent.STAGE_START, "b", "a");
        take(TraceEvent.STAGE_END, "b", "a");
        take(TraceEvent.STAGE_END, "b", "a");
        take(TraceEvent.RUN_END, "a", "");

        assertFails("ends what is not open");
    }

    @Test
    void findsASpanWhoseParentNobodyKnows() {
        take(TraceEvent.RUN_START, "a", "");
        take(TraceEvent.STAGE_START, "b", "x");
        take(TraceEvent.STAGE_END, "b", "x");
        take(TraceEvent.RUN_END, "a", "");

        assertFails("starts outside an open span");
    }

    @Test
    void findsAGapInTheNumbers() {
        take(TraceEvent.RUN_START, "a", "");
        number++;
        take(TraceEvent.RUN_END, "a", "");

        assertFails("number 3 is in place 2");
    }

    @Test
    void findsWhatHappensAfterTheEnd() {
        take(TraceEvent.RUN_START, "a", "");
        take(TraceEvent.RUN_END, "a", "");
        take("acme.late", "a", "");

        assertFails("happens outside an open span");
    }

    @Test
    void looksAtEachRunByItself() {
        take(TraceEvent.RUN_START, "a", "");
        take(TraceEvent.RUN_END, "a", "");
        lifecycle.accept(TraceEvent.builder(RunId.create(), TraceEvent.RUN_START, TIME)
                .sequence(1)
                .spanId("a")
                .build());

        assertFails("does not go from run.start to run.end");
        assertThat(TraceLifecycle.problems(List.of())).isNotEmpty();
    }
}
