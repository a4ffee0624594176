package dev.pictor.testkit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class VirtualTimeTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final VirtualTime time = VirtualTime.create();
    private final List<String> happened = new ArrayList<>();

    @Test
    void standsStillUntilItIsMovedAndThenMovesClockAndCounterAlike() {
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        assertThat(time.clock().instant()).isEqualTo(start);
        assertThat(time.nanoTime()).isZero();

        time.advance(Duration.ofNanos(1_500_000_001));

        assertThat(time.clock().instant()).isEqualTo(start.plusNanos(1_500_000_001));
        assertThat(time.nanoTime()).isEqualTo(1_500_000_001);
    }

    @Test
    void beginsAtAnyMoment() {
        Instant noon = Instant.parse("2026-11-20T12:00:00Z");
        assertThat(VirtualTime.at(noon).clock().instant()).isEqualTo(noon);
    }

    @Test
    void whatFallsDueHappensInOrderAtItsOwnMomentOnTheThreadThatMovesIt() {
        note(Duration.ofMillis(30), "third");
        note(Duration.ofMillis(10), "first");
        note(Duration.ofMillis(10), "second");
        note(Duration.ofMillis(31), "too late");

        time.advance(Duration.ofMillis(30));

        String thread = Thread.currentThread().getName();
        assertThat(happened)
                .containsExactly("first at 10 on " + thread, "second at 10 on " + thread, "third at 30 on " + thread);
        assertThat(time.pending()).isEqualTo(1);
    }

    @Test
    void anActionMayAddAnotherThatIsDueOnTheSameWay() {
        time.after(Duration.ofMillis(10), () -> note(Duration.ofMillis(5), "added"));
        time.advance(Duration.ofMillis(100));
        assertThat(happened).singleElement().asString().startsWith("added at 15 ");
    }

    @Test
    void withoutADelayAnActionHappensAtOnce() {
        note(Duration.ZERO, "now");
        note(Duration.ofSeconds(Long.MIN_VALUE), "long ago");
        assertThat(happened).hasSize(2);
        assertThat(time.pending()).isZero();
    }

    @Test
    void waitsForATimeThatNoCounterHolds() {
        time.advance(Duration.ofDays(1));
        TimeSource.Pending never = time.after(Duration.ofSeconds(Long.MAX_VALUE), () -> happened.add("never"));
        time.advance(Duration.ofDays(365));
        assertThat(time.pending()).isEqualTo(1);
        never.cancel();
        assertThat(time.pending()).isZero();
    }

    @Test
    void anActionThatIsTakenBackNeverHappens() {
        TimeSource.Pending pending = time.after(Duration.ofMillis(10), () -> happened.add("taken back"));
        pending.cancel();
        pending.cancel();
        time.advance(Duration.ofSeconds(1));
        assertThat(happened).isEmpty();
        assertThat(time.pending()).isZero();
    }

    @Test
    void closingLetsWhatIsPendingHappenInOrderWithoutMovingTime() {
        note(Duration.ofDays(2), "second");
        note(Duration.ofDays(1), "first");
        time.close();
        note(Duration.ofDays(3), "third, at once");
        assertThat(happened).hasSize(3);
        assertThat(happened.get(0)).startsWith("first at 0 ");
        assertThat(happened.get(1)).startsWith("second at 0 ");
        assertThat(happened.get(2)).startsWith("third, at once at 0 ");

        time.advance(Duration.ofSeconds(1));
        assertThat(time.nanoTime()).isEqualTo(1_000_000_000);
    }

    @Test
    void doesNotGoBack() {
        assertThatThrownBy(() -> time.advance(Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("time moves forward only, was PT-0.000000001S");
    }

    @Test
    void aThreadSleepsUntilTimeIsMovedFarEnough() throws Exception {
        CompletableFuture<Long> woken = onItsOwnThread(new AtomicReference<>());
        time.awaitPending(1, SOON);

        time.advance(Duration.ofMillis(99));
        assertThat(woken).isNotDone();
        time.advance(Duration.ofMillis(1));

        assertThat(woken.get(10, SECONDS)).isEqualTo(100_000_000L);
    }

    @Test
    void aSleepThatIsInterruptedLeavesNothingPending() throws Exception {
        AtomicReference<Thread> sleeper = new AtomicReference<>();
        CompletableFuture<Long> woken = onItsOwnThread(sleeper);
        time.awaitPending(1, SOON);
        sleeper.get().interrupt();
        assertThatThrownBy(() -> woken.get(10, SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(time.pending()).isZero();
    }

    @Test
    void sleepsNotAtAllWithoutATimeUnlessInterruptedBefore() throws Exception {
        time.sleep(Duration.ZERO);
        time.sleep(Duration.ofSeconds(-1));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> time.sleep(Duration.ZERO)).isInstanceOf(InterruptedException.class);
    }

    @Test
    void saysHowMuchIsPendingWhenMoreWasExpected() {
        assertThatThrownBy(() -> time.awaitPending(1, Duration.ofMillis(1)))
                .isInstanceOf(AssertionError.class)
                .hasMessage("expected 1 pending actions within PT0.001S, were 0");
    }

    private void note(Duration delay, String what) {
        time.after(
                delay,
                () -> happened.add(
                        what + " at " + Duration.ofNanos(time.nanoTime()).toMillis() + " on "
                                + Thread.currentThread().getName()));
    }

    /** Sleeps for 100 ms and tells when it woke. */
    private CompletableFuture<Long> onItsOwnThread(AtomicReference<Thread> sleeper) {
        CompletableFuture<Long> woken = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        time.sleep(Duration.ofMillis(100));
                        woken.complete(time.nanoTime());
                    } catch (InterruptedException e) {
                        woken.completeExceptionally(e);
                    }
                },
                "virtual-time-test");
        thread.setDaemon(true);
        sleeper.set(thread);
        thread.start();
        return woken;
    }
}
