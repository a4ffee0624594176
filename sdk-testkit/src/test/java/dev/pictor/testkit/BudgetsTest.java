package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import dev.pictor.gateway.budget.Account;
import dev.pictor.gateway.budget.Balance;
import dev.pictor.gateway.budget.Budget;
import dev.pictor.gateway.budget.BudgetExceededException;
import dev.pictor.gateway.budget.BudgetListener;
import dev.pictor.gateway.budget.BudgetState;
import dev.pictor.gateway.budget.Budgets;
import dev.pictor.gateway.budget.Hold;
import dev.pictor.gateway.budget.HoldId;
import dev.pictor.gateway.budget.HoldRequest;
import dev.pictor.gateway.budget.Ledger;
import dev.pictor.gateway.budget.MemoryLedger;
import dev.pictor.gateway.budget.Settlement;
import dev.pictor.gateway.budget.Shortfall;
import dev.pictor.gateway.budget.Spender;
import dev.pictor.gateway.budget.UnknownPrice;
import dev.pictor.gateway.budget.UnknownPriceException;
import dev.pictor.model.Money;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BudgetsTest {

    private static final Spender ANN = Spender.of("acme", "ann", "painter", "run-1");
    private static final Spender BOB = Spender.of("acme", "bob", "painter", "run-2");
    private static final Money CREDIT = new Money(1_000_000_000, "credits");
    private static final Money DIME = Money.usd(100_000_000);

    private final VirtualTime time = VirtualTime.at(Instant.parse("2026-03-01T12:00:00Z"));
    private final MemoryLedger ledger = MemoryLedger.create(time);
    private final Heard heard = new Heard();

    @Nested
    @DisplayName("R1: money is held before it is spent, and the limit is never exceeded")
    class Limits {

        @Test
        @DisplayName("R1: of 1,000 calls at once under $5, at $0.134 each, exactly 37 succeed")
        void ofAThousandCallsAtOnceThoseThatFitSucceed() throws Exception {
            Budgets budgets = budgets(Budget.usd("5"), Budget.usd("100").perUser());
            Money cost = Money.usd(134_000_000);
            AtomicInteger succeeded = new AtomicInteger();
            AtomicInteger refused = new AtomicInteger();
            CountDownLatch start = new CountDownLatch(1);
            List<Thread> calls = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                Thread call = new Thread(() -> {
                    try {
                        start.await();
                        Hold hold = budgets.reserve(ANN, cost, time);
                        hold.settle(cost);
                        succeeded.incrementAndGet();
                    } catch (BudgetExceededException e) {
                        refused.incrementAndGet();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
                call.start();
                calls.add(call);
            }
            start.countDown();
            for (Thread call : calls) {
                call.join(TimeUnit.SECONDS.toMillis(60));
            }

            assertThat(succeeded).hasValue(37);
            assertThat(refused).hasValue(963);
            assertThat(state(budgets, ANN).committed()).isEqualTo(Money.usd(37 * cost.nanos()));
            assertThat(state(budgets, ANN).held()).isEqualTo(Money.usd(0));
        }

        @Test
        void aRefusalSaysWhatIsLeftAndWhenItBeginsAnew() {
            Budgets budgets = budgets(Budget.usd("1").perUser().perDay(ZoneId.of("Europe/Berlin")));
            budgets.reserve(ANN, Money.usd(500_000_000), time).settle(Money.usd(300_000_000));
            Money held = budgets.reserve(ANN, Money.usd(620_000_000), time).amount();

            BudgetExceededException refusal = catchThrowableOfType(
                    BudgetExceededException.class,
                    () -> budgets.reserve(ANN, DIME, time).release());

            assertThat(refusal)
                    .hasMessage("the budget of $1 per user and day (Europe/Berlin) has $0.08 left and the call may cost"
                            + " $0.1; $0.3 are spent, $0.62 held; it begins anew at 2026-03-01T23:00:00Z");
            assertThat(refusal.limit()).isEqualTo(Money.usd(1_000_000_000));
            assertThat(refusal.committed()).isEqualTo(Money.usd(300_000_000));
            assertThat(refusal.held()).isEqualTo(held);
            assertThat(refusal.asked()).isEqualTo(DIME);
            assertThat(refusal.left()).isEqualTo(Money.usd(80_000_000));
            assertThat(refusal.resetsAt()).contains(Instant.parse("2026-03-01T23:00:00Z"));
            assertThat(refusal.isRetryable()).isFalse();
            assertThat(refusal.getStackTrace()).isEmpty();
        }

        @Test
        void aNewDayBeginsAtMidnightOfTheZone() {
            Budgets budgets = budgets(Budget.of(DIME).perDay(ZoneId.of("Europe/Berlin")));
            spend(budgets, ANN, DIME);

            time.advance(Duration.ofHours(11).minusMillis(1));
            assertRefused(budgets, ANN, DIME);
            time.advance(Duration.ofMillis(1));

            assertThatCode(() -> spend(budgets, ANN, DIME)).doesNotThrowAnyException();
        }

        @Test
        void callsWithoutAUserShareOneAccount() {
            Budgets budgets = budgets(Budget.of(DIME).perUser());
            spend(budgets, Spender.of("acme", null, "painter", "run-1"), DIME);

            assertRefused(budgets, Spender.of("acme", null, "painter", "run-2"), DIME);
            assertThatCode(() -> spend(budgets, ANN, DIME)).doesNotThrowAnyException();
        }

        @Test
        void eachRunHasItsOwnBudgetEvenForOneUser() {
            Budgets budgets = budgets(Budget.of(DIME).perRun());
            spend(budgets, ANN, DIME);

            assertRefused(budgets, ANN, DIME);
            assertThatCode(() -> spend(budgets, Spender.of("acme", "ann", "painter", "run-9"), DIME))
                    .doesNotThrowAnyException();
        }

        @Test
        void creditsAreACurrencyLikeDollars() {
            Budgets budgets = budgets(Budget.of(CREDIT), Budget.of(DIME));
            spend(budgets, ANN, CREDIT);

            assertRefused(budgets, ANN, CREDIT);
            assertThatCode(() -> spend(budgets, ANN, DIME)).doesNotThrowAnyException();
            assertThat(budgets.reserve(ANN, new Money(9, "EUR"), time).amount()).isEqualTo(Money.usd(0));
        }

        @Test
        @DisplayName("P8: a refusal takes at most 200 bytes")
        void aRefusalIsSmall() {
            Budgets budgets = budgets(
                    Budget.of(DIME),
                    Budget.usd("9").perTenant(),
                    Budget.usd("9").perUser().perDay(ZoneOffset.UTC),
                    Budget.usd("9").perModel());
            spend(budgets, ANN, DIME);
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            int refusals = 20_000;
            long least = Long.MAX_VALUE;

            for (int round = 0; round < 5; round++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < refusals; i++) {
                    assertRefusedQuickly(budgets);
                }
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            }

            assertThat(least / refusals).isLessThanOrEqualTo(200);
        }

        private void assertRefusedQuickly(Budgets budgets) {
            try {
                budgets.reserve(ANN, DIME, time).release();
            } catch (BudgetExceededException expected) {
                return;
            }
            throw new AssertionError("expected a refusal");
        }
    }

    @Nested
    @DisplayName("R4: what a hold becomes")
    class Ends {

        private final Budgets budgets = budgets(Budget.usd("1"));
        private final Hold hold = budgets.reserve(ANN, DIME, time);

        @Test
        void isSpentByTheActualCost() {
            hold.settle(Money.usd(40));

            assertStands(Money.usd(40), Money.usd(0), Money.usd(0));
        }

        @Test
        void isGivenBackIfNothingWasSent() {
            hold.release();

            assertStands(Money.usd(0), Money.usd(0), Money.usd(0));
        }

        @Test
        void staysChargedAndIsShownIfTheOutcomeIsUnknown() {
            hold.keep();
            hold.release();

            assertStands(DIME, DIME, Money.usd(0));
        }

        @Test
        void staysChargedIfNobodyEndsIt() {
            assertStands(Money.usd(0), Money.usd(0), DIME);

            time.advance(Duration.ofMinutes(15));

            assertStands(DIME, DIME, Money.usd(0));
        }

        @Test
        void countsInFullAndIsToldIfItCostMore() {
            hold.settle(Money.usd(2_000_000_000));
            hold.settle(Money.usd(2_000_000_000));

            assertThat(state(budgets, ANN).committed()).isEqualTo(Money.usd(2_000_000_000));
            assertThat(state(budgets, ANN).left()).isEqualTo(Money.usd(0));
            assertThat(state(budgets, ANN).shareUsed()).isEqualTo(2);
            assertThat(heard.costMore).containsExactly("ann held $0.1 cost $2");
        }

        @Test
        void refusesAnotherCurrency() {
            assertThatThrownBy(() -> hold.settle(CREDIT))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("cannot settle a hold of $0.1 with credits 1");
        }

        private void assertStands(Money committed, Money unknown, Money held) {
            BudgetState state = state(budgets, ANN);
            assertThat(List.of(state.committed(), state.unknown(), state.held()))
                    .containsExactly(committed, unknown, held);
        }
    }

    @Nested
    @DisplayName("R5: an unknown price is never free")
    class UnknownPrices {

        @Test
        void isRefusedUnderABudget() {
            Budgets budgets = budgets(Budget.usd("5").perUser());

            UnknownPriceException refusal = catchThrowableOfType(
                    UnknownPriceException.class,
                    () -> budgets.reserve(ANN, null, time).release());

            assertThat(refusal)
                    .hasMessage("the price of painter is not known, and there is a budget of $5 per user in total; add"
                            + " the price, or let unknown prices be assumed");
            assertThat(refusal.modelId()).isEqualTo("painter");
            assertThat(refusal.budget()).isEqualTo(Budget.usd("5").perUser());
            assertThat(refusal.isRetryable()).isFalse();
        }

        @Test
        void isTakenAsTheWorstCaseIfOneIsSet() {
            Budgets budgets = Budgets.builder(ledger)
                    .add(Budget.usd("1"))
                    .unknownPrice(UnknownPrice.assume(Money.usd(600_000_000)))
                    .build();

            Hold hold = budgets.reserve(ANN, null, time);

            assertThat(hold.amount()).isEqualTo(Money.usd(600_000_000));
            assertRefused(budgets, ANN, null);
            hold.keep();
            assertThat(state(budgets, ANN).unknown()).isEqualTo(Money.usd(600_000_000));
        }

        @Test
        void passesWithoutABudget() {
            Hold hold = Budgets.none().reserve(ANN, null, time);

            hold.settle(DIME);
            hold.keep();
            hold.release();

            assertThat(hold.amount()).isEqualTo(Money.usd(0));
            assertThat(Budgets.none().shareUsed(ANN, time)).isZero();
            assertThat(Budgets.none().states(ANN, time)).isEmpty();
        }

        @Test
        void isNotAssumedInACurrencyWithoutABudget() {
            assertThatThrownBy(() -> Budgets.builder(ledger)
                            .add(Budget.usd("1"))
                            .unknownPrice(UnknownPrice.assume(CREDIT))
                            .build())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("no budget is in the currency of the assumed price credits 1");
        }
    }

    @Nested
    class Warnings {

        private final Budgets budgets = budgets(Budget.usd("1").perUser().perDay(ZoneOffset.UTC));

        @Test
        void comeOnceForEachUserAndDay() {
            spend(budgets, ANN, Money.usd(700_000_000));
            assertThat(heard.near).isEmpty();

            spend(budgets, ANN, DIME);
            spend(budgets, ANN, DIME);
            spend(budgets, BOB, Money.usd(900_000_000));
            time.advance(Duration.ofDays(1));
            spend(budgets, ANN, Money.usd(900_000_000));

            assertThat(heard.near)
                    .containsExactly(
                            "ann $1 per user and day (Z): $0.8 spent, $0 held, $0.2 left",
                            "bob $1 per user and day (Z): $0.9 spent, $0 held, $0.1 left",
                            "ann $1 per user and day (Z): $0.9 spent, $0 held, $0.1 left");
        }

        @Test
        void thatFailDoNotFailTheCall() {
            Budgets failing = Budgets.builder(ledger)
                    .add(Budget.usd("1"))
                    .listener(new BudgetListener() {
                        @Override
                        public void nearLimit(BudgetState state) {
                            throw new IllegalStateException("injected");
                        }
                    })
                    .build();

            assertThatCode(() -> spend(failing, ANN, Money.usd(1_000_000_000))).doesNotThrowAnyException();
            assertThat(state(failing, ANN).committed()).isEqualTo(Money.usd(1_000_000_000));
        }

        @Test
        void refuseAShareOutsideTheirRange() {
            assertThatThrownBy(() -> Budgets.builder(ledger).warnAt(1.01))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the share to warn at must be above 0 and up to 1, was 1.01");
        }
    }

    @Nested
    class States {

        @Test
        void showEveryBudgetOfASpender() {
            Budgets budgets = budgets(Budget.usd("1"), Budget.usd("0.2").perUser(), Budget.of(CREDIT));
            Money held = budgets.reserve(ANN, DIME, time).amount();

            assertThat(held).isEqualTo(DIME);
            assertThat(budgets.states(ANN, time))
                    .extracting(BudgetState::toString)
                    .containsExactly(
                            "$1 in total: $0 spent, $0.1 held, $0.9 left",
                            "$0.2 per user in total: $0 spent, $0.1 held, $0.1 left",
                            "credits 1 in total: credits 0 spent, credits 0 held, credits 1 left");
            assertThat(budgets.shareUsed(ANN, time)).isEqualTo(0.5);
            assertThat(budgets.shareUsed(BOB, time)).isEqualTo(0.1);
        }

        @Test
        void cannotCountTheSameSpendingTwice() {
            assertThatThrownBy(() ->
                            budgets(Budget.usd("1").perUser(), Budget.usd("2").perUser()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("a budget of $1 per user in total is there already, cannot add $2 per user in total");
        }
    }

    @Nested
    class FailingLedgers {

        private final Budgets budgets =
                Budgets.builder(new BrokenLedger(ledger)).add(Budget.usd("1")).build();

        @Test
        void costNobodyTheAnswer() {
            Hold hold = budgets.reserve(ANN, DIME, time);

            assertThatCode(() -> hold.settle(DIME)).doesNotThrowAnyException();
            assertThatCode(hold::keep).doesNotThrowAnyException();
            assertThatCode(hold::release).doesNotThrowAnyException();

            time.advance(Duration.ofMinutes(15));
            assertThat(state(budgets, ANN).unknown()).isEqualTo(DIME);
        }
    }

    private Budgets budgets(Budget... rules) {
        var builder = Budgets.builder(ledger).listener(heard);
        for (Budget rule : rules) {
            builder.add(rule);
        }
        return builder.build();
    }

    private void spend(Budgets budgets, Spender who, Money amount) {
        budgets.reserve(who, amount, time).settle(amount);
    }

    private void assertRefused(Budgets budgets, Spender who, @Nullable Money amount) {
        assertThatThrownBy(() -> budgets.reserve(who, amount, time).release())
                .isInstanceOf(BudgetExceededException.class);
    }

    private BudgetState state(Budgets budgets, Spender who) {
        return budgets.states(who, time).get(0);
    }

    /** Notes what it hears. */
    private static final class Heard implements BudgetListener {

        private final List<String> near = new ArrayList<>();
        private final List<String> costMore = new ArrayList<>();

        @Override
        public void nearLimit(BudgetState state) {
            near.add(state.account().owner().orElse("all") + " " + state);
        }

        @Override
        public void costMoreThanHeld(Spender who, Money held, Money actual) {
            costMore.add(who.user().orElse("nobody") + " held " + held + " cost " + actual);
        }
    }

    /** Holds, and fails at every end, like a store whose connection is gone. */
    private record BrokenLedger(Ledger inner) implements Ledger {

        @Override
        public Optional<Shortfall> reserve(HoldRequest request) {
            return inner.reserve(request);
        }

        @Override
        public Settlement settle(HoldId hold, Money actual) {
            throw new IllegalStateException("injected");
        }

        @Override
        public Settlement release(HoldId hold) {
            throw new IllegalStateException("injected");
        }

        @Override
        public Settlement keep(HoldId hold) {
            throw new IllegalStateException("injected");
        }

        @Override
        public Balance balance(Account account) {
            return inner.balance(account);
        }
    }
}
