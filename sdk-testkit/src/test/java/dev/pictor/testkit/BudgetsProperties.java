package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.gateway.budget.Budget;
import dev.pictor.gateway.budget.BudgetExceededException;
import dev.pictor.gateway.budget.BudgetState;
import dev.pictor.gateway.budget.Budgets;
import dev.pictor.gateway.budget.Hold;
import dev.pictor.gateway.budget.MemoryLedger;
import dev.pictor.gateway.budget.Spender;
import dev.pictor.model.Money;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever calls cost and however they end, no limit is exceeded and no billionth is lost or counted twice. */
class BudgetsProperties {

    private static final int STEPS = 300;
    private static final int CALLS_PER_THREAD = 40;

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.pictor.testkit.Seeds#hundreds")
    @DisplayName("R1: over random costs, scopes and cancels the books are right after every step")
    void theBooksAreRightAfterEveryStep(long seed) {
        Random random = new Random(seed);
        VirtualTime time = VirtualTime.create();
        List<Budget> rules = rules(random);
        Budgets budgets = budgets(rules, MemoryLedger.create(time));
        List<Open> open = new ArrayList<>();
        Books books = new Books();

        for (int step = 0; step < STEPS; step++) {
            if (open.isEmpty() || random.nextInt(5) < 3) {
                Spender who = spender(random);
                Money cost = Money.usd(random.nextInt(40));
                boolean fits = rules.stream().allMatch(rule -> books.fits(rule, who, cost.nanos()));
                try {
                    open.add(new Open(who, budgets.reserve(who, cost, time)));
                    books.held(who, cost.nanos());
                    assertThat(fits).as("seed %d step %d let pass", seed, step).isTrue();
                } catch (BudgetExceededException e) {
                    assertThat(fits)
                            .as("seed %d step %d refused: %s", seed, step, e)
                            .isFalse();
                }
            } else {
                Open one = open.remove(random.nextInt(open.size()));
                long amount = one.hold.amount().nanos();
                long becomes = end(random, one.hold);
                books.ended(one.who, amount, becomes);
            }
            for (Spender who : SPENDERS) {
                for (BudgetState state : budgets.states(who, time)) {
                    assertThat(state.committed().nanos())
                            .as("seed %d step %d %s", seed, step, state)
                            .isEqualTo(books.committed(state.budget(), who));
                    assertThat(state.held().nanos()).isEqualTo(books.held(state.budget(), who));
                    assertThat(state.committed().nanos() + state.held().nanos())
                            .isLessThanOrEqualTo(state.limit().nanos());
                }
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.pictor.testkit.Seeds#hundreds")
    @DisplayName("R1, R3: the same from many threads, with ends that come twice and holds that nobody ends")
    void manyThreadsLoseNothing(long seed) throws Exception {
        VirtualTime time = VirtualTime.create();
        List<Budget> rules = rules(new Random(seed));
        Budgets budgets = budgets(rules, MemoryLedger.create(time));
        AtomicLong committed = new AtomicLong();

        SideBySide.run(thread -> {
            Random random = new Random(seed * SideBySide.THREADS + thread);
            for (int i = 0; i < CALLS_PER_THREAD; i++) {
                try {
                    Hold hold = budgets.reserve(spender(random), Money.usd(random.nextInt(40)), time);
                    boolean orphaned = random.nextInt(10) == 0;
                    committed.addAndGet(orphaned ? hold.amount().nanos() : end(random, hold));
                } catch (BudgetExceededException e) {
                    assertThat(e.asked().nanos()).isGreaterThan(e.left().nanos());
                }
            }
        });
        time.advance(Duration.ofHours(1));

        BudgetState all = budgets.states(SPENDERS.get(0), time).get(0);
        assertThat(all.committed()).as("seed %d", seed).isEqualTo(Money.usd(committed.get()));
        assertThat(all.held()).isEqualTo(Money.usd(0));
        assertThat(all.left().nanos()).isGreaterThanOrEqualTo(0);
    }

    /** Ends a hold in some way, sometimes twice, and returns what then counts as spent. */
    private static long end(Random random, Hold hold) {
        long amount = hold.amount().nanos();
        switch (random.nextInt(3)) {
            case 0 -> {
                long actual = amount == 0 ? 0 : random.nextLong(amount + 1);
                hold.settle(Money.usd(actual));
                hold.release();
                hold.settle(Money.usd(amount));
                return actual;
            }
            case 1 -> {
                hold.release();
                hold.keep();
                return 0;
            }
            default -> {
                hold.keep();
                hold.release();
                return amount;
            }
        }
    }

    private static final List<Spender> SPENDERS = List.of(
            Spender.of("acme", "ann", "painter", "run-1"),
            Spender.of("acme", "bob", "sketcher", "run-2"),
            Spender.of("other", "ann", "painter", "run-3"),
            Spender.of(null, null, "painter", "run-1"));

    private static Spender spender(Random random) {
        return SPENDERS.get(random.nextInt(SPENDERS.size()));
    }

    private static List<Budget> rules(Random random) {
        List<Budget> rules = new ArrayList<>();
        rules.add(Budget.of(Money.usd(600 + random.nextInt(1_000))).perDay(ZoneOffset.UTC));
        List<Budget> more = List.of(
                Budget.of(Money.usd(random.nextInt(500))).perTenant().perMonth(ZoneOffset.UTC),
                Budget.of(Money.usd(random.nextInt(500))).perUser(),
                Budget.of(Money.usd(random.nextInt(500))).perModel(),
                Budget.of(Money.usd(random.nextInt(500))).perRun());
        more.stream().filter(rule -> random.nextBoolean()).forEach(rules::add);
        return rules;
    }

    private static Budgets budgets(List<Budget> rules, MemoryLedger ledger) {
        var builder = Budgets.builder(ledger);
        rules.forEach(builder::add);
        return builder.build();
    }

    private record Open(Spender who, Hold hold) {}

    /** What each spender holds and spent, added up anew for each question. */
    private static final class Books {

        private final long[] held = new long[SPENDERS.size()];
        private final long[] committed = new long[SPENDERS.size()];

        void held(Spender who, long amount) {
            held[SPENDERS.indexOf(who)] += amount;
        }

        void ended(Spender who, long amount, long becomes) {
            held[SPENDERS.indexOf(who)] -= amount;
            committed[SPENDERS.indexOf(who)] += becomes;
        }

        boolean fits(Budget rule, Spender who, long amount) {
            return amount == 0
                    || committed(rule, who) + held(rule, who) + amount
                            <= rule.limit().nanos();
        }

        long committed(Budget rule, Spender who) {
            return sum(committed, rule, who);
        }

        long held(Budget rule, Spender who) {
            return sum(held, rule, who);
        }

        private static long sum(long[] amounts, Budget rule, Spender who) {
            long sum = 0;
            for (int i = 0; i < amounts.length; i++) {
                sum += together(rule, who, SPENDERS.get(i)) ? amounts[i] : 0;
            }
            return sum;
        }

        private static boolean together(Budget rule, Spender one, Spender other) {
            return switch (rule.scope()) {
                case GLOBAL -> true;
                case TENANT -> one.tenant().equals(other.tenant());
                case USER -> one.tenant().equals(other.tenant()) && one.user().equals(other.user());
                case MODEL -> one.model().equals(other.model());
                case RUN -> one.run().equals(other.run());
            };
        }
    }
}
