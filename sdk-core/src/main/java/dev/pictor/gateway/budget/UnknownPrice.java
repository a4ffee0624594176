package dev.pictor.gateway.budget;

import static java.util.Objects.requireNonNull;

import dev.pictor.model.Money;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What budgets do with a call whose price nobody knows. It never counts as free. Immutable. */
public final class UnknownPrice {

    private static final UnknownPrice REFUSE = new UnknownPrice(null);

    private final @Nullable Money worstCase;

    private UnknownPrice(@Nullable Money worstCase) {
        this.worstCase = worstCase;
    }

    /**
     * Refuses the call with {@link UnknownPriceException}.
     *
     * @return the policy
     */
    public static UnknownPrice refuse() {
        return REFUSE;
    }

    /**
     * Takes the call to cost so much, until somebody knows better.
     *
     * @param worstCase the most that such a call may cost
     * @return the policy
     */
    public static UnknownPrice assume(Money worstCase) {
        return new UnknownPrice(requireNonNull(worstCase, "worstCase"));
    }

    /**
     * Returns what such a call is taken to cost.
     *
     * @return an amount, or empty if such calls are refused
     */
    public Optional<Money> worstCase() {
        return Optional.ofNullable(worstCase);
    }
}
