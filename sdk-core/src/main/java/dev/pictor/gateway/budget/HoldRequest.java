package dev.pictor.gateway.budget;

import static java.util.Objects.requireNonNull;

import dev.pictor.model.Money;
import java.util.List;

/** What a ledger is asked to hold, on all accounts or on none. Immutable. */
public final class HoldRequest {

    private final HoldId id;
    private final Money amount;
    private final List<Account> accounts;

    /** Keeps the list as it is: the caller never changes it. */
    HoldRequest(HoldId id, Money amount, List<Account> accounts) {
        this.id = id;
        this.amount = amount;
        this.accounts = accounts;
    }

    /**
     * Returns a request.
     *
     * @param id the hold's name, never used before
     * @param amount how much
     * @param accounts at least one, all different, all in the amount's currency
     * @return the request
     * @throws IllegalArgumentException if there is no account, one twice or one in another currency
     */
    public static HoldRequest of(HoldId id, Money amount, List<Account> accounts) {
        List<Account> kept = List.copyOf(accounts);
        if (kept.isEmpty() || kept.stream().distinct().count() != kept.size()) {
            throw new IllegalArgumentException("accounts must be 1 or more, all different, were " + kept);
        }
        for (Account account : kept) {
            String currency = account.budget().limit().currency();
            if (!currency.equals(amount.currency())) {
                throw new IllegalArgumentException("an account in " + currency + " cannot hold " + amount);
            }
        }
        return new HoldRequest(requireNonNull(id, "id"), amount, kept);
    }

    /**
     * Returns the hold's name.
     *
     * @return the id
     */
    public HoldId id() {
        return id;
    }

    /**
     * Returns how much is to be held on each account.
     *
     * @return the amount
     */
    public Money amount() {
        return amount;
    }

    /**
     * Returns where it is to be held.
     *
     * @return at least one account, all different, all in the amount's currency
     */
    public List<Account> accounts() {
        return accounts;
    }
}
