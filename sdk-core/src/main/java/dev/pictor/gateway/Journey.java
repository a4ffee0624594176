package dev.pictor.gateway;

import dev.pictor.model.Cost;
import dev.pictor.model.Embedding;
import dev.pictor.model.ModelResult;
import dev.pictor.pipeline.RunContext;
import dev.pictor.trace.Decision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is noted of one call on its way through all candidates and attempts. Thread-safe: a call that others share goes
 * on after its first caller has left.
 */
final class Journey {

    /** Taking a permit that is free takes far less; a thread that waited took longer to wake up. */
    private static final long SHORTEST_WAIT_NANOS = 20_000;

    final RunContext run;
    final CallOptions options;

    private final long number = ThreadLocalRandom.current().nextLong();
    private final AtomicLong outsideNanos = new AtomicLong();
    private final AtomicLongArray stepNanos;

    private final List<Attempt> attempts = new ArrayList<>(1); // guarded by itself
    private final List<OpenAttempt> open = new ArrayList<>(1); // guarded by attempts
    private boolean left; // guarded by attempts
    private Cost sideCost = Cost.nothing(); // guarded by attempts
    private @Nullable Described described; // guarded by attempts
    private volatile @Nullable PromptVector vector;

    /** What a prompt is as a vector; nothing if there was none in time. */
    record PromptVector(String prompt, Optional<Embedding> vector) {}

    Journey(RunContext run, CallOptions options, int steps) {
        this.run = run;
        this.options = options;
        this.stepNanos = new AtomicLongArray(run.span().isRecording() ? steps : 0);
    }

    long nanoTime() {
        return run.time().nanoTime();
    }

    /** Waits, which is none of our own time. */
    void sleep(Duration time) throws InterruptedException {
        long begin = nanoTime();
        try {
            run.time().sleep(time);
        } finally {
            addOutside(nanoTime() - begin);
        }
    }

    /** A name that no other call has, for one answer or part of an answer of one candidate: each attempt at that answer has the same. */
    String idempotencyKey(ModelCall<?> call, int drawing, int runner) {
        String key = run.runId() + "-" + Long.toHexString(number) + "-" + call.index + "-" + drawing + "-" + runner;
        return call.number() == 0 ? key : key + "-" + call.number();
    }

    /** Notes what was decided, if anyone listens. */
    void decide(Supplier<Decision> decision) {
        if (run.span().isRecording() && !isLeft()) {
            run.decide(decision.get());
        }
    }

    /** Notes time that passed while others were waited for, unless it is too short for that. */
    void addWaiting(long nanos) {
        if (nanos >= SHORTEST_WAIT_NANOS) {
            addOutside(nanos);
        }
    }

    /** Notes time that was spent in a model or waiting: it is none of ours. */
    void addOutside(long nanos) {
        outsideNanos.addAndGet(nanos);
    }

    long outsideNanos() {
        return outsideNanos.get();
    }

    boolean isTimed() {
        return stepNanos.length() > 0;
    }

    /** Notes how long a step and all after it took. */
    void addStep(int step, long nanos) {
        stepNanos.addAndGet(step, nanos);
    }

    /** How long a step took, without those after it. */
    long ownNanos(int step) {
        long after = step + 1 < stepNanos.length() ? stepNanos.get(step + 1) : 0;
        return Math.max(0, stepNanos.get(step) - after);
    }

    /** Notes in which span a result is described. */
    void described(ModelResult result, String spanId) {
        synchronized (attempts) {
            described = new Described(result, spanId, described);
        }
    }

    /** Returns the span in which this very result is described, or null if it came from somewhere else. */
    @Nullable
    String spanOf(ModelResult result) {
        synchronized (attempts) {
            for (Described at = described; at != null; at = at.earlier) {
                if (at.isOf(result)) {
                    return at.spanId;
                }
            }
            return null;
        }
    }

    private record Described(
            ModelResult result, String spanId, @Nullable Described earlier) {

        /** Equal results may come from two attempts: the same object is meant. */
        @SuppressWarnings("ReferenceEquality")
        boolean isOf(ModelResult other) {
            return result == other;
        }
    }

    /** Notes that an attempt is under way. */
    void opened(OpenAttempt attempt) {
        boolean isLate;
        synchronized (attempts) {
            open.add(attempt);
            isLate = left;
        }
        if (isLate) {
            attempt.leave();
        }
    }

    /** Notes what came of an attempt. */
    void closed(OpenAttempt attempt, Attempt end) {
        synchronized (attempts) {
            open.remove(attempt);
            attempts.add(end);
        }
    }

    /** Whether the caller has left, so that what others still wait for is none of its run any more. */
    boolean isLeft() {
        synchronized (attempts) {
            return left;
        }
    }

    /** Notes that the caller leaves, whatever goes on for others: its attempts under way end here for its run. */
    void leave() {
        synchronized (attempts) {
            left = true;
        }
        stillOpen().forEach(OpenAttempt::leave);
    }

    /** Tells the end of attempts that were stopped and go on nevertheless. */
    void leaveStopped() {
        stillOpen().stream().filter(OpenAttempt::isStopped).forEach(OpenAttempt::leave);
    }

    private List<OpenAttempt> stillOpen() {
        synchronized (attempts) {
            return List.copyOf(open);
        }
    }

    /** Notes what a call cost that this one needed, such as for the vector of its prompt. */
    void addSideCost(Cost cost) {
        synchronized (attempts) {
            sideCost = sideCost.plus(cost);
        }
    }

    @Nullable
    PromptVector vector() {
        return vector;
    }

    void keep(PromptVector found) {
        vector = found;
    }

    Cost sideCost() {
        synchronized (attempts) {
            return sideCost;
        }
    }

    /** What all attempts cost together. */
    Cost attemptsCost() {
        return Attempt.costOf(attempts());
    }

    List<Attempt> attempts() {
        synchronized (attempts) {
            return List.copyOf(attempts);
        }
    }
}
