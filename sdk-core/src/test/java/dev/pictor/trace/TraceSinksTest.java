package dev.pictor.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TraceSinksTest {

    private static final Instant TIME = Instant.parse("2026-11-20T08:15:30Z");

    private final RunId runId = RunId.create();
    private final List<RunRecord> ended = new ArrayList<>();

    private TraceEvent event(RunId run, String type, long sequence) {
        return TraceEvent.builder(run, type, TIME)
                .sequence(sequence)
                .attributes(Map.of(TraceAttributes.STATUS, "succeeded", TraceAttributes.WORKFLOW, "sample"))
                .build();
    }

    @Test
    void filteringHandsOnWhatIsWanted() {
        List<TraceEvent> taken = new ArrayList<>();
        TraceSink sink = TraceSink.filtering(event -> event.type().startsWith("run."), taken::add);

        sink.accept(event(runId, TraceEvent.RUN_START, 1));
        sink.accept(event(runId, "acme.tick", 2));

        assertThat(taken).extracting(TraceEvent::type).containsExactly("run.start");
    }

    @Test
    void tellsOfEachRunThatEndsOnce() {
        TraceSink sink = TraceSink.onRunEnd(ended::add);
        RunId other = RunId.create();

        sink.accept(event(runId, TraceEvent.RUN_START, 1));
        sink.accept(event(other, TraceEvent.RUN_START, 1));
        sink.accept(event(runId, TraceEvent.RUN_END, 2));

        assertThat(ended).singleElement().satisfies(run -> {
            assertThat(run.runId()).isEqualTo(runId);
            assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(run.pipeline()).isEqualTo("sample");
            assertThat(run.missingEvents()).isZero();
        });
    }

    @Test
    void holdsSoManyEventsOfARunAndCountsTheRest() {
        TraceSink sink = TraceSink.onRunEnd(ended::add);
        int last = RunEndTraceSink.MAX_EVENTS + 5;
        for (int i = 1; i < last; i++) {
            sink.accept(event(runId, i == 1 ? TraceEvent.RUN_START : "acme.tick", i));
        }

        sink.accept(event(runId, TraceEvent.RUN_END, last));

        assertThat(ended.get(0).missingEvents()).isEqualTo(4);
    }

    @Test
    void forgetsTheOldestOfTooManyRunsUnderWay() {
        TraceSink sink = TraceSink.onRunEnd(ended::add);
        sink.accept(event(runId, TraceEvent.RUN_START, 1));
        for (int i = 0; i < RunEndTraceSink.MAX_RUNS; i++) {
            sink.accept(event(RunId.create(), TraceEvent.RUN_START, 1));
        }

        sink.accept(event(runId, TraceEvent.RUN_END, 2));

        assertThat(ended.get(0).pipeline()).isEqualTo("unknown");
    }
}
