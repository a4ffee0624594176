package dev.pictor.replay;

import dev.pictor.model.Cost;
import dev.pictor.model.Money;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a batch may spend: holds what a run may cost until it is known what it did. Thread-safe. */
final class BatchBudget {

    private final @Nullable Money limit;
    private final Object lock = new Object();
    private long nanos; // guarded by lock; spent and held
    private boolean closed; // guarded by lock

    BatchBudget(Optional<Money> limit) {
        this.limit = limit.orElse(null);
    }

    /** Holds what a run may cost, or returns false from now on. */
    boolean tryHold(Cost estimate) {
        synchronized (lock) {
            if (limit != null && nanos + known(estimate) > limit.nanos()) {
                closed = true;
            }
            if (!closed) {
                nanos += known(estimate);
            }
            return !closed;
        }
    }

    void settle(Cost estimate, Cost actual) {
        synchronized (lock) {
            nanos += known(actual) - known(estimate);
        }
    }

    private long known(Cost cost) {
        return cost.amount()
                .filter(amount -> limit != null && amount.currency().equals(limit.currency()))
                .map(Money::nanos)
                .orElse(0L);
    }
}
