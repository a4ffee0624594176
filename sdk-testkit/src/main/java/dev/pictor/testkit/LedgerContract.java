package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.gateway.budget.Account;
import dev.pictor.gateway.budget.Balance;
import dev.pictor.gateway.budget.Budget;
import dev.pictor.gateway.budget.HoldId;
import dev.pictor.gateway.budget.HoldRequest;
import dev.pictor.gateway.budget.Ledger;
import dev.pictor.gateway.budget.Settlement;
import dev.pictor.gateway.budget.Shortfall;
import dev.pictor.gateway.budget.Spender;
import dev.pictor.model.Money;
import dev.pictor.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The tests that every {@link Ledger} passes. Extend it and give the ledger. Not thread-safe. */
public abstract class LedgerContract {

    private static final Duration LIFETIME = Duration.ofMinutes(15);
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Spender ANN = Spender.of("acme", "ann", "painter", "run-1");
    private static final Spender BOB = Spender.of("acme", "bob", "painter", "run-2");
    private static final int CALLS = 125;

    private final AtomicLong holds = new AtomicLong();
    private final VirtualTime time = VirtualTime.at(NOON);
    private final Ledger ledger = create(time, LIFETIME);

    /** For subclasses. Calls {@link #create}. */
    @SuppressWarnings("this-escape")
    protected LedgerContract() {}

    /**
     * Returns the ledger under test. Called while the test is being constructed.
     *
     * @param time what the ledger's time goes by
     * @param lifetime after which a hold that nobody ended becomes unknown
     * @return an empty ledger, the same accounts for nobody else
     */
    protected abstract Ledger create(TimeSource time, Duration lifetime);

    @Test
    void beginsWithNothing() {
        assertThat(ledger.balance(account(Budget.usd("1")))).isEqualTo(new Balance(0, 0, 0));
    }

    @Nested
    @DisplayName("R1: the limit is never exceeded")
    class Limits {

        @Test
        void holdsUpToTheLimitAndNotABillionthMore() {
            Account account = account(Budget.of(Money.usd(10)));
            reserve(6, account);

            assertThat(tryReserve(5, account)).contains(new Shortfall(account, 0, 6));
            assertThat(tryReserve(4, account)).isEmpty();
            assertThat(tryReserve(1, account)).isPresent();
            assertThat(ledger.balance(account)).isEqualTo(new Balance(0, 0, 10));
        }

        @Test
        void whatIsFreeAlwaysFits() {
            Account account = account(Budget.of(Money.usd(10)));
            ledgerSettles(reserve(10, account), 12);

            assertThat(tryReserve(0, account)).isEmpty();
        }

        @Test
        void aZeroLimitRefusesWhateverCosts() {
            Account account = account(Budget.usd("0"));

            assertThat(tryReserve(1, account)).contains(new Shortfall(account, 0, 0));
            assertThat(tryReserve(0, account)).isEmpty();
        }

        @Test
        void whatIsGivenBackCanBeHeldAgain() {
            Account account = account(Budget.of(Money.usd(10)));
            HoldId first = reserve(10, account);

            assertThat(ledger.release(first).isCounted()).isTrue();

            assertThat(tryReserve(10, account)).isEmpty();
        }

        @Test
        void manyThreadsTogetherHoldExactlyWhatFits() throws Exception {
            Account account = account(Budget.usd("5"));
            long cost = 134_000_000;
            AtomicInteger held = new AtomicInteger();

            SideBySide.run(thread -> {
                for (int i = 0; i < CALLS; i++) {
                    if (tryReserve(cost, account).isEmpty()) {
                        held.incrementAndGet();
                    }
                }
            });

            assertThat(held).hasValue(37);
            assertThat(ledger.balance(account)).isEqualTo(new Balance(0, 0, 37 * cost));
        }

        @Test
        void threadsThatGiveBackAreNeverRefusedWhatIsThere() throws Exception {
            Account account = account(Budget.of(Money.usd(SideBySide.THREADS)));

            SideBySide.run(thread -> {
                for (int i = 0; i < CALLS; i++) {
                    HoldId hold = reserve(1, account);
                    assertThat(ledger.release(hold).isCounted()).isTrue();
                }
            });

            assertThat(ledger.balance(account)).isEqualTo(new Balance(0, 0, 0));
        }
    }

