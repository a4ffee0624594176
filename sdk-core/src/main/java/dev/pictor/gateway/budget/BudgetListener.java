package dev.pictor.gateway.budget;

import dev.pictor.model.Money;

/**
 * Hears of budgets that come to their ends.
 *
 * <p><b>Threads.</b> Called on the threads that make the calls, several at once; so be quick and thread-safe.
 *
 * <p><b>Errors.</b> What it throws is logged once and dropped.
 */
public interface BudgetListener {

    /**
     * Returns a listener that does nothing.
     *
     * @return the listener
     */
    static BudgetListener none() {
        return new BudgetListener() {};
    }

    /**
     * The share to warn at is spent. Once for each account, that is for each spender and period.
     *
     * @param state how the budget stands
     */
    default void nearLimit(BudgetState state) {}

    /**
     * A call cost more than was held for it. All of it counts, and a budget may be over its limit now: the price list is
     * wrong.
     *
     * @param who whose call it was
     * @param held the most that the call was to cost
     * @param actual what it cost
     */
    default void costMoreThanHeld(Spender who, Money held, Money actual) {}
}
