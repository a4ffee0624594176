package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.model.CallContext.Registration;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TestCallContextTest {

    @Test
    void interruptsTheCallerAndRunsTheHooksWhenTheTimeIsUp() throws InterruptedException {
        CountDownLatch hookRan = new CountDownLatch(1);
        try (TestCallContext call = TestCallContext.within(Duration.ofMillis(50));
                Registration hook = call.onCancel(hookRan::countDown)) {
            assertThatThrownBy(() -> new CountDownLatch(1).await()).isInstanceOf(InterruptedException.class);
            assertThat(hookRan.await(5, TimeUnit.SECONDS)).isTrue();
            assertThat(call.isCancelled()).isTrue();
            assertThat(call.timeLeft()).isZero();
            assertThat(hook).isNotNull();
        }
    }

    @Test
    void runsEachHookOnceAndNoneThatWasRemoved() {
        AtomicInteger kept = new AtomicInteger();
        AtomicInteger removed = new AtomicInteger();
        AtomicInteger late = new AtomicInteger();
        try (TestCallContext call = TestCallContext.unbounded();
                Registration first = call.onCancel(kept::incrementAndGet)) {
            call.onCancel(removed::incrementAndGet).close();
            assertThat(call.isCancelled()).isFalse();
            call.cancel();
            call.cancel();
            call.onCancel(late::incrementAndGet).close();
            assertThat(first).isNotNull();
        }
        assertThat(kept).hasValue(1);
        assertThat(removed).hasValue(0);
        assertThat(late).hasValue(1);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void leavesNoInterruptionBehindWhenItIsClosed() throws InterruptedException {
        CountDownLatch cancelled = new CountDownLatch(1);
        try (TestCallContext call = TestCallContext.within(Duration.ofMillis(20));
                Registration hook = call.onCancel(cancelled::countDown)) {
            assertThat(hook).isNotNull();
            boolean interrupted = false;
            while (!interrupted) {
                interrupted = Thread.currentThread().isInterrupted();
                Thread.onSpinWait();
            }
        }
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(cancelled.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void isUnboundedForAMinute() {
        try (TestCallContext call = TestCallContext.unbounded()) {
            assertThat(call.timeLeft()).isBetween(Duration.ofSeconds(50), Duration.ofMinutes(1));
        }
    }
}
