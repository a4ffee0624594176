package dev.pictor.benchmarks.load;

import dev.pictor.gateway.budget.BudgetScope;
import dev.pictor.gateway.budget.BudgetState;
import dev.pictor.gateway.budget.Budgets;
import dev.pictor.gateway.budget.Spender;
import dev.pictor.testkit.FakeProvider;
import dev.pictor.testkit.Fault;
import dev.pictor.time.TimeSource;
import java.util.List;

/**
 * Compares three books that were kept apart: the ledger's, the adapters' and the providers'. All sums are whole numbers of
 * billionths of a dollar, and compared as such.
 */
final class Money {

    private final Budgets budgets;
    private final TimeSource time;
    private final List<Account> accounts;

    /** What is known of one model. Every picture has the same price, so that money can be counted in attempts. */
    record Account(String model, long priceNanos, CountingModel adapter, FakeProvider provider) {}

    Money(Budgets budgets, TimeSource time, List<Account> accounts) {
        this.budgets = budgets;
        this.time = time;
        this.accounts = accounts;
    }

    void tell(Figures figures) {
        long committed = 0;
        for (Account account : accounts) {
            BudgetState state = state(account.model(), BudgetScope.MODEL);
            tell(figures, account, state);
            committed += state.committed().nanos();
        }
        BudgetState all = state(accounts.get(0).model(), BudgetScope.GLOBAL);
        figures.add(Figure.told("R28", "ledger, spent in all", committed / 1e9, "USD"));
        differ(
                figures,
                "ledger, all together less the sum of its models",
                all.committed().nanos() - committed);
    }

    private void tell(Figures figures, Account account, BudgetState state) {
        long price = account.priceNanos();
        CountingModel adapter = account.adapter();
        String who = account.model() + ": ";
        long settled = state.committed().nanos() - state.unknown().nanos();
        differ(figures, who + "ledger, settled less what succeeded", settled - price * adapter.succeeded.sum());
        differ(
                figures,
                who + "ledger, unknown less what may be charged",
                state.unknown().nanos() - price * adapter.kept());
        differ(figures, who + "ledger, still held", state.held().nanos());
        long billed = price * account.provider().billed();
        long surplus = state.committed().nanos() - billed;
        figures.add(Figure.told("R28", who + "provider charged", billed / 1e9, "USD"));
        figures.add(Figure.told("R28", who + "ledger, settled", settled / 1e9, "USD"));
        figures.add(Figure.told(
                "R28", who + "ledger, unknown and kept", state.unknown().nanos() / 1e9, "USD"));
        differ(figures, who + "provider charged, ledger did not count", Math.max(0, -surplus));
        differ(figures, who + "ledger settled, provider did not charge", Math.max(0, settled - billed));
        figures.add(Figure.atMost(
                "R28",
                who + "kept for calls that were stopped and never charged",
                surplus / 1e9,
                "USD",
                price * adapter.stopped.sum() / 1e9));
    }

    private static void differ(Figures figures, String what, long nanos) {
        figures.add(Figure.atMost("R28", what, Math.abs(nanos) / 1e9, "USD", 0));
    }

    private BudgetState state(String model, BudgetScope scope) {
        return budgets.states(Spender.of("tenant", "user 0", model, "run"), time).stream()
                .filter(state -> state.budget().scope() == scope)
                .findFirst()
                .orElseThrow();
    }

    long requests() {
        return accounts.stream()
                .mapToLong(account -> account.provider().requests())
                .sum();
    }

    /** Attempts that failed beyond the number of faults that were put in; cancelled ones left out. */
    long unexplained() {
        return accounts.stream()
                .mapToLong(account -> {
                    FakeProvider provider = account.provider();
                    long faults = provider.requests() - provider.count(Fault.Kind.NONE);
                    return Math.max(0, account.adapter().failed() - faults);
                })
                .sum();
    }
}
