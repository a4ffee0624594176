package dev.pictor.gateway.resilience;

import dev.pictor.gateway.resilience.RetryDecision.GiveUp;
import dev.pictor.gateway.resilience.RetryDecision.Wait;
import dev.pictor.gateway.resilience.RetryDecision.Why;
import dev.pictor.model.ModelException;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.immutables.value.Value;

/**
 * Whether, when and how long a model is tried again. It decides from the typed failure alone and remembers nothing, so
 * one policy serves any number of calls.
 *
 * <p>The wait that a vendor asks for is a floor: chance comes on top of it, since everybody who was refused together
 * was told the same. A failure that may have been charged is not tried again unless {@link #resendUnknownOutcome()}
 * says so. Immutable.
 */
@Value.Immutable
public abstract class RetryPolicy {

    private static final int MAX_ATTEMPTS = 100;
    private static final double MAX_FACTOR = 100;
    private static final Duration MIN_LIMIT = Duration.ofMillis(1);
    private static final RetryPolicy DEFAULTS = builder().build();
    private static final RetryPolicy NONE = builder().maxAttempts(1).build();

    RetryPolicy() {}

    /**
     * Returns the defaults.
     *
     * @return the policy
     */
    public static RetryPolicy ofDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns a policy with one attempt, which may take all the time that is left.
     *
     * @return the policy
     */
    public static RetryPolicy none() {
        return NONE;
    }

    /**
     * Returns a builder with the defaults.
     *
     * @return a new builder
     */
    public static RetryPolicyBuilder builder() {
        return new RetryPolicyBuilder();
    }

    /**
     * How many attempts a call has at one model, the first included. Default: 3.
     *
     * @return 1 to 100
     */
    @Value.Default
    public int maxAttempts() {
        return 3;
    }

    /**
     * The back-off after the first attempt, before chance. Default: 500 ms.
     *
     * @return 0 to 1 day
     */
    @Value.Default
    public Duration baseDelay() {
        return Duration.ofMillis(500);
    }

    /**
     * By how much the back-off grows from attempt to attempt. Default: 2.
     *
     * @return 1 to 100
     */
    @Value.Default
    public double factor() {
        return 2;
    }

    /**
     * The longest back-off, before chance. Default: 10 s.
     *
     * @return 0 to 1 day
     */
    @Value.Default
    public Duration maxDelay() {
        return Duration.ofSeconds(10);
    }

    /**
     * How much of the back-off is left to chance. Default: {@link Jitter#FULL}.
     *
     * @return the share
     */
    @Value.Default
    public Jitter jitter() {
        return Jitter.FULL;
    }

    /**
     * Whether to try again after a failure that the vendor may have charged, such as a time-out. Each such attempt may
     * cost the full price. Default: false.
     *
     * @return true if it is tried again
     */
    @Value.Default
    public boolean resendUnknownOutcome() {
        return false;
    }

    /**
     * How long the first attempt may take. Default: empty, which means all the time that is left.
     *
     * @return 1 ms to 1 day
     */
    public abstract Optional<Duration> attemptLimit();

    /**
     * By how much {@link #attemptLimit()} grows after each attempt that timed out. Default: 2.
     *
     * @return 1 to 100
     */
    @Value.Default
    public double attemptLimitGrowth() {
        return 2;
    }

    /**
     * The time below which an attempt is of no use. None begins with less. Default: 100 ms.
     *
     * @return 0 to 1 day
     */
    @Value.Default
    public Duration minimumTimeLeft() {
        return Duration.ofMillis(100);
    }

    /**
     * The longest wait that a vendor may ask for. If it asks for more, the call moves on to another model at once.
     * Default: 10 s.
     *
     * @return 0 to 1 day
     */
    @Value.Default
    public Duration longestRetryAfter() {
        return Duration.ofSeconds(10);
    }

    /**
     * Decides after an attempt that failed.
     *
     * @param attempt which attempt it was, from 1
     * @param failure how it failed
     * @param timeLeft the time left for the whole call
     * @param random gives the chance
     * @return what to do
     */
    public RetryDecision next(int attempt, ModelException failure, Duration timeLeft, RandomGenerator random) {
        if (!failure.isRetryable()) {
            return new GiveUp(Why.NOT_RETRYABLE);
        }
        if (!mayResend(failure)) {
            return new GiveUp(Why.MAYBE_BILLED);
        }
        if (attempt >= maxAttempts()) {
            return new GiveUp(Why.NO_ATTEMPT_LEFT);
        }
        return delay(failure.retryAfter().orElse(Duration.ZERO), attempt, timeLeft, random);
    }

