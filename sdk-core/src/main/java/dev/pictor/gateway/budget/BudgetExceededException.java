package dev.pictor.gateway.budget;

import dev.pictor.error.PictorException;
import dev.pictor.model.Money;
import java.io.Serial;
import java.time.Instant;
import java.util.Optional;

/**
 * A call may cost more than a budget has left. Thrown before anything is sent or spent. It has no stack trace, since such
 * refusals come in floods. Thread-safe.
 */
public final class BudgetExceededException extends PictorException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final Shortfall shortfall;
    private final Money asked;

    BudgetExceededException(Shortfall shortfall, Money asked) {
        this.shortfall = shortfall;
        this.asked = asked;
    }

    /**
     * Returns the rule that refused.
     *
     * @return the budget
     */
    public Budget budget() {
        return shortfall.account().budget();
    }

    /**
     * Returns the most that may be spent.
     *
     * @return the limit
     */
    public Money limit() {
        return budget().limit();
    }

    /**
     * Returns what counted as spent.
     *
     * @return an amount
     */
    public Money committed() {
        return money(shortfall.committed());
    }

    /**
     * Returns what was set aside for other calls under way. Some of it may come back.
     *
     * @return an amount
     */
    public Money held() {
        return money(shortfall.held());
    }

    /**
     * Returns the most that the call may cost.
     *
     * @return an amount
     */
    public Money asked() {
        return asked;
    }

    /**
     * Returns what was left.
     *
     * @return an amount, less than was asked
     */
    public Money left() {
        return money(Math.max(0, limit().nanos() - shortfall.committed() - shortfall.held()));
    }

    /**
     * Returns when the budget begins anew.
     *
     * @return the moment, or empty if it never does
     */
    public Optional<Instant> resetsAt() {
        return shortfall.account().end();
    }

    @Override
    public BudgetExceededException forAnotherRun() {
        return new BudgetExceededException(shortfall, asked);
    }

    /**
     * Returns false: the same call at once would be refused again.
     *
     * @return false
     */
    @Override
    public boolean isRetryable() {
        return false;
    }

    @Override
    protected String describe() {
        return "the budget of " + budget() + " has " + left() + " left and the call may cost " + asked + "; "
                + committed() + " are spent, " + held() + " held"
                + resetsAt().map(when -> "; it begins anew at " + when).orElse("");
    }

    private Money money(long nanos) {
        return new Money(nanos, limit().currency());
    }
}
