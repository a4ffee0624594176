package dev.pictor.testkit;

import dev.pictor.gateway.budget.Account;
import dev.pictor.gateway.budget.Balance;
import dev.pictor.gateway.budget.Budget;
import dev.pictor.gateway.budget.HoldId;
import dev.pictor.gateway.budget.HoldRequest;
import dev.pictor.gateway.budget.MemoryLedger;
import dev.pictor.gateway.budget.Spender;
import dev.pictor.model.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** In whatever order threads meet, the ledger answers as if they had come one after the other. */
@Param(name = "hold", gen = IntGen.class, conf = "1:3")
@Param(name = "nanos", gen = IntGen.class, conf = "1:4")
public class MemoryLedgerInterleavings {

    private static final Spender SPENDER = Spender.of("t", "u", "m", "r");
    private static final Account WIDE = account(Budget.of(Money.usd(6)));
    private static final Account NARROW = account(Budget.of(Money.usd(5)).perUser());

    private final MemoryLedger ledger = MemoryLedger.create(VirtualTime.create());

    @Operation
    public Optional<Long> reserveOnBoth(@Param(name = "hold") int hold, @Param(name = "nanos") int nanos) {
        return reserve(hold, nanos, List.of(WIDE, NARROW));
    }

    @Operation
    public Optional<Long> reserveOnOne(@Param(name = "hold") int hold, @Param(name = "nanos") int nanos) {
        return reserve(hold, nanos, List.of(WIDE));
    }

    private Optional<Long> reserve(int hold, int nanos, List<Account> accounts) {
        try {
            return ledger.reserve(HoldRequest.of(id(hold), Money.usd(nanos), accounts))
                    .map(shortfall -> shortfall.committed() * 100 + shortfall.held());
        } catch (IllegalArgumentException madeBefore) {
            return Optional.of(-1L);
        }
    }

    @Operation
    public boolean settle(@Param(name = "hold") int hold, @Param(name = "nanos") int nanos) {
        return ledger.settle(id(hold), Money.usd(nanos)).isCounted();
    }

    @Operation
    public boolean release(@Param(name = "hold") int hold) {
        return ledger.release(id(hold)).isCounted();
    }

    @Operation
    public int keep(@Param(name = "hold") int hold) {
        return ledger.keep(id(hold)).near().size();
    }

    @Operation
    public Balance wide() {
        return ledger.balance(WIDE);
    }

    @Operation
    public Balance narrow() {
        return ledger.balance(NARROW);
    }

    @Test
    @DisplayName("R30: the ledger is linearizable, by model checking")
    void isLinearizableByModelChecking() {
        new ModelCheckingOptions()
                .threads(2)
                .actorsPerThread(3)
                .iterations(10)
                .invocationsPerIteration(300)
                .check(MemoryLedgerInterleavings.class);
    }

    @Test
    @DisplayName("R30: the ledger is linearizable, under stress")
    void isLinearizableUnderStress() {
        new StressOptions()
                .threads(3)
                .actorsPerThread(3)
                .iterations(10)
                .invocationsPerIteration(2_000)
                .check(MemoryLedgerInterleavings.class);
    }

    private static HoldId id(int number) {
        return new HoldId(7, number);
    }

    private static Account account(Budget budget) {
        return Account.of(budget, SPENDER, Instant.EPOCH, 0.5);
    }
}
