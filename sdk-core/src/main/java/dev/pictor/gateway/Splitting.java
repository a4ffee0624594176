package dev.pictor.gateway;

import dev.pictor.error.PictorException;
import dev.pictor.model.Cost;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelResult;
import dev.pictor.model.OptionWarning;
import dev.pictor.pipeline.CallScope;
import dev.pictor.trace.Decision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes several requests of one that asks for more pictures than its model draws at once, side by side, and one answer of
 * what comes. Each is retried, held for, settled and recorded by itself, so what some of them draw is kept when others
 * fail. Without threads for them they are made one after the other on the caller's.
 */
final class Splitting implements Step {

    /** What stopped or broke the call; then what a policy refused, so that it is not sent elsewhere unseen; then the cost. */
    private static final Comparator<Throwable> ORDER = Comparator.<Throwable, Boolean>comparing(
                    failure -> !(failure instanceof PictorException))
            .thenComparing(
                    failure -> failure instanceof ModelException known && known.reason() == Reason.BLOCKED_BY_POLICY)
            .thenComparingInt(Gravity::of);

    /** How long to wait for parts that were stopped, so that what they cost is known. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final PriceList prices;
    private final Executor executor;

    Splitting(PriceList prices, Executor executor) {
        this.prices = prices;
        this.executor = executor;
    }

    @Override
    public <R extends ModelResult> ModelAnswer<R> take(Road<R> road) throws InterruptedException {
        int count = road.call().partCount();
        if (count == 1) {
            return road.proceed();
        }
        Journey journey = road.journey();
        if (journey.options.maxCost().isPresent()) {
            Spending.checkLimit(road, prices.estimate(road.call())); // what is asked for as one may cost so much as one
        }
        journey.decide(() -> Decision.builder(
                        "split",
                        "ask " + road.call().candidate.id() + " for all pictures at once?",
                        "in " + count + " requests",
                        "it draws at most " + road.call().profile.maxCount() + " at once")
                .build());
        long begin = journey.nanoTime();
        long outside = journey.outsideNanos();
        Parts<R> parts = new Parts<>(road, count);
        try {
            return parts.run();
        } finally {
            parts.stop();
            long more = journey.outsideNanos() - outside - (journey.nanoTime() - begin);
            journey.addOutside(-Math.max(0, more)); // times side by side passed once
        }
    }

    /** The parts of one request. */
    private final class Parts<R extends ModelResult> {

        private final Road<R> road;
        private final List<ModelCall<R>> calls;
        private final Object lock = new Object();
        private final Runners runners;

        // guarded by lock
        private final Map<Integer, ModelAnswer<R>> answers = new TreeMap<>();
        private final List<Throwable> failures = new ArrayList<>();
        private boolean isBroken;

        Parts(Road<R> road, int count) {
            this.road = road;
            this.calls = new ArrayList<>(count);
            for (int number = 1; number <= count; number++) {
                calls.add(road.call().part(number));
            }
            this.runners = new Runners(road, executor, lock);
        }

        ModelAnswer<R> run() throws InterruptedException {
            List<ModelCall<R>> own = new ArrayList<>();
            own.add(calls.get(0));
            for (ModelCall<R> part : calls.subList(1, calls.size())) {
                if (!runners.start(scope -> draw(part, scope))) {
                    own.add(part);
                }
            }
            for (ModelCall<R> part : own) {
                if (!isBroken()) {
                    runners.run(scope -> draw(part, scope));
                }
            }
            Map<Integer, ModelAnswer<R>> done;
            List<Throwable> failed;
            synchronized (lock) {
                while (!isBroken && runners.areRunning()) {
                    lock.wait();
                }
                done = new TreeMap<>(answers);
                failed = List.copyOf(failures);
            }
            boolean isEnough = !done.isEmpty() && !isBroken() && !road.context().isCancelled();
            if (failed.isEmpty() || isEnough) {
                return joined(done, failed);
            }
            throw Gravity.thrown(Gravity.worst(failed, ORDER));
        }

        private void draw(ModelCall<R> part, CallScope scope) {
            ModelAnswer<R> answer = null;
            Throwable failure = null;
            try {
                answer = scope.call(() -> road.to(part).within(scope).proceed());
            } catch (Exception | Error e) { // it counts when all are through
                failure = e;
            }
            if (came(part, answer, failure)) {
                runners.cancel();
            }
        }

        /** Returns whether there is no point in going on: this was stopped, or something is broken. */
        private boolean came(ModelCall<R> part, @Nullable ModelAnswer<R> answer, @Nullable Throwable failure) {
            synchronized (lock) {
                if (answer != null) {
                    answers.put(part.number(), answer);
                }
                if (failure != null) {
                    failures.add(failure);
                    isBroken |= !(failure instanceof PictorException);
                }
                lock.notifyAll();
                return isBroken;
            }
        }

        private boolean isBroken() {
            synchronized (lock) {
                return isBroken;
            }
        }

        private ModelAnswer<R> joined(Map<Integer, ModelAnswer<R>> done, List<Throwable> failed) {
            List<ModelAnswer<R>> parts = List.copyOf(done.values());
            R result =
                    road.call().joined(parts.stream().map(ModelAnswer::result).toList());
            String lack = failed.isEmpty() ? "" : lack(failed);
            if (!failed.isEmpty()) {
                road.journey()
                        .decide(() -> Decision.builder("split", "keep what was drawn?", "yes", lack)
                                .build());
            }
            Duration longest = parts.stream()
                    .map(ModelAnswer::latency)
                    .max(Comparator.naturalOrder())
                    .orElse(Duration.ZERO);
            return ModelAnswer.of(road.call(), result, longest)
                    .withCost(parts.stream().map(ModelAnswer::cost).reduce(Cost.nothing(), Cost::plus))
                    .warned(warnings(done, result, lack));
        }

        /** What each part had to say, but for how many pictures it lacks: that is said of the whole. */
        private List<OptionWarning> warnings(Map<Integer, ModelAnswer<R>> done, R result, String lack) {
            Set<OptionWarning> warnings = new LinkedHashSet<>();
            done.forEach((number, answer) -> {
                List<OptionWarning> own = calls.get(number - 1).shortcomings(answer.result());
                answer.warnings().stream()
                        .filter(warning -> !own.contains(warning))
                        .forEach(warnings::add);
            });
            for (OptionWarning less : road.call().shortcomings(result)) {
                warnings.add(lack.isEmpty() ? less : new OptionWarning(less.option(), less.message() + ": " + lack));
            }
            return List.copyOf(warnings);
        }

        private String lack(List<Throwable> failed) {
            return failed.size() + " of " + calls.size() + " requests failed with "
                    + failed.stream().map(Recording::errorType).distinct().collect(Collectors.joining(", "));
        }

        void stop() {
            runners.stop(GRACE);
        }
    }
}