    @Nested
    @DisplayName("R2: on all accounts or on none")
    class AllOrNothing {

        @Test
        void aRefusalByTheLastLeavesTheOthersAsTheyWere() {
            Account wide = account(Budget.of(Money.usd(100)));
            Account user = account(Budget.of(Money.usd(100)).perUser());
            Account narrow = account(Budget.of(Money.usd(5)).perModel());

            assertThat(tryReserve(6, wide, user, narrow)).contains(new Shortfall(narrow, 0, 0));

            assertThat(List.of(ledger.balance(wide), ledger.balance(user), ledger.balance(narrow)))
                    .containsOnly(new Balance(0, 0, 0));
        }

        @Test
        void anEndIsOnAllOfThem() {
            Account wide = account(Budget.of(Money.usd(100)));
            Account user = account(Budget.of(Money.usd(50)).perUser());

            ledgerSettles(reserve(6, wide, user), 4);

            assertThat(ledger.balance(wide)).isEqualTo(new Balance(4, 0, 0));
            assertThat(ledger.balance(user)).isEqualTo(new Balance(4, 0, 0));
        }

        @Test
        void aSumThatNoNumberHoldsChangesNothing() {
            Account full = account(Budget.of(Money.usd(Long.MAX_VALUE)));
            Account empty = account(Budget.of(Money.usd(Long.MAX_VALUE)).perUser());
            ledgerSettles(reserve(1, full), Long.MAX_VALUE - 5);
            HoldId hold = reserve(5, empty, full);

            assertThatThrownBy(() -> assertThat(ledger.settle(hold, Money.usd(Long.MAX_VALUE)))
                            .isNotNull())
                    .isInstanceOf(ArithmeticException.class);

            assertThat(ledger.balance(empty)).isEqualTo(new Balance(0, 0, 5));
            assertThat(ledger.balance(full)).isEqualTo(new Balance(Long.MAX_VALUE - 5, 0, 5));
        }

        @Test
        void threadsOnCrossingAccountsNeitherBlockNorMixThemUp() throws Exception {
            Account first = account(Budget.of(Money.usd(1_000_000)));
            Account second = account(Budget.of(Money.usd(1_000_000)).perUser());

            SideBySide.run(thread -> {
                for (int i = 0; i < CALLS; i++) {
                    ledgerSettles(thread % 2 == 0 ? reserve(2, first, second) : reserve(2, second, first), 1);
                }
            });

            Balance all = new Balance((long) SideBySide.THREADS * CALLS, 0, 0);
            assertThat(ledger.balance(first)).isEqualTo(all);
            assertThat(ledger.balance(second)).isEqualTo(all);
        }
    }

    @Nested
    @DisplayName("R3: a hold ends once")
    class Ends {

        private final Account account = account(Budget.of(Money.usd(100)));
        private final HoldId hold = reserve(10, account);

        @Test
        void theFirstSettlementCounts() {
            ledgerSettles(hold, 7);

            assertThat(ledger.settle(hold, Money.usd(9)).isCounted()).isFalse();
            assertThat(ledger.balance(account)).isEqualTo(new Balance(7, 0, 0));
        }

        @Test
        void whatIsReleasedStaysReleased() {
            assertThat(ledger.release(hold).isCounted()).isTrue();

            assertThat(ledger.release(hold).isCounted()).isFalse();
            assertThat(ledger.settle(hold, Money.usd(9)).isCounted()).isFalse();
            assertThat(ledger.keep(hold).isCounted()).isFalse();
            assertThat(ledger.balance(account)).isEqualTo(new Balance(0, 0, 0));
        }

        @Test
        void whatIsSettledIsNotGivenBack() {
            ledgerSettles(hold, 7);

            assertThat(ledger.release(hold).isCounted()).isFalse();
            assertThat(ledger.keep(hold).isCounted()).isFalse();
            assertThat(ledger.balance(account)).isEqualTo(new Balance(7, 0, 0));
        }

        @Test
        void anEndOfNoHoldIsIgnored() {
            assertThat(ledger.settle(new HoldId(0, 99), Money.usd(1)).isCounted())
                    .isFalse();
            assertThat(ledger.balance(account)).isEqualTo(new Balance(0, 0, 10));
        }

