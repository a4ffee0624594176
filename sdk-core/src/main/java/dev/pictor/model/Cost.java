package dev.pictor.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.Optional;
import org.immutables.value.Value;

/** What calls cost, as far as it is known. Immutable. */
@Value.Immutable
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonDeserialize(builder = CostBuilder.class)
public abstract class Cost {

    private static final Cost NOTHING = of(Money.usd(0));
    private static final Cost UNKNOWN = new CostBuilder().isComplete(false).build();

    Cost() {}

    /**
     * Returns the cost of no call at all.
     *
     * @return $0, complete
     */
    public static Cost nothing() {
        return NOTHING;
    }

    /**
     * Returns the cost of a call whose price is not known.
     *
     * @return no amount, not complete
     */
    public static Cost unknown() {
        return UNKNOWN;
    }

    /**
     * Returns a known cost.
     *
     * @param amount all of it
     * @return the amount, complete
     */
    public static Cost of(Money amount) {
        return new CostBuilder().amount(amount).isComplete(true).build();
    }

    /**
     * The part of the cost that is known.
     *
     * @return the amount, or empty if nothing is known
     */
    public abstract Optional<Money> amount();

    /**
     * Whether {@link #amount()} is all of it. False as soon as one call's price is unknown.
     *
     * @return true if the cost is fully known
     */
    public abstract boolean isComplete();

    /**
     * Returns the cost of both.
     *
     * @param other another cost in the same currency
     * @return the sum of what is known, complete if both are
     */
    public Cost plus(Cost other) {
        Optional<Money> sum = amount().isPresent() && other.amount().isPresent()
                ? Optional.of(amount().get().plus(other.amount().get()))
                : amount().or(other::amount);
        return new CostBuilder()
                .amount(sum)
                .isComplete(isComplete() && other.isComplete())
                .build();
    }

    @Override
    public String toString() {
        if (amount().isEmpty()) {
            return "unknown";
        }
        return isComplete() ? amount().get().toString() : "at least " + amount().get();
    }
}
