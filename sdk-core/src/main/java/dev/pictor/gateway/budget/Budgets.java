package dev.pictor.gateway.budget;

import dev.pictor.model.Money;
import dev.pictor.time.TimeSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The budgets of a gateway and the ledger that keeps them. Money is held before it is spent: the most that an attempt may
 * cost, on every budget it falls under or on none. A budget limits the calls whose price is in its currency; credits are a
 * currency like dollars. Thread-safe.
 */
public final class Budgets {

    private static final Budgets NONE = new Budgets(new BudgetsBuilder(MemoryLedger.create()));

    private final Ledger ledger;
    private final UnknownPrice unknownPrice;
    private final List<Budget> budgets;
    private final Map<String, AccountBook> booksByCurrency = new LinkedHashMap<>();
    private final Settling settling;
    private final HoldId.Maker ids = new HoldId.Maker();

    Budgets(BudgetsBuilder builder) {
        this.ledger = builder.ledger;
        this.unknownPrice = builder.unknownPrice;
        this.budgets = List.copyOf(builder.budgets);
        this.settling = new Settling(ledger, builder.listener);
        for (Budget budget : budgets) {
            String currency = budget.limit().currency();
            booksByCurrency.computeIfAbsent(
                    currency,
                    key -> new AccountBook(
                            budgets.stream()
                                    .filter(one -> one.limit().currency().equals(key))
                                    .toList(),
                            builder.warnAt));
        }
    }

    /**
     * Returns budgets that limit nothing.
     *
     * @return no budgets
     */
    public static Budgets none() {
        return NONE;
    }

    /**
     * Returns a builder without budgets.
     *
     * @param ledger keeps the accounts; the caller closes it if it needs closing
     * @return a new builder
     */
    public static BudgetsBuilder builder(Ledger ledger) {
        return new BudgetsBuilder(ledger);
    }

    /**
     * Returns the rules.
     *
     * @return budgets, in the order in which they are checked
     */
    public List<Budget> budgets() {
        return budgets;
    }

    /**
     * Holds the most that an attempt may cost.
     *
     * @param who on whose account
     * @param estimate the most that it may cost, or null if nobody knows
     * @param time tells the day
     * @return the hold, to be ended once it is known what the attempt cost
     * @throws BudgetExceededException if a budget has less left; nothing is held then
     * @throws UnknownPriceException if there are budgets, nobody knows the price and such calls are refused
     */
    public Hold reserve(Spender who, @Nullable Money estimate, TimeSource time) {
        if (budgets.isEmpty()) {
            return Hold.NOTHING;
        }
        Money amount = estimate != null ? estimate : worstCase(who);
        AccountBook book = booksByCurrency.get(amount.currency());
        if (book == null) {
            return Hold.NOTHING;
        }
        HoldRequest request = new HoldRequest(ids.next(), amount, book.accounts(who, time));
        Optional<Shortfall> shortfall = ledger.reserve(request);
        if (shortfall.isPresent()) {
            throw new BudgetExceededException(shortfall.get(), amount);
        }
        return new Hold(request, who, settling);
    }

    private Money worstCase(Spender who) {
        return unknownPrice.worstCase().orElseThrow(() -> new UnknownPriceException(who.model(), budgets.get(0)));
    }

    /**
     * Returns how much of the tightest budget is committed or held.
     *
     * @param who on whose account
     * @param time tells the day
     * @return 0 and up; 1 is all of it; 0 if there is no budget
     */
    public double shareUsed(Spender who, TimeSource time) {
        double most = 0;
        for (AccountBook book : booksByCurrency.values()) {
            for (Account account : book.accounts(who, time)) {
                most = Math.max(most, new BudgetState(account, ledger.balance(account)).shareUsed());
            }
        }
        return most;
    }

    /**
     * Returns how all budgets stand for a spender.
     *
     * @param who on whose account
     * @param time tells the day
     * @return one state for each budget
     */
    public List<BudgetState> states(Spender who, TimeSource time) {
        List<BudgetState> states = new ArrayList<>();
        for (AccountBook book : booksByCurrency.values()) {
            for (Account account : book.accounts(who, time)) {
                states.add(new BudgetState(account, ledger.balance(account)));
            }
        }
        return List.copyOf(states);
    }
}
