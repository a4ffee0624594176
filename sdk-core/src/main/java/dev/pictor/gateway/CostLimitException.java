package dev.pictor.gateway;

import dev.pictor.error.PictorException;
import dev.pictor.model.Money;
import java.io.Serial;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A call may cost more than its caller allows it, or nobody knows. Thrown before anything is sent. Thread-safe. */
public final class CostLimitException extends PictorException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final Money limit;
    private final @Nullable Money estimate;

    private final String modelId;

    CostLimitException(String modelId, Money limit, @Nullable Money estimate) {
        this(modelId, limit, estimate, null);
    }

    private CostLimitException(
            String modelId, Money limit, @Nullable Money estimate, @Nullable CostLimitException original) {
        super(
                estimate == null
                        ? "what " + modelId + " may cost is not known in " + limit.currency()
                                + ", and the call's limit is " + limit
                        : modelId + " may cost " + estimate + ", and the call's limit is " + limit,
                original);
        this.modelId = modelId;
        this.limit = limit;
        this.estimate = estimate;
    }

    /**
     * Returns the most that the call may cost.
     *
     * @return {@link CallOptions#maxCost()}, or the router's own limit
     */
    public Money limit() {
        return limit;
    }

    /**
     * Returns the most that it may cost at the model that was asked last.
     *
     * @return an amount, or empty if nobody knows
     */
    public Optional<Money> estimate() {
        return Optional.ofNullable(estimate);
    }

    @Override
    public CostLimitException forAnotherRun() {
        return new CostLimitException(modelId, limit, estimate, this);
    }

    @Override
    public boolean isRetryable() {
        return false;
    }
}
