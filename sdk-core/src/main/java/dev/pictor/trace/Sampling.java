package dev.pictor.trace;

import dev.pictor.model.Money;
import dev.pictor.prompts.Bucketing;
import java.time.Duration;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * Of which runs everything is kept in the trace. A share of all runs is chosen when they start, by their ids: the same run is
 * chosen in every process. Of the others everything is kept too if they turn out to matter, which is known at their end: until
 * then their events and pictures are held in memory, up to a bound. Of the rest the start and the end are kept, and in the
 * end the totals: how many calls, tokens and cache hits, what they cost. So counts, costs and times stay true over all
 * runs. Journals are never sampled. Immutable.
 */
@Value.Immutable
public abstract class Sampling {

    /** How much of one run is held in memory: 33,554,432 bytes (32 MiB). */
    public static final long DEFAULT_MAX_BUFFERED_BYTES = 32L << 20;

    /** The most that may be held of one run: 1,073,741,824 bytes (1 GiB). */
    public static final long MOST_BUFFERED_BYTES = 1L << 30;

    private static final Sampling ALL = builder(100).build();

    Sampling() {}

    /**
     * Returns the sampling that leaves nothing out.
     *
     * @return always the same
     */
    public static Sampling all() {
        return ALL;
    }

    /**
     * Returns a builder.
     *
     * @param percent the share of runs that are kept whatever comes of them, 0 to 100, exact to a hundredth
     * @return a new builder
     */
    public static SamplingBuilder builder(double percent) {
        return new SamplingBuilder().percent(percent);
    }

    /**
     * The share of runs that are kept whatever comes of them.
     *
     * @return 0 to 100
     */
    public abstract double percent();

    /**
     * Whether runs that fail or are cancelled are kept. Default: true.
     *
     * @return true if they are
     */
    @Value.Default
    public boolean keepFailed() {
        return true;
    }

    /**
     * Whether runs are kept in which someone took part in an experiment. Default: true.
     *
     * @return true if they are
     */
    @Value.Default
    public boolean keepExperiments() {
        return true;
    }

    /**
     * The time above which a run is kept. Default: empty, no run is kept because it is slow.
     *
     * @return time from the start of a run
     */
    public abstract Optional<Duration> keepSlowerThan();

    /**
     * The amount above which a run is kept, as far as its cost is known and in the same currency. Default: empty, no run is
     * kept because it is costly.
     *
     * @return an amount
     */
    public abstract Optional<Money> keepCostlierThan();

    /**
     * How much of a run that was not chosen is held in memory, events and pictures together. One that is larger is kept
     * as a whole. Default: {@link #DEFAULT_MAX_BUFFERED_BYTES}.
     *
     * @return bytes, about, 0 to 1 GiB
     */
    @Value.Default
    public long maxBufferedBytes() {
        return DEFAULT_MAX_BUFFERED_BYTES;
    }

    @Value.Check
    void check() {
        if (!(percent() >= 0 && percent() <= 100)) {
            throw new IllegalArgumentException("percent must be 0 to 100, was " + percent());
        }
        if (maxBufferedBytes() < 0 || maxBufferedBytes() > MOST_BUFFERED_BYTES) {
            throw new IllegalArgumentException(
                    "maxBufferedBytes must be 0 to " + MOST_BUFFERED_BYTES + ", was " + maxBufferedBytes());
        }
    }

    /**
     * Returns whether a run is kept whatever comes of it.
     *
     * @param runId the run
     * @return always the same for the same run
     */
    public boolean chooses(RunId runId) {
        return percent() >= 100 || Bucketing.isIn("pictor.sampling", "", runId.value(), percent());
    }

    /** Whether any of it is left out. */
    boolean isPartial() {
        return percent() < 100;
    }
}
