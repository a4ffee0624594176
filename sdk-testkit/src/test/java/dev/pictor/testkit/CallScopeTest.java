package dev.pictor.testkit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.model.CallContext;
import dev.pictor.pipeline.CallScope;
import dev.pictor.pipeline.DeadlineExceededException;
import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.pipeline.Stage;
import dev.pictor.pipeline.StageKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CallScopeTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofSeconds(10);

    private final VirtualTime time = VirtualTime.create();

    @Nested
    class Alone {

        @Test
        void endsWhenItsTimeIsOver() {
            List<String> ran = new ArrayList<>();
            try (CallScope scope = CallScope.open(time, SECOND);
                    CallContext.Registration hook = scope.onCancel(() -> ran.add("hook"))) {
                assertThat(hook).isNotNull();
                time.advance(Duration.ofMillis(999));
                assertThat(scope.isCancelled()).isFalse();
                assertThat(scope.hasTimedOut()).isFalse();
                assertThat(scope.timeLeft()).isEqualTo(Duration.ofMillis(1));

                time.advance(Duration.ofMillis(1));
                assertThat(scope.isCancelled()).isTrue();
                assertThat(scope.hasTimedOut()).isTrue();
                assertThat(scope.timeLeft()).isZero();
            }
            assertThat(ran).containsExactly("hook");
        }

        @Test
        void interruptsItsWorkAndNothingAfterwards() throws Exception {
            try (CallScope scope = CallScope.open(time, SECOND)) {
                CompletableFuture<Boolean> flagAfterwards = new CompletableFuture<>();
                CompletableFuture<Throwable> outcome = onItsOwnThread(() -> {
                    try {
                        String unused = scope.call(CallScopeTest::waitForEver);
                    } finally {
                        flagAfterwards.complete(Thread.currentThread().isInterrupted());
                    }
                });
                time.advance(SECOND);
                assertThat(outcome.get(10, SECONDS)).isInstanceOf(InterruptedException.class);
                assertThat(flagAfterwards.get(10, SECONDS)).isFalse();
                assertThat(scope.hasTimedOut()).isTrue();
            }
        }

        @Test
        void anInterruptThatTheWorkDidNotNoticeIsGoneAfterwards() throws Exception {
            try (CallScope scope = CallScope.open(time, SECOND)) {
                assertThat(scope.call(() -> {
                            time.advance(SECOND);
                            return "done all the same";
                        }))
                        .isEqualTo("done all the same");
                assertThat(Thread.currentThread().isInterrupted()).isFalse();
            }
        }

        @Test
        void refusesWorkAfterItsEnd() {
            try (CallScope scope = CallScope.open(time, SECOND)) {
                scope.cancel();
                assertThatThrownBy(() -> scope.call(() -> "too late")).isInstanceOf(InterruptedException.class);
                assertThat(scope.hasTimedOut()).isFalse();
                assertThat(Thread.currentThread().isInterrupted()).isFalse();
            }
        }

        @Test
        void hasNotTimedOutWhenItWasCancelledBeforeHoweverLateOneAsks() {
            try (CallScope scope = CallScope.open(time, SECOND)) {
                scope.cancel();
                time.advance(SECOND.multipliedBy(2));
                assertThat(scope.hasTimedOut()).isFalse();
            }
        }

        @Test
        void withoutTimeIsOverAtOnce() {
            try (CallScope none = CallScope.open(time, Duration.ZERO);
                    CallScope less = CallScope.open(time, Duration.ofSeconds(Long.MIN_VALUE))) {
                assertThat(none.isCancelled()).isTrue();
                assertThat(less.hasTimedOut()).isTrue();
                assertThat(less.timeLeft()).isZero();
            }
        }

        @Test
        @DisplayName("R24: a closed scope leaves nothing pending and ends no more work")
        void leavesNothingPending() {
            CallScope scope = CallScope.open(time, SECOND);
            assertThat(time.pending()).isEqualTo(1);
            scope.close();
            assertThat(time.pending()).isZero();
            time.advance(SECOND.multipliedBy(2));
            assertThat(scope.isCancelled()).isFalse();
        }

        @Test
        void lastsLongerWhenItIsGivenMoreTime() {
            try (CallScope scope = CallScope.open(time, SECOND);
                    CallScope inner = scope.within(SOON)) {
                scope.extend(Duration.ofMillis(1));
                assertThat(scope.timeLeft()).isEqualTo(SECOND);
                scope.extend(Duration.ofMillis(2_500));
                assertThat(inner.timeLeft()).isEqualTo(Duration.ofMillis(2_500));
                time.advance(Duration.ofMillis(2_499));
                assertThat(scope.hasTimedOut()).isFalse();
                time.advance(Duration.ofMillis(1));
                assertThat(scope.hasTimedOut()).isTrue();
                assertThat(inner.isCancelled()).isTrue();
            }
            assertThat(time.pending()).isZero();
        }

        @Test
        void lastsADayAtMost() {
            assertThatThrownBy(() -> CallScope.open(time, Duration.ofDays(1).plusNanos(1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("limit must be at most PT24H, was PT24H0.000000001S");
        }
    }

    @Nested
    class InsideAnother {

        private final CallScope outer = CallScope.open(time, SECOND);

        @Test
        @DisplayName("R9: a part has the smaller of its own time and what the whole has left")
        void hasTheSmallerTime() {
            time.advance(Duration.ofMillis(400));
            try (CallScope longer = outer.within(SOON);
                    CallScope shorter = outer.within(Duration.ofMillis(100));
                    CallScope inLonger = longer.within(SOON)) {
                assertThat(longer.timeLeft()).isEqualTo(Duration.ofMillis(600));
                assertThat(shorter.timeLeft()).isEqualTo(Duration.ofMillis(100));
                assertThat(inLonger.timeLeft()).isEqualTo(Duration.ofMillis(600));
            }
        }

        @Test
        void endsWithItAndKnowsThatItWasNotItsOwnTime() {
            try (CallScope inner = outer.within(Duration.ofMillis(1_500));
                    CallScope innermost = inner.within(Duration.ofMillis(1_200))) {
                time.advance(SECOND);
                assertThat(outer.hasTimedOut()).isTrue();
                assertThat(inner.isCancelled()).isTrue();
                assertThat(innermost.isCancelled()).isTrue();

                time.advance(SECOND);
                assertThat(inner.hasTimedOut()).isFalse();
                assertThat(innermost.hasTimedOut()).isFalse();
            }
        }

        @Test
        void endsAloneWhenItsOwnTimeIsOver() {
            try (CallScope inner = outer.within(Duration.ofMillis(100))) {
                time.advance(Duration.ofMillis(100));
                assertThat(inner.hasTimedOut()).isTrue();
                assertThat(outer.isCancelled()).isFalse();
            }
        }

        @Test
        void isOverAtOnceWhenItIsOpenedTooLate() {
            outer.cancel();
            try (CallScope inner = outer.within(SECOND)) {
                assertThat(inner.isCancelled()).isTrue();
                assertThat(inner.hasTimedOut()).isFalse();
            }
        }

        @Test
        void anInterruptOfTheWholeThatThePartsWorkIgnoredReachesWhatComesNext() {
            assertThatThrownBy(() -> outer.call(() -> {
                        try (CallScope inner = outer.within(SOON)) {
                            String unused = inner.call(() -> {
                                outer.cancel();
                                return "ignored";
                            });
                        }
                        return waitForEver();
                    }))
                    .isInstanceOf(InterruptedException.class);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }

        @Test
        void anInterruptOfThePartDoesNotReachTheWhole() throws Exception {
            assertThat(outer.call(() -> {
                        try (CallScope inner = outer.within(SOON)) {
                            String unused = inner.call(() -> {
                                inner.cancel();
                                return "ignored";
                            });
                        }
                        return Thread.currentThread().isInterrupted();
                    }))
                    .isFalse();
        }

        @Test
        void workOfThePartOnAnotherThreadLeavesThatThreadClean() throws Exception {
            CountDownLatch wholeAtWork = new CountDownLatch(1);
            CompletableFuture<Boolean> flag = new CompletableFuture<>();
            CompletableFuture<Throwable> outcome = onItsOwnThread(() -> {
                wholeAtWork.await();
                try (CallScope inner = outer.within(SOON)) {
                    String unused = inner.call(() -> {
                        outer.cancel();
                        return "ignored";
                    });
                }
                flag.complete(Thread.currentThread().isInterrupted());
            });
            assertThatThrownBy(() -> outer.call(() -> {
                        wholeAtWork.countDown();
                        return waitForEver();
                    }))
                    .isInstanceOf(InterruptedException.class);
            assertThat(flag.get(10, SECONDS)).isFalse();
            assertThat(outcome.get(10, SECONDS)).hasMessage("the work ended well");
        }

        @Test
        @DisplayName("R24: 1,000 parts that are closed leave nothing of themselves in the whole")
        void leavesNothingInTheWhole() {
            for (int i = 0; i < 1_000; i++) {
                try (CallScope inner = outer.within(SECOND)) {
                    assertThat(inner.isCancelled()).isFalse();
                }
            }
            assertThat(time.pending()).isEqualTo(1);
        }
    }

    @Nested
    class InsideARun {

        private final StageKey<String> work = StageKey.of("work", String.class);

        @Test
        @DisplayName("R9: an attempt inside a run has no more time than the run")
        void hasNoMoreTimeThanTheRun() throws Exception {
            assertThat(run((run, in) -> {
                        try (CallScope attempt = run.within(Duration.ofHours(1))) {
                            return attempt.timeLeft().compareTo(run.timeLeft().plusSeconds(1)) <= 0
                                    ? "no more"
                                    : "more";
                        }
                    }))
                    .isEqualTo("no more");
        }

        @Test
        void theRunsDeadlineEndsTheAttemptAndIsNotTakenForItsOwnLimit() {
            List<Boolean> timedOut = new ArrayList<>();
            assertThatThrownBy(() -> run((run, in) -> {
                        try (CallScope attempt = run.within(Duration.ofHours(1))) {
                            try {
                                return attempt.call(CallScopeTest::waitForEver);
                            } finally {
                                timedOut.add(attempt.hasTimedOut());
                            }
                        }
                    }))
                    .isInstanceOf(DeadlineExceededException.class);
            assertThat(timedOut).containsExactly(false);
        }

        @Test
        void theAttemptsLimitEndsItAndTheRunGoesOn() throws Exception {
            assertThat(run((run, in) -> {
                        try (CallScope attempt = run.within(Duration.ofMillis(20))) {
                            return attempt.call(CallScopeTest::waitForEver);
                        } catch (InterruptedException e) {
                            return "cancelled: " + run.isCancelled();
                        }
                    }))
                    .isEqualTo("cancelled: false");
        }

        private String run(Stage.Of0<String, String> stage) throws Exception {
            Pipeline<String, String> pipeline =
                    Pipeline.named("scoped", String.class).stage(work, stage).returning(work);
            try (PipelineRunner runner = PipelineRunner.builder().build()) {
                return runner.run(
                                pipeline,
                                "in",
                                RunOptions.builder()
                                        .deadline(Duration.ofMillis(300))
                                        .build())
                        .value();
            }
        }
    }

    private static String waitForEver() throws InterruptedException {
        new CountDownLatch(1).await();
        throw new AssertionError("for ever is over");
    }

    private interface Work {
        void run() throws Exception;
    }

    private static CompletableFuture<Throwable> onItsOwnThread(Work work) {
        CompletableFuture<Throwable> outcome = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                        outcome.complete(new AssertionError("the work ended well"));
                    } catch (Exception e) {
                        outcome.complete(e);
                    }
                },
                "call-scope-test");
        thread.setDaemon(true);
        thread.start();
        return outcome;
    }
}
