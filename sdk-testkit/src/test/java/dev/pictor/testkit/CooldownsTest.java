package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.gateway.resilience.Cooldowns;
import dev.pictor.gateway.resilience.RetryDecision;
import dev.pictor.gateway.resilience.RetryPolicy;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CooldownsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualTime time = VirtualTime.create();
    private final Cooldowns cooldowns = Cooldowns.create(time);

    @Test
    @DisplayName("R7: a pause holds for all that share the quota, and for nothing else")
    void pausesWhatSharesAQuota() {
        cooldowns.coolDown("a quota", SECOND);
        time.advance(Duration.ofMillis(400));

        assertThat(cooldowns.left("a quota")).isEqualTo(Duration.ofMillis(600));
        assertThat(cooldowns.left("another quota")).isZero();
        time.advance(Duration.ofMillis(600));
        assertThat(cooldowns.left("a quota")).isZero();
    }

    @Test
    void extendsAPauseAndNeverCutsItShort() {
        cooldowns.coolDown("a quota", SECOND.multipliedBy(5));
        cooldowns.coolDown("a quota", SECOND);
        assertThat(cooldowns.left("a quota")).isEqualTo(SECOND.multipliedBy(5));
        cooldowns.coolDown("a quota", SECOND.multipliedBy(6));
        assertThat(cooldowns.left("a quota")).isEqualTo(SECOND.multipliedBy(6));
    }

    @Test
    void beginsNoPauseOfNothingAndNoneWithoutAnEnd() {
        cooldowns.coolDown("a quota", Duration.ZERO);
        cooldowns.coolDown("a quota", SECOND.negated());
        assertThat(cooldowns.left("a quota")).isZero();
        cooldowns.coolDown("a quota", Duration.ofSeconds(Long.MAX_VALUE));
        assertThat(cooldowns.left("a quota")).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void keepsAtMostTenThousandPausesAndThoseThatEndLast() {
        for (int i = 1; i <= 10_001; i++) {
            cooldowns.coolDown("quota " + i, Duration.ofMillis(i));
        }
        assertThat(cooldowns.left("quota 1")).isZero();
        assertThat(cooldowns.left("quota 2")).isEqualTo(Duration.ofMillis(2));
        assertThat(cooldowns.left("quota 10001")).isEqualTo(Duration.ofMillis(10_001));
    }

    /** Jobs that run side by side against a vendor that serves so many in each second, all in one thread and by events. */
    @Nested
    class BeforeALimiter {

        private static final int JOBS = 120;
        private static final int SERVED_A_SECOND = 10;
        private static final long SECOND_NANOS = 1_000_000_000;
        private static final long ANSWER_NANOS = 50_000_000;

        private record Event(long at, int job, boolean answer, long retryAfterNanos) {}

        @ParameterizedTest
        @ValueSource(longs = {1, 2, 3, 4, 5})
        @DisplayName("R7: 120 jobs before a limiter all end, with few requests beyond their own")
        void serveAllJobsWithFewRequests(long seed) {
            RetryPolicy policy = RetryPolicy.builder()
                    .maxAttempts(20)
                    .baseDelay(SECOND)
                    .longestRetryAfter(Duration.ofSeconds(30))
                    .build();
            Random random = new Random(seed);
            PriorityQueue<Event> events =
                    new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingInt(Event::job));
            int[] attempts = new int[JOBS];
            for (int job = 0; job < JOBS; job++) {
                events.add(new Event(job * 1_000_000L, job, false, 0));
            }
            int requests = 0;
            int done = 0;
            long window = -1;
            int inWindow = 0;
            while (!events.isEmpty()) {
                Event event = events.poll();
                time.advance(Duration.ofNanos(event.at - time.nanoTime()));
                if (event.answer && event.retryAfterNanos == 0) {
                    done++;
                } else if (event.answer) {
                    Duration asked = Duration.ofNanos(event.retryAfterNanos);
                    cooldowns.coolDown("a quota", asked);
                    RetryDecision next =
                            policy.next(++attempts[event.job], limited(asked), Duration.ofMinutes(5), random);
                    events.add(new Event(event.at + wait(next), event.job, false, 0));
                } else if (!cooldowns.left("a quota").isZero()) {
                    RetryDecision next = policy.await(cooldowns.left("a quota"), Duration.ofMinutes(5), random);
                    events.add(new Event(event.at + wait(next), event.job, false, 0));
                } else {
                    requests++;
                    if (event.at / SECOND_NANOS != window) {
                        window = event.at / SECOND_NANOS;
                        inWindow = 0;
                    }
                    boolean served = ++inWindow <= SERVED_A_SECOND;
                    long left = served ? 0 : SECOND_NANOS - event.at % SECOND_NANOS;
                    events.add(new Event(event.at + ANSWER_NANOS, event.job, true, left));
                }
            }

            assertThat(done).isEqualTo(JOBS);
            assertThat(requests).as("seed %d", seed).isLessThan(3 * JOBS);
        }

        private long wait(RetryDecision decision) {
            assertThat(decision).isInstanceOf(RetryDecision.Wait.class);
            return ((RetryDecision.Wait) decision).delay().toNanos();
        }

        private ModelException limited(Duration retryAfter) {
            return new ModelException(
                    ModelFailure.builder("some-model", Reason.RATE_LIMITED, Billed.REJECTED, "some-model is limited")
                            .retryAfter(retryAfter)
                            .build());
        }
    }
}