        @Test
        void moreThanWasHeldIsCountedInFull() {
            ledgerSettles(hold, 130);

            assertThat(ledger.balance(account)).isEqualTo(new Balance(130, 0, 0));
            assertThat(tryReserve(1, account)).contains(new Shortfall(account, 130, 0));
        }

        @Test
        void anotherCurrencyIsRefusedAndTheHoldStays() {
            assertThatThrownBy(() -> assertThat(ledger.settle(hold, new Money(1, "credits")))
                            .isNotNull())
                    .isInstanceOf(IllegalArgumentException.class);

            assertThat(ledger.balance(account)).isEqualTo(new Balance(0, 0, 10));
        }

        @Test
        void successAndCancelAtTheSameTimeCountOnce() throws Exception {
            for (int i = 0; i < 50; i++) {
                HoldId raced = reserve(1, account);
                AtomicInteger counted = new AtomicInteger();
                Balance before = ledger.balance(account);

                SideBySide.run(thread -> {
                    Settlement end = thread % 2 == 0 ? ledger.settle(raced, Money.usd(1)) : ledger.release(raced);
                    counted.addAndGet(end.isCounted() ? 1 : 0);
                });

                Balance after = ledger.balance(account);
                assertThat(counted).hasValue(1);
                assertThat(after.held()).isEqualTo(before.held() - 1);
                assertThat(after.settled()).isBetween(before.settled(), before.settled() + 1);
                assertThat(after.unknown()).isZero();
            }
        }
    }

    @Nested
    @DisplayName("R3: a hold that nobody ends counts as spent")
    class Orphans {

        private final Account account = account(Budget.of(Money.usd(100)));
        private final HoldId hold = reserve(10, account);

        @Test
        void isHeldUntilItsTimeIsOver() {
            time.advance(LIFETIME.minusNanos(1));
            assertThat(ledger.balance(account)).isEqualTo(new Balance(0, 0, 10));

            time.advance(Duration.ofNanos(1));
            assertThat(ledger.balance(account)).isEqualTo(new Balance(0, 10, 0));
        }

        @Test
        void isCorrectedByALateSettlement() {
            time.advance(LIFETIME);

            ledgerSettles(hold, 3);

            assertThat(ledger.balance(account)).isEqualTo(new Balance(3, 0, 0));
            assertThat(ledger.settle(hold, Money.usd(5)).isCounted()).isFalse();
        }

        @Test
        void isNeverRefunded() {
            time.advance(LIFETIME);

            assertThat(ledger.release(hold).isCounted()).isFalse();

            assertThat(ledger.balance(account)).isEqualTo(new Balance(0, 10, 0));
        }

        @Test
        void leavesNoMoreRoomThanBefore() {
            time.advance(LIFETIME);

            assertThat(tryReserve(91, account)).contains(new Shortfall(account, 10, 0));
            assertThat(tryReserve(90, account)).isEmpty();
        }

        @Test
        void holdsOfDifferentAgesBecomeUnknownOneAfterTheOther() {
            time.advance(LIFETIME.dividedBy(2));
            reserve(20, account);

            time.advance(LIFETIME.dividedBy(2));
            assertThat(ledger.balance(account)).isEqualTo(new Balance(0, 10, 20));
            time.advance(LIFETIME.dividedBy(2));
            assertThat(ledger.balance(account)).isEqualTo(new Balance(0, 30, 0));
        }
    }

    @Nested
    @DisplayName("R4: an unknown outcome stays charged")
    class UnknownOutcomes {

        private final Account account = account(Budget.of(Money.usd(100)));
        private final HoldId hold = reserve(10, account);

        @Test
        void isCountedAndShown() {
            assertThat(ledger.keep(hold).isCounted()).isTrue();

            assertThat(ledger.balance(account)).isEqualTo(new Balance(0, 10, 0));
            assertThat(ledger.balance(account).committed()).isEqualTo(10);
        }

        @Test
        void isNeverRefunded() {
            assertThat(ledger.keep(hold).isCounted()).isTrue();

            assertThat(ledger.release(hold).isCounted()).isFalse();
            assertThat(ledger.keep(hold).isCounted()).isFalse();
            assertThat(ledger.balance(account)).isEqualTo(new Balance(0, 10, 0));
        }

