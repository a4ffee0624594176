package dev.pictor.gateway.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.model.Money;
import dev.pictor.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryLedgerFailureTest {

    private static final Spender ANN = Spender.of("acme", "ann", "painter", "run-1");
    private static final List<Account> SCOPES = Stream.of(
                    Budget.usd("10"),
                    Budget.usd("10").perTenant(),
                    Budget.usd("10").perUser(),
                    Budget.usd("10").perModel())
            .map(budget -> Account.of(budget, ANN, Instant.EPOCH, 0.8))
            .toList();

    @ParameterizedTest(name = "at scope {0}")
    @ValueSource(ints = {0, 1, 2, 3})
    @DisplayName("R2: a failure between scopes leaves the ledger unchanged")
    void aFailureBetweenScopesLeavesTheLedgerUnchanged(int scope) {
        BreakingAccounts accounts = new BreakingAccounts();
        try (TimeSource time = TimeSource.system()) {
            MemoryLedger ledger = new MemoryLedger(time, Duration.ofMinutes(15), accounts);
            HoldId hold = new HoldId(1, 1);
            if (scope > 0) {
                assertThat(ledger.reserve(HoldRequest.of(hold, Money.usd(2), SCOPES.subList(0, scope))))
                        .isEmpty();
            }
            HoldRequest broken = HoldRequest.of(new HoldId(1, 2), Money.usd(3), SCOPES);

            accounts.breaksAt = SCOPES.get(scope);
            assertThatThrownBy(() -> assertThat(ledger.reserve(broken)).isEmpty())
                    .isInstanceOf(OutOfMemoryError.class);
            accounts.breaksAt = null;

            for (int i = 0; i < SCOPES.size(); i++) {
                assertThat(ledger.balance(SCOPES.get(i))).isEqualTo(new Balance(0, 0, i < scope ? 2 : 0));
            }
            assertThat(ledger.release(broken.id()).isCounted()).isFalse();
            assertThat(ledger.reserve(broken)).isEmpty();
        }
    }

    /** Fails where a new account is noted, as when memory runs out. */
    private static final class BreakingAccounts extends HashMap<Account, MemoryLedger.Slot> {

        private static final long serialVersionUID = 1L;

        private transient @Nullable Account breaksAt;

        @Override
        public MemoryLedger.Slot put(Account account, MemoryLedger.Slot slot) {
            if (breaksAt != null && account.equals(breaksAt)) {
                throw new OutOfMemoryError("injected");
            }
            return super.put(account, slot);
        }
    }
}
