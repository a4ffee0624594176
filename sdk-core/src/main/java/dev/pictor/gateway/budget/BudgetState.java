package dev.pictor.gateway.budget;

import dev.pictor.model.Money;
import java.time.Instant;
import java.util.Optional;

/** How a budget stands for a spender, at the moment it was asked. Immutable. */
public final class BudgetState {

    private final Account account;
    private final Balance balance;

    BudgetState(Account account, Balance balance) {
        this.account = account;
        this.balance = balance;
    }

    /**
     * Returns the rule.
     *
     * @return the budget
     */
    public Budget budget() {
        return account.budget();
    }

    /**
     * Returns whose account it is, and for which period.
     *
     * @return the account
     */
    public Account account() {
        return account;
    }

    /**
     * Returns the most that may be spent.
     *
     * @return the limit
     */
    public Money limit() {
        return budget().limit();
    }

    /**
     * Returns what counts as spent.
     *
     * @return an amount; above the limit if a call cost more than it could
     */
    public Money committed() {
        return money(balance.committed());
    }

    /**
     * Returns the part of {@link #committed} that may not have been spent: nobody learnt how these calls ended.
     *
     * @return an amount
     */
    public Money unknown() {
        return money(balance.unknown());
    }

    /**
     * Returns what is set aside for calls under way.
     *
     * @return an amount
     */
    public Money held() {
        return money(balance.held());
    }

    /**
     * Returns what may still be spent.
     *
     * @return an amount, zero if nothing is left
     */
    public Money left() {
        return money(Math.max(0, limit().nanos() - balance.used()));
    }

    /**
     * Returns how much of the limit is committed or held.
     *
     * @return 0 and up; 1 is all of it
     */
    public double shareUsed() {
        long limit = limit().nanos();
        return limit == 0 ? 1 : (double) balance.used() / limit;
    }

    /**
     * Returns when it begins anew.
     *
     * @return the moment, or empty if it never does
     */
    public Optional<Instant> resetsAt() {
        return account.end();
    }

    private Money money(long nanos) {
        return new Money(nanos, limit().currency());
    }

    @Override
    public String toString() {
        return budget() + ": " + committed() + " spent, " + held() + " held, " + left() + " left";
    }
}
