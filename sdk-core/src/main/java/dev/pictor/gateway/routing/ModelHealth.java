package dev.pictor.gateway.routing;

import java.time.Duration;
import java.util.Optional;
import org.immutables.value.Value;

/** How a model is, by its calls of the last while. Immutable. */
@Value.Immutable
public abstract class ModelHealth {

    ModelHealth() {}

    /**
     * Returns a builder for the health of a model of which nothing is known.
     *
     * @return a new builder
     */
    public static ModelHealthBuilder builder() {
        return new ModelHealthBuilder();
    }

    /**
     * Returns the health of a model of which nothing is known.
     *
     * @return no calls
     */
    public static ModelHealth unknown() {
        return Unknown.HEALTH;
    }

    /**
     * How it is. Default: unknown.
     *
     * @return the state
     */
    @Value.Default
    public HealthState state() {
        return HealthState.UNKNOWN;
    }

    /**
     * How many calls were answered or failed. Default: 0.
     *
     * @return 0 or more; calls that were turned away by rate are not among them
     */
    @Value.Default
    public int calls() {
        return 0;
    }

    /**
     * How many of {@link #calls()} failed. Default: 0.
     *
     * @return 0 or more
     */
    @Value.Default
    public int failures() {
        return 0;
    }

    /**
     * How many calls were turned away because there were too many. Default: 0.
     *
     * @return 0 or more
     */
    @Value.Default
    public int rateLimited() {
        return 0;
    }

    /**
     * In what time half of the answers came. Default: empty, which means that none came.
     *
     * @return the time, to about an eighth
     */
    public abstract Optional<Duration> p50();

    /**
     * In what time 19 of 20 answers came. Default: empty, which means that none came.
     *
     * @return the time, to about an eighth
     */
    public abstract Optional<Duration> p95();

    /**
     * The share of calls that failed.
     *
     * @return 0 to 1; 0 if there was no call
     */
    public double errorRate() {
        return calls() == 0 ? 0 : (double) failures() / calls();
    }

    @Value.Check
    void check() {
        if (failures() < 0 || calls() < failures() || rateLimited() < 0) {
            throw new IllegalArgumentException("counts must be 0 or more and failures among the calls, were " + calls()
                    + " calls, " + failures() + " failures, " + rateLimited() + " rate limited");
        }
    }

    /** Built on first use, since a class cannot build a value of its own subclass while it loads. */
    private static final class Unknown {
        static final ModelHealth HEALTH = builder().build();
    }
}
