package dev.pictor.gateway.alert;

import java.time.Duration;
import java.util.Optional;
import org.immutables.value.Value;

/** From which values on something is wrong, and when it is well again. Immutable. */
@Value.Immutable
public abstract class AlertRules {

    private static final AlertRules NONE = builder().isEnabled(false).build();

    AlertRules() {}

    /**
     * Returns the rules by which nothing is ever wrong.
     *
     * @return not enabled
     */
    public static AlertRules none() {
        return NONE;
    }

    /**
     * Returns a builder that starts from the defaults.
     *
     * @return a new builder
     */
    public static AlertRulesBuilder builder() {
        return new AlertRulesBuilder();
    }

    /**
     * Returns the defaults.
     *
     * @return rules
     */
    public static AlertRules ofDefaults() {
        return builder().build();
    }

    /**
     * Whether anything is looked at. Default: true.
     *
     * @return false if nothing is ever reported
     */
    @Value.Default
    public boolean isEnabled() {
        return true;
    }

    /**
     * The error rate from which on a model is reported. Default: 0.05.
     *
     * @return more than 0, at most 1
     */
    @Value.Default
    public double errorRate() {
        return 0.05;
    }

    /**
     * The time in which 19 of 20 answers should come; a model that takes it or longer is reported. Default: empty,
     * which means that slow models are not reported.
     *
     * @return the time, more than zero
     */
    public abstract Optional<Duration> latencyP95();

    /**
     * How many calls it takes to judge error rate and latency. Default: 20.
     *
     * @return 1 or more
     */
    @Value.Default
    public int minCalls() {
        return 20;
    }

    /**
     * How many calls turned away for their rate, within the window, are a storm. Default: 10.
     *
     * @return 1 or more
     */
    @Value.Default
    public int rateLimited() {
        return 10;
    }

    /**
     * The share of a budget that is reported when it is used. Default: 0.8.
     *
     * @return more than 0
     */
    @Value.Default
    public double budgetShare() {
        return 0.8;
    }

    /**
     * How far a value must fall for an alert to be over, as a share of its bound. Default: 0.8.
     *
     * @return more than 0, at most 1
     */
    @Value.Default
    public double clearsAt() {
        return 0.8;
    }

    /**
     * How long an alert stays at least, so that it does not flutter. Default: 1 min.
     *
     * @return zero or more
     */
    @Value.Default
    public Duration minRaised() {
        return Duration.ofMinutes(1);
    }

    /**
     * How many alerts are kept as raised; the oldest is forgotten for a new one, and raised anew if it is still wrong.
     * Default: 10,000.
     *
     * @return 1 or more
     */
    @Value.Default
    public int maxRaised() {
        return 10_000;
    }

    @Value.Check
    void check() {
        checkShare("errorRate", errorRate());
        checkShare("clearsAt", clearsAt());
        if (!(budgetShare() > 0)) {
            throw new IllegalArgumentException("budgetShare must be more than 0, was " + budgetShare());
        }
        checkCount("minCalls", minCalls());
        checkCount("rateLimited", rateLimited());
        checkCount("maxRaised", maxRaised());
        if (minRaised().isNegative()) {
            throw new IllegalArgumentException("minRaised must be zero or more, was " + minRaised());
        }
        latencyP95().ifPresent(bound -> {
            if (bound.isNegative() || bound.isZero()) {
                throw new IllegalArgumentException("latencyP95 must be more than zero, was " + bound);
            }
        });
    }

    private static void checkShare(String name, double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException(name + " must be more than 0 and at most 1, was " + share);
        }
    }

    private static void checkCount(String name, int count) {
        if (count < 1) {
            throw new IllegalArgumentException(name + " must be 1 or more, was " + count);
        }
    }
}
