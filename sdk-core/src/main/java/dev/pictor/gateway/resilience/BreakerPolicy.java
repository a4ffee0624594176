package dev.pictor.gateway.resilience;

import java.time.Duration;
import java.util.Set;
import org.immutables.value.Value;

/** When a {@link CircuitBreaker} opens and how it closes again. Immutable. */
@Value.Immutable
public abstract class BreakerPolicy {

    private static final int MAX_CALLS = 1_000_000;
    private static final int MAX_PROBES = 1_000;
    private static final Duration MIN_WINDOW = Duration.ofMillis(100);
    private static final BreakerPolicy DEFAULTS = builder().build();
    private static final BreakerPolicy NONE =
            builder().failures(Set.of()).opensAtOnceOn(Set.of()).build();

    BreakerPolicy() {}

    /**
     * Returns the defaults.
     *
     * @return the policy
     */
    public static BreakerPolicy ofDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns a policy by which a breaker never opens.
     *
     * @return the policy
     */
    public static BreakerPolicy none() {
        return NONE;
    }

    /**
     * Returns a builder with the defaults.
     *
     * @return a new builder
     */
    public static BreakerPolicyBuilder builder() {
        return new BreakerPolicyBuilder();
    }

    /**
     * How far back calls count. Old calls drop out in tenths of it. Default: 60 s.
     *
     * @return 100 ms to 1 day
     */
    @Value.Default
    public Duration window() {
        return Duration.ofSeconds(60);
    }

    /**
     * The calls in the window below which nothing is concluded from their rate. Default: 10.
     *
     * @return 1 to 1,000,000
     */
    @Value.Default
    public int minimumCalls() {
        return 10;
    }

    /**
     * The share of failures in the window at which the breaker opens. Default: 0.5.
     *
     * @return above 0 up to 1
     */
    @Value.Default
    public double failureRate() {
        return 0.5;
    }

    /**
     * What counts as a failure in the window. An outcome that is neither this, nor {@link CallOutcome#SUCCESS}, nor one
     * of {@link #opensAtOnceOn()} is not counted at all. Default: {@link CallOutcome#PROVIDER_FAULT}.
     *
     * @return outcomes
     */
    @Value.Default
    public Set<CallOutcome> failures() {
        return Set.of(CallOutcome.PROVIDER_FAULT);
    }

    /**
     * What opens the breaker at once, whatever came before. Default: {@link CallOutcome#KEY_REFUSED}.
     *
     * @return outcomes
     */
    @Value.Default
    public Set<CallOutcome> opensAtOnceOn() {
        return Set.of(CallOutcome.KEY_REFUSED);
    }

    /**
     * How long an open breaker refuses every call. Default: 30 s.
     *
     * @return 1 ms to 1 day
     */
    @Value.Default
    public Duration openFor() {
        return Duration.ofSeconds(30);
    }

    /**
     * How many calls a half-open breaker admits, and how many must succeed to close it. Default: 2.
     *
     * @return 1 to 1,000
     */
    @Value.Default
    public int probes() {
        return 2;
    }

    /**
     * After what time a probe that nobody hears of is given up. Choose more than an attempt may take. Default: 5 min.
     *
     * @return 1 ms to 1 day
     */
    @Value.Default
    public Duration probeTimeout() {
        return Duration.ofMinutes(5);
    }

    @Value.Check
    void check() {
        Limits.between(window(), MIN_WINDOW, Limits.MAX_TIME, "window");
        Limits.between(minimumCalls(), 1, MAX_CALLS, "minimumCalls");
        Limits.between(failureRate(), Double.MIN_VALUE, 1, "failureRate");
        Limits.between(openFor(), Duration.ofMillis(1), Limits.MAX_TIME, "openFor");
        Limits.between(probes(), 1, MAX_PROBES, "probes");
        Limits.between(probeTimeout(), Duration.ofMillis(1), Limits.MAX_TIME, "probeTimeout");
        for (CallOutcome none : Set.of(CallOutcome.SUCCESS, CallOutcome.IGNORED)) {
            if (failures().contains(none) || opensAtOnceOn().contains(none)) {
                throw new IllegalArgumentException(none + " cannot count as a failure");
            }
        }
    }
}
