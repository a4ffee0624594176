package dev.pictor.pipeline;

import static dev.pictor.trace.TraceAttributes.ERROR_TYPE;
import static dev.pictor.trace.TraceAttributes.STAGE;
import static dev.pictor.trace.TraceAttributes.STAGE_KIND;
import static dev.pictor.trace.TraceAttributes.STAGE_OUTCOME;

import dev.pictor.trace.Decision;
import dev.pictor.trace.RunJournal;
import dev.pictor.trace.StageOutcome;
import dev.pictor.trace.TraceEvent;
import dev.pictor.trace.TraceSpan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One stage in one run. Thread-safe as far as its parallel items need it. */
final class StageRun {

    /** The work on one item of a fan-out or one round of a loop. */
    @FunctionalInterface
    interface Step<A, T> {
        T run(RunContext run, A value) throws Exception;
    }

    private final RunState run;
    private final StageNode node;
    private final String path;
    private final TraceSpan span;
    private final Cancellation cancellation;
    /** This stage's part of the whole run's progress, and how much of it has been told. */
    private final double share;

    private double told;

    StageRun(RunState run, StageNode node, String path, TraceSpan parent, Cancellation cancellation, double share) {
        this.run = run;
        this.node = node;
        this.path = path;
        this.span = parent.child();
        this.cancellation = cancellation;
        this.share = share;
    }

    RunContext context() {
        return new RunContext(run, path, span, cancellation);
    }

    /** Does the work, or takes over what was done before the run was resumed. */
    Object execute(Object input, List<Object> needs) throws Exception {
        started();
        Object known = run.restored.get(path);
        if (known != null) {
            finished(StageOutcome.RESTORED, null);
            return known;
        }
        Outcome outcome;
        try {
            outcome = attempt(input, needs);
            if (!run.over && !run.journal.equals(RunJournal.none())) {
                run.journal.stageFinished(run.runId, path, run.codec.encode(outcome.value, degradations()));
            }
        } catch (Exception e) {
            Exception failure = run.translate(e, path, cancellation);
            finished(failure instanceof RunSuspendedException ? StageOutcome.WAITING : StageOutcome.FAILED, failure);
            throw failure;
        } catch (Error e) {
            finished(StageOutcome.FAILED, e);
            throw e;
        }
        finished(outcome.failure == null ? StageOutcome.EXECUTED : StageOutcome.FALLBACK, outcome.failure);
        return outcome.value;
    }

    private List<String> degradations() {
        return List.copyOf(run.degradations).stream()
                .filter(degradation -> degradation.stage().equals(path))
                .map(Degradation::reason)
                .toList();
    }

    private record Outcome(Object value, @Nullable Exception failure) {}

    private Outcome attempt(Object input, List<Object> needs) throws Exception {
        try {
            return new Outcome(checked(node.work.run(this, input, needs)), null);
        } catch (Exception e) {
            Exception failure = run.translate(e, path, cancellation);
            if (node.fallback == null || cancellation.isCancelled() || failure instanceof RunSuspendedException) {
                throw failure;
            }
            Object value = checked(node.fallback.run(context(), input, failure));
            context().degrade("the fallback took over: " + failure.getMessage());
            return new Outcome(value, failure);
        }
    }

    private Object checked(@Nullable Object value) {
        String mismatch = node.key.mismatch(value);
        if (value == null || mismatch != null) {
            throw new StageException("stage " + path + " " + mismatch);
        }
        return value;
    }

    <E, T> List<T> forEach(List<E> items, int concurrency, Step<E, T> each) throws Exception {
        AtomicReferenceArray<T> results = new AtomicReferenceArray<>(items.size());
        try (Cancellation.Part part = cancellation.part()) {
            RunContext context = new RunContext(run, path, span, part.cancellation());
            List<WorkGroup.Task> tasks = new ArrayList<>(items.size());
            for (int i = 0; i < items.size(); i++) {
                int index = i;
                tasks.add(() -> {
                    results.set(index, each.run(context, items.get(index)));
                    tell(share / items.size());
                    return List.of();
                });
            }
            new WorkGroup(run.executor, concurrency, part.cancellation()).run(tasks);
        }
        List<T> ordered = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            ordered.add(results.get(i));
        }
        return List.copyOf(ordered);
    }

    <T> T loop(T start, int maxRounds, Predicate<? super T> until, Step<T, T> round) throws Exception {
        T value = start;
        for (int done = 0; !until.test(value); done++) {
            if (done == maxRounds) {
                context()
                        .decide(Decision.builder(
                                        "limit",
                                        "another round?",
                                        "no",
                                        "the value is not good enough after " + maxRounds + " rounds, the limit")
                                .build());
                break;
            }
            value = round.run(context(), value);
            tell(share / maxRounds);
        }
        return value;
    }

    Object child(Pipeline<?, ?> child, Object input) throws Exception {
        synchronized (this) {
            told = share; // the child's stages tell it
        }
        return new GraphRun(run, child, input, path + "/", span, cancellation, share).run();
    }

    private void started() {
        span.emit(
                TraceEvent.STAGE_START,
                Map.of(STAGE, path, STAGE_KIND, node.kind.name().toLowerCase(Locale.ROOT)));
        run.tell(to -> to.stageStarted(run.runId, path));
    }

    private void finished(StageOutcome outcome, @Nullable Throwable failure) {
        if (span.isRecording()) {
            Map<String, Object> attributes = new LinkedHashMap<>();
            attributes.put(STAGE, path);
            attributes.put(STAGE_OUTCOME, outcome.name().toLowerCase(Locale.ROOT));
            if (failure == null) {
                span.emit(TraceEvent.STAGE_END, attributes);
            } else {
                attributes.put(ERROR_TYPE, failure.getClass().getSimpleName());
                span.emit(TraceEvent.STAGE_END, attributes, Map.of("error", RunState.message(failure)));
            }
        }
        run.tell(to -> to.stageFinished(run.runId, path, outcome));
        if (outcome != StageOutcome.FAILED && outcome != StageOutcome.WAITING) {
            double rest;
            synchronized (this) {
                rest = share - told;
            }
            run.advance(rest);
        }
    }

    private void tell(double fraction) {
        synchronized (this) {
            told += fraction;
        }
        run.advance(fraction);
    }
}
