package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.trace.RedactedField;
import dev.pictor.trace.RunId;
import dev.pictor.trace.TraceEvent;
import dev.pictor.trace.TraceSink;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The tests that every {@link TraceSink} passes that keeps events. Extend it and give the sink and what reads it. Not
 * thread-safe.
 */
public abstract class TraceSinkContract {

    private static final int EVENTS_A_THREAD = 100;
    private static final Instant TIME = Instant.parse("2026-11-20T08:15:30.123456789Z");

    /** For subclasses. */
    protected TraceSinkContract() {}

    /**
     * Returns the sink under test.
     *
     * @return the same sink throughout a test; the subclass closes it
     */
    protected abstract TraceSink sink();

    /**
     * Returns what the sink has kept.
     *
     * @param runId the run
     * @return its events in the order in which the sink took them, empty if there are none
     */
    protected abstract List<TraceEvent> events(RunId runId);

    @Test
    void givesEventsBackAsTheyWereAndInOrder() {
        RunId runId = RunId.create();
        List<TraceEvent> taken = List.of(
                TraceEvent.builder(runId, TraceEvent.RUN_START, TIME)
                        .sequence(1)
                        .traceId("4bf92f3577b34da6a3ce929d0e0e4736")
                        .spanId("00f067aa0ba902b7")
                        .addRedactions(new RedactedField("/attributes/acme.token", "name"))
                        .build(),
                TraceEvent.builder(runId, TraceEvent.STAGE_START, TIME.plusNanos(1))
                        .sequence(2)
                        .elapsedNanos(Long.MAX_VALUE)
                        .spanId("00f067aa0ba902b8")
                        .parentSpanId("00f067aa0ba902b7")
                        .putAttributes("pictor.stage.name", "draw")
                        .build(),
                TraceEvent.builder(runId, TraceEvent.JOURNAL_END, TIME).build());

        taken.forEach(sink()::accept);

        assertThat(events(runId)).isEqualTo(taken);
    }

    @Test
    void keepsTypesAttributesAndContentThatNobodyKnows() {
        RunId runId = RunId.create();
        TraceEvent odd = TraceEvent.builder(runId, "acme.odd", TIME)
                .version(7)
                .sequence(1)
                .attributes(Map.of(
                        "acme.text",
                        "İıŞş \"quoted\" \\ \n \u2028 \uD83D\uDDBC",
                        "acme.empty",
                        "",
                        "acme.number",
                        42,
                        "acme.large",
                        5_000_000_000L,
                        "acme.fraction",
                        0.25,
                        "acme.flag",
                        false,
                        "acme.list",
                        List.of("a", 1)))
                .body(Map.of("acme", Map.of("deep", List.of(Map.of("er", List.of())))))
                .build();

        sink().accept(odd);

        assertThat(events(runId)).containsExactly(odd);
    }

    @Test
    void keepsRunsApart() {
        TraceEvent one = event(RunId.create(), 1);
        TraceEvent other = event(RunId.create(), 1);

        sink().accept(one);
        sink().accept(other);

        assertThat(events(one.runId())).containsExactly(one);
        assertThat(events(other.runId())).containsExactly(other);
        assertThat(events(RunId.create())).isEmpty();
    }

    @Test
    void losesNothingOfManyThreadsAtOnce() throws Exception {
        RunId shared = RunId.create();
        List<RunId> own =
                Stream.generate(RunId::create).limit(SideBySide.THREADS).toList();

        SideBySide.run(thread -> {
            for (int i = 1; i <= EVENTS_A_THREAD; i++) {
                sink().accept(event(shared, (long) thread * EVENTS_A_THREAD + i));
                sink().accept(event(own.get(thread), i));
            }
        });

        assertThat(events(shared)).extracting(TraceEvent::sequence).doesNotHaveDuplicates();
        assertThat(events(shared)).hasSize(SideBySide.THREADS * EVENTS_A_THREAD);
        for (RunId runId : own) {
            assertThat(events(runId))
                    .extracting(TraceEvent::sequence)
                    .hasSize(EVENTS_A_THREAD)
                    .isSorted();
        }
    }

    private static TraceEvent event(RunId runId, long sequence) {
        return TraceEvent.builder(runId, "acme.tick", TIME).sequence(sequence).build();
    }
}