    /**
     * Decides whether a call that was not let through waits, as for a pause that the vendor asked for.
     *
     * @param retryAfter how long no call will pass
     * @param timeLeft the time left for the whole call
     * @param random gives the chance
     * @return what to do
     */
    public RetryDecision await(Duration retryAfter, Duration timeLeft, RandomGenerator random) {
        return delay(retryAfter, 1, timeLeft, random);
    }

    /**
     * Returns how long the next attempt may take.
     *
     * @param timeouts how many attempts of this call at this model have timed out
     * @param timeLeft the time left for the whole call
     * @return at most the time left; empty if that is less than {@link #minimumTimeLeft()}, so that there is no attempt
     */
    public Optional<Duration> nextLimit(int timeouts, Duration timeLeft) {
        if (timeLeft.isZero() || timeLeft.isNegative() || timeLeft.compareTo(minimumTimeLeft()) < 0) {
            return Optional.empty();
        }
        return Optional.of(attemptLimit()
                .map(first -> grown(first, attemptLimitGrowth(), timeouts, timeLeft))
                .orElse(timeLeft));
    }

    /**
     * Returns whether another attempt makes sense in so much time.
     *
     * @param timeLeft how long the whole call may still take
     * @return false if it is less than {@link #minimumTimeLeft()}
     */
    public boolean hasTime(Duration timeLeft) {
        return timeLeft.compareTo(minimumTimeLeft()) >= 0;
    }

    private boolean mayResend(ModelException failure) {
        return switch (failure.billed()) {
            case NOT_SENT, REJECTED -> true;
            case UNKNOWN_OUTCOME -> resendUnknownOutcome();
            case BILLED_UNUSABLE -> false;
        };
    }

    private RetryDecision delay(Duration floor, int attempt, Duration timeLeft, RandomGenerator random) {
        if (floor.compareTo(longestRetryAfter()) > 0) {
            return new GiveUp(Why.RETRY_AFTER_TOO_LONG);
        }
        Duration room = timeLeft.minus(minimumTimeLeft()).minus(floor);
        if (room.isNegative()) {
            return new GiveUp(Why.NO_TIME_LEFT);
        }
        Duration backOff = byChance(grown(baseDelay(), factor(), attempt - 1, maxDelay()), random);
        return new Wait(floor.plus(backOff.compareTo(room) < 0 ? backOff : room));
    }

    private Duration byChance(Duration backOff, RandomGenerator random) {
        return switch (jitter()) {
            case NONE -> backOff;
            case EQUAL -> scaled(backOff, 0.5 + random.nextDouble() / 2);
            case FULL -> scaled(backOff, random.nextDouble());
        };
    }

    private static Duration grown(Duration first, double factor, int times, Duration most) {
        Duration grown = scaled(first, Math.pow(factor, times));
        return grown.compareTo(most) < 0 ? grown : most;
    }

    /** A double that is too large for a long becomes the largest long. */
    private static Duration scaled(Duration time, double by) {
        return Duration.ofNanos((long) (time.toNanos() * by));
    }

    @Value.Check
    void check() {
        Limits.between(maxAttempts(), 1, MAX_ATTEMPTS, "maxAttempts");
        Limits.between(baseDelay(), Duration.ZERO, Limits.MAX_TIME, "baseDelay");
        Limits.between(factor(), 1, MAX_FACTOR, "factor");
        Limits.between(maxDelay(), Duration.ZERO, Limits.MAX_TIME, "maxDelay");
        Limits.between(attemptLimit().orElse(MIN_LIMIT), MIN_LIMIT, Limits.MAX_TIME, "attemptLimit");
        Limits.between(attemptLimitGrowth(), 1, MAX_FACTOR, "attemptLimitGrowth");
        Limits.between(minimumTimeLeft(), Duration.ZERO, Limits.MAX_TIME, "minimumTimeLeft");
        Limits.between(longestRetryAfter(), Duration.ZERO, Limits.MAX_TIME, "longestRetryAfter");
    }
}
