package dev.pictor.gateway.budget;

import static java.util.Objects.requireNonNull;

import dev.pictor.model.Money;
import java.io.Serial;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Objects;

/**
 * How much may be spent, by whom and in which time. Reads like a sentence:
 * {@code Budget.usd("10").perUser().perDay(zone)}. Says nothing else: {@link Budgets} enforce it. Immutable.
 *
 * <p>Without a scope it is for all together, without a period for ever.
 */
public final class Budget implements Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final int NANO_DIGITS = 9;

    private final Money limit;
    private final BudgetScope scope;
    private final BudgetPeriod period;
    private final ZoneId zone;

    private Budget(Money limit, BudgetScope scope, BudgetPeriod period, ZoneId zone) {
        this.limit = limit;
        this.scope = scope;
        this.period = period;
        this.zone = zone;
    }

    /**
     * Returns a budget for all together and for ever.
     *
     * @param limit the most that may be spent; what is held for calls under way counts. Zero refuses everything that costs
     * @return the budget
     */
    public static Budget of(Money limit) {
        return new Budget(requireNonNull(limit, "limit"), BudgetScope.GLOBAL, BudgetPeriod.TOTAL, ZoneOffset.UTC);
    }

    /**
     * Returns a budget in US dollars for all together and for ever.
     *
     * @param dollars a decimal such as {@code "10"} or {@code "0.50"}, not negative, at most nine decimals
     * @return the budget
     * @throws IllegalArgumentException if it is not such a number
     */
    public static Budget usd(String dollars) {
        try {
            return of(Money.usd(
                    new BigDecimal(dollars).movePointRight(NANO_DIGITS).longValueExact()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("dollars must be a decimal such as 10 or 0.50, was " + dollars, e);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "dollars must have at most nine decimals and be at most 9 billion, was " + dollars, e);
        }
    }

    /**
     * Gives each tenant as much. Calls without a tenant share one account.
     *
     * @return the narrower budget
     * @throws IllegalStateException if the budget has a scope
     */
    public Budget perTenant() {
        return per(BudgetScope.TENANT);
    }

    /**
     * Gives each user as much. The same name in two tenants is two users. Calls without a user share one account in each
     * tenant, so that leaving out the user is no way around the budget.
     *
     * @return the narrower budget
     * @throws IllegalStateException if the budget has a scope
     */
    public Budget perUser() {
        return per(BudgetScope.USER);
    }

    /**
     * Allows as much on each model.
     *
     * @return the narrower budget
     * @throws IllegalStateException if the budget has a scope
     */
    public Budget perModel() {
        return per(BudgetScope.MODEL);
    }

    /**
     * Gives each run as much. A run's account is forgotten a day after its last call.
     *
     * @return the narrower budget
     * @throws IllegalStateException if the budget has a scope
     */
    public Budget perRun() {
        return per(BudgetScope.RUN);
    }

    /**
     * Allows as much each day, from midnight to midnight. What is held before midnight and spent after it counts on the
     * day on which it was held.
     *
     * @param zone where it is midnight
     * @return the narrower budget
     * @throws IllegalStateException if the budget has a period
     */
    public Budget perDay(ZoneId zone) {
        return per(BudgetPeriod.DAY, zone);
    }

    /**
     * Allows as much each calendar month.
     *
     * @param zone where the month begins
     * @return the narrower budget
     * @throws IllegalStateException if the budget has a period
     */
    public Budget perMonth(ZoneId zone) {
        return per(BudgetPeriod.MONTH, zone);
    }

    private Budget per(BudgetScope narrower) {
        if (scope != BudgetScope.GLOBAL) {
            throw new IllegalStateException("the budget is already per " + word(scope));
        }
        return new Budget(limit, narrower, period, zone);
    }

    private Budget per(BudgetPeriod shorter, ZoneId where) {
        if (period != BudgetPeriod.TOTAL) {
            throw new IllegalStateException("the budget is already per " + word(period));
        }
        return new Budget(limit, scope, shorter, requireNonNull(where, "zone"));
    }

    /**
     * Returns the most that may be spent.
     *
     * @return the limit
     */
    public Money limit() {
        return limit;
    }

    /**
     * Returns whose spending counts together.
     *
     * @return the scope
     */
    public BudgetScope scope() {
        return scope;
    }

    /**
     * Returns when it begins anew.
     *
     * @return the period
     */
    public BudgetPeriod period() {
        return period;
    }

    /**
     * Returns where days and months begin.
     *
     * @return the zone; UTC if there is no period
     */
    public ZoneId zone() {
        return zone;
    }

    /** Whether both count the same spending: they differ in the limit at most. */
    boolean countsLike(Budget other) {
        return scope == other.scope
                && period == other.period
                && zone.equals(other.zone)
                && limit.currency().equals(other.limit.currency());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Budget that && countsLike(that) && limit.nanos() == that.limit.nanos();
    }

    @Override
    public int hashCode() {
        return Objects.hash(limit, scope, period, zone);
    }

    /**
     * Returns the budget in words.
     *
     * @return such as {@code $10 per user and day (Europe/Berlin)}
     */
    @Override
    public String toString() {
        StringBuilder words = new StringBuilder(limit.toString());
        if (scope != BudgetScope.GLOBAL) {
            words.append(" per ").append(word(scope));
        }
        if (period == BudgetPeriod.TOTAL) {
            return words.append(" in total").toString();
        }
        return words.append(scope == BudgetScope.GLOBAL ? " per " : " and ")
                .append(word(period))
                .append(" (")
                .append(zone)
                .append(')')
                .toString();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
