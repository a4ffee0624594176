package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.gateway.cache.SharedAnswer;
import dev.pictor.gateway.cache.SingleFlight;
import dev.pictor.gateway.cache.SingleFlight.Mode;
import dev.pictor.model.CallContext;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.pipeline.CallScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class SingleFlightTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final VirtualTime time = VirtualTime.create();
    private final CompletableFuture<Throwable> uncaught = new CompletableFuture<>();
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final ExecutorService flights = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task);
        thread.setUncaughtExceptionHandler((dead, error) -> uncaught.complete(error));
        return thread;
    });
    private final SingleFlight<String, String> single = SingleFlight.create(time, flights);

    private final AtomicInteger executions = new AtomicInteger();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    @AfterEach
    void endThreads() throws InterruptedException {
        release.countDown();
        callers.shutdownNow();
        flights.shutdown();
        assertThat(flights.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(single.underWay()).isZero();
        time.close();
    }

    /** One who asks, on a thread of its own, with its own limit and its own way to be stopped, as a stage of a run. */
    private final class Caller implements CallContext {

        private final CallScope run;
        private final CountDownLatch waiting = new CountDownLatch(1);
        private final Future<SharedAnswer<String>> answer;

        Caller(Mode mode, Duration limit, SingleFlight.Flight<String> flight) {
            this.run = CallScope.open(time, limit);
            this.answer = callers.submit(() -> run.call(() -> single.run("key", mode, this, flight)));
        }

        Caller awaitWaiting() throws InterruptedException {
            assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();
            return this;
        }

        SharedAnswer<String> get() throws Exception {
            return answer.get(10, TimeUnit.SECONDS);
        }

        void assertInterrupted() {
            assertThatThrownBy(this::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(InterruptedException.class);
        }

        @Override
        public Duration timeLeft() {
            return run.timeLeft();
        }

        @Override
        public boolean isCancelled() {
            return run.isCancelled();
        }

        @Override
        public Registration onCancel(Runnable hook) {
            Registration registration = run.onCancel(hook);
            waiting.countDown();
            return registration;
        }
    }

    @CanIgnoreReturnValue
    private String blocking(CallScope scope) throws InterruptedException {
        int number = executions.incrementAndGet();
        begun.countDown();
        try {
            release.await();
        } catch (InterruptedException e) {
            stopped.countDown();
            throw e;
        }
        return "answer " + number;
    }

    private Caller leader(Mode mode, Duration limit) throws InterruptedException {
        Caller leader = new Caller(mode, limit, this::blocking);
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        return leader.awaitWaiting();
    }

    private Caller follower(Mode mode, Duration limit) throws InterruptedException {
        return new Caller(mode, limit, this::blocking).awaitWaiting();
    }

    @Nested
    @DisplayName("R17: one call for many equal ones")
    class OneForMany {

        @ParameterizedTest
        @EnumSource(names = {"ON_OWN_THREAD", "ON_CALLERS_THREAD"})
        void givesAllWhatOneCallGave(Mode mode) throws Exception {
            List<Caller> all = new ArrayList<>(List.of(leader(mode, MINUTE)));
            for (int i = 1; i < 100; i++) {
                all.add(follower(mode, MINUTE));
            }

            release.countDown();

            for (int i = 0; i < 100; i++) {
                assertThat(all.get(i).get()).isEqualTo(new SharedAnswer<>("answer 1", i == 0, 100));
            }
            assertThat(executions).hasValue(1);
        }

        @Test
        void goesOnWhenTheOneLeavesThatBeganIt() throws Exception {
            Caller leader = leader(Mode.ON_OWN_THREAD, MINUTE);
            Caller follower = follower(Mode.ON_OWN_THREAD, MINUTE);

            leader.run.cancel();

            leader.assertInterrupted();
            release.countDown();
            assertThat(follower.get()).isEqualTo(new SharedAnswer<>("answer 1", false, 2));
        }

        @Test
        void isStoppedWhenTheLastOneLeaves() throws Exception {
            Caller leader = leader(Mode.ON_OWN_THREAD, MINUTE);
            Caller follower = follower(Mode.ON_OWN_THREAD, MINUTE);

            leader.run.cancel();
            leader.assertInterrupted();
            assertThat(stopped.getCount()).isEqualTo(1);
            follower.run.cancel();
            follower.assertInterrupted();

            assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(single.underWay()).isZero();
            release.countDown();
            assertThat(new Caller(Mode.ON_OWN_THREAD, MINUTE, SingleFlightTest.this::blocking).get())
                    .isEqualTo(new SharedAnswer<>("answer 2", true, 1));
        }

        @Test
        void letsTheTimeOfOneRunOutForThatOneAlone() throws Exception {
            Caller leader = leader(Mode.ON_OWN_THREAD, MINUTE);
            Caller hasty = follower(Mode.ON_OWN_THREAD, Duration.ofSeconds(1));

            time.advance(Duration.ofSeconds(2));

            hasty.assertInterrupted();
            release.countDown();
            assertThat(leader.get().value()).isEqualTo("answer 1");
        }

        @Test
        void hasAsMuchTimeAsTheOneWhoWaitsLongest() throws Exception {
            AtomicReference<CallScope> scope = new AtomicReference<>();
            Caller leader = new Caller(Mode.ON_OWN_THREAD, Duration.ofSeconds(1), given -> {
                scope.set(given);
                return blocking(given);
            });
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(scope.get().timeLeft()).isEqualTo(Duration.ofSeconds(1));
            Caller patient = follower(Mode.ON_OWN_THREAD, Duration.ofSeconds(10));
            assertThat(scope.get().timeLeft()).isEqualTo(Duration.ofSeconds(10));

            time.advance(Duration.ofSeconds(2));

            leader.assertInterrupted();
            assertThat(scope.get().timeLeft()).isEqualTo(Duration.ofSeconds(8));
            assertThat(scope.get().isCancelled()).isFalse();
            release.countDown();
            assertThat(patient.get().value()).isEqualTo("answer 1");
        }

        @Test
        void isBegunAnewByAnotherWhenTheOneIsStoppedOnWhoseThreadItIs() throws Exception {
            Caller leader = leader(Mode.ON_CALLERS_THREAD, MINUTE);
            Caller follower = follower(Mode.ON_CALLERS_THREAD, MINUTE);
            Caller another = follower(Mode.ON_CALLERS_THREAD, MINUTE);

            leader.run.cancel();
            leader.assertInterrupted();
            release.countDown();

            assertThat(List.of(follower.get().value(), another.get().value()))
                    .contains("answer 2")
                    .doesNotContain("answer 1");
        }

        @ParameterizedTest
        @EnumSource(names = {"ON_OWN_THREAD", "ON_CALLERS_THREAD"})
        void sharesAFailureAndDoesNotKeepIt(Mode mode) throws Exception {
            SingleFlight.Flight<String> failing = scope -> {
                blocking(scope);
                throw new ModelException(ModelFailure.builder(
                                "painter-1",
                                ModelFailure.Reason.UNAVAILABLE,
                                ModelFailure.Billed.REJECTED,
                                "painter-1 is down")
                        .build());
            };
            Caller leader = new Caller(mode, MINUTE, failing);
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
            Caller follower = follower(mode, MINUTE);
            Caller another = follower(mode, MINUTE);
            release.countDown();

            ModelException first = failure(leader);
            ModelException second = failure(follower);
            ModelException third = failure(another);
            assertThat(List.of(first, second, third)).doesNotHaveDuplicates();
            first.locate("run-1", "draw");
            assertThat(second.runId()).isEmpty();
            assertThat(second).hasMessage("painter-1 is down").hasCause(first);
            assertThat(third.reason()).isEqualTo(ModelFailure.Reason.UNAVAILABLE);
            assertThat(executions).hasValue(1);
            assertThat(new Caller(mode, MINUTE, scope -> "back").get().value()).isEqualTo("back");
        }

        private ModelException failure(Caller caller) {
            try {
                throw new AssertionError("got " + caller.get());
            } catch (ExecutionException e) {
                return (ModelException) Objects.requireNonNull(e.getCause());
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }

        @Test
        void tellsThoseWhoWaitOfAnErrorOnItsThread() throws Exception {
            Error error = new AssertionError("broken");
            Caller leader = new Caller(Mode.ON_OWN_THREAD, MINUTE, scope -> {
                throw error;
            });

            assertThatThrownBy(leader::get).hasCauseInstanceOf(IllegalStateException.class);
            assertThat(uncaught.get(10, TimeUnit.SECONDS)).isSameAs(error);
        }
    }

    @Test
    void makesEachCallWhenItIsOff() throws Exception {
        Caller one = leader(Mode.OFF, MINUTE);
        Caller other = new Caller(Mode.OFF, MINUTE, this::blocking);
        release.countDown();

        assertThat(List.of(one.get().value(), other.get().value())).containsExactlyInAnyOrder("answer 1", "answer 2");
        assertThat(one.get().callers()).isEqualTo(1);
    }

    @Test
    void makesTheCallOnTheCallersThreadWhenThereIsNoOther() throws Exception {
        SingleFlight<String, Thread> alone = SingleFlight.create(time, task -> {
            throw new RejectedExecutionException("full");
        });
        try (CallScope run = CallScope.open(time, MINUTE)) {
            assertThat(alone.run("key", Mode.ON_OWN_THREAD, run, scope -> Thread.currentThread()))
                    .isEqualTo(new SharedAnswer<>(Thread.currentThread(), true, 1));
        }
        assertThat(alone.underWay()).isZero();
    }

    @Test
    @DisplayName("R17: a call that fails for want of a thread further on is made once")
    void makesACallOnceThatIsRejectedFurtherOn() {
        Caller leader = new Caller(Mode.ON_OWN_THREAD, MINUTE, scope -> {
            executions.incrementAndGet();
            throw new RejectedExecutionException("the model's own pool is full");
        });

        assertThatThrownBy(leader::get).hasCauseInstanceOf(RejectedExecutionException.class);
        assertThat(executions).hasValue(1);
    }

    @Test
    @DisplayName("R17: nobody is left waiting for a call that could not begin")
    void keepsNothingOfACallThatCouldNotBegin() {
        SingleFlight<String, Thread> broken = SingleFlight.create(time, task -> {
            throw new OutOfMemoryError("unable to create native thread");
        });
        try (CallScope run = CallScope.open(time, MINUTE)) {
            assertThatThrownBy(() -> broken.run("key", Mode.ON_OWN_THREAD, run, scope -> Thread.currentThread()))
                    .isInstanceOf(OutOfMemoryError.class);
        }
        assertThat(broken.underWay()).isZero();
    }

    @Test
    void makesNoCallForSomebodyWhoIsOver() {
        Caller late = new Caller(Mode.ON_OWN_THREAD, Duration.ZERO, this::blocking);

        late.assertInterrupted();
        assertThat(executions).hasValue(0);
    }

    @Test
    void callsOfOtherKeysHaveNothingToDoWithEachOther() throws Exception {
        Caller leader = leader(Mode.ON_OWN_THREAD, MINUTE);
        try (CallScope run = CallScope.open(time, MINUTE)) {
            assertThat(single.run("other", Mode.ON_OWN_THREAD, run, scope -> "at once")
                            .value())
                    .isEqualTo("at once");
        }
        release.countDown();
        assertThat(leader.get().callers()).isEqualTo(1);
    }
}
