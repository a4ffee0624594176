package dev.pictor.trace;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.pictor.model.Cost;
import dev.pictor.model.Usage;
import org.immutables.value.Value;

/**
 * The figures of a run over all of its calls. They are folded from its events; those of a run that sampling left out stand
 * in its last one. Immutable.
 */
@Value.Immutable
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonDeserialize(builder = RunTotalsBuilder.class)
public abstract class RunTotals {

    private static final RunTotals NONE = new RunTotalsBuilder().build();

    RunTotals() {}

    /**
     * Returns the figures of a run without calls.
     *
     * @return nothing but zeros
     */
    public static RunTotals none() {
        return NONE;
    }

    /**
     * How many attempts at models there were. Default: 0.
     *
     * @return 0 or more
     */
    @Value.Default
    @JsonProperty("calls")
    public int calls() {
        return 0;
    }

    /**
     * How many of them failed. Default: 0.
     *
     * @return 0 to {@link #calls()}
     */
    @Value.Default
    @JsonProperty("failed_calls")
    public int failedCalls() {
        return 0;
    }

    /**
     * How many calls to the gateway were answered or failed, with all of their attempts. Default: 0.
     *
     * @return 0 or more
     */
    @Value.Default
    @JsonProperty("answers")
    public int answers() {
        return 0;
    }

    /**
     * How many answers came from a cache. Default: 0.
     *
     * @return 0 to {@link #answers()}
     */
    @Value.Default
    @JsonProperty("cache_hits")
    public int cacheHits() {
        return 0;
    }

    /**
     * What the vendors counted. Default: nothing.
     *
     * @return the sum
     */
    @Value.Default
    @JsonProperty("usage")
    public Usage usage() {
        return Usage.none();
    }

    /**
     * What it cost. Default: nothing.
     *
     * @return the sum
     */
    @Value.Default
    @JsonProperty("cost")
    public Cost cost() {
        return Cost.nothing();
    }

    /**
     * Returns the figures of two parts of a run.
     *
     * @param other another part
     * @return the sums
     */
    public RunTotals plus(RunTotals other) {
        return new RunTotalsBuilder()
                .calls(calls() + other.calls())
                .failedCalls(failedCalls() + other.failedCalls())
                .answers(answers() + other.answers())
                .cacheHits(cacheHits() + other.cacheHits())
                .usage(usage().plus(other.usage()))
                .cost(cost().plus(other.cost()))
                .build();
    }
}
