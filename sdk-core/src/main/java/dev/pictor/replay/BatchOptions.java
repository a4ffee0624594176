package dev.pictor.replay;

import dev.pictor.model.Money;
import dev.pictor.pipeline.RunOptions;
import java.util.Optional;
import org.immutables.value.Value;

/** How many runs are forked, how many at once and at what cost. Immutable. */
@Value.Immutable
public abstract class BatchOptions {

    private static final int MAX_CONCURRENCY = 32;
    private static final int MAX_RUNS = 10_000;
    private static final BatchOptions DEFAULTS = builder().build();

    BatchOptions() {}

    /**
     * Returns the defaults.
     *
     * @return two runs at once, 100 runs at most, no limit of cost
     */
    public static BatchOptions ofDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns a builder with the defaults.
     *
     * @return a new builder
     */
    public static BatchOptionsBuilder builder() {
        return new BatchOptionsBuilder();
    }

    /**
     * How many runs are under way at once. Default: 2.
     *
     * @return 1 to 32
     */
    @Value.Default
    public int concurrency() {
        return 2;
    }

    /**
     * How many runs are forked at most. Default: 100.
     *
     * @return 1 to 10,000
     */
    @Value.Default
    public int maxRuns() {
        return 100;
    }

    /**
     * What all forks together may cost. A fork is taken to cost what its past run did until it is over; where one more might
     * go beyond the limit, no more are started. Where nobody knows what a fork cost, it counts as what it was taken to. After a
     * cost in another currency no more are started either. Default: empty, which means no limit but the gateway's budgets.
     *
     * @return an amount
     */
    public abstract Optional<Money> maxCost();

    /**
     * How each fork is run; tenant and user are those of its past run. Default: the defaults.
     *
     * @return options without an idempotency key
     */
    @Value.Default
    public RunOptions run() {
        return RunOptions.ofDefaults();
    }

    @Value.Check
    void check() {
        if (concurrency() < 1 || concurrency() > MAX_CONCURRENCY) {
            throw new IllegalArgumentException(
                    "concurrency must be 1 to " + MAX_CONCURRENCY + ", was " + concurrency());
        }
        if (maxRuns() < 1 || maxRuns() > MAX_RUNS) {
            throw new IllegalArgumentException("maxRuns must be 1 to " + MAX_RUNS + ", was " + maxRuns());
        }
    }
}
