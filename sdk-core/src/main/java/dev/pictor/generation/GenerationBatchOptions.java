package dev.pictor.generation;

import dev.pictor.model.Money;
import dev.pictor.pipeline.RunOptions;
import java.util.Optional;
import org.immutables.value.Value;

/** How many requests are under way at once, what they may cost and who hears of them. Immutable. */
@Value.Immutable
public abstract class GenerationBatchOptions {

    private static final int MAX_CONCURRENCY = 64;
    private static final GenerationBatchOptions DEFAULTS = builder().build();

    GenerationBatchOptions() {}

    /**
     * Returns the defaults.
     *
     * @return four requests at once, no limit of cost, on to the end whatever fails
     */
    public static GenerationBatchOptions ofDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns a builder with the defaults.
     *
     * @return a new builder
     */
    public static GenerationBatchOptionsBuilder builder() {
        return new GenerationBatchOptionsBuilder();
    }

    /**
     * How many requests are under way at once. Default: 4.
     *
     * @return 1 to 64
     */
    @Value.Default
    public int concurrency() {
        return 4;
    }

    /**
     * What all requests together may cost. A request is taken to cost {@link #expectedCost()} for each of its pictures until it
     * is over; where one more might go beyond the limit, no more are started. What may have been charged without anyone
     * knowing how much counts as what it was taken to cost, and where nobody knows even that, no more are started. The
     * limit bounds its own currency only: after a cost in another one no more are started. Default: empty, which means
     * no limit but the gateway's budgets.
     *
     * @return an amount
     */
    public abstract Optional<Money> maxCost();

    /**
     * What a picture is taken to cost where there is a limit. Default: empty, which means as much as the dearest of the batch
     * so far; the requests are drawn one by one then until a model has drawn one for a price, so that there is something to
     * go by: what came from a cache or was shared tells nothing.
     *
     * @return an amount in the currency of the limit
     */
    public abstract Optional<Money> expectedCost();

    /**
     * Whether no more requests are started once one has failed. What is under way is brought to its end. Default: false.
     *
     * @return true if so
     */
    @Value.Default
    public boolean stopOnFailure() {
        return false;
    }

    /**
     * How each request is run. Default: the defaults.
     *
     * @return options without an idempotency key, which is for one run only
     */
    @Value.Default
    public RunOptions run() {
        return RunOptions.ofDefaults();
    }

    /**
     * Hears of each request that is over. Default: nobody.
     *
     * @return the listener
     */
    @Value.Default
    public GenerationBatchListener listener() {
        return GenerationBatchListener.none();
    }

    @Value.Check
    void check() {
        if (concurrency() < 1 || concurrency() > MAX_CONCURRENCY) {
            throw new IllegalArgumentException(
                    "concurrency must be 1 to " + MAX_CONCURRENCY + ", was " + concurrency());
        }
        if (run().idempotencyKey().isPresent()) {
            throw new IllegalArgumentException("run must have no idempotencyKey: each request is a run of its own");
        }
        maxCost()
                .ifPresent(most -> expectedCost()
                        .filter(each -> !each.currency().equals(most.currency()))
                        .ifPresent(each -> {
                            throw new IllegalArgumentException(
                                    "expectedCost must be in " + most.currency() + " as maxCost is, was " + each);
                        }));
    }
}
