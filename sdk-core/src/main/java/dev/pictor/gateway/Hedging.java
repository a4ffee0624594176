package dev.pictor.gateway;

import dev.pictor.model.ModelResult;
import dev.pictor.model.Money;
import dev.pictor.pipeline.CallScope;
import dev.pictor.time.TimeSource;
import dev.pictor.trace.Decision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Starts one more attempt beside one that is slower than nearly all others, and takes the answer that comes first. The
 * other is stopped, and what it may have cost stays charged.
 */
final class Hedging implements Step {

    /** How long to wait for a loser that was stopped, within the time that is left: one that heeds it needs far less. */
    private static final Duration GRACE = Duration.ofMillis(100);

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

    /** Two attempts at one answer. */
    private final class Race<R extends ModelResult> {

        private final Road<R> road;
        private final Object lock = new Object();
        private final Runners runners;

        // guarded by lock
        private final List<Throwable> failures = new ArrayList<>();
        private @Nullable ModelAnswer<R> answer;
        private boolean isLate;

        Race(Road<R> road) {
            this.road = road;
            this.runners = new Runners(road, executor, lock);
        }

        ModelAnswer<R> run(Duration delay) throws InterruptedException {
            if (!start(1)) {
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
                boolean unused = start(2); // without a thread for it the first goes on alone
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

        private boolean start(int runner) {
            return runners.start(scope -> attempt(scope, runner));
        }

        private void attempt(CallScope scope, int runner) {
            ModelAnswer<R> got = null;
            Throwable failure = null;
            try {
                got = scope.call(() -> road.runner(runner, scope).proceed());
            } catch (Exception | Error e) { // the race decides what becomes of it
                failure = e;
            }
            synchronized (lock) {
                if (got != null && answer == null) {
                    answer = got;
                }
                if (failure != null) {
                    failures.add(failure);
                }
                lock.notifyAll();
            }
        }

        private ModelAnswer<R> awaitAnswer() throws InterruptedException {
            synchronized (lock) {
                while (answer == null && runners.areRunning()) {
                    lock.wait();
                }
                if (answer != null) {
                    return answer;
                }
                throw Gravity.thrown(Gravity.worst(failures, Comparator.comparingInt(Gravity::of)));
            }
        }

        void stop() {
            Duration timeLeft = road.context().timeLeft();
            runners.stop(timeLeft.compareTo(GRACE) < 0 ? timeLeft : GRACE);
        }
    }
}
