package dev.pictor.gateway.budget;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.model.Money;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ends of holds: tells the ledger, then the listener. Whatever fails here, the call has been made. Thread-safe. */
final class Settling {

    private static final Logger LOG = LoggerFactory.getLogger(Settling.class);

    private final Ledger ledger;
    private final BudgetListener listener;
    private final AtomicBoolean ledgerFailed = new AtomicBoolean();
    private final AtomicBoolean listenerFailed = new AtomicBoolean();

    Settling(Ledger ledger, BudgetListener listener) {
        this.ledger = ledger;
        this.listener = listener;
    }

    void settle(Hold hold, Spender who, Money actual) {
        boolean counted = end(() -> ledger.settle(hold.id(), actual));
        if (counted && actual.nanos() > hold.amount().nanos()) {
            tell(() -> listener.costMoreThanHeld(who, hold.amount(), actual));
        }
    }

    void release(Hold hold) {
        end(() -> ledger.release(hold.id()));
    }

    void keep(Hold hold) {
        end(() -> ledger.keep(hold.id()));
    }

    @CanIgnoreReturnValue
    private boolean end(Supplier<Settlement> end) {
        Settlement settlement;
        try {
            settlement = end.get();
            for (Account account : settlement.near()) {
                BudgetState state = new BudgetState(account, ledger.balance(account));
                tell(() -> listener.nearLimit(state));
            }
        } catch (RuntimeException e) {
            if (ledgerFailed.compareAndSet(false, true)) {
                LOG.warn("a ledger failed at the end of a call; what was held counts as spent", e);
            }
            return false;
        }
        return settlement.isCounted();
    }

    private void tell(Runnable event) {
        try {
            event.run();
        } catch (RuntimeException e) {
            if (listenerFailed.compareAndSet(false, true)) {
                LOG.warn("a budget listener failed; its failures are dropped from now on", e);
            }
        }
    }
}
