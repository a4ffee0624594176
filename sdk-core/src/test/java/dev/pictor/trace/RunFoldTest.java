package dev.pictor.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunFoldTest {

    private static final RunId RUN = RunId.create();
    private static final Instant BEGIN = Instant.parse("2026-11-20T13:20:00Z");

    private static TraceEvent event(long sequence, String type, String span, Map<String, Object> attributes) {
        return TraceEvent.builder(RUN, type, BEGIN.plusMillis(sequence))
                .sequence(sequence)
                .elapsedNanos(sequence * 1_000_000)
                .spanId(span)
                .attributes(attributes)
                .build();
    }

    private static TraceEvent stageStart(long sequence, String span) {
        return event(
                sequence,
                TraceEvent.STAGE_START,
                span,
                Map.of(TraceAttributes.STAGE, "draw", TraceAttributes.STAGE_KIND, "stage"));
    }

    private static TraceEvent stageEnd(long sequence, String span, String outcome) {
        return event(
                sequence,
                TraceEvent.STAGE_END,
                span,
                Map.of(TraceAttributes.STAGE, "draw", TraceAttributes.STAGE_OUTCOME, outcome));
    }

    @Test
    void aCallWithoutAnEndMayHaveCostSomething() {
        RunRecord record = RunRecord.of(List.of(event(
                1,
                TraceEvent.MODEL_CALL_START,
                "a",
                Map.of(
                        TraceAttributes.OPERATION, "chat",
                        TraceAttributes.PROVIDER, "stub",
                        TraceAttributes.REQUEST_MODEL, "stub-1"))));

        assertThat(record.calls()).hasSize(1);
        assertThat(record.cost().isComplete()).isFalse();
        assertThat(record.status()).isEqualTo(RunStatus.RUNNING);
    }

    @Test
    void onlyTheRecordThatCameToItsEndHasTheOutput() {
        TraceEvent journaled = RunLogs.stage(RUN, "draw", JournaledValue.of("a picture"), BEGIN.plusMillis(9));
        RunRecord record = RunRecord.of(List.of(
                stageStart(1, "a"),
                stageEnd(2, "a", "failed"),
                stageStart(3, "b"),
                stageEnd(4, "b", "executed"),
                journaled));

        assertThat(record.stages())
                .extracting(stage -> stage.output().isPresent())
                .containsExactly(false, true);
    }

    @Test
    void countsGapsAndSortsWhatCameOutOfOrder() {
        RunRecord record = RunRecord.of(List.of(stageEnd(5, "b", "executed"), stageStart(4, "b"), stageStart(1, "a")));

        assertThat(record.missingEvents()).isEqualTo(2);
        assertThat(record.startedAt()).isEqualTo(BEGIN.plusMillis(1));
        assertThat(record.stages()).hasSize(2);
        assertThat(record.stages().get(0).outcome()).isEmpty();
    }

    @Test
    void takesEventsOfLaterVersionsAndLostBeginnings() {
        RunRecord record = RunRecord.of(List.of(
                event(1, "stage.thought", "a", Map.of("new", 1)),
                stageEnd(2, "gone", "executed"),
                event(3, TraceEvent.RUN_END, "r", Map.of(TraceAttributes.STATUS, "succeeded"))));

        assertThat(record.stages()).isEmpty();
        assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(record.pipeline()).isEqualTo("unknown");
        assertThatIllegalArgumentException().isThrownBy(() -> RunRecord.of(List.of()));
    }
}
