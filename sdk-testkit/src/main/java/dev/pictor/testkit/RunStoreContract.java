package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pictor.trace.RunId;
import dev.pictor.trace.RunRecord;
import dev.pictor.trace.RunStatus;
import dev.pictor.trace.RunStore;
import dev.pictor.trace.TraceAttributes;
import dev.pictor.trace.TraceEvent;
import dev.pictor.trace.TraceSink;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The tests that every {@link RunStore} passes. Extend it and give an empty store and what fills it. Not thread-safe.
 */
public abstract class RunStoreContract {

    /** For subclasses. */
    protected RunStoreContract() {}

    /**
     * Returns the store under test.
     *
     * @return the same store throughout a test, empty at first; the subclass closes it
     */
    protected abstract RunStore store();

    /**
     * Returns what fills the store.
     *
     * @return a sink whose events are in the store when its call returns
     */
    protected abstract TraceSink sink();

    @Test
    void hasNothingOfARunThatNobodyKnows() {
        RunId unknown = RunId.create();

        assertThat(store().events(unknown)).isEmpty();
        assertThat(store().find(unknown)).isEmpty();
        assertThat(store().newest(1)).isEmpty();
    }

    @Test
    void findsARunAsItsEventsTellIt() {
        RunId runId = RunId.create();
        record(runId, TraceEvent.RUN_START);

        assertThat(store().find(runId)).map(RunRecord::status).contains(RunStatus.RUNNING);

        TraceEvent end = TraceEvent.builder(runId, TraceEvent.RUN_END, runId.createdAt())
                .sequence(3)
                .putAttributes(TraceAttributes.STATUS, "cancelled")
                .build();
        sink().accept(end);

        RunRecord found = store().find(runId).orElseThrow();
        assertThat(found).isEqualTo(RunRecord.of(store().events(runId)));
        assertThat(found.runId()).isEqualTo(runId);
        assertThat(found.status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(found.missingEvents()).isEqualTo(1);
    }

    @Test
    void listsTheNewestRunsFirstWhateverTheOrderInWhichTheyCame() {
        List<RunId> byAge = List.of(
                new RunId("01K7GZ0V6A8Z3Y1X2C3D4E5F61"),
                new RunId("01K7GZ0V6B8Z3Y1X2C3D4E5F72"),
                new RunId("01K7GZ0V7B8Z3Y1X2C3D4E5F83"),
                new RunId("01M7GZ0V6A8Z3Y1X2C3D4E5F94"));
        for (int index : new int[] {2, 0, 3, 1}) {
            record(byAge.get(index), TraceEvent.RUN_START);
        }

        assertThat(store().newest(10)).containsExactly(byAge.get(3), byAge.get(2), byAge.get(1), byAge.get(0));
        assertThat(store().newest(2)).containsExactly(byAge.get(3), byAge.get(2));
        assertThat(store().newest(1)).containsExactly(byAge.get(3));
    }

    @Test
    void refusesToListLessThanOneRun() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store().newest(0))
                .withMessage("limit must be at least 1, was 0");
    }

    private void record(RunId runId, String type) {
        sink().accept(TraceEvent.builder(runId, type, runId.createdAt())
                .sequence(1)
                .build());
    }
}
