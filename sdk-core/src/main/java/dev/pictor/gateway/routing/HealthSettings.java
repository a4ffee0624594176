package dev.pictor.gateway.routing;

import java.time.Duration;
import org.immutables.value.Value;

/** When a model counts as degraded or down. Immutable. */
@Value.Immutable
public abstract class HealthSettings {

    private static final Duration MIN_WINDOW = Duration.ofSeconds(1);
    private static final Duration MAX_WINDOW = Duration.ofHours(1);

    HealthSettings() {}

    /**
     * Returns a builder that starts from the defaults.
     *
     * @return a new builder
     */
    public static HealthSettingsBuilder builder() {
        return new HealthSettingsBuilder();
    }

    /**
     * Returns the defaults.
     *
     * @return settings
     */
    public static HealthSettings ofDefaults() {
        return builder().build();
    }

    /**
     * How far back calls count. Default: 1 min.
     *
     * @return 1 s to 1 h; it moves on in tenths
     */
    @Value.Default
    public Duration window() {
        return Duration.ofMinutes(1);
    }

    /**
     * How many calls it takes to judge. Default: 5. With fewer, the state is unknown.
     *
     * @return 1 or more
     */
    @Value.Default
    public int minCalls() {
        return 5;
    }

    /**
     * The error rate from which a model is degraded. Default: 0.1.
     *
     * @return more than 0, at most {@link #downRate()}
     */
    @Value.Default
    public double degradedRate() {
        return 0.1;
    }

    /**
     * The error rate from which a model is down. Default: 0.5.
     *
     * @return at most 1
     */
    @Value.Default
    public double downRate() {
        return 0.5;
    }

    /**
     * How many models are kept track of; the one that was called longest ago is dropped first. Default: 1,000.
     *
     * @return 1 or more; each takes about 4 KB
     */
    @Value.Default
    public int maxModels() {
        return 1_000;
    }

    @Value.Check
    void check() {
        if (window().compareTo(MIN_WINDOW) < 0 || window().compareTo(MAX_WINDOW) > 0) {
            throw new IllegalArgumentException(
                    "window must be " + MIN_WINDOW + " to " + MAX_WINDOW + ", was " + window());
        }
        if (minCalls() < 1) {
            throw new IllegalArgumentException("minCalls must be 1 or more, was " + minCalls());
        }
        if (!(degradedRate() > 0 && degradedRate() <= downRate() && downRate() <= 1)) {
            throw new IllegalArgumentException(
                    "degradedRate and downRate must be more than 0, in this order, and at most 1," + " were "
                            + degradedRate() + " and " + downRate());
        }
        if (maxModels() < 1) {
            throw new IllegalArgumentException("maxModels must be 1 or more, was " + maxModels());
        }
    }
}
