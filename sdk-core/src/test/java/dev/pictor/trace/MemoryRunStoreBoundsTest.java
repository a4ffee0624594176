package dev.pictor.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.image.Sha256;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryRunStoreBoundsTest {

    private static final Instant NOW = Instant.parse("2026-11-20T13:20:00Z");

    private final MemoryRunStore store = new MemoryRunStore();

    private static TraceEvent event(RunId runId, String type, long sequence) {
        return TraceEvent.builder(runId, type, NOW)
                .sequence(sequence)
                .attributes(type.equals(TraceEvent.RUN_END) ? Map.of(TraceAttributes.STATUS, "succeeded") : Map.of())
                .build();
    }

    @Test
    void aRunKeepsSoManyEventsItsEndAndTheCountOfWhatIsMissing() {
        RunId runId = RunId.create();
        int beyond = 7;
        for (int i = 1; i <= MemoryRunStore.MAX_EVENTS + beyond; i++) {
            store.accept(event(runId, "my.event", i));
        }
        store.accept(event(runId, TraceEvent.RUN_END, MemoryRunStore.MAX_EVENTS + beyond + 1));

        RunRecord record = store.find(runId).orElseThrow();
        assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(record.missingEvents()).isEqualTo(beyond);
    }

    @Test
    void theOldestRunGoesFirstButNoneWhoseJournalIsOpen() {
        RunId open = RunId.create();
        store.begin(JournaledRun.builder(open, "sample", Sha256.of(new byte[0]), NOW, JournaledValue.of("x"))
                .build());
        RunId oldest = RunId.create();
        store.accept(event(oldest, TraceEvent.RUN_START, 1));
        for (int i = 0; i < MemoryRunStore.MAX_RUNS - 1; i++) {
            store.accept(event(RunId.create(), TraceEvent.RUN_START, 1));
        }

        assertThat(store.events(oldest)).isEmpty();
        assertThat(store.read(open)).isPresent();
    }
}
