package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.gateway.budget.Account;
import dev.pictor.gateway.budget.Balance;
import dev.pictor.gateway.budget.Budget;
import dev.pictor.gateway.budget.HoldId;
import dev.pictor.gateway.budget.HoldRequest;
import dev.pictor.gateway.budget.Ledger;
import dev.pictor.gateway.budget.MemoryLedger;
import dev.pictor.gateway.budget.Spender;
import dev.pictor.model.Money;
import dev.pictor.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryLedgerTest extends LedgerContract {

    private static final Instant FIRST_DAY = Instant.parse("2026-03-01T12:00:00Z");

    @Override
    protected Ledger create(TimeSource time, Duration lifetime) {
        return MemoryLedger.create(time, lifetime);
    }

    @Test
    void forgetsAPeriodOnceTheNextOneIsOver() {
        MemoryLedger ledger = MemoryLedger.create(VirtualTime.create());
        Account first = day(0, "ann");
        spend(ledger, 1, first);

        spend(ledger, 2, day(1, "ann"));
        assertThat(ledger.balance(first).settled()).isEqualTo(1);
        for (int i = 0; i < 4; i++) {
            spend(ledger, 3 + i, day(2, "user-" + i));
        }

        assertThat(ledger.balance(first)).isEqualTo(new Balance(0, 0, 0));
    }

    @Test
    void forgetsARunADayAfterItsLastCall() {
        VirtualTime time = VirtualTime.create();
        MemoryLedger ledger = MemoryLedger.create(time);
        Account run = run("run-0");
        spend(ledger, 1, run);

        time.advance(Duration.ofDays(1));
        spend(ledger, 2, run);
        time.advance(Duration.ofDays(1));
        spend(ledger, 3, run("run-1"));
        assertThat(ledger.balance(run).settled()).isEqualTo(2);
        time.advance(Duration.ofNanos(1));
        spend(ledger, 4, run("run-2"));

        assertThat(ledger.balance(run)).isEqualTo(new Balance(0, 0, 0));
    }

    @Test
    void keepsWhatHasNoEnd() {
        VirtualTime time = VirtualTime.create();
        MemoryLedger ledger = MemoryLedger.create(time);
        Account total = account(Budget.usd("1").perUser(), "ann", "run", 0);
        spend(ledger, 1, total);

        for (int i = 0; i < 100; i++) {
            time.advance(Duration.ofDays(2));
            spend(ledger, 2 + i, day(i, "bob"));
        }

        assertThat(ledger.balance(total).settled()).isEqualTo(1);
    }

    @Test
    void holdsNoMoreThanItsBoundAndRefundsNoneOfIt() {
        MemoryLedger ledger = MemoryLedger.create(VirtualTime.create());
        Account account = day(0, "ann");
        int holds = 100_010;
        for (int i = 0; i < holds; i++) {
            assertThat(ledger.reserve(request(i, account)).isEmpty()).isTrue();
        }

        assertThat(ledger.balance(account)).isEqualTo(new Balance(0, 10, 100_000));
        assertThat(ledger.release(id(0)).isCounted()).isFalse();
        assertThat(ledger.release(id(10)).isCounted()).isTrue();
    }

    @Test
    void refusesAHoldThatWasMadeBefore() {
        MemoryLedger ledger = MemoryLedger.create(VirtualTime.create());
        Account account = day(0, "ann");
        assertThat(ledger.reserve(request(1, account))).isEmpty();

        assertThatThrownBy(() -> assertThat(ledger.reserve(request(1, account))).isEmpty())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("was made before");
        assertThat(ledger.balance(account)).isEqualTo(new Balance(0, 0, 1));
    }

    @Test
    void refusesALifetimeOutsideItsRange() {
        assertThatThrownBy(() -> MemoryLedger.create(VirtualTime.create(), Duration.ofDays(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("lifetime must be 1 ms to 1 day, was PT48H");
    }

    private static void spend(Ledger ledger, int number, Account account) {
        assertThat(ledger.reserve(request(number, account))).isEmpty();
        assertThat(ledger.settle(id(number), Money.usd(1)).isCounted()).isTrue();
    }

    private static HoldRequest request(int number, Account account) {
        return HoldRequest.of(id(number), Money.usd(1), List.of(account));
    }

    private static HoldId id(int number) {
        return new HoldId(1, number);
    }

    private static Account day(int day, String user) {
        return account(Budget.usd("1").perUser().perDay(ZoneOffset.UTC), user, "run", day);
    }

    private static Account run(String run) {
        return account(Budget.usd("1").perRun(), "ann", run, 0);
    }

    private static Account account(Budget budget, String user, String run, int day) {
        Spender who = Spender.of(null, user, "painter", run);
        return Account.of(budget, who, FIRST_DAY.plus(Duration.ofDays(day)), 0.8);
    }
}
