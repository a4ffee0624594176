package dev.pictor.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.gateway.resilience.RetryDecision.GiveUp;
import dev.pictor.gateway.resilience.RetryDecision.Wait;
import dev.pictor.gateway.resilience.RetryDecision.Why;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTest {

    private static final Duration LONG = Duration.ofMinutes(10);

    /** Backs off 1, 2, 4, then 5 s, without chance. */
    private static final RetryPolicy PLAIN = RetryPolicy.builder()
            .maxAttempts(6)
            .baseDelay(Duration.ofSeconds(1))
            .maxDelay(Duration.ofSeconds(5))
            .jitter(Jitter.NONE)
            .minimumTimeLeft(Duration.ofSeconds(2))
            .longestRetryAfter(Duration.ofSeconds(20))
            .build();

    @Nested
    class TriesAgain {

        @ParameterizedTest
        @CsvSource({"1, 1000", "2, 2000", "3, 4000", "4, 5000", "5, 5000"})
        void afterALongerBackOffEachTime(int attempt, long millis) {
            assertThat(next(PLAIN, attempt, limited(), LONG)).isEqualTo(new Wait(Duration.ofMillis(millis)));
        }

        @ParameterizedTest
        @EnumSource(Reason.class)
        void onlyWhatMaySucceed(Reason reason) {
            RetryDecision decision = next(PLAIN, 1, failure(reason, Billed.REJECTED), LONG);
            assertThat(decision)
                    .isEqualTo(reason.isRetryable() ? new Wait(Duration.ofSeconds(1)) : new GiveUp(Why.NOT_RETRYABLE));
        }

        @Test
        void asOftenAsItMay() {
            assertThat(next(PLAIN, 6, limited(), LONG)).isEqualTo(new GiveUp(Why.NO_ATTEMPT_LEFT));
            assertThat(next(RetryPolicy.none(), 1, limited(), LONG)).isEqualTo(new GiveUp(Why.NO_ATTEMPT_LEFT));
        }

        @ParameterizedTest
        @CsvSource({
            "NOT_SENT, true, true",
            "REJECTED, true, true",
            "UNKNOWN_OUTCOME, false, true",
            "BILLED_UNUSABLE, false, false",
        })
        @DisplayName("R4: what may have been charged is not sent again, unless the policy says so")
        void onlyWhatWasNotCharged(Billed billed, boolean byDefault, boolean whenAllowed) {
            ModelException failure = failure(Reason.TIMED_OUT, billed);
            RetryPolicy allowed =
                    RetryPolicy.builder().resendUnknownOutcome(true).build();
            assertThat(next(RetryPolicy.ofDefaults(), 1, failure, LONG) instanceof Wait)
                    .isEqualTo(byDefault);
            assertThat(next(allowed, 1, failure, LONG) instanceof Wait).isEqualTo(whenAllowed);
            if (!byDefault) {
                assertThat(next(RetryPolicy.ofDefaults(), 1, failure, LONG)).isEqualTo(new GiveUp(Why.MAYBE_BILLED));
            }
        }
    }

    @Nested
    @DisplayName("R7: the wait that a vendor asks for")
    class RetryAfterAsked {

        @ParameterizedTest
        @ValueSource(longs = {0, 1, 500, 7_000, 20_000})
        void isAFloor(long millis) {
            RetryPolicy policy = RetryPolicy.builder()
                    .longestRetryAfter(Duration.ofSeconds(20))
                    .build();
            Random random = new Random(11);
            for (int i = 0; i < 200; i++) {
                RetryDecision decision = policy.next(1, limited(millis), LONG, random);
                assertThat(((Wait) decision).delay())
                        .isBetween(Duration.ofMillis(millis), Duration.ofMillis(millis + 500));
            }
        }

        @Test
        void leavesTheTimeForAnAttemptWhateverTheBackOff() {
            assertThat(next(PLAIN, 3, limited(5_000), Duration.ofMillis(7_500)))
                    .isEqualTo(new Wait(Duration.ofMillis(5_500)));
        }

        @Test
        void holdsForACallThatWasNotLetThroughToo() {
            assertThat(PLAIN.await(Duration.ofSeconds(3), LONG, new Random(1)))
                    .isEqualTo(new Wait(Duration.ofSeconds(4)));
            assertThat(PLAIN.await(Duration.ofSeconds(21), LONG, new Random(1)))
                    .isEqualTo(new GiveUp(Why.RETRY_AFTER_TOO_LONG));
            assertThat(PLAIN.await(Duration.ofSeconds(3), Duration.ofSeconds(4), new Random(1)))
                    .isEqualTo(new GiveUp(Why.NO_TIME_LEFT));
        }
    }

    @ParameterizedTest
    @CsvSource({
        // asked for, left, waits or why not; an attempt needs 2 s and a wait is at most 20 s
        "0, 600000, 1000",
        "1000, 600000, 2000",
        "20000, 600000, 21000",
        "20001, 600000, RETRY_AFTER_TOO_LONG",
        "86400000, 600000, RETRY_AFTER_TOO_LONG",
        "86400000, 3000, RETRY_AFTER_TOO_LONG",
        "20000, 22000, 20000",
        "20000, 21999, NO_TIME_LEFT",
        "1000, 3000, 1000",
        "1000, 2999, NO_TIME_LEFT",
        "0, 2000, 0",
        "0, 2500, 500",
        "0, 1999, NO_TIME_LEFT",
        "0, 0, NO_TIME_LEFT",
    })
    @DisplayName("R8: waits a short time and gives up a long one at once")
    void waitsAShortTimeAndGivesUpALongOne(long askedMillis, long leftMillis, String expected) {
        RetryDecision decision = next(PLAIN, 1, limited(askedMillis), Duration.ofMillis(leftMillis));
        assertThat(decision)
                .isEqualTo(
                        Character.isDigit(expected.charAt(0))
                                ? new Wait(Duration.ofMillis(Long.parseLong(expected)))
                                : new GiveUp(Why.valueOf(expected)));
    }

    @Nested
    @DisplayName("R9: the limit of an attempt")
    class LimitOfAnAttempt {

        private final RetryPolicy policy = RetryPolicy.builder()
                .attemptLimit(Duration.ofSeconds(10))
                .attemptLimitGrowth(1.5)
                .minimumTimeLeft(Duration.ofSeconds(2))
                .build();

        @ParameterizedTest
        @CsvSource({"0, 600, 10000", "1, 600, 15000", "2, 600, 22500", "2, 20, 20000", "0, 3, 3000", "0, 2, 2000"})
        void growsWithTimeOutsAndIsNeverMoreThanTheTimeLeft(int timeouts, long leftSeconds, long limitMillis) {
            assertThat(policy.nextLimit(timeouts, Duration.ofSeconds(leftSeconds)))
                    .contains(Duration.ofMillis(limitMillis));
        }

        @Test
        void isAllTheTimeLeftIfNoneIsSet() {
            assertThat(RetryPolicy.none().nextLimit(0, LONG)).contains(LONG);
        }

        @ParameterizedTest
        @ValueSource(longs = {1_999, 1, 0, -1})
        void isNoneWhenTooLittleTimeIsLeft(long leftMillis) {
            assertThat(policy.nextLimit(0, Duration.ofMillis(leftMillis))).isEqualTo(Optional.empty());
        }

        @Test
        void isNoneWhenNoTimeIsLeftAtAll() {
            RetryPolicy anything =
                    RetryPolicy.builder().minimumTimeLeft(Duration.ZERO).build();
            assertThat(anything.nextLimit(0, Duration.ZERO)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"NONE, 1000, 1000", "EQUAL, 500, 1000", "FULL, 0, 1000"})
    void leavesAsMuchToChanceAsAsked(Jitter jitter, long least, long most) {
        RetryPolicy policy = RetryPolicy.builder()
                .baseDelay(Duration.ofSeconds(1))
                .jitter(jitter)
                .build();
        Random random = new Random(3);
        Duration shortest = LONG;
        Duration longest = Duration.ZERO;
        for (int i = 0; i < 1_000; i++) {
            Duration delay = ((Wait) policy.next(1, limited(), LONG, random)).delay();
            shortest = delay.compareTo(shortest) < 0 ? delay : shortest;
            longest = delay.compareTo(longest) > 0 ? delay : longest;
        }
        assertThat(shortest).isBetween(Duration.ofMillis(least), Duration.ofMillis(least + 20));
        assertThat(longest).isBetween(Duration.ofMillis(most - 20), Duration.ofMillis(most));
    }

    @Test
    void decidesTheSameForTheSameChance() {
        RetryPolicy policy = RetryPolicy.ofDefaults();
        assertThat(policy.next(1, limited(), LONG, new Random(5)))
                .isEqualTo(policy.next(1, limited(), LONG, new Random(5)));
    }

    @Test
    void namesTheBoundThatAPolicyBreaks() {
        assertThatThrownBy(() -> RetryPolicy.builder().maxAttempts(0).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxAttempts must be 1 to 100, was 0");
        assertThatThrownBy(() -> RetryPolicy.builder().factor(Double.NaN).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("factor must be 1.0 to 100.0, was NaN");
    }

    private static RetryDecision next(RetryPolicy policy, int attempt, ModelException failure, Duration timeLeft) {
        return policy.next(attempt, failure, timeLeft, new Random(1));
    }

    private static ModelException limited() {
        return failure(Reason.RATE_LIMITED, Billed.REJECTED);
    }

    private static ModelException limited(long retryAfterMillis) {
        return new ModelException(
                ModelFailure.builder("some-model", Reason.RATE_LIMITED, Billed.REJECTED, "some-model is limited")
                        .retryAfter(Duration.ofMillis(retryAfterMillis))
                        .build());
    }

    private static ModelException failure(Reason reason, Billed billed) {
        return new ModelException(ModelFailure.builder("some-model", reason, billed, "some-model failed")
                .build());
    }
}
