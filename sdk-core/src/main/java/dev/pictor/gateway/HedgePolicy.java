package dev.pictor.gateway;

import static java.util.Objects.requireNonNull;

import dev.pictor.model.Money;
import java.time.Duration;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * Whether a slow attempt gets company: one more at the same model, and the first answer counts. Both are held for and may
 * both be charged, so this is off unless someone says what the second may cost. Immutable.
 */
@Value.Immutable
public abstract class HedgePolicy {

    private static final HedgePolicy NONE = new HedgePolicyBuilder().build();

    HedgePolicy() {}

    /**
     * Returns no hedging.
     *
     * @return always the same
     */
    public static HedgePolicy none() {
        return NONE;
    }

    /**
     * Returns a builder.
     *
     * @param maxCost calls that may cost more get no second attempt, nor do those whose cost nobody knows
     * @return a new builder
     */
    public static HedgePolicyBuilder upTo(Money maxCost) {
        return new HedgePolicyBuilder().maxCost(requireNonNull(maxCost, "maxCost"));
    }

    /**
     * The most that the second attempt may cost by its estimate.
     *
     * @return an amount; empty means no second attempt at all
     */
    public abstract Optional<Money> maxCost();

    /**
     * After what time the second attempt begins. Default: empty, which means the 95th percentile of the model's recent
     * answers; until there are enough of them there is no second attempt.
     *
     * @return the time from the start of the first
     */
    public abstract Optional<Duration> after();

    @Value.Check
    void check() {
        after().ifPresent(time -> {
            if (time.isNegative() || time.isZero()) {
                throw new IllegalArgumentException("after must be more than zero, was " + time);
            }
        });
    }
}
