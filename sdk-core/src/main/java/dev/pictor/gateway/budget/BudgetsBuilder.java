package dev.pictor.gateway.budget;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.List;

/** Builds {@link Budgets}. Not thread-safe. */
public final class BudgetsBuilder {

    private static final double DEFAULT_WARN_AT = 0.8;

    final Ledger ledger;
    final List<Budget> budgets = new ArrayList<>();
    UnknownPrice unknownPrice = UnknownPrice.refuse();
    double warnAt = DEFAULT_WARN_AT;
    BudgetListener listener = BudgetListener.none();

    BudgetsBuilder(Ledger ledger) {
        this.ledger = requireNonNull(ledger, "ledger");
    }

    /**
     * Adds a budget. A call must fit into all of them. Default: none.
     *
     * @param budget the rule
     * @return this builder
     * @throws IllegalStateException if there is one that counts the same spending
     */
    @CanIgnoreReturnValue
    public BudgetsBuilder add(Budget budget) {
        requireNonNull(budget, "budget");
        for (Budget other : budgets) {
            if (other.countsLike(budget)) {
                throw new IllegalStateException("a budget of " + other + " is there already, cannot add " + budget);
            }
        }
        budgets.add(budget);
        return this;
    }

    /**
     * Sets what happens to calls whose price nobody knows. Default: they are refused.
     *
     * @param policy the policy; what it assumes is checked against the budgets when they are built
     * @return this builder
     */
    @CanIgnoreReturnValue
    public BudgetsBuilder unknownPrice(UnknownPrice policy) {
        this.unknownPrice = requireNonNull(policy, "policy");
        return this;
    }

    /**
     * Sets when the listener is warned. Default: 0.8.
     *
     * @param share the share of a limit that counts as spent, above 0 and up to 1
     * @return this builder
     * @throws IllegalArgumentException if it is outside that range
     */
    @CanIgnoreReturnValue
    public BudgetsBuilder warnAt(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("the share to warn at must be above 0 and up to 1, was " + share);
        }
        this.warnAt = share;
        return this;
    }

    /**
     * Sets who hears of budgets that come to their ends. Default: nobody.
     *
     * @param heard told of warnings
     * @return this builder
     */
    @CanIgnoreReturnValue
    public BudgetsBuilder listener(BudgetListener heard) {
        this.listener = requireNonNull(heard, "listener");
        return this;
    }

    /**
     * Returns the budgets.
     *
     * @return the budgets
     * @throws IllegalStateException if what is assumed for unknown prices is in no budget's currency, so that such calls
     *     would escape all budgets
     */
    public Budgets build() {
        unknownPrice.worstCase().ifPresent(assumed -> {
            if (!budgets.isEmpty()
                    && budgets.stream()
                            .noneMatch(budget -> budget.limit().currency().equals(assumed.currency()))) {
                throw new IllegalStateException("no budget is in the currency of the assumed price " + assumed);
            }
        });
        return new Budgets(this);
    }
}
