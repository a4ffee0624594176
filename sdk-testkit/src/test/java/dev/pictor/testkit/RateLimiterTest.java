package dev.pictor.testkit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.gateway.resilience.GatewayRefusedException.Reason;
import dev.pictor.gateway.resilience.Permit;
import dev.pictor.gateway.resilience.RateLimit;
import dev.pictor.gateway.resilience.RateLimiter;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RateLimiterTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofMinutes(10);

    private final VirtualTime time = VirtualTime.create();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void endTheThreads() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, SECONDS)).isTrue();
    }

    @Test
    void letsABurstThroughAndThenAnEvenRate() {
        RateLimiter limiter =
                RateLimiter.create(RateLimit.builder(10, SECOND).burst(3).build(), time);
        for (int i = 0; i < 3; i++) {
            assertThat(limiter.tryAcquire()).isZero();
        }
        assertThat(limiter.tryAcquire()).isEqualTo(Duration.ofMillis(100));
        time.advance(Duration.ofMillis(99));
        assertThat(limiter.tryAcquire()).isEqualTo(Duration.ofMillis(1));
        time.advance(Duration.ofMillis(1));
        assertThat(limiter.tryAcquire()).isZero();
        time.advance(LONG);
        for (int i = 0; i < 3; i++) {
            assertThat(limiter.tryAcquire()).isZero();
        }
        assertThat(limiter.tryAcquire()).isPositive();
    }

    @Test
    void takesNoTokenWhenItRefuses() {
        RateLimiter limiter = RateLimiter.create(RateLimit.builder(1, SECOND).build(), time);
        assertThat(limiter.tryAcquire()).isZero();
        for (int i = 0; i < 100; i++) {
            assertThat(limiter.tryAcquire()).isEqualTo(SECOND);
        }
    }

    @Test
    void waitsForItsTurn() throws Exception {
        RateLimiter limiter = RateLimiter.create(RateLimit.builder(1, SECOND).build(), time);
        assertThat(limiter.tryAcquire()).isZero();
        Future<Permit> waiter = threads.submit(() -> limiter.acquire(LONG));
        time.awaitPending(1, Duration.ofSeconds(10));
        time.advance(Duration.ofMillis(999));
        assertThat(time.pending()).isEqualTo(1);
        time.advance(Duration.ofMillis(1));

        assertThat(waiter.get(10, SECONDS).isAdmitted()).isTrue();
    }

    @Test
    @DisplayName("R27: refuses at once, as ours, what would wait too long, and says how long")
    void refusesAtOnceWhatWouldWaitTooLong() throws Exception {
        RateLimiter limiter =
                RateLimiter.create(RateLimit.builder(1, Duration.ofMinutes(1)).build(), time);
        assertThat(limiter.acquire(LONG).isAdmitted()).isTrue();

        Permit refused = limiter.acquire(LONG);
        assertThat(refused.isAdmitted()).isFalse();
        assertThat(refused.refusal("some-model").reason()).isEqualTo(Reason.RATE_LIMITED_HERE);
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void refusesAtOnceWhatTheCallHasNoTimeFor() throws Exception {
        RateLimiter limiter = RateLimiter.create(RateLimit.builder(1, SECOND).build(), time);
        assertThat(limiter.tryAcquire()).isZero();
        assertThat(limiter.acquire(Duration.ofMillis(999)).isAdmitted()).isFalse();
        assertThat(limiter.acquire(Duration.ZERO).isAdmitted()).isFalse();
    }

    @Test
    void isNeverReachedWithoutALimit() {
        RateLimiter limiter = RateLimiter.create(RateLimit.none(), time);
        for (int i = 0; i < 100_000; i++) {
            assertThat(limiter.tryAcquire()).isZero();
        }
    }

    @Test
    void letsNoMoreThroughFromManyThreads() throws Exception {
        RateLimiter limiter = RateLimiter.create(RateLimit.builder(50, SECOND).build(), time);
        AtomicInteger admitted = new AtomicInteger();
        SideBySide.run(thread -> {
            for (int i = 0; i < 100; i++) {
                if (limiter.tryAcquire().isZero()) {
                    admitted.incrementAndGet();
                }
            }
        });
        assertThat(admitted).hasValue(50);
    }

    @ParameterizedTest
    @MethodSource("dev.pictor.testkit.Seeds#hundreds")
    void neverLetsMoreThroughThanBurstAndRateNorMuchLess(long seed) {
        Random random = new Random(seed);
        int calls = 1 + random.nextInt(100);
        int burst = 1 + random.nextInt(20);
        RateLimiter limiter =
                RateLimiter.create(RateLimit.builder(calls, SECOND).burst(burst).build(), time);
        int admitted = 0;
        long nanos = 0;
        for (int i = 0; i < 1_000; i++) {
            Duration by = limiter.tryAcquire();
            if (by.isZero()) {
                admitted++;
            } else {
                time.advance(by);
                nanos += by.toNanos();
            }
        }
        double most = burst + nanos / 1e9 * calls;
        assertThat((double) admitted).as("seed " + seed).isBetween(most - 1.001, most + 0.001);
    }

    @Test
    void namesTheBoundThatALimitBreaks() {
        assertThatThrownBy(() -> RateLimit.builder(0, SECOND).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("calls must be 1 to 1000000000, was 0");
    }
}
