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
     * Returns the cost of both. Nothing is nothing in every currency.
     *
     * @param other another cost
     * @return the sum of what is known, complete if both are; of two currencies only this one's, which is not complete
     */
    public Cost plus(Cost other) {
        Optional<Money> mine =
                amount().filter(money -> money.nanos() != 0 || other.amount().isEmpty());
        Optional<Money> theirs = other.amount().filter(money -> mine.isEmpty() || money.nanos() != 0);
        boolean canBeAdded = mine.isEmpty()
                || theirs.isEmpty()
                || mine.get().currency().equals(theirs.get().currency());
        Optional<Money> sum = mine.isPresent() && theirs.isPresent() && canBeAdded
                ? Optional.of(mine.get().plus(theirs.get()))
                : mine.or(() -> theirs);
        return new CostBuilder()
                .amount(sum)
                .isComplete(isComplete() && other.isComplete() && canBeAdded)
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
