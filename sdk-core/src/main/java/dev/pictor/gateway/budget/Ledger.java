package dev.pictor.gateway.budget;

import dev.pictor.model.Money;
import java.util.Optional;

/**
 * Who keeps the accounts: holds money before it is spent and counts what was spent. Money is an integer number of
 * billionths, so that sums are exact.
 *
 * <p>A hold is held, then settled, released or unknown:
 * <table>
 * <caption>What becomes of a hold</caption>
 * <tr><th>it is</th><th>{@link #settle}</th><th>{@link #release}</th><th>{@link #keep}, or too old</th></tr>
 * <tr><td>held</td><td>settled: the actual amount counts</td><td>released: nothing counts</td>
 *     <td>unknown: all of it counts</td></tr>
 * <tr><td>unknown</td><td>settled: corrected</td><td>ignored: never refunded</td><td>ignored</td></tr>
 * <tr><td>settled, released or not known here</td><td>ignored</td><td>ignored</td><td>ignored</td></tr>
 * </table>
 *
 * <p>A hold that nobody ends, say because its process died, becomes unknown after a time that the ledger sets and that is
 * longer than any call. {@code LedgerContract} in the testkit has the tests that every ledger passes.
 *
 * <p><b>Threads.</b> Called from many threads at once; each method is atomic over all accounts, also against other
 * processes where the accounts are shared.
 *
 * <p><b>Blocking.</b> May block, but bounds its own waits well below a call's time.
 *
 * <p><b>Errors.</b> A ledger that cannot say what is left throws; the call is then not made. One that throws at the end of
 * a call costs nobody the answer: the failure is logged and the hold becomes unknown in time.
 *
 * <p><b>Retries.</b> Its own; nobody calls again. Every method but {@link #reserve} may be called again without harm.
 *
 * <p><b>Logging.</b> None is needed.
 *
 * <p><b>Closing.</b> Whoever made it closes it.
 */
public interface Ledger {

    /**
     * Holds an amount on all accounts, or on none. An account has room if what is committed and held on it and the amount
     * together are no more than its limit.
     *
     * @param request what and where
     * @return the first account without room; empty if the amount is held now
     */
    Optional<Shortfall> reserve(HoldRequest request);

    /**
     * Counts what was spent, in full, even if it is more than was held.
     *
     * @param hold the hold that ends
     * @param actual what was spent, in the currency of the hold
     * @return whether it counts, and which accounts are near their limits now
     * @throws IllegalArgumentException if the currency is another
     */
    Settlement settle(HoldId hold, Money actual);

    /**
     * Gives back a hold for which nothing was spent.
     *
     * @param hold the hold that ends
     * @return whether it counts
     */
    Settlement release(HoldId hold);

    /**
     * Counts all of a hold as spent, since nobody knows what was.
     *
     * @param hold the hold that ends
     * @return whether it counts, and which accounts are near their limits now
     */
    Settlement keep(HoldId hold);

    /**
     * Returns what is on an account.
     *
     * @param account any account
     * @return its balance; zero for one on which nothing was ever held
     */
    Balance balance(Account account);
}
