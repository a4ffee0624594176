package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.trace.RunId;
import dev.pictor.trace.TraceEvent;
import dev.pictor.trace.TraceSink;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RecordingTraceSinkTest {

    private final RecordingTraceSink sink = RecordingTraceSink.create();

    @Nested
    class AsTraceSink extends TraceSinkContract {

        @Override
        protected TraceSink sink() {
            return sink;
        }

        @Override
        protected List<TraceEvent> events(RunId runId) {
            return sink.events().stream()
                    .filter(event -> event.runId().equals(runId))
                    .toList();
        }
    }

    @Test
    void tellsEventsInOrderOfArrivalAndThoseOfARunByTheirNumbers() {
        RunId runId = RunId.create();
        TraceEvent second = event(runId, 2, "acme.b");
        TraceEvent first = event(runId, 1, "acme.a");
        TraceEvent other = event(RunId.create(), 1, "acme.c");
        List.of(second, first, other).forEach(sink::accept);

        assertThat(sink.events()).containsExactly(second, first, other);
        assertThat(sink.types()).containsExactly("acme.b", "acme.a", "acme.c");
        assertThat(sink.events(runId)).containsExactly(first, second);
        assertThat(sink.record(runId).runId()).isEqualTo(runId);
    }

    @Test
    void hasNoRecordOfARunThatNeverCame() {
        RunId unknown = RunId.create();

        assertThatThrownBy(() -> sink.record(unknown))
                .isInstanceOf(AssertionError.class)
                .hasMessage("no event of run " + unknown + " came");
    }

    private static TraceEvent event(RunId runId, long sequence, String type) {
        return TraceEvent.builder(runId, type, Instant.EPOCH).sequence(sequence).build();
    }
}
