package dev.pictor.replay;

import dev.pictor.error.PictorException;
import dev.pictor.model.Cost;
import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.RunBatch;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunRecord;
import dev.pictor.trace.RunStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forks many runs with the same changes, a few at once. Used once. */
final class BatchFork {

    private static final Logger LOG = LoggerFactory.getLogger(BatchFork.class);
    private static final String THREADS = "sdk-core-fork-";

    private final RunReplay replay;
    private final RunStore store;
    private final Pipeline<?, ?> pipeline;
    private final List<RunId> runs;
    private final RunChanges changes;
    private final BatchOptions options;
    private final RunBatch batch;
    private final AtomicReferenceArray<ForkedRun> done;

    BatchFork(
            RunReplay replay,
            RunStore store,
            Pipeline<?, ?> pipeline,
            List<RunId> runs,
            RunChanges changes,
            BatchOptions options) {
        this.replay = replay;
        this.store = store;
        this.pipeline = pipeline;
        this.runs = runs;
        this.changes = changes;
        this.options = options;
        this.batch = options.maxCost()
                .map(most -> RunBatch.of(THREADS, options.concurrency(), most))
                .orElseGet(() -> RunBatch.of(THREADS, options.concurrency()));
        this.done = new AtomicReferenceArray<>(runs.size());
    }

    ForkBatch run() {
        batch.run(0, runs.size(), index -> done.set(index, fork(runs.get(index))));
        ForkBatchBuilder lines = new ForkBatchBuilder();
        for (int i = 0; i < runs.size(); i++) {
            lines.addRuns(done.get(i));
        }
        return lines.build();
    }

    private ForkedRun fork(RunId runId) {
        Optional<RunRecord> before = store.find(runId);
        Cost estimate = before.map(RunRecord::cost).orElse(Cost.nothing());
        ForkedRunBuilder line = new ForkedRunBuilder().pastRunId(runId).before(before);
        if (batch.isLeft()) {
            return line.outcome(ForkOutcome.NOT_STARTED)
                    .reason("the caller left")
                    .build();
        }
        if (!batch.tryHold(estimate)) {
            return line.outcome(ForkOutcome.NOT_STARTED).reason(batch.refusal()).build();
        }
        Optional<RunRecord> after = Optional.empty();
        Cost spent = Cost.nothing();
        try {
            RunId fork = replay.fork(pipeline, runId, changes, options.run()).runId();
            after = store.find(fork);
            line.outcome(ForkOutcome.SUCCEEDED);
        } catch (PictorException e) {
            after = e.runId().map(RunId::new).flatMap(store::find);
            line.outcome(e.runId().isPresent() ? ForkOutcome.FAILED : ForkOutcome.REFUSED)
                    .reason(String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            line.outcome(ForkOutcome.REFUSED).reason(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) { // whatever a program's limiter or journal fails with
            spent = Cost.unknown();
            line.outcome(ForkOutcome.FAILED).reason(e.getClass().getName());
            LOG.warn("the fork of run {} failed outside of its stages", runId, e);
        } finally {
            batch.settle(estimate, after.map(RunRecord::cost).orElse(spent));
        }
        return line.after(after).build();
    }
}
