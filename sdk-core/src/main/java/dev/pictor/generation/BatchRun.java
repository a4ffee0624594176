package dev.pictor.generation;

import dev.pictor.error.PictorException;
import dev.pictor.gateway.AnswerSource;
import dev.pictor.gateway.Gateway;
import dev.pictor.model.Cost;
import dev.pictor.model.Money;
import dev.pictor.pipeline.RunBatch;
import dev.pictor.pipeline.RunLimitException;
import dev.pictor.pipeline.RunResult;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Draws many requests, a few at once. Used once. */
final class BatchRun {

    private static final Logger LOG = LoggerFactory.getLogger(BatchRun.class);
    private static final String THREADS = "sdk-core-generate-";

    private final List<GenerationRequest> requests;
    private final GenerationBatchOptions options;
    private final Function<GenerationRequest, RunResult<GeneratedImages>> draw;
    private final RunBatch batch;
    private final AtomicReferenceArray<GenerationLine> done;
    private final Object lock = new Object();
    private int succeeded; // guarded by lock
    private int failed; // guarded by lock
    private Cost cost = Cost.nothing(); // guarded by lock
    private @Nullable Money dearest; // guarded by lock; for a picture
    private boolean isBlind; // guarded by lock; something may have been charged, and there is nothing to go by
    private final Set<String> told = new HashSet<>(); // guarded by lock

    BatchRun(
            List<GenerationRequest> requests,
            GenerationBatchOptions options,
            Function<GenerationRequest, RunResult<GeneratedImages>> draw) {
        this.requests = List.copyOf(requests);
        this.options = options;
        this.draw = draw;
        this.batch = options.maxCost()
                .map(most -> RunBatch.of(THREADS, options.concurrency(), most))
                .orElseGet(() -> RunBatch.of(THREADS, options.concurrency()));
        this.done = new AtomicReferenceArray<>(requests.size());
        this.dearest = options.expectedCost().orElse(null);
    }

    GenerationBatch run() {
        int next = 0;
        while (next < requests.size() && !knowsWhatToExpect()) {
            batch.run(next, next + 1, this::work);
            next++;
        }
        if (next < requests.size()) {
            batch.run(next, requests.size(), this::work);
        }
        GenerationBatchBuilder lines = new GenerationBatchBuilder();
        for (int i = 0; i < requests.size(); i++) {
            lines.addLines(done.get(i));
        }
        return lines.build();
    }

    private boolean knowsWhatToExpect() {
        synchronized (lock) {
            return options.maxCost().isEmpty() || dearest != null;
        }
    }

    private void work(int index) {
        GenerationLine line = line(requests.get(index));
        done.set(index, line);
        if (line.outcome() != LineOutcome.NOT_STARTED) {
            tell(line);
        }
    }

    private GenerationLine line(GenerationRequest request) {
        if (batch.isLeft()) {
            return notStarted(request, "the caller left");
        }
        if (options.stopOnFailure() && hasFailed()) {
            return notStarted(request, "an earlier request failed");
        }
        if (isBlind()) {
            return notStarted(
                    request,
                    "an earlier request may have been charged, and without expectedCost nobody knows how much");
        }
        Cost estimate = estimate(request);
        if (!batch.tryHold(estimate)) {
            return notStarted(request, batch.refusal().orElseThrow());
        }
        return draw(request, estimate);
    }

    private GenerationLine draw(GenerationRequest request, Cost estimate) {
        GenerationLineBuilder line = new GenerationLineBuilder().request(request);
        try {
            RunResult<GeneratedImages> result = draw.apply(request);
            Cost spent = result.value().cost();
            batch.settle(estimate, spent);
            return line.outcome(LineOutcome.SUCCEEDED)
                    .images(result.value())
                    .cost(spent)
                    .duration(result.duration())
                    .build();
        } catch (PictorException e) {
            return failed(line.failure(e), String.valueOf(e.getMessage()), estimate, costOf(e));
        } catch (RuntimeException e) { // whatever a program's limiter or journal fails with
            String what = e.getClass().getName(); // its message may hold what is nobody's business
            warnOnce("a request of a batch failed outside of its run with " + what + "; later ones are not logged", e);
            return failed(line, what, estimate, Cost.unknown());
        }
    }

    private GenerationLine failed(GenerationLineBuilder line, String reason, Cost estimate, Cost spent) {
        batch.settle(estimate, spent);
        synchronized (lock) {
            isBlind |= !spent.isComplete() && !knowsWhatToExpect();
        }
        return line.outcome(LineOutcome.FAILED)
                .reason(reason)
                .cost(spent.plus(Cost.unknown())) // of the stages before, it tells nothing
                .build();
    }

    private static Cost costOf(PictorException failure) {
        if (failure instanceof RunLimitException) {
            return Cost.nothing(); // no run was begun
        }
        return failure instanceof QualityException known ? known.cost() : Gateway.costOf(failure);
    }

    private boolean isBlind() {
        synchronized (lock) {
            return isBlind;
        }
    }

    private static GenerationLine notStarted(GenerationRequest request, String reason) {
        return new GenerationLineBuilder()
                .request(request)
                .outcome(LineOutcome.NOT_STARTED)
                .reason(reason)
                .cost(Cost.nothing())
                .build();
    }

    private boolean hasFailed() {
        synchronized (lock) {
            return failed > 0;
        }
    }

    private Cost estimate(GenerationRequest request) {
        synchronized (lock) {
            return dearest == null
                    ? Cost.nothing()
                    : Cost.of(new Money(Math.multiplyExact(dearest.nanos(), request.count()), dearest.currency()));
        }
    }

    private void tell(GenerationLine line) {
        GenerationProgress progress;
        synchronized (lock) {
            if (line.outcome() == LineOutcome.SUCCEEDED) {
                succeeded++;
                learn(line);
            } else {
                failed++;
            }
            cost = cost.plus(line.cost());
            progress = new GenerationProgress(succeeded, failed, requests.size(), cost);
        }
        try {
            options.listener().finished(line, progress);
        } catch (RuntimeException e) {
            warnOnce(
                    "batch listener " + options.listener().getClass().getName()
                            + " failed; this and later failures of it are dropped",
                    e);
        }
    }

    /** What a picture is taken to cost, unless the caller has said: only a model's own tells. Called under the lock. */
    private void learn(GenerationLine line) {
        boolean isDrawn = line.images()
                .filter(images -> images.source() == AnswerSource.MODEL)
                .isPresent();
        Money amount = line.cost().amount().orElse(Money.usd(0));
        if (isDrawn && amount.nanos() > 0 && options.expectedCost().isEmpty()) {
            int count = Math.max(1, line.request().count());
            Money each = new Money((amount.nanos() + count - 1) / count, amount.currency());
            if (dearest == null || each.nanos() > dearest.nanos()) {
                dearest = each;
            }
        }
    }

    private void warnOnce(String what, RuntimeException e) {
        synchronized (lock) {
            if (!told.add(what)) {
                return;
            }
        }
        LOG.warn(what, e);
    }
}
