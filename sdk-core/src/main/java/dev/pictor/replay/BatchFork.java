package dev.pictor.replay;

import dev.pictor.error.PictorException;
import dev.pictor.model.Cost;
import dev.pictor.pipeline.Pipeline;
import dev.pictor.time.Daemons;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunRecord;
import dev.pictor.trace.RunStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Forks many runs with the same changes, a few at once. Used once. */
final class BatchFork {

    private static final ThreadFactory THREADS = Daemons.factory("sdk-core-fork-");

    private final RunReplay replay;
    private final RunStore store;
    private final Pipeline<?, ?> pipeline;
    private final List<RunId> runs;
    private final RunChanges changes;
    private final BatchOptions options;
    private final BatchBudget budget;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReferenceArray<ForkedRun> done;

    private volatile boolean left;

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
        this.budget = new BatchBudget(options.maxCost());
        this.done = new AtomicReferenceArray<>(runs.size());
    }

    ForkBatch run() {
        int threads = Math.min(options.concurrency(), Math.max(1, runs.size()));
        ExecutorService executor = Executors.newFixedThreadPool(threads, THREADS);
        try {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                workers.add(executor.submit(this::work));
            }
            workers.forEach(worker -> await(worker, executor));
        } finally {
            executor.shutdown();
        }
        ForkBatchBuilder batch = new ForkBatchBuilder();
        for (int i = 0; i < runs.size(); i++) {
            batch.addRuns(done.get(i));
        }
        return batch.build();
    }

    private void work() {
        for (int i = next.getAndIncrement(); i < runs.size(); i = next.getAndIncrement()) {
            done.set(i, fork(runs.get(i)));
        }
    }

    /** Waits for a thread. A caller who is interrupted stops what is under way, and what is not begun stays so. */
    private void await(Future<?> worker, ExecutorService executor) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    Object unused = worker.get();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                    left = true;
                    List<Runnable> unused = executor.shutdownNow(); // every worker has a thread: none is dropped
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof Error error) {
                        throw error;
                    }
                    throw new IllegalStateException("a batch of forks failed", e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private ForkedRun fork(RunId runId) {
        Optional<RunRecord> before = store.find(runId);
        Cost estimate = before.map(RunRecord::cost).orElse(Cost.nothing());
        ForkedRunBuilder line = new ForkedRunBuilder().pastRunId(runId).before(before);
        if (left) {
            return line.outcome(ForkOutcome.NOT_STARTED)
                    .reason("the caller left")
                    .build();
        }
        if (!budget.tryHold(estimate)) {
            return line.outcome(ForkOutcome.NOT_STARTED)
                    .reason("one more run might cost more than maxCost allows")
                    .build();
        }
        Optional<RunRecord> after = Optional.empty();
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
        } finally {
            budget.settle(estimate, after.map(RunRecord::cost).orElse(Cost.nothing()));
        }
        return line.after(after).build();
    }
}
