package dev.pictor.benchmarks.load;

import dev.pictor.model.CallContext;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelProfile;
import java.util.concurrent.atomic.LongAdder;

/** Counts how the attempts at a model ended, on the adapter's side of the gateway. Thread-safe. */
final class CountingModel implements ImageModelAdapter {

    final LongAdder succeeded = new LongAdder();
    final LongAdder rejected = new LongAdder();
    final LongAdder notSent = new LongAdder();
    final LongAdder unknown = new LongAdder();
    final LongAdder unusable = new LongAdder();
    final LongAdder interrupted = new LongAdder();
    final LongAdder stopped = new LongAdder();

    private final ImageModelAdapter model;

    CountingModel(ImageModelAdapter model) {
        this.model = model;
    }

    @Override
    public ModelProfile profile() {
        return model.profile();
    }

    @Override
    public ImageResult generate(ImageRequest request, CallContext call) throws InterruptedException {
        try {
            ImageResult result = model.generate(request, call);
            succeeded.increment();
            return result;
        } catch (ModelException e) {
            count(e.billed()).increment();
            if (e.reason() == Reason.CANCELLED) {
                stopped.increment();
            }
            throw e;
        } catch (InterruptedException e) {
            interrupted.increment();
            stopped.increment();
            throw e;
        }
    }

    private LongAdder count(Billed billed) {
        return switch (billed) {
            case NOT_SENT -> notSent;
            case REJECTED -> rejected;
            case UNKNOWN_OUTCOME -> unknown;
            case BILLED_UNUSABLE -> unusable;
        };
    }

    /** Attempts that may have been charged and did not succeed: the ledger counts the whole hold. */
    long kept() {
        return unknown.sum() + unusable.sum() + interrupted.sum();
    }

    /** Attempts that failed, those left out that their callers stopped. */
    long failed() {
        return rejected.sum() + kept() - stopped.sum();
    }
}
