package dev.pictor.gateway.budget;

import dev.pictor.model.Money;
import org.jspecify.annotations.Nullable;

/**
 * Money set aside for one attempt, until it is known what the attempt cost. End it once; what comes after the first end is
 * ignored, save that {@link #settle} corrects {@link #keep}. A hold without an end counts as spent after a time that the
 * ledger sets. Ends never throw for the ledger's sake: the call has been made. Thread-safe.
 */
public final class Hold {

    private static final Money NO_MONEY = Money.usd(0);

    /** For calls that no budget limits. */
    static final Hold NOTHING = new Hold();

    private final HoldId id;
    private final Money amount;
    private final @Nullable Spender who;
    private final @Nullable Settling settling;

    private Hold() {
        this.id = new HoldId(0, 0);
        this.amount = NO_MONEY;
        this.who = null;
        this.settling = null;
    }

    Hold(HoldRequest request, Spender who, Settling settling) {
        this.id = request.id();
        this.amount = request.amount();
        this.who = who;
        this.settling = settling;
    }

    /**
     * Returns its name in the ledger.
     *
     * @return the id; all zeros if no budget limits the call
     */
    public HoldId id() {
        return id;
    }

    /**
     * Returns what is set aside.
     *
     * @return the amount; zero dollars if no budget limits the call
     */
    public Money amount() {
        return amount;
    }

    /**
     * Counts what the attempt cost, in full, even if it is more than was held.
     *
     * @param actual the cost
     * @throws IllegalArgumentException if it is in another currency than the hold
     */
    public void settle(Money actual) {
        if (who != null && settling != null) {
            if (!actual.currency().equals(amount.currency())) {
                throw new IllegalArgumentException("cannot settle a hold of " + amount + " with " + actual);
            }
            settling.settle(this, who, actual);
        }
    }

    /** Gives all of it back: the attempt cost nothing, since nothing was sent or the vendor rejected it. */
    public void release() {
        if (settling != null) {
            settling.release(this);
        }
    }

    /** Counts all of it as spent: nobody knows whether the vendor charged, or how much. */
    public void keep() {
        if (settling != null) {
            settling.keep(this);
        }
    }
}
