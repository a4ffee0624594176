package dev.pictor.gateway.budget;

import dev.pictor.error.PictorException;
import java.io.Serial;

/**
 * Nobody knows what a call may cost, and there is a budget to keep. Thrown before anything is sent or spent. Thread-safe.
 */
public final class UnknownPriceException extends PictorException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String modelId;
    private final Budget budget;

    UnknownPriceException(String modelId, Budget budget) {
        this.modelId = modelId;
        this.budget = budget;
    }

    /**
     * Returns the model without a price.
     *
     * @return its id
     */
    public String modelId() {
        return modelId;
    }

    /**
     * Returns the budget that cannot be kept; the first if there are several.
     *
     * @return the budget
     */
    public Budget budget() {
        return budget;
    }

    @Override
    public UnknownPriceException forAnotherRun() {
        return new UnknownPriceException(modelId, budget);
    }

    @Override
    public boolean isRetryable() {
        return false;
    }

    @Override
    protected String describe() {
        return "the price of " + modelId + " is not known, and there is a budget of " + budget
                + "; add the price, or let unknown prices be assumed";
    }
}
