package dev.pictor.gateway.budget;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.pictor.time.TimeSource;
import java.time.Instant;
import java.util.List;

/**
 * Which accounts a spender's calls are on, by the budgets of one currency. Remembers those of up to 10,000 spenders, so
 * that neither calls nor refusals work out days and months each time. Thread-safe.
 */
final class AccountBook {

    private static final int MAX_REMEMBERED = 10_000;

    private final List<Budget> budgets;
    private final double warnShare;
    private final boolean perRun;

    /** Maintenance on the caller's thread: no pool is touched. */
    private final Cache<Spender, List<Account>> remembered = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .executor(Runnable::run)
            .build();

    AccountBook(List<Budget> budgets, double warnShare) {
        this.budgets = budgets;
        this.warnShare = warnShare;
        this.perRun = budgets.stream().anyMatch(budget -> budget.scope() == BudgetScope.RUN);
    }

    List<Account> accounts(Spender who, TimeSource time) {
        long now = time.clock().millis();
        Spender key = perRun ? who : who.inAnyRun();
        List<Account> known = remembered.getIfPresent(key);
        if (known != null && areAt(now, known)) {
            return known;
        }
        Instant moment = Instant.ofEpochMilli(now);
        List<Account> found = budgets.stream()
                .map(budget -> Account.of(budget, who, moment, warnShare))
                .toList();
        remembered.put(key, found);
        return found;
    }

    private static boolean areAt(long now, List<Account> accounts) {
        for (int i = 0; i < accounts.size(); i++) {
            if (!accounts.get(i).isAt(now)) {
                return false;
            }
        }
        return true;
    }
}
