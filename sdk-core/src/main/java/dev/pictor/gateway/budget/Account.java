package dev.pictor.gateway.budget;

import dev.pictor.model.Money;
import java.io.Serial;
import java.io.Serializable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a budget's spending is counted: one account for each spender and period. Equal if the same spending is counted;
 * the limit may differ, so that a changed limit does not begin anew. Immutable.
 */
public final class Account implements Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    private final Budget budget;
    private final @Nullable String tenant;
    private final @Nullable String owner;
    private final long start;
    private final long end;
    private final long warnAt;
    private final int hash;

    private Account(Budget budget, @Nullable String tenant, @Nullable String owner, long start, long end, long warnAt) {
        this.budget = budget;
        this.tenant = tenant;
        this.owner = owner;
        this.start = start;
        this.end = end;
        this.warnAt = warnAt;
        this.hash = Objects.hash(
                budget.scope(), budget.period(), budget.zone(), budget.limit().currency(), tenant, owner, start);
    }

    /**
     * Returns the account of a spender at a moment.
     *
     * @param budget the rule
     * @param who who spends
     * @param now the moment
     * @param warnShare the share of the limit to warn at, 0 to 1
     * @return the account
     */
    public static Account of(Budget budget, Spender who, Instant now, double warnShare) {
        BudgetScope scope = budget.scope();
        boolean inTenant = scope == BudgetScope.TENANT || scope == BudgetScope.USER;
        String owner = switch (scope) {
            case GLOBAL, TENANT -> null;
            case USER -> who.user().orElse(null);
            case MODEL -> who.model();
            case RUN -> who.run();
        };
        ZoneId zone = budget.zone();
        LocalDate today = LocalDate.ofInstant(now, zone);
        LocalDate first = budget.period() == BudgetPeriod.MONTH ? today.withDayOfMonth(1) : today;
        LocalDate next = budget.period() == BudgetPeriod.MONTH ? first.plusMonths(1) : first.plusDays(1);
        boolean ends = budget.period() != BudgetPeriod.TOTAL;
        return new Account(
                budget,
                inTenant ? who.tenant().orElse(null) : null,
                owner,
                ends ? first.atStartOfDay(zone).toInstant().toEpochMilli() : Long.MIN_VALUE,
                ends ? next.atStartOfDay(zone).toInstant().toEpochMilli() : Long.MAX_VALUE,
                warnAt(budget.limit().nanos(), warnShare));
    }

    private static long warnAt(long limit, double share) {
        return Math.max(1, Math.min(limit, (long) Math.ceil(limit * share)));
    }

    /**
     * Returns the rule.
     *
     * @return the budget
     */
    public Budget budget() {
        return budget;
    }

    /**
     * Returns the tenant whose account it is, or in which the user is.
     *
     * @return its id; empty if there is none or it does not matter
     */
    public Optional<String> tenant() {
        return Optional.ofNullable(tenant);
    }

    /**
     * Returns the user, model or run whose account it is.
     *
     * @return its id; empty if the account is for all, for a tenant, or for calls without a user
     */
    public Optional<String> owner() {
        return Optional.ofNullable(owner);
    }

    /**
     * Returns when the period began.
     *
     * @return the first moment, or empty if there is no period
     */
    public Optional<Instant> start() {
        return start == Long.MIN_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(start));
    }

    /**
     * Returns when spending begins anew on the account that follows.
     *
     * @return the first moment after the period, or empty if there is no period
     */
    public Optional<Instant> end() {
        return end == Long.MAX_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(end));
    }

    /**
     * Returns the committed amount to warn at.
     *
     * @return an amount up to the limit
     */
    public Money warnAt() {
        return new Money(warnAt, budget.limit().currency());
    }

    /**
     * Returns a name that no other account has, for stores that need one.
     *
     * @return currency, scope, period, zone, start in milliseconds, tenant and owner, each percent-encoded, between slashes
     */
    public String name() {
        StringBuilder name = new StringBuilder();
        for (Object part : new Object[] {
            budget.limit().currency(),
            budget.scope(),
            budget.period(),
            budget.zone(),
            start().map(Instant::toEpochMilli).map(String::valueOf).orElse("")
        }) {
            name.append(encoded(part.toString())).append('/');
        }
        // a tilde before what is there: no user is not the user without a name
        return name.append(tenant == null ? "" : "~" + encoded(tenant))
                .append('/')
                .append(owner == null ? "" : "~" + encoded(owner))
                .toString();
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8);
    }

    boolean isAt(long millis) {
        return start <= millis && millis < end;
    }

    long limitNanos() {
        return budget.limit().nanos();
    }

    long warnAtNanos() {
        return warnAt;
    }

    long startMillis() {
        return start;
    }

    long endMillis() {
        return end;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Account that
                        && hash == that.hash
                        && start == that.start
                        && budget.countsLike(that.budget)
                        && Objects.equals(tenant, that.tenant)
                        && Objects.equals(owner, that.owner));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /**
     * Returns the rule and the period, without whose account it is: ids of users are nobody's business.
     *
     * @return a line
     */
    @Override
    public String toString() {
        return budget + start().map(from -> " from " + from).orElse("");
    }
}