        @Test
        void isCorrectedByTheVendorsBill() {
            assertThat(ledger.keep(hold).isCounted()).isTrue();

            ledgerSettles(hold, 4);

            assertThat(ledger.balance(account)).isEqualTo(new Balance(4, 0, 0));
        }
    }

    @Nested
    class Accounts {

        @Test
        void areApartForDifferentSpenders() {
            Budget perUser = Budget.of(Money.usd(10)).perUser();
            reserve(10, account(perUser));

            assertThat(tryReserve(10, Account.of(perUser, BOB, NOON, 0.8))).isEmpty();
        }

        @Test
        void beginAnewWithThePeriod() {
            Budget perDay = Budget.of(Money.usd(10)).perDay(ZoneOffset.UTC);
            HoldId late = reserve(10, account(perDay));
            Account next = Account.of(perDay, ANN, NOON.plus(Duration.ofDays(1)), 0.8);

            assertThat(tryReserve(10, next)).isEmpty();
            ledgerSettles(late, 9);

            assertThat(ledger.balance(next)).isEqualTo(new Balance(0, 0, 10));
            assertThat(ledger.balance(account(perDay))).isEqualTo(new Balance(9, 0, 0));
        }

        @Test
        void goOnUnderAChangedLimit() {
            reserve(10, account(Budget.of(Money.usd(10))));

            assertThat(tryReserve(10, account(Budget.of(Money.usd(15))))).isPresent();
            assertThat(tryReserve(5, account(Budget.of(Money.usd(15))))).isEmpty();
        }
    }

    @Nested
    class Warnings {

        private final Account account = Account.of(Budget.of(Money.usd(10)), ANN, NOON, 0.8);

        @Test
        void comeOnceWhenTheShareIsSpent() {
            assertThat(ledger.settle(reserve(7, account), Money.usd(7)).near()).isEmpty();
            assertThat(ledger.settle(reserve(1, account), Money.usd(1)).near()).containsExactly(account);
            assertThat(ledger.settle(reserve(1, account), Money.usd(1)).near()).isEmpty();
        }

        @Test
        void comeWithAnUnknownOutcomeToo() {
            assertThat(ledger.keep(reserve(9, account)).near()).containsExactly(account);
        }

        @Test
        void doNotComeForWhatIsOnlyHeld() {
            HoldId hold = reserve(9, account);

            assertThat(ledger.release(hold).near()).isEmpty();
            assertThat(ledger.settle(reserve(9, account), Money.usd(1)).near()).isEmpty();
        }
    }

    @Test
    @DisplayName("R6: a million settlements add up exactly")
    void aMillionSettlementsAddUpExactly() {
        Account account = account(Budget.of(Money.usd(Long.MAX_VALUE)));
        long sum = 0;
        for (int i = 0; i < 1_000_000; i++) {
            long cost = 39_000_001L + i % 977;
            HoldId hold = reserve(cost + 5, account);
            ledgerSettles(hold, cost);
            sum += cost;
        }

        assertThat(ledger.balance(account)).isEqualTo(new Balance(sum, 0, 0));
    }

    @CanIgnoreReturnValue
    private HoldId reserve(long nanos, Account... accounts) {
        HoldId id = new HoldId(1, holds.incrementAndGet());
        Optional<Shortfall> refused = ledger.reserve(HoldRequest.of(id, Money.usd(nanos), List.of(accounts)));
        if (refused.isPresent()) {
            throw new AssertionError("expected room for " + nanos + ", was " + refused.get());
        }
        return id;
    }

    private Optional<Shortfall> tryReserve(long nanos, Account... accounts) {
        HoldId id = new HoldId(2, holds.incrementAndGet());
        return ledger.reserve(HoldRequest.of(id, Money.usd(nanos), List.of(accounts)));
    }

    private void ledgerSettles(HoldId hold, long nanos) {
        if (!ledger.settle(hold, Money.usd(nanos)).isCounted()) {
            throw new AssertionError("expected the settlement of " + hold + " to count");
        }
    }

    private static Account account(Budget budget) {
        return Account.of(budget, ANN, NOON, 0.8);
    }
}
