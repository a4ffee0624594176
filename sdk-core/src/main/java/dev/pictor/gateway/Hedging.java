package dev.pictor.gateway;

import dev.pictor.error.PictorException;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelResult;
import dev.pictor.model.Money;
import dev.pictor.pipeline.CallScope;
import dev.pictor.time.TimeSource;
import dev.pictor.trace.Decision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Starts one more attempt beside one that is slower than nearly all others, and takes the answer that comes first. The
 * other is stopped, and what it may have cost stays charged.
 */
final class Hedging implements Step {

    /** How long to wait for the loser to stop, so that its cost is in the answer. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final HedgePolicy policy;
    private final PriceList prices;
    private final Traffic traffic;
    private final Executor executor;

    Hedging(HedgePolicy policy, PriceList prices, Traffic traffic, Executor executor) {
        this.policy = policy;
        this.prices = prices;
        this.traffic = traffic;
        this.executor = executor;
    }

    @Override
    public <R extends ModelResult> ModelAnswer<R> take(Road<R> road) throws InterruptedException {
        Optional<Duration> delay = delay(road.call());
        if (delay.isEmpty() || delay.get().compareTo(road.context().timeLeft()) >= 0) {
            return road.proceed();
        }
        Race<R> race = new Race<>(road);
        try {
            return race.run(delay.get());
        } finally {
            race.stop();
        }
    }

    private Optional<Duration> delay(ModelCall<?> call) {
        Optional<Money> estimate = prices.estimate(call);
        boolean cheap = policy.maxCost().isPresent()
                && estimate.isPresent()
                && estimate.get().currency().equals(policy.maxCost().get().currency())
                && estimate.get().nanos() <= policy.maxCost().get().nanos();
        return cheap ? policy.after().or(() -> traffic.health(call.candidate).p95()) : Optional.empty();
    }

    /** The first of equal ones counts. */
    private static int gravity(Throwable failure) {
        if (!(failure instanceof PictorException)) {
            return 4; // stopped, or broken
        }
        if (!(failure instanceof ModelException known)) {
            return 0; // nothing was sent
        }
        return switch (known.billed()) {
            case NOT_SENT, REJECTED -> 1;
            case UNKNOWN_OUTCOME -> 2;
            case BILLED_UNUSABLE -> 3;
        };
    }

    /** Two attempts at one answer. */
    private final class Race<R extends ModelResult> {

        private final Road<R> road;
        private final Object lock = new Object();

        // guarded by lock
        private final List<CallScope> scopes = new ArrayList<>();
        private final List<Throwable> failures = new ArrayList<>();
        private @Nullable ModelAnswer<R> answer;
        private boolean isLate;
        private int running;

        Race(Road<R> road) {
            this.road = road;
        }

        ModelAnswer<R> run(Duration delay) throws InterruptedException {
            if (!start()) {
                return road.proceed(); // no thread for it
            }
            TimeSource.Pending late = road.journey().run.time().after(delay, this::late);
            try {
                awaitFirst();
            } finally {
                late.cancel();
            }
            if (wantsSecond()) {
                road.journey()
                        .decide(() -> Decision.builder(
                                        "hedge",
                                        "start a second attempt beside the first?",
                                        "yes",
                                        "there was no answer after " + delay.toMillis() + " ms")
                                .build());
                boolean unused = start(); // without a thread for it the first goes on alone
            }
            return awaitAnswer();
        }

        private void late() {
            synchronized (lock) {
                isLate = true;
                lock.notifyAll();
            }
        }

        private void awaitFirst() throws InterruptedException {
            synchronized (lock) {
                while (answer == null && failures.isEmpty() && !isLate) {
                    lock.wait();
                }
            }
        }

        private boolean wantsSecond() {
            synchronized (lock) {
                return answer == null && failures.isEmpty();
            }
        }

        private boolean start() {
            CallScope scope = road.open(road.context().timeLeft());
            int runner;
            synchronized (lock) {
                scopes.add(scope);
                runner = scopes.size();
                running++;
            }
            try {
                executor.execute(() -> attempt(scope, runner));
                return true;
            } catch (RejectedExecutionException e) {
                scope.close();
                synchronized (lock) {
                    scopes.remove(scope);
                    running--;
                }
                return false;
            }
        }

        private void attempt(CallScope scope, int runner) {
            ModelAnswer<R> got = null;
            Throwable failure = null;
            try (scope) {
                got = scope.call(() -> road.runner(runner, scope).proceed());
            } catch (Exception | Error e) { // the race decides what becomes of it
                failure = e;
            } finally {
                synchronized (lock) {
                    running--;
                    if (got != null && answer == null) {
                        answer = got;
                    }
                    if (failure != null) {
                        failures.add(failure);
                    }
                    lock.notifyAll();
                }
            }
        }

        private ModelAnswer<R> awaitAnswer() throws InterruptedException {
            synchronized (lock) {
                while (answer == null && running > 0) {
                    lock.wait();
                }
                if (answer != null) {
                    return answer;
                }
                throw thrown(worst());
            }
        }

        /** What counts of two failures: that which may have cost most, so that nothing is sent again that was charged. */
        private Throwable worst() {
            Throwable worst = Collections.max(failures, Comparator.comparingInt(Hedging::gravity));
            failures.stream().filter(other -> !other.equals(worst)).forEach(worst::addSuppressed);
            return worst;
        }

        private static RuntimeException thrown(Throwable failure) throws InterruptedException {
            if (failure instanceof InterruptedException stopped) {
                throw stopped;
            }
            if (failure instanceof Error error) {
                throw error;
            }
            return failure instanceof RuntimeException known
                    ? known
                    : new IllegalStateException("a step threw an exception that it does not declare", failure);
        }

        /** Stops what still runs, and waits a little for its end. */
        void stop() {
            List<CallScope> open;
            synchronized (lock) {
                open = List.copyOf(scopes);
            }
            open.forEach(CallScope::cancel);
            boolean interrupted = false;
            long end = System.nanoTime() + GRACE.toNanos();
            synchronized (lock) {
                for (long left = GRACE.toNanos(); running > 0 && left > 0; left = end - System.nanoTime()) {
                    try {
                        TimeUnit.NANOSECONDS.timedWait(lock, left);
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
